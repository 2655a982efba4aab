"""What changes in the register of recipients, inside one transaction."""

import hashlib
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from pipeline.formats.recipient_rows import MAX_LISTS, Entry, Fault
from pipeline.model.recipient import Recipient
from pipeline.workspace.recipient_records import SELECT, record

if TYPE_CHECKING:
    import sqlite3

_SEEN = "CREATE TEMP TABLE IF NOT EXISTS seen (key TEXT PRIMARY KEY, line INTEGER NOT NULL, digest BLOB NOT NULL)"
_PUT = (
    "INSERT INTO recipient (key, address, name, language, source, legal_basis, since, objection, embargo_ok)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET name = excluded.name,"
    " language = excluded.language, source = excluded.source, legal_basis = excluded.legal_basis,"
    " since = excluded.since, objection = excluded.objection, embargo_ok = excluded.embargo_ok"
)


class Taken(StrEnum):
    """What became of a row."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REPEATED = "repeated"
    """An earlier row said the same."""


class Objected(StrEnum):
    """What an objection changed."""

    RECORDED = "recorded"
    """Nothing is sent to them any more; their data stay."""
    FORGOTTEN = "forgotten"
    """Their data are gone; a mark keeps them from being taken in again."""
    MARKED = "marked"
    """They were not in the register; the mark alone was made."""
    KNOWN = "known"
    """They had objected already."""


class RecipientWriter:
    """Writes through a connection that is in a transaction; addresses are given as their keys."""

    def __init__(self, connection: "sqlite3.Connection") -> None:
        self._connection = connection
        self._salt: bytes = self._one("SELECT value FROM salt")[0]
        self._lists: dict[str, int] = {}
        connection.execute(_SEEN)
        connection.execute("DELETE FROM seen")

    def drop(self) -> None:
        """Undo everything since the transaction began, and end it."""
        self._connection.execute("ROLLBACK")

    def take_in(self, entry: Entry) -> Taken | Fault:
        """Put a row into the register, or say why it has no place there.

        Lists are added to those that are known; a name, or a word on embargoes, that the row does not give stays as
        it is; all else becomes as the row says. An objection is never taken back.
        """
        key = entry.recipient.address.lower()
        if earlier := self._earlier(key, entry):
            return earlier
        known = self._known(key)
        if reason := self._refused(key, known, entry):
            return Fault(line=entry.line, column="address", message=reason)
        if known is None:
            self._put(key, entry.recipient)
            self._join(key, entry.recipient.lists)
            return Taken.ADDED
        wanted = _merged(known, entry)
        if len(wanted.lists) > MAX_LISTS:
            message = f"would be on {len(wanted.lists)} lists; {MAX_LISTS} are possible, so take them off some"
            return Fault(line=entry.line, column="lists", message=message)
        if known.objection or wanted == known:
            return Taken.UNCHANGED
        self._put(key, wanted)
        self._join(key, tuple(name for name in wanted.lists if name not in known.lists))
        return Taken.CHANGED

    def record_objection(self, key: str, when: date, *, forget: bool) -> Objected:
        """Record an objection; see `RecipientRegister.object`."""
        known = self._known(key)
        if known is None:
            if self._is_forgotten(key):
                return Objected.KNOWN
            self._mark(key, when)
            return Objected.MARKED
        first = known.objection or when
        if forget:
            self._delete(key)
            self._mark(key, first)
            return Objected.FORGOTTEN
        if known.objection:
            return Objected.KNOWN
        self._connection.execute("UPDATE recipient SET objection = ? WHERE key = ?", (first.isoformat(), key))
        return Objected.RECORDED

    def remove(self, key: str, number: int) -> bool | None:
        """Take an address off a list by its number; return whether it is on any other, None if it was not on it."""
        sql = "DELETE FROM membership WHERE key = ? AND list = ?"
        if not self._connection.execute(sql, (key, number)).rowcount:
            return None
        self._drop_empty_lists()
        if self._one("SELECT 1 FROM membership WHERE key = ?", key):
            return True
        self._connection.execute("DELETE FROM recipient WHERE key = ? AND objection IS NULL", (key,))
        return False

    def _earlier(self, key: str, entry: Entry) -> Taken | Fault | None:
        """Return what an earlier row with the same address makes of this one."""
        said = repr((replace(entry.recipient, address=key), entry.tells_embargo))
        digest = hashlib.blake2b(said.encode(), digest_size=16).digest()
        sql = "INSERT OR IGNORE INTO seen VALUES (?, ?, ?)"
        if self._connection.execute(sql, (key, entry.line, digest)).rowcount:
            return None
        line, before = self._one("SELECT line, digest FROM seen WHERE key = ?", key)
        if before == digest:
            return Taken.REPEATED
        message = f"stands in line {line} already with other data; make one row of the two, with all lists"
        return Fault(line=entry.line, column="address", message=message)

    def _refused(self, key: str, known: Recipient | None, entry: Entry) -> str | None:
        """Return why an address is not taken in: it objected, and the row does not say so itself."""
        if self._is_forgotten(key):
            return "objected, and their data were deleted; they are never taken in again, so take the row out"
        if known and known.objection and not entry.recipient.objection:
            return f"objected on {known.objection.isoformat()}, and is never taken in again; take the row out"
        return None

    def _known(self, key: str) -> Recipient | None:
        row = self._one(f"{SELECT} WHERE r.key = ?", key)
        return record(row).recipient if row else None

    def _put(self, key: str, item: Recipient) -> None:
        objection = item.objection.isoformat() if item.objection else None
        fixed = (item.language, item.source, item.legal_basis, item.since.isoformat())
        self._connection.execute(_PUT, (key, item.address, item.name, *fixed, objection, item.embargo_ok))

    def _join(self, key: str, lists: tuple[str, ...]) -> None:
        for name in lists:
            if name not in self._lists:
                self._connection.execute("INSERT OR IGNORE INTO list (name) VALUES (?)", (name,))
                self._lists[name] = self._one("SELECT id FROM list WHERE name = ?", name)[0]
            self._connection.execute("INSERT OR IGNORE INTO membership VALUES (?, ?)", (key, self._lists[name]))

    def _delete(self, key: str) -> None:
        self._connection.execute("DELETE FROM membership WHERE key = ?", (key,))
        self._connection.execute("DELETE FROM recipient WHERE key = ?", (key,))
        self._drop_empty_lists()

    def _drop_empty_lists(self) -> None:
        self._connection.execute("DELETE FROM list WHERE id NOT IN (SELECT list FROM membership)")

    def _mark(self, key: str, when: date) -> None:
        values = (mark(self._salt, key), when.isoformat())
        self._connection.execute("INSERT OR IGNORE INTO forgotten VALUES (?, ?)", values)

    def _is_forgotten(self, key: str) -> bool:
        return self._one("SELECT 1 FROM forgotten WHERE mark = ?", mark(self._salt, key)) is not None

    def _one(self, sql: str, *values: object) -> Any:
        return self._connection.execute(sql, values).fetchone()


def mark(salt: bytes, key: str) -> bytes:
    """Return what is kept of an address whose data are gone: it can be recognised by it, and not read from it."""
    return hashlib.sha256(salt + key.encode()).digest()


def _merged(known: Recipient, entry: Entry) -> Recipient:
    """Return what is known of a recipient with what a row says of them."""
    said = entry.recipient
    return replace(
        said,
        address=known.address,
        name=said.name or known.name,
        lists=tuple(sorted({*known.lists, *said.lists})),
        embargo_ok=said.embargo_ok if entry.tells_embargo else known.embargo_ok,
    )
