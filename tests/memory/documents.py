"""Documents to fill a memory with."""

from datetime import UTC, datetime
from pathlib import Path

from pipeline.formats.tmx import TmxUnit
from pipeline.memory.entries import Document, of_bitext, of_tmx
from pipeline.memory.index import SCANNED
from pipeline.memory.known import Knowledge
from pipeline.memory.store import Store, source_key
from pipeline.model.bitext import Approval, Bitext, Segment, State, Unit
from pipeline.model.inline import Inlines, inlines, plain
from pipeline.model.texts import TextKind

Pair = tuple[str | Inlines, str | Inlines]


def runs(text: str | Inlines) -> Inlines:
    return inlines(text) if isinstance(text, str) else text


def bitext(release: str, *pairs: Pair, day: str = "2026-11-01", state: State = State.FINAL) -> Bitext:
    segments = tuple(
        Segment(id=f"S{number:03d}", source=runs(source), target=runs(target), state=state)
        for number, (source, target) in enumerate(pairs, 1)
    )
    at = datetime.fromisoformat(day).replace(tzinfo=UTC)
    return Bitext(
        release=release,
        source_locale="de",
        target_locale="fr",
        units=(Unit(path="body", kind=TextKind.PARAGRAPH, segments=segments),),
        approval=Approval(by="Eva", at=at, source_hash="", target_hash=""),
    )


def release(name: str, *pairs: Pair, day: str = "2026-11-01", target: str = "fr") -> Document:
    """Return an approved release."""
    return Document(
        key=f"{name}/{target}",
        digest=repr((pairs, day)),
        source="de",
        target=target,
        load=lambda: of_bitext(bitext(name, *pairs, day=day)),
    )


def tmx(name: str, *pairs: tuple[str, str], day: str = "2026-11-20") -> Document:
    """Return a file from elsewhere."""
    changed = datetime.fromisoformat(day).replace(tzinfo=UTC)
    units = [
        TmxUnit(source=source, target=target, id=str(number), changed=changed)
        for number, (source, target) in enumerate(pairs, 1)
    ]
    return Document(key=name, digest=repr((pairs, day)), source="de", target="fr", load=lambda: of_tmx(units, name))


def filled(path: Path, *documents: Document, scanned: int = SCANNED) -> Store:
    """Return a memory of `documents`."""
    store = Store(path, scanned=scanned)
    report = store.sync(documents)
    assert report.problems == ()
    return store


def said(store: Store, source: str | Inlines, languages: str = "de>fr") -> tuple[str, str] | None:
    """Return the translation of exactly this source and where it comes from."""
    knowledge = Knowledge(store.database, languages)
    number = knowledge.source_id(source_key(runs(source)))
    known = None if number is None else knowledge.current(number)
    return (plain(known.target), known.reference) if known else None
