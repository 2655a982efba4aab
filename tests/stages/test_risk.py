"""Where to look first: findings, far matches, disagreeing engines, long sentences and rare words."""

from datetime import UTC, datetime

import pytest

from pipeline.model.bitext import Bitext, Origin, OriginKind, Segment, State, Unit
from pipeline.model.inline import inlines
from pipeline.model.issue import Issue, Severity, Waiver
from pipeline.model.risk import Grade, Risk
from pipeline.model.texts import TextKind
from pipeline.stages.risk import minutes, rank

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)


def machine(raw: str = "Oui.", other: str | None = None) -> Origin:
    return Origin(kind=OriginKind.MT, at=AT, by="engine", version="1", raw=raw, other=other)


def memory(score: int | None = None) -> Origin:
    return Origin(kind=OriginKind.TM, at=AT, by="r#S001", score=score)


def bitext(
    origin: Origin | None, *, state: State = State.TRANSLATED, source: str = "Ja.", target: str = "Oui."
) -> Bitext:
    segment = Segment(id="S001", source=inlines(source), target=inlines(target), state=state, origin=origin)
    unit = Unit(path="blocks.0", kind=TextKind.PARAGRAPH, segments=(segment,))
    return Bitext(release="r", source_locale="de", target_locale="fr", units=(unit,))


def issue(severity: Severity, *, waived: bool = False) -> Issue:
    waiver = Waiver(check="numbers", segment="S001", text="", reason="x", by="Eva", at=AT) if waived else None
    return Issue(check="numbers", severity=severity, segment="S001", message="…", waiver=waiver)


def risk(one: Bitext, *issues: Issue, rare: int = 0) -> Risk:
    (only,) = rank(one, issues, lambda _: rare)
    return only


@pytest.mark.parametrize("state", [State.REVIEWED, State.FINAL])
def test_what_a_person_has_seen_is_no_risk(state: State) -> None:
    assert risk(bitext(machine(), state=state), issue(Severity.ERROR)).grade is Grade.NONE


def test_what_is_not_translated_comes_first() -> None:
    assert risk(bitext(None, state=State.INITIAL, target="")).points == 100


def test_an_error_is_a_high_risk_and_a_warning_a_medium_one() -> None:
    assert risk(bitext(machine()), issue(Severity.ERROR)).grade is Grade.HIGH
    assert risk(bitext(machine()), issue(Severity.WARNING)).grade is Grade.MEDIUM


def test_a_waived_finding_adds_nothing() -> None:
    one = bitext(machine())
    assert risk(one, issue(Severity.ERROR, waived=True)) == risk(one)


def test_the_farther_the_match_the_higher_the_risk() -> None:
    points = [risk(bitext(memory(score))).points for score in (None, 99, 90, 85)]
    assert points == sorted(points)
    assert points[0] == 0


def test_engines_that_disagree_make_a_risk() -> None:
    same = risk(bitext(machine("Le pont est ouvert.", "Le pont est ouvert.")))
    other = risk(bitext(machine("Le pont est ouvert.", "Fermeture imminente du viaduc.")))
    assert other.points > same.points
    assert any(reason.startswith("two engines agree by") for reason in other.reasons)


def test_long_sentences_and_rare_words_count_for_machine_text_only() -> None:
    long = " ".join(["Wort"] * 40)
    assert risk(bitext(machine(), source=long), rare=3).reasons == ("3 rare words", "a sentence of 40 words")
    assert risk(bitext(memory(), source=long), rare=3).reasons == ()


def test_reasons_are_told_once_the_gravest_first() -> None:
    reasons = risk(bitext(machine()), issue(Severity.ERROR), issue(Severity.ERROR), rare=1).reasons
    assert reasons == ("numbers", "rare word")


def test_minutes_grow_with_risk_and_are_none_for_what_was_seen() -> None:
    source = " ".join(["Wort"] * 60)

    def needed(one: Bitext, *issues: Issue) -> int:
        return minutes(one, rank(one, issues, lambda _: 0))

    assert needed(bitext(machine(), state=State.FINAL, source=source)) == 0
    calm = needed(bitext(memory(), source=source))
    doubtful = needed(bitext(memory(), source=source), issue(Severity.ERROR))
    missing = needed(bitext(None, state=State.INITIAL, source=source, target=""))
    assert 0 < calm < doubtful < missing
