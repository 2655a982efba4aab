"""The SQLite file that recipients are kept in: readable by its owner only, never set aside or begun anew by itself.

What stands in it is nowhere else, objections above all. So a damaged file stops everything, and a person decides.
"""

import contextlib
import os
import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import WorkspaceError
from pipeline.workspace.files import reported, sync_folder, write_bytes

if TYPE_CHECKING:
    import sqlite3

_APPLICATION = 0x43715265
"""Written into the file (`PRAGMA application_id`): any other file is not ours."""
_VERSION = 1
_WAIT = 30.0
"""Seconds to wait while another process takes recipients in."""

_SCHEMA = """
CREATE TABLE recipient (key TEXT PRIMARY KEY, address TEXT NOT NULL, name TEXT, language TEXT NOT NULL,
  source TEXT NOT NULL, legal_basis TEXT NOT NULL, since TEXT NOT NULL, objection TEXT, embargo_ok INTEGER NOT NULL,
  refusal TEXT, refused_on TEXT) WITHOUT ROWID;
CREATE TABLE list (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE membership (key TEXT NOT NULL, list INTEGER NOT NULL, PRIMARY KEY (key, list)) WITHOUT ROWID;
CREATE INDEX members ON membership (list, key);
CREATE TABLE forgotten (mark BLOB PRIMARY KEY, day TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE salt (value BLOB NOT NULL);
"""
"""`key` is the address in small letters. `forgotten` holds marks that no address can be read from."""


class RecipientDatabase:
    """The open file; for one thread.

    Args:
        path: the file; made with its folder where it is missing.

    Raises:
        WorkspaceError: it cannot be opened, is damaged, or is another file.
    """

    def __init__(self, path: Path) -> None:
        import sqlite3

        self.path = path
        with reported(path, "opened"):
            if not path.exists():
                _make(path)
            if path.stat().st_mode & 0o077:
                path.chmod(0o600)
        with self.told():
            self._connection = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
            try:
                self._prepare()
            except BaseException:
                self._connection.close()
                raise

    def close(self) -> None:
        """Close the file; with that, what was deleted is gone from the journal, too."""
        self._connection.close()

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Any]:
        """Return what a query finds.

        Raises:
            WorkspaceError: the file is damaged or cannot be read.
        """
        with self.told():
            return self._connection.execute(sql, values).fetchall()

    @contextlib.contextmanager
    def writing(self) -> Iterator["sqlite3.Connection"]:
        """Give a connection that nobody else writes through; all of it is kept, or after an error nothing.

        Who wants nothing kept without an error ends the transaction by `ROLLBACK`.

        Raises:
            WorkspaceError: another process writes all the time, or the file is damaged or cannot be written.
        """
        with self.told():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                if self._connection.in_transaction:
                    self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def damaged(self, why: object) -> WorkspaceError:
        """Return the error to raise for a file that is not what it should be."""
        message = f"{self.path}: the register of recipients is damaged ({why}); it was left as it is"
        return WorkspaceError(f"{message}: put the last backup in its place, and nobody is written to until then")

    def _prepare(self) -> None:
        marks = [
            self._connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
        ]
        if marks != [_APPLICATION, _VERSION]:
            raise self.damaged("it is no register of this version")
        ((state, *_), *_) = self._connection.execute("PRAGMA quick_check(1)").fetchall()
        if state != "ok":
            raise self.damaged(" ".join(state.split()))
        # An objection that was confirmed must outlast a loss of power, and deleted data must be gone from the file.
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute("PRAGMA secure_delete = ON")

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
                    message = "another “communique” is writing recipients; try again when it is done"
                case sqlite3.SQLITE_FULL:
                    message = "the disk is full; free some space and run the command again"
                case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_CANTOPEN:
                    message = "cannot be written; ask whoever looks after this folder"
                case sqlite3.SQLITE_IOERR:
                    message = f"cannot be read or written ({error}); check the disk"
                case _:
                    raise self.damaged(error) from None
            raise WorkspaceError(f"{self.path}: {message}") from None


def _make(path: Path) -> None:
    """Make a register; it gets its name only when it is whole, so that an empty file is known to be damaged."""
    import sqlite3

    from filelock import FileLock

    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with FileLock(path.parent / ".lock"):
        if path.exists():
            return  # another process was first
        # Version control leaves the folder out, whatever the workspace's own list says.
        write_bytes(path.parent / ".gitignore", b"*\n")
        part = path.with_name(f".{path.name}.part")
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        connection = sqlite3.connect(part, isolation_level=None)
        try:
            connection.executescript(_SCHEMA)
            connection.execute("INSERT INTO salt VALUES (?)", (secrets.token_bytes(32),))
            connection.execute(f"PRAGMA application_id = {_APPLICATION}")
            connection.execute(f"PRAGMA user_version = {_VERSION}")
            connection.execute("PRAGMA journal_mode = WAL")
        finally:
            connection.close()
        part.replace(path)
        sync_folder(path.parent)
