"""A script's edits made in a document as Word makes them."""

from collections.abc import Callable, Mapping, Sequence

from tests.formats.review_docx.word import Word
from tests.review.edits import NUMBER, REMARKS, SOURCE, TARGET, Edit, Kind


def edited(data: bytes, edits: Sequence[Edit]) -> bytes:
    """Return a review document after `edits`."""
    word = Word(data)
    for edit in edits:
        word.author, word.tracking = edit.by, edit.track
        MAKING[edit.kind](word, edit)
    return word.save()


def _empty(word: Word, edit: Edit) -> None:
    word.replace(edit.row, 0, len(word.text(edit.row)), "")


def _note(word: Word, edit: Edit) -> None:
    end = len(word.text(edit.row, REMARKS))
    word.replace(edit.row, end, end, edit.text, column=REMARKS)


def _renumber(word: Word, edit: Edit) -> None:
    word.replace(edit.row, 0, len(edit.row), edit.text, column=NUMBER)


MAKING: Mapping[Kind, Callable[[Word, Edit], object]] = {
    Kind.TYPE: lambda word, edit: word.replace(edit.row, edit.start, edit.end, edit.text),
    Kind.BOLD: lambda word, edit: word.format(edit.row, edit.start, edit.end, "b"),
    Kind.ITALIC: lambda word, edit: word.format(edit.row, edit.start, edit.end, "i"),
    Kind.BREAK: lambda word, edit: word.split(edit.row, edit.start),
    Kind.EMPTY: _empty,
    Kind.PASTE: lambda word, edit: word.paste(edit.row, edit.text),
    Kind.COMMENT: lambda word, edit: word.comment(edit.row, edit.start, edit.end, edit.text),
    Kind.NOTE: _note,
    Kind.SOURCE: lambda word, edit: word.replace(edit.row, 0, 0, edit.text, column=SOURCE),
    Kind.RENUMBER: _renumber,
    Kind.CONFUSE: _renumber,
    Kind.DELETE_ROW: lambda word, edit: word.delete_row(edit.row),
    Kind.INSERT_ROW: lambda word, edit: word.insert_row(edit.row, ("", "", edit.text, "")),
    Kind.DOUBLE_ROW: lambda word, edit: word.insert_row(edit.row, (edit.row, edit.source, edit.text, "")),
    Kind.MERGE_CELLS: lambda word, edit: word.merge_cells(edit.row, TARGET, REMARKS),
    Kind.MOVE_ROW: lambda word, edit: word.move_row(edit.row, edit.below),
    Kind.DELETE_COLUMN: lambda word, edit: word.delete_column(edit.column),
}
