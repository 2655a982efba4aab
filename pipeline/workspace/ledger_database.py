"""The SQLite file of a release's ledger: durable at every step, never set aside or begun anew by itself.

Without it nobody knows who has the release already. So a damaged or missing one stops everything, until a person
decides.
"""

import contextlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import WorkspaceError
from pipeline.workspace.files import reported, sync_folder, write_bytes

if TYPE_CHECKING:
    import sqlite3

_APPLICATION = 0x43714C65
"""Written into the file (`PRAGMA application_id`): any other file is not ours."""
_VERSION = 1
_WAIT = 30.0

_SCHEMA = """
CREATE TABLE release (id TEXT NOT NULL);
CREATE TABLE plan (number INTEGER PRIMARY KEY, version INTEGER NOT NULL, at TEXT NOT NULL, by TEXT NOT NULL,
  lists TEXT NOT NULL);
CREATE TABLE delivery (version INTEGER NOT NULL, language TEXT NOT NULL, key TEXT NOT NULL, address TEXT NOT NULL,
  name TEXT, domain TEXT NOT NULL, state TEXT NOT NULL, message_id TEXT NOT NULL, plan INTEGER NOT NULL,
  due REAL NOT NULL, attempts INTEGER NOT NULL, reply TEXT, at TEXT NOT NULL, by TEXT,
  PRIMARY KEY (version, language, key)) WITHOUT ROWID;
CREATE INDEX waiting ON delivery (plan, state, due, key);
CREATE INDEX message ON delivery (message_id);
CREATE INDEX address ON delivery (key);
"""


class LedgerDatabase:
    """The open file; for one thread.

    Args:
        path: the file; made where it is missing.
        release: whose ledger it is.

    Raises:
        WorkspaceError: it cannot be opened, is damaged, or belongs to another release.
    """

    def __init__(self, path: Path, release: str) -> None:
        import sqlite3

        self.path = path
        with reported(path, "opened"):
            if not path.exists():
                _make(path, release)
        with self.told():
            self._connection = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
            try:
                self._prepare(release)
            except BaseException:
                self._connection.close()
                raise

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Any]:
        """Return what a query finds."""
        with self.told():
            return self._connection.execute(sql, values).fetchall()

    def change(self, sql: str, values: Sequence[object]) -> int:
        """Carry out one statement, durable when this returns; return how many rows it changed.

        Raises:
            WorkspaceError: the disk is full, the file cannot be written or is damaged; then nothing was changed.
        """
        with self.told():
            return self._connection.execute(sql, values).rowcount

    def copy_to(self, path: Path) -> None:
        """Write all of it into a new file."""
        import sqlite3

        with self.told(), contextlib.closing(sqlite3.connect(path)) as other:
            self._connection.backup(other)

    @contextlib.contextmanager
    def writing(self) -> Iterator["sqlite3.Connection"]:
        """Give a connection that nobody else writes through; all of it is kept, or after an error nothing."""
        with self.told():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    @contextlib.contextmanager
    def told(self) -> Iterator[None]:
        """Turn an error of SQLite into one line; the lowest eight bits of its code are its kind (rescode.html).

        Raises:
            WorkspaceError: in place of any error of SQLite of the block.
        """
        import sqlite3

        try:
            yield
        except sqlite3.Error as error:
            match getattr(error, "sqlite_errorcode", 0) & 0xFF:
                case sqlite3.SQLITE_BUSY:
                    message = "another “communique” is writing into it; try again when it is done"
                case sqlite3.SQLITE_FULL:
                    message = "the disk is full; free some space and run the command again"
                case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_CANTOPEN:
                    message = "cannot be written; ask whoever looks after this folder"
                case sqlite3.SQLITE_IOERR:
                    message = f"cannot be read or written ({error}); check the disk"
                case _:
                    raise self._damaged(error) from None
            raise WorkspaceError(f"{self.path}: {message}") from None

    def _damaged(self, why: object) -> WorkspaceError:
        message = f"{self.path}: the ledger of who has this release is damaged ({why}); it was left as it is"
        return WorkspaceError(f"{message}: put the last backup in its place, and nothing is sent until then")

    def _prepare(self, release: str) -> None:
        marks = [
            self._connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
        ]
        if marks != [_APPLICATION, _VERSION]:
            raise self._damaged("it is no ledger of this version")
        ((state, *_), *_) = self._connection.execute("PRAGMA quick_check(1)").fetchall()
        if state != "ok":
            raise self._damaged(" ".join(state.split()))
        ((owner,),) = self._connection.execute("SELECT id FROM release").fetchall()
        if owner != release:
            raise WorkspaceError(f"{self.path}: is the ledger of “{owner}”; put it back where it came from")
        # What is written before a message goes out must be there after a loss of power.
        self._connection.execute("PRAGMA synchronous = FULL")


def _make(path: Path, release: str) -> None:
    """Make a ledger; it gets its name only when it is whole, so that an empty file is known to be damaged."""
    import sqlite3

    ignored = path.parent / ".gitignore"
    if not ignored.exists():
        # It holds addresses of people: version control leaves it out, whatever the workspace's own list says.
        write_bytes(ignored, f"/{path.name}*\n/.gitignore\n".encode())
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    connection = sqlite3.connect(part, isolation_level=None)
    try:
        connection.executescript(_SCHEMA)
        connection.execute("INSERT INTO release VALUES (?)", (release,))
        connection.execute(f"PRAGMA application_id = {_APPLICATION}")
        connection.execute(f"PRAGMA user_version = {_VERSION}")
        connection.execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()
    part.replace(path)
    sync_folder(path.parent)
