"""Which tables get a page on its side, which are refused, and how the columns share a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import FormatError
from pipeline.formats.wide_table import (
    MOST_COLUMNS,
    MOST_UPRIGHT,
    SIDEWAYS_LINE,
    UPRIGHT_LINE,
    cell_line,
    is_wide,
    refuse_wider,
)
from pipeline.model.inline import Inlines, inlines
from pipeline.model.release import Heading, Release, Table


def row(*texts: str) -> tuple[Inlines, ...]:
    return tuple(map(inlines, texts))


def release(columns: int) -> Release:
    table = Table(header=row(*(f"Kreis {number}" for number in range(columns))), rows=())
    return Release(id="r", language="de", blocks=(Heading(level=2, text=inlines("Zahlen")), table))


def test_a_table_turns_its_page_only_when_it_must() -> None:
    assert not is_wide(MOST_UPRIGHT)
    assert is_wide(MOST_UPRIGHT + 1)


def test_the_widest_table_that_fits_is_taken_and_the_next_one_named_by_its_place_and_heads() -> None:
    refuse_wider(release(MOST_COLUMNS))
    with pytest.raises(FormatError) as refused:
        refuse_wider(release(MOST_COLUMNS + 1))
    assert str(refused.value) == (
        "r (de): block 2 of the text is a table of 25 columns (“Kreis 0”, “Kreis 1”, “Kreis 2” …); 24 fit on a page"
        " turned on its side: make two tables of it, or rows of its columns"
    )


def test_where_every_word_fits_none_is_broken() -> None:
    assert cell_line([row("Land", "12.400.000.000.000"), row("Waldringen", "1")]) == UPRIGHT_LINE


def test_short_columns_leave_their_room_to_long_ones() -> None:
    years = [str(2000 + number) for number in range(10)]
    assert cell_line([row(*years, "x" * 30, "y" * 30)]) == (UPRIGHT_LINE - 10 * 4) // 2


def test_where_words_may_be_divided_only_their_parts_count() -> None:
    assert cell_line([row(*["Landes\u00adregierung"] * 7)]) == UPRIGHT_LINE
    assert cell_line([row(*["Landesregierungen"] * 7)]) == UPRIGHT_LINE // 7


@given(st.lists(st.integers(0, 200), min_size=1, max_size=MOST_COLUMNS))
def test_the_columns_together_never_need_more_than_the_line(lengths: list[int]) -> None:
    line = cell_line([row(*("x" * length for length in lengths))])
    room = SIDEWAYS_LINE if is_wide(len(lengths)) else UPRIGHT_LINE
    assert sum(min(length, line) for length in lengths) <= room
    assert line >= room // len(lengths)
