"""The translation memory of a workspace, in step with its approved releases and imported files."""

import contextlib
import filecmp
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import locales
from pipeline.errors import FormatError, WorkspaceError
from pipeline.memory.entries import Document, Entry, of_bitext, of_tmx
from pipeline.memory.lookup import TranslationMemory
from pipeline.memory.masked import PlaceName
from pipeline.memory.store import Store
from pipeline.model.digest import is_approved
from pipeline.model.inline import plain
from pipeline.model.termbase import Termbase, TermKind, TermStatus
from pipeline.workspace import Workspace
from pipeline.workspace.files import reported, write_pieces

if TYPE_CHECKING:
    from pipeline.formats.tmx import TmxUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class Memories:
    """The memory of each target language."""

    by_target: dict[str, TranslationMemory]
    problems: tuple[str, ...]
    """What of the memory could not be read; a draft can go on."""


@contextlib.contextmanager
def open_memories(workspace: Workspace, termbase: Termbase, today: date) -> Iterator[Memories]:
    """Open the memory, brought in step with what is approved and imported now.

    Raises:
        WorkspaceError: it cannot be written.
    """
    store = Store(workspace.memory.database)
    try:
        report = store.sync(documents(workspace))
        source = workspace.settings.source_locale
        yield Memories(
            by_target={
                target: TranslationMemory(
                    store,
                    locales=(locales.get(source), locales.get(target)),
                    today=today,
                    places=place_names(termbase, source, target),
                )
                for target in workspace.settings.target_locales
            },
            problems=report.problems,
        )
    finally:
        store.close()


def documents(workspace: Workspace) -> Iterator[Document]:
    """Yield everything the memory is made of: translations of releases, and TMX files for each language pair."""
    settings = workspace.settings
    for target in settings.target_locales:
        for release in workspace.release_ids():
            digest = workspace.digest(release, target)
            if digest is not None:
                yield Document(
                    key=f"{release}/{target}.json",
                    digest=digest,
                    source=settings.source_locale,
                    target=target,
                    load=partial(_approved, workspace, release, target),
                )
        for path in workspace.memory.imported():
            # The name of the pair is part of it: the settings may change.
            stamp = path.stat()
            facts = f"{stamp.st_size} {stamp.st_mtime_ns} {settings.source_locale} {target}"
            yield Document(
                key=f"{path.name} {target}",
                digest=hashlib.sha256(facts.encode()).hexdigest(),
                source=settings.source_locale,
                target=target,
                load=partial(_imported, path, settings.source_locale, target),
            )


def place_names(termbase: Termbase, source: str, target: str) -> tuple[PlaceName, ...]:
    """Return the places of the termbase that have one preferred name in each language."""
    names = []
    for concept in termbase.concepts:
        here, there = concept.in_language(source), concept.in_language(target)
        right = [term for term in there if term.status is TermStatus.PREFERRED]
        if concept.kind is TermKind.PLACE and here and len(right) == 1:
            names.append(PlaceName(source=here[0].text, target=right[0].text, gender=right[0].gender))
    return tuple(names)


def _approved(workspace: Workspace, release: str, target: str) -> Iterable[Entry]:
    bitext = workspace.load_bitext(release, target)
    if bitext is None or not is_approved(workspace.load_release(release), bitext):
        return ()
    return of_bitext(bitext)


def _imported(path: Path, source: str, target: str) -> Iterator[Entry]:
    from pipeline.formats.tmx import TmxReader

    with path.open("rb") as stream:
        yield from of_tmx(TmxReader(stream, name=path.name, source=source, target=target), path.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What of a TMX file is usable."""

    units: int
    left_out: tuple[str, ...]
    """A line for each reason: how many, and where the first few stand."""


def import_memory(workspace: Workspace, file: Path) -> Imported:
    """Take a TMX file into the memory folder, byte for byte.

    Raises:
        FormatError: it is no TMX file, is broken, or has nothing in the languages of the workspace.
        WorkspaceError: it cannot be read or written, or another file of this name is there.
    """
    from pipeline.formats.tmx import TmxReader

    settings = workspace.settings
    units = 0
    left_out: list[str] = []
    for target in settings.target_locales:
        with reported(file, "read"), file.open("rb") as stream:
            reader = TmxReader(stream, name=file.name, source=settings.source_locale, target=target)
            units += sum(1 for _ in reader)
        left_out += reader.report()
    if not units:
        pairs = " or ".join(f"{settings.source_locale} → {target}" for target in settings.target_locales)
        raise FormatError(f"holds no translation {pairs}", path=file)
    own = workspace.memory.root / file.with_suffix(".tmx").name
    if own.exists() and own.resolve() != file.resolve():
        if not filecmp.cmp(own, file, shallow=False):
            raise WorkspaceError(f"{own}: is another file of this name; rename yours and import it again")
    elif not own.exists():
        with reported(file, "read"), file.open("rb") as stream:
            write_pieces(own, iter(lambda: stream.read(1_000_000), b""))
    return Imported(units=units, left_out=tuple(left_out))


def export_memory(workspace: Workspace, target: str, file: Path, at: datetime) -> int:
    """Write what approved releases say in `target` as TMX into `file`, and return how many units that is.

    Raises:
        WorkspaceError: it cannot be written.
    """
    from pipeline import __version__
    from pipeline.formats.tmx import write_tmx

    units = tuple(approved_units(workspace, target))
    source = workspace.settings.source_locale
    write_pieces(file, write_tmx(units, source=source, target=target, created=at, version=__version__))
    return len(units)


def approved_units(workspace: Workspace, target: str) -> Iterator["TmxUnit"]:
    """Yield what approved releases say in `target`, release by release."""
    from pipeline.formats.tmx import TmxUnit

    for release in workspace.release_ids():
        for entry in _approved(workspace, release, target):
            yield TmxUnit(
                source=plain(entry.source), target=plain(entry.target), id=entry.reference, changed=entry.approved
            )
