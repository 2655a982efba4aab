"""A script's edits as steps for LibreOffice."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from tests.review.edits import NUMBER, REMARKS, SOURCE, TARGET, Edit, Kind
from tests.review.libreoffice import Step


def steps(edits: Sequence[Edit]) -> Iterator[Step]:
    """Yield the steps of `edits`, each under its author."""
    who: tuple[str, bool] | None = None
    for edit in edits:
        if who != (edit.by, edit.track):
            who = edit.by, edit.track
            yield {"do": "author", "name": edit.by, "track": edit.track}
        yield STEPS[edit.kind](edit)


def _span(edit: Edit) -> Step:
    return {"row": edit.row, "column": TARGET, "start": edit.start, "end": edit.end}


def _cell(edit: Edit, column: int = TARGET) -> Step:
    return {"row": edit.row, "column": column}


def _renumber(edit: Edit) -> Step:
    return {"do": "overwrite", **_cell(edit, NUMBER), "text": edit.text}


STEPS: Mapping[Kind, Callable[[Edit], Step]] = {
    Kind.TYPE: lambda edit: {"do": "type", **_span(edit), "text": edit.text},
    Kind.BOLD: lambda edit: {"do": "dress", **_span(edit), "bold": True},
    Kind.ITALIC: lambda edit: {"do": "dress", **_span(edit), "italic": True},
    Kind.BREAK: lambda edit: {"do": "split", **_cell(edit), "start": edit.start},
    Kind.EMPTY: lambda edit: {"do": "empty", **_cell(edit)},
    Kind.PASTE: lambda edit: {"do": "paste", **_cell(edit), "text": edit.text},
    Kind.COMMENT: lambda edit: {"do": "comment", **_span(edit), "text": edit.text, "by": edit.by},
    Kind.NOTE: lambda edit: {"do": "append", **_cell(edit, REMARKS), "text": edit.text},
    Kind.SOURCE: lambda edit: {"do": "type", **_cell(edit, SOURCE), "start": 0, "end": 0, "text": edit.text},
    Kind.RENUMBER: _renumber,
    Kind.CONFUSE: _renumber,
    Kind.DELETE_ROW: lambda edit: {"do": "delete_row", "row": edit.row},
    Kind.INSERT_ROW: lambda edit: {"do": "insert_row", "row": edit.row, "texts": ["", "", edit.text]},
    Kind.DOUBLE_ROW: lambda edit: {
        "do": "insert_row",
        "row": edit.row,
        "texts": [edit.row, edit.source, edit.text],
    },
    Kind.MOVE_ROW: lambda edit: {"do": "move_row", "row": edit.row, "below": edit.below},
    Kind.DELETE_COLUMN: lambda edit: {"do": "delete_column", "column": edit.column},
}
