"""A row of the document that lies before a reviewer, as people see it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.model.inline import Inlines, TextEdit, apply_edits, inlines, plain
from tests.review.edits import Kind, Note, Wording

IN_TEXT = {Kind.TYPE, Kind.BOLD, Kind.ITALIC, Kind.BREAK, Kind.COMMENT}
NEEDS_TEXT = {Kind.BOLD, Kind.ITALIC, Kind.BREAK, Kind.COMMENT, Kind.EMPTY, Kind.PASTE}
TAKES_COMMENTS_ALONG = {Kind.BREAK, Kind.EMPTY, Kind.PASTE, Kind.DELETE_ROW}


@dataclass(slots=True, eq=False)
class Row:
    """A row as the reviewer sees it."""

    segment: str
    sent: Inlines
    target: Inlines
    number: str
    doubt: bool = False
    """Nobody can be certain any more what belongs here."""
    unsure: bool = False
    """A careful reader may be certain or not."""
    gone: bool = False
    confused: bool = False
    """Its number stands in another row as well: it cannot be named any more."""
    broken: bool = False
    """Its target has several paragraphs, or had."""
    split: bool = False
    """Its target has words in several paragraphs."""
    quoted: list[tuple[int, int]] = field(default_factory=list)
    """Characters with a comment on them, which stay as they are: else nobody knows what it quotes in the end."""
    remarks: list[str] = field(default_factory=list)
    remarked: set[str] = field(default_factory=set)
    """Who wrote remarks, as far as tracked."""
    movers: set[str] = field(default_factory=set)
    """Who moved the row, as far as tracked."""
    pasted: bool = False
    """It was moved untracked, which some programs do by pasting its text without anybody's marks."""
    authors: set[str] = field(default_factory=set)
    """Who changed the target, as far as tracked."""
    untracked: bool = False
    """Somebody changed the target untracked."""
    unknown: bool = False
    """Its words were changed untracked while nothing in it was tracked: whoever reads it can tell."""

    def free(self, start: int, end: int) -> bool:
        """Tell whether characters may change."""
        return all(end < low or start > high for low, high in self.quoted)

    def change(self, start: int, end: int, text: str) -> None:
        """Replace characters that may change."""
        edit = TextEdit(start=start, end=end, new=text, rule="")
        self.target = apply_edits(self.target, (edit,)) if self.target else inlines(text)
        grown = len(text) - (end - start)
        self.quoted = [(low + grown, high + grown) if low > end else (low, high) for low, high in self.quoted]

    def rewrite(self, text: str) -> None:
        """Replace the whole target; if an empty paragraph is left behind depends on the program."""
        self.target = inlines(text)
        self.split, self.unsure = False, self.unsure or self.broken

    def able(self, kind: Kind) -> bool:
        """Tell whether something of a kind can be done here, and what comes of it is known."""
        if self.gone or self.confused or (kind in IN_TEXT and self.broken):
            return False
        if kind in TAKES_COMMENTS_ALONG and self.quoted:
            return False
        if kind is Kind.DELETE_ROW and (self.remarks or self.unsure):
            return False  # what was written there is gone with it
        if kind is Kind.DOUBLE_ROW and self.number != self.segment:
            return False
        if kind is Kind.BREAK and (self.authors or self.untracked or any(run.href for run in self.target)):
            return False
        return kind not in NEEDS_TEXT or len(plain(self.target)) > 1

    def wording(self) -> Wording:
        """Return the target, and who may be told to have changed it."""
        authors: frozenset[str | None] = frozenset(self.authors)
        # Where one person deletes what another inserted, LibreOffice forgets that it was an insertion.
        if self.untracked or self.pasted or len(authors) > 1:
            authors |= {None}
        changed = plain(self.target).split() != plain(self.sent).split()
        return Wording(text=self.target, authors=authors, unknown=self.unknown and changed)

    def sign(self, by: str, *, track: bool) -> None:
        """Note whose change of the target this was."""
        if track:
            self.authors.add(by)
            return
        self.untracked = True
        # What is typed untracked within a tracked insertion passes for part of it, in every program.
        if not self.authors and plain(self.target).split() != plain(self.sent).split():
            self.unknown = True

    def notes(self) -> Iterator[Note]:
        """Yield the remarks, and who may be told to have written them: nobody where several had a hand in it."""
        people: frozenset[str | None] = frozenset(self.remarked | self.movers)
        if len(people) != 1:
            people = frozenset({None})
        elif self.pasted:
            people |= {None}
        people |= self.movers  # LibreOffice names nobody else
        return (Note(segment=self.segment, by=people, text=text) for text in self.remarks)
