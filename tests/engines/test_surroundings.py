"""What an engine is shown of a release around the passages it translates."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.engines.surroundings import surroundings


def test_a_release_that_fits_is_shown_as_a_whole() -> None:
    assert surroundings(("Titel", "Eins.", "Zwei."), ["Zwei."], 100) == ("Titel", "Eins.", "Zwei.")


def test_of_a_long_one_the_top_and_the_neighbours_are_shown_in_reading_order() -> None:
    units = tuple(f"Absatz {number:02}." for number in range(100))
    shown = surroundings(units, ["Absatz 50.", "Absatz 51."], 72)
    assert shown == ("Absatz 00.", "Absatz 01.", "Absatz 49.", "Absatz 50.", "Absatz 51.", "Absatz 52.")


def test_without_a_release_nothing_is_shown() -> None:
    assert surroundings((), ["Eins."], 100) == ()


@given(st.lists(st.text(max_size=20)), st.lists(st.text(max_size=5)), st.integers(0, 100))
def test_no_more_is_shown_than_allowed_and_nothing_out_of_order(
    units: list[str], texts: list[str], limit: int
) -> None:
    shown = surroundings(units, texts, limit)
    rest = iter(units)
    assert sum(len(unit) + 2 for unit in shown) <= limit
    assert all(unit in rest for unit in shown)
