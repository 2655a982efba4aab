"""Plain text gives its lines, with their numbers, and which of them stand together."""

import pytest

from pipeline.formats.plain_text import read_plain_text
from pipeline.model.inline import plain


def test_lines_keep_their_numbers_and_empty_lines_part_groups() -> None:
    content = read_plain_text("\nA\nB\n\n \t\nC")
    assert [(block.line, plain(block.text), block.group) for block in content.blocks] == [
        (2, "A", 1),
        (3, "B", 1),
        (6, "C", 2),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_one_kind_are_no_repair(end: str) -> None:
    content = read_plain_text(f"A{end}{end}B{end}")
    assert [block.line for block in content.blocks] == [1, 3]
    assert content.repairs == ()


def test_mixed_line_ends_are_made_alike_and_counted() -> None:
    content = read_plain_text("A\r\nB\nC\nD\rE")
    assert [block.line for block in content.blocks] == [1, 2, 3, 4, 5]
    assert [(item.what, item.count) for item in content.repairs] == [("line ends made alike", 2)]


def test_text_of_blanks_only_has_no_blocks() -> None:
    assert read_plain_text(" \n\u00a0\n\t").blocks == ()
