"""The translation memory on disk: kept in step with the approved releases and TMX files that exist now."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import CommuniqueError, WorkspaceError
from pipeline.formats.inline_markdown import dump_inline
from pipeline.memory.database import INDEXES, Database, is_busy, is_damage
from pipeline.memory.entries import Document, Entry, is_formatted, normalised, normalised_runs
from pipeline.memory.index import SCANNED, Index
from pipeline.memory.masked import outline
from pipeline.model.inline import Inlines, plain

if TYPE_CHECKING:
    import sqlite3

_BATCH = 1_000
"""Entries written in one go."""

_TOGETHER = 100
"""Documents written in one go: each time costs some milliseconds, and others wait until it is over."""

MAX_TEXT = 20_000
"""Characters of the longest text that is kept: a memory of sentences has no use for longer ones."""

_ADD_SOURCE = "INSERT OR IGNORE INTO source (key, plain, markdown, outline) VALUES (?, ?, ?, ?)"
_ADD_ENTRY = (
    "INSERT INTO entry (source, document, number, plain, markdown, context, origin, reference, approved)"
    " VALUES ((SELECT id FROM source WHERE key = ?), ?, ?, ?, ?, ?, ?, ?, ?)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncReport:
    """What bringing the memory in step did."""

    read: int = 0
    """Documents that were new or changed."""
    retired: int = 0
    """Documents that are gone."""
    problems: tuple[str, ...] = ()
    """Why a document was left out, or what could not be done; a draft can go on."""


class Store:
    """A translation memory in `path` and a folder of the same name ending in `.index`.

    Args:
        path: `memory/tm.sqlite`; made where it is missing, set aside as `….damaged` where it cannot be used.
        scanned: sources that may stand outside the index of similar texts.

    Raises:
        WorkspaceError: the file cannot be opened for writing.
    """

    def __init__(self, path: Path, *, scanned: int = SCANNED) -> None:
        self.database = Database(path)
        self.index = Index(self.database, scanned)

    def close(self) -> None:
        """Close the file."""
        self.database.close()

    def sync(self, documents: Iterable[Document]) -> SyncReport:
        """Bring the memory in step with all documents that exist now.

        Those whose digest is known are not read again; changed ones are replaced as a whole, vanished ones removed.
        Killed at any moment, it leaves each document either as it was or as it is.

        Raises:
            WorkspaceError: the disk is full or cannot be written.
        """
        import sqlite3

        wanted = {item.key: item for item in documents}
        try:
            try:
                return self._sync(wanted)
            except sqlite3.DatabaseError as error:
                if not is_damage(error):
                    raise
                self.database.set_aside()
                return self._sync(wanted)
        except sqlite3.Error as error:
            if is_busy(error):
                problem = "another “communique” is filling the translation memory; what it knew before was used"
                return SyncReport(problems=(problem,))
            raise WorkspaceError(f"{self.database.path}: cannot be written ({error}); check the disk") from None
        except OSError as error:
            reason = (error.strerror or "unknown reason").lower()
            raise WorkspaceError(f"{self.index.folder}: cannot be written ({reason}); check the disk") from None

    def _sync(self, wanted: dict[str, Document]) -> SyncReport:
        known = dict(self.database.rows("SELECT key, digest FROM document"))
        gone = sorted(known.keys() - wanted.keys())
        changed = [item for key, item in wanted.items() if known.get(key) != item.digest]
        problems: list[str] = []
        for first in range(0, len(changed), _TOGETHER):
            with self.database.writing() as connection:
                for item in changed[first : first + _TOGETHER]:
                    problems += _replace(connection, item)
                if first + _TOGETHER >= len(changed):
                    _make_indexes(connection)
        for first in range(0, len(gone), _TOGETHER):
            with self.database.writing() as connection:
                for key in gone[first : first + _TOGETHER]:
                    _remove(connection, _document(connection, key))
        if gone or changed or not self.index.complete():
            self.index.refresh(shrunk=bool(gone or changed))
        return SyncReport(read=len(changed) - len(problems), retired=len(gone), problems=tuple(problems))


def source_key(source: Inlines) -> bytes:
    """Return under what a source text is kept: its words and formatting, blanks aside."""
    return _key(normalised(plain(source)), _source_markdown(source))


def _key(words: str, markdown: str | None) -> bytes:
    text = words if markdown is None else f"\0{markdown}"
    return blake2b(text.encode(errors="surrogatepass"), digest_size=16).digest()


def _source_markdown(source: Inlines) -> str | None:
    return dump_inline(normalised_runs(source)) if is_formatted(source) else None


def _document(connection: "sqlite3.Connection", key: str) -> int | None:
    row = connection.execute("SELECT id FROM document WHERE key = ?", (key,)).fetchone()
    return None if row is None else int(row[0])


def _make_indexes(connection: "sqlite3.Connection") -> None:
    for name, columns in INDEXES.items():
        connection.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {columns}")


def _replace(connection: "sqlite3.Connection", item: Document) -> Iterator[str]:
    """Put the entries of a document in place of those it had; yield why it cannot be read, and then leave none."""
    values = (item.key, item.digest)
    if connection.execute("SELECT 1 FROM document WHERE key = ? AND digest = ?", values).fetchone():
        return  # another process was first
    old = _document(connection, item.key)
    connection.execute("DELETE FROM document WHERE id = ?", (old,))
    connection.execute("SAVEPOINT document")
    try:
        _add(connection, item)
    except CommuniqueError as error:
        connection.execute("ROLLBACK TO document")
        yield str(error)
    connection.execute("RELEASE document")
    if old is None:
        return
    # Only now: sources that old and new have in common keep their ids and their place in the index.
    _remove(connection, old)


def _add(connection: "sqlite3.Connection", item: Document) -> None:
    values = (item.key, item.digest, f"{item.source}>{item.target}")
    document = connection.execute(
        "INSERT INTO document (key, digest, languages) VALUES (?, ?, ?)", values
    ).lastrowid
    number = 0
    entries = iter(item.load())
    while batch := list(islice(entries, _BATCH)):
        rows = list(_rows(batch))
        connection.executemany(_ADD_SOURCE, (source for source, _ in rows))
        places = enumerate(rows, number)
        connection.executemany(
            _ADD_ENTRY, ((source[0], document, place, *entry) for place, (source, entry) in places)
        )
        number += len(rows)


def _rows(entries: Sequence[Entry]) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...]]]:
    """Yield the rows of source and entry, as far as they are known here."""
    for item in entries:
        words, target = item.words, plain(item.target)
        if not words or not target or max(len(words), len(target)) > MAX_TEXT:
            continue
        markdown = _source_markdown(item.source)
        yield (
            (_key(words, markdown), words, markdown, outline(words)),
            (
                target,
                dump_inline(item.target) if is_formatted(item.target) else None,
                item.context,
                item.origin,
                item.reference,
                item.approved.isoformat() if item.approved else "",
            ),
        )


def _remove(connection: "sqlite3.Connection", document: int | None) -> None:
    """Delete a document, and the sources that no other one has."""
    connection.execute(
        "DELETE FROM source WHERE id IN (SELECT source FROM entry WHERE document = ?1)"
        " AND NOT EXISTS (SELECT 1 FROM entry WHERE source = source.id AND document <> ?1)",
        (document,),
    )
    connection.execute("DELETE FROM entry WHERE document = ?", (document,))
    connection.execute("DELETE FROM document WHERE id = ?", (document,))
