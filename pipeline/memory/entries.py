"""What goes into the memory: translations that somebody approved, and where each comes from."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import blake2b
from operator import attrgetter

from pipeline.formats.tmx import TmxUnit
from pipeline.model.bitext import Bitext, State
from pipeline.model.inline import Inlines, Run, TextEdit, apply_edits, inlines, plain

_NO_TEXT = "\1"
"""Where a neighbour is missing; no text holds this character."""


_formatting = attrgetter(*(item.name for item in fields(Run) if item.name != "text"))
_NO_FORMATTING = _formatting(Run(text=""))


class EntryOrigin(StrEnum):
    """Who answers for a translation."""

    RELEASE = "release"
    """A person of this office approved it."""
    TMX = "tmx"
    """It came with a file from elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A source text with its approved translation."""

    source: Inlines
    words: str
    """The plain text of `source`, `normalised`."""
    target: Inlines
    reference: str
    """`2025-11-18-visit#S004` or `partner.tmx#tuid`."""
    origin: EntryOrigin
    approved: datetime | None = None
    """None where a file does not tell."""
    context: int | None = None
    """`context_key` of its neighbours; None where they are not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An approved bitext or a TMX file that exists now."""

    key: str
    """What it is called, one for each language pair: `2025-11-18-visit/fr.json`."""
    digest: str
    """Changes whenever its content does; read only from there on."""
    source: str
    """Language tag of the settings."""
    target: str
    load: Callable[[], Iterable[Entry]]
    """Reads it; called only if it is new or has changed. A CommuniqueError leaves out this document alone."""


def normalised(text: str) -> str:
    """Return `text` as it is compared: blanks of any kind are one blank, none at the edges."""
    return " ".join(text.split())


def normalised_runs(text: Inlines) -> Inlines:
    """Return `text` with its blanks as in `normalised` and its formatting as it is."""
    words = plain(text)
    if words == normalised(words):
        return text
    blanks = [(match.start(), match.end()) for match in re.finditer(r"\s+", words)]
    return apply_edits(
        text,
        [
            TextEdit(start=start, end=end, new=" " if start and end < len(words) else "", rule="blanks")
            for start, end in blanks
        ],
    )


def is_formatted(text: Inlines) -> bool:
    """Return whether there is more to `text` than its characters."""
    return any(_formatting(run) != _NO_FORMATTING for run in text)


def context_key(before: str | None, after: str | None) -> int:
    """Return a hash of the texts before and after a segment; None where there is none."""
    return _context_key(before and normalised(before), after and normalised(after))


def _context_key(before: str | None, after: str | None) -> int:
    texts = f"{_NO_TEXT if before is None else before}\0{_NO_TEXT if after is None else after}"
    return int.from_bytes(blake2b(texts.encode(), digest_size=8).digest(), signed=True)


def of_bitext(bitext: Bitext) -> Iterator[Entry]:
    """Yield the final segments of an approved bitext; nothing of one that is not approved."""
    if bitext.approval is None:
        return
    approved = bitext.approval.at.astimezone(UTC)
    segments = tuple(bitext.segments())
    texts = [normalised(plain(item.source)) for item in segments]
    neighbours = zip((None, *texts), (*texts[1:], None), strict=False)
    for item, words, (before, after) in zip(segments, texts, neighbours, strict=True):
        if item.state is State.FINAL:
            yield Entry(
                source=item.source,
                words=words,
                target=item.target,
                reference=f"{bitext.release}#{item.id}",
                origin=EntryOrigin.RELEASE,
                approved=approved,
                context=_context_key(before, after),
            )


def of_tmx(units: Iterable[TmxUnit], name: str) -> Iterator[Entry]:
    """Yield the units of the TMX file `name`."""
    for unit in units:
        yield Entry(
            source=inlines(unit.source),
            words=normalised(unit.source),
            target=inlines(unit.target),
            reference=f"{name}#{unit.id}",
            origin=EntryOrigin.TMX,
            approved=unit.changed,
        )
