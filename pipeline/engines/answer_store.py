"""A file of answers, each under the key of what was asked."""

import contextlib
import hashlib
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pipeline.errors import WorkspaceError

if TYPE_CHECKING:
    import sqlite3

Found = TypeVar("Found")

_ENTRIES = 100_000
"""Answers that are kept: those of some thousand releases, in some fifty megabytes."""

_LONGEST = 20_000
"""Bytes of the longest answer that is kept; with the number of answers it bounds the file."""

_WAIT, _PAUSE = 10.0, 0.02
"""Seconds to wait while another program writes, and between two looks whether it is done."""

_SCHEMA = """\
CREATE TABLE IF NOT EXISTS answers (
  id INTEGER PRIMARY KEY AUTOINCREMENT, key BLOB NOT NULL UNIQUE, text BLOB NOT NULL, seal BLOB NOT NULL
)
"""

_SELECT = "SELECT CAST(text AS BLOB), CAST(seal AS BLOB) FROM answers WHERE key = ? AND text NOT NULL"


class AnswerStore:
    """Answers in an SQLite file, which several programs may use at once.

    What was put is still there after the program was killed. The oldest answers make room for new ones. A damaged
    file is set aside as `….damaged` and a new one begun: it held nothing that cannot be asked again.

    Args:
        path: the file; made with its folder where it is missing, readable by its owner alone.
        entries: answers that are kept.
    """

    def __init__(self, path: Path, *, entries: int = _ENTRIES) -> None:
        self.path = path
        self.entries = entries

    @contextlib.contextmanager
    def opened(self) -> Iterator["Answers"]:
        """Give access to the answers.

        Raises:
            WorkspaceError: the file cannot be opened.
        """
        answers = Answers(self.path, self.entries)
        try:
            yield answers
        finally:
            answers.close()


class Answers:
    """An open store; for one thread at a time.

    Args:
        path: the file.
        entries: answers that are kept.
    """

    def __init__(self, path: Path, entries: int) -> None:
        self._path = path
        self._entries = entries
        self._connection, self._file = self._open()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def get(self, keys: Iterable[bytes]) -> dict[bytes, str]:
        """Return the answers that are there, by key.

        Raises:
            WorkspaceError: the file cannot be read.
        """
        wanted = tuple(keys)

        def read(connection: "sqlite3.Connection") -> dict[bytes, str]:
            found = {}
            for key in wanted:
                row = connection.execute(_SELECT, (key,)).fetchone()
                # A disk may give back other bytes than it was given, which SQLite does not notice.
                if row and row[1] == _seal(key, row[0]):
                    found[key] = row[0].decode(errors="surrogatepass")
            return found

        return self._done(read)

    def put(self, key: bytes, text: str) -> None:
        """Keep an answer; the oldest ones go where there are too many, and very long ones are not kept.

        Raises:
            WorkspaceError: the file cannot be written.
        """
        data = text.encode(errors="surrogatepass")  # whatever a release holds, it comes back
        if len(data) > _LONGEST:
            return

        def write(connection: "sqlite3.Connection") -> None:
            connection.execute("BEGIN IMMEDIATE")
            try:
                row = connection.execute(
                    "INSERT OR REPLACE INTO answers (key, text, seal) VALUES (?, ?, ?)",
                    (key, data, _seal(key, data)),
                )
                connection.execute("DELETE FROM answers WHERE id <= ?", ((row.lastrowid or 0) - self._entries,))
                connection.execute("COMMIT")
            except BaseException:
                connection.rollback()
                raise

        self._done(write)

    def _done(self, work: Callable[["sqlite3.Connection"], Found]) -> Found:
        """Return what `work` returns, tried a second time with a new file where the first one is damaged."""
        import sqlite3

        try:
            try:
                return work(self._connection)
            except sqlite3.DatabaseError as error:
                if not _is_damage(error):
                    raise
                self._set_aside()
                return work(self._connection)
        except sqlite3.Error as error:
            raise self._unusable(error) from None

    def _open(self) -> tuple["sqlite3.Connection", int]:
        """Return a connection, and which file it is to."""
        import sqlite3

        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.touch(mode=0o600)
            try:
                return self._connected(), self._path.stat().st_ino
            except sqlite3.DatabaseError as error:
                if not _is_damage(error):
                    raise
                self._move()
                return self._connected(), self._path.stat().st_ino
        except (sqlite3.Error, OSError) as error:
            raise self._unusable(error) from None

    def _connected(self) -> "sqlite3.Connection":
        import sqlite3

        # Several programs that make the file at once stand in each other's way; SQLite itself waits only later on.
        end = time.monotonic() + _WAIT
        while True:
            try:
                return self._prepared()
            except sqlite3.OperationalError as error:
                if _kind(error) != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                    raise
            time.sleep(_PAUSE)

    def _prepared(self) -> "sqlite3.Connection":
        import sqlite3

        # A reader that is closed by the end of the program may be so in another thread.
        connection = sqlite3.connect(self._path, timeout=_WAIT, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute(_SCHEMA)
        except BaseException:
            connection.close()
            raise
        return connection

    def _set_aside(self) -> None:
        self._connection.close()
        # Another program may have been first: the file in this place is a new one then.
        if self._path.exists() and self._path.stat().st_ino == self._file:
            self._move()
        self._connection, self._file = self._open()

    def _move(self) -> None:
        # The journals first: beside a new file they would be taken for its own.
        for suffix in ("-wal", "-shm", ""):
            part = Path(f"{self._path}{suffix}")
            if part.exists():
                part.replace(f"{self._path}.damaged{suffix}")

    def _unusable(self, error: Exception) -> WorkspaceError:
        reason = error.strerror if isinstance(error, OSError) else error
        return WorkspaceError(
            f"{self._path}: the translations kept there cannot be used ({reason}); check the rights on file and"
            " folder and the room on the disk"
        )


def _seal(key: bytes, data: bytes) -> bytes:
    return hashlib.sha256(key + data).digest()[:8]


def _is_damage(error: "sqlite3.Error") -> bool:
    import sqlite3

    # A plain error is told where the file holds other tables than ours.
    return _kind(error) in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}


def _kind(error: "sqlite3.Error") -> int:
    # The lowest eight bits are the kind of error, those above its detail (sqlite.org/rescode.html). What Python
    # itself refuses, such as a connection that is closed, has no code.
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
