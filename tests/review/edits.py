"""What a reviewer may do in a review document, and what must come back of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.inline import Inlines

NUMBER, SOURCE, TARGET, REMARKS = range(4)


class Kind(StrEnum):
    """What can be done to a review document."""

    TYPE = "type"
    """Replace, insert or delete characters of a target."""
    BOLD = "bold"
    ITALIC = "italic"
    BREAK = "break"
    """Press Enter within a target."""
    EMPTY = "empty"
    """Delete a whole target."""
    PASTE = "paste"
    """Replace a whole target by text out of another document."""
    COMMENT = "comment"
    NOTE = "note"
    """Write into the remarks column."""
    SOURCE = "source"
    """Change a source."""
    RENUMBER = "renumber"
    """Overwrite an id by one that is no row's."""
    CONFUSE = "confuse"
    """Overwrite an id by that of another row."""
    DELETE_ROW = "delete_row"
    INSERT_ROW = "insert_row"
    DOUBLE_ROW = "double_row"
    """Insert a row that says it is another one, and say something else in it."""
    MERGE_CELLS = "merge_cells"
    """Merge a target with the remarks beside it."""
    MOVE_ROW = "move_row"
    DELETE_COLUMN = "delete_column"


OFTEN = (Kind.TYPE,) * 12 + (Kind.BOLD, Kind.ITALIC, Kind.COMMENT, Kind.COMMENT, Kind.NOTE, Kind.MOVE_ROW) * 2
SELDOM = (
    Kind.BREAK,
    Kind.EMPTY,
    Kind.PASTE,
    Kind.SOURCE,
    Kind.RENUMBER,
    Kind.CONFUSE,
    Kind.DELETE_ROW,
    Kind.INSERT_ROW,
    Kind.DOUBLE_ROW,
)
LAST = Kind.DELETE_COLUMN
"""After it there may be nothing left to name a row by."""
IN_OFFICE = (*OFTEN, *SELDOM)
"""What can be done in LibreOffice as well as in Word, without losing a column."""
EVERYTHING = (*IN_OFFICE, Kind.MERGE_CELLS, LAST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One thing a reviewer does. Places are characters of the text as it then reads, all changes accepted."""

    kind: Kind
    by: str
    track: bool
    row: str = ""
    """What then stands in the row's first cell."""
    column: int = TARGET
    start: int = 0
    end: int = 0
    text: str = ""
    below: str = ""
    """The row below which another goes."""
    source: str = ""
    """What a new row says in the second column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A comment or remark that must come back."""

    segment: str
    by: frozenset[str | None]
    """Who may be told to have written it; None where nobody can know, or several people had a hand in it."""
    text: str
    quoted: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A target as the reviewer left it."""

    text: Inlines
    authors: frozenset[str | None]
    """Who may be told to have changed it; None where it was done untracked."""
    unknown: bool = False
    """It must be told that nobody knows who changed it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What must come back."""

    certain: Mapping[str, Wording]
    """The target of each segment that must be returned."""
    unsure: Mapping[str, Wording]
    """Segments that may be returned, with this target only, or else be left to a person with its text."""
    doubtful: Mapping[str, str]
    """What stands in the target of each segment that must be left to a person."""
    loose: tuple[str, ...]
    """Texts that are no segment's target and must be left to a person."""
    comments: tuple[Note, ...]
    remarks: tuple[Note, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """Edits in order, and what must come back of them."""

    seed: int
    edits: tuple[Edit, ...]
    expected: Expected

    @property
    def label(self) -> str:
        """What a person needs to repeat it."""
        return f"script {self.seed}: " + ", ".join(f"{item.kind} {item.row}" for item in self.edits)
