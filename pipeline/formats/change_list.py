"""What a later version of a release changes, told to its readers: as HTML and as plain text."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from types import MappingProxyType
from typing import TYPE_CHECKING

from pipeline import locales
from pipeline.locales.change_words import ChangeWords, change_words
from pipeline.model.changes import Change
from pipeline.model.difference import Piece, PieceKind
from pipeline.model.release import Release

if TYPE_CHECKING:
    from markupsafe import Markup

CONTEXT = 60
"""Characters of unchanged text that are kept on either side of a change."""
_TAGS: Mapping[PieceKind, str] = MappingProxyType(
    {PieceKind.EQUAL: "{}", PieceKind.DELETED: "<del>{}</del>", PieceKind.INSERTED: "<ins>{}</ins>"}
)


def changes_heading(release: Release) -> str:
    """Return what stands above the changes of a later version; empty for a first one."""
    if release.revision is None:
        return ""
    day = locales.get(release.language).day(release.revision.replaces)
    return change_words(release.language).heading.format(day=day)


def changes_html(changes: Sequence[Change]) -> "Markup":
    """Return changes as a list, what is gone struck out before what stands in its place; empty for none."""
    from markupsafe import Markup

    items = (_marked(tuple(excerpt(change.pieces()))) for change in changes)
    rows = Markup("\n").join(Markup("<li>{}</li>").format(item) for item in items)
    return Markup('<ul class="changes">\n{}\n</ul>').format(rows) if rows else rows


def changes_text(changes: Sequence[Change], language: str, width: int) -> str:
    """Return changes as plain text, a blank line between two; empty for none.

    Args:
        changes: in the order of the text.
        language: of the text, a tag whose locale exists.
        width: signs on a line.
    """
    words = change_words(language)
    return "\n\n".join("\n".join(_lines(change, words, width)) for change in changes)


def excerpt(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield pieces, of long unchanged stretches only the words beside a change."""
    last = len(pieces) - 1
    for number, piece in enumerate(pieces):
        sides = (number > 0) + (number < last)
        if piece.kind is not PieceKind.EQUAL or len(piece.text) <= sides * CONTEXT:
            yield piece
            continue
        head = f"{piece.text[:CONTEXT].rpartition(' ')[0]} " if number else ""
        tail = f" {piece.text[-CONTEXT:].partition(' ')[2]}" if number < last else ""
        yield Piece(kind=piece.kind, text=f"{head}…{tail}")


def _marked(pieces: Sequence[Piece]) -> "Markup":
    from markupsafe import Markup, escape

    html = Markup()
    for piece, after in zip_longest(pieces, pieces[1:]):
        text = Markup("<br>").join(escape(part) for part in piece.text.split("\n"))
        html += Markup(_TAGS[piece.kind]).format(text)  # noqa: S704 (tags of ours; the text is escaped)
        if PieceKind.EQUAL not in {piece.kind, after.kind if after else PieceKind.EQUAL}:
            html += " "
    return html


def _lines(change: Change, words: ChangeWords, width: int) -> Iterator[str]:
    pieces = tuple(excerpt(change.pieces()))
    before = "".join(piece.text for piece in pieces if piece.kind is not PieceKind.INSERTED)
    after = "".join(piece.text for piece in pieces if piece.kind is not PieceKind.DELETED)
    if change.before is None:
        told = {words.added: after}
    elif change.after is None:
        told = {words.removed: before}
    else:
        told = {words.instead: before, words.now: after}
    for name, text in told.items():
        line = " ".join(f"{name} {text}".split(" ")).replace("\n", " ")
        yield textwrap.fill(line, width, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
