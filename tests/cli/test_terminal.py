"""What the commands print fits the terminal it is printed on."""

import click
import pytest

from pipeline.cli.terminal import check_person, table_lines

HEADER = ("Release", "Translation", "Next")
ROWS = (("2026-faehre", "fr: 3 final", "nothing"), ("2026-fest", "fr: 12 to review", ""))


@pytest.mark.parametrize("width", [None, 80])
def test_where_there_is_room_columns_stand_side_by_side(width: int | None) -> None:
    assert table_lines(HEADER, ROWS, width) == [
        "Release      Translation       Next",
        "2026-faehre  fr: 3 final       nothing",
        "2026-fest    fr: 12 to review",
    ]


def test_on_a_narrow_terminal_each_row_is_a_block() -> None:
    assert table_lines(HEADER, ROWS, 30) == [
        "Release",
        "2026-faehre",
        "  Translation  fr: 3 final",
        "  Next         nothing",
        "2026-fest",
        "  Translation  fr: 12 to review",
    ]


def test_a_person_needs_a_name_and_an_address() -> None:
    context, option = click.Context(click.Command("x")), click.Option(["--as"])
    assert check_person(context, option, "  Léa   Roy <lea@example.org> ") == "Léa Roy <lea@example.org>"
    for wrong in ("Léa", "<lea@example.org>", "Léa <lea>", "Léa <lea@example.org> x"):
        with pytest.raises(click.BadParameter):
            check_person(context, option, wrong)
