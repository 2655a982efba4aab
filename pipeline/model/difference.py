"""What differs between two texts, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

MAX_WORDS = 2_000
"""Words and marks beyond which what differs is shown as one piece: comparing takes time with their square."""

_TOKEN = re.compile(r"\d+(?:[.,\u202f\u00a0]\d+)+|\w+|\s+|[^\w\s]")


class PieceKind(StrEnum):
    """What happened to a piece of text."""

    EQUAL = "equal"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text that is in both texts, only in the old or only in the new one."""

    kind: PieceKind
    text: str


def word_diff(old: str, new: str) -> tuple[Piece, ...]:
    """Return `old` and `new` in one: what both have, what is gone and what is new, whole words each.

    What is gone stands before what is new in its place. Equal and deleted pieces together are `old`, equal and
    inserted ones `new`, character for character.
    """
    pieces: list[Piece] = []
    deleted = inserted = ""
    for gone, fresh in _steps(_TOKEN.findall(old), _TOKEN.findall(new)):
        if gone == fresh and not (gone.isspace() and (deleted or inserted)):
            pieces += _changed(deleted, inserted)
            pieces.append(Piece(kind=PieceKind.EQUAL, text=gone))
            deleted = inserted = ""
        else:
            # A blank between two changed words belongs to the change: people read phrases, not single words.
            deleted, inserted = deleted + gone, inserted + fresh
    pieces += _changed(deleted, inserted)
    return tuple(pieces)


def _steps(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield texts of both sides in order: the same on both, or what stands in place of each other."""
    if max(len(old), len(new)) > MAX_WORDS:
        yield "".join(old), "".join(new)
        return
    for _, low, high, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield "".join(old[low:high]), "".join(new[start:end])


def _changed(deleted: str, inserted: str) -> Iterator[Piece]:
    """Yield a change, without the blank that both sides end in."""
    tail = deleted[len(deleted.rstrip()) :]
    if not inserted.endswith(tail):
        tail = ""
    for kind, text in (
        (PieceKind.DELETED, deleted.removesuffix(tail)),
        (PieceKind.INSERTED, inserted.removesuffix(tail)),
        (PieceKind.EQUAL, tail),
    ):
        if text:
            yield Piece(kind=kind, text=text)
