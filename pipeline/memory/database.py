"""The memory's SQLite file: opened, written by one at a time, and set aside where it is damaged.

It holds nothing that approved releases and TMX files do not say, so a new one can always be made.
"""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import WorkspaceError

if TYPE_CHECKING:
    import sqlite3

_APPLICATION = 0x43714D65
"""Written into the file (`PRAGMA application_id`): any other file is not ours."""

_VERSION = 1
"""Of the tables below and of what is computed into them; another one is set aside and made anew."""

_WAIT = 10.0
"""Seconds to wait while another process writes."""

INDEXES = {
    "source_outline": "source (outline) WHERE outline IS NOT NULL",
    "entry_source": "entry (source)",
}
"""Made after the first filling: sorting all at once takes less time than putting each in its place."""

_SCHEMA = """
CREATE TABLE document (id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, digest TEXT NOT NULL,
  languages TEXT NOT NULL);
CREATE TABLE source (id INTEGER PRIMARY KEY AUTOINCREMENT, key BLOB NOT NULL UNIQUE, plain TEXT NOT NULL,
  markdown TEXT, outline INTEGER);
CREATE TABLE entry (document INTEGER NOT NULL, number INTEGER NOT NULL, source INTEGER NOT NULL,
  plain TEXT NOT NULL, markdown TEXT, context INTEGER, origin TEXT NOT NULL, reference TEXT NOT NULL,
  approved TEXT NOT NULL, PRIMARY KEY (document, number)) WITHOUT ROWID;
CREATE TABLE block (last INTEGER PRIMARY KEY, rows INTEGER NOT NULL, file TEXT NOT NULL UNIQUE);
"""
"""`markdown` is NULL where there is no formatting. Ids are used once: files beside this one name texts by them."""


class Database:
    """The open file; for one thread.

    Args:
        path: the file; made with its folder where it is missing.

    Raises:
        WorkspaceError: it cannot be opened for writing.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection, self._inode = self._open()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def rows(self, sql: str, values: Sequence[object] | Mapping[str, object] = ()) -> list[Any]:
        """Return what a query finds; nothing where the file proves to be damaged, which is then set aside."""
        import sqlite3

        try:
            return self._connection.execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise WorkspaceError(f"{self.path}: cannot be read ({error}); check the disk") from None
            self.set_aside()
            return []

    @contextlib.contextmanager
    def writing(self) -> Iterator["sqlite3.Connection"]:
        """Give a connection that nobody else writes through; all of it is kept, or after an error nothing.

        Raises:
            sqlite3.Error: busy, full, damaged: the caller knows what that means.
        """
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield self._connection
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def set_aside(self) -> None:
        """Rename the file to `….damaged` and begin a new one."""
        self._connection.close()
        # Another process may have been first: the file in this place is a new one then.
        if self.path.exists() and self.path.stat().st_ino == self._inode:
            self._move()
        self._connection, self._inode = self._open()

    def _open(self) -> tuple["sqlite3.Connection", int]:
        import sqlite3

        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            try:
                connection = self._connected()
            except sqlite3.DatabaseError as error:
                if not is_damage(error):
                    raise
                self._move()
                connection = self._connected()
            return connection, self.path.stat().st_ino
        except (sqlite3.Error, OSError) as error:
            reason = (error.strerror or "").lower() if isinstance(error, OSError) else error
            message = f"{self.path}: the translation memory cannot be opened ({reason})"
            raise WorkspaceError(
                f"{message}; check the rights on file and folder and the room on the disk"
            ) from None

    def _connected(self) -> "sqlite3.Connection":
        import sqlite3

        connection = sqlite3.connect(self.path, timeout=_WAIT, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA cache_size = -16000")
            connection.execute("PRAGMA wal_autocheckpoint = 30000")
            _make_or_check(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _move(self) -> None:
        # The journals first: beside a new file they would be taken for its own.
        for suffix in ("-wal", "-shm", ""):
            part = Path(f"{self.path}{suffix}")
            if part.exists():
                part.replace(f"{self.path}.damaged{suffix}")


def is_damage(error: "sqlite3.Error") -> bool:
    """Return whether an error says that the file is not what it should be."""
    import sqlite3

    # The lowest eight bits are the kind of error, those above its detail (sqlite.org/rescode.html).
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def is_busy(error: "sqlite3.Error") -> bool:
    """Return whether another process kept the file for itself all the time."""
    import sqlite3

    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY


def _make_or_check(connection: "sqlite3.Connection") -> None:
    """Make the tables of a new file; an error that `is_damage` for a file that is not ours."""
    if _marks(connection) == (_APPLICATION, _VERSION):
        return
    connection.execute("BEGIN IMMEDIATE")
    if _marks(connection) != (_APPLICATION, _VERSION):
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise _foreign()
        for statement in _SCHEMA.split(";"):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {_APPLICATION}")
        connection.execute(f"PRAGMA user_version = {_VERSION}")
    connection.execute("COMMIT")


def _marks(connection: "sqlite3.Connection") -> tuple[int, int]:
    application, version = (
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
    )
    return application, version


def _foreign() -> "sqlite3.DatabaseError":
    import sqlite3

    error = sqlite3.DatabaseError("not a translation memory of this version")
    error.sqlite_errorcode = sqlite3.SQLITE_NOTADB
    return error
