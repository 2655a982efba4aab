"""How fast mail goes out."""

from pipeline.runner.pace import Pace


def test_without_limits_nobody_waits() -> None:
    pace = Pace(per_minute=0, per_domain=0)
    pace.sent("example.org", 100)
    assert (pace.wait(100), pace.resting(100), pace.rested()) == (0, (), None)


def test_messages_are_spread_evenly_over_a_minute() -> None:
    pace = Pace(per_minute=120, per_domain=0)
    pace.sent("example.org", 100)
    assert (pace.wait(100), pace.wait(100.25), pace.wait(101)) == (0.5, 0.25, 0)


def test_a_domain_rests_while_others_go_on() -> None:
    pace = Pace(per_minute=0, per_domain=6)
    pace.sent("a.example", 100)
    pace.sent("b.example", 102)
    assert pace.resting(105) == ("a.example", "b.example")
    assert pace.rested() == 110
    assert pace.resting(110) == ("b.example",)
    assert pace.resting(112) == ()
