"""What the register of recipients holds, as values, and the query that reads them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.model.recipient import Recipient

SELECT = (
    "SELECT r.key, r.address, r.name, r.language, r.source, r.legal_basis, r.since, r.objection, r.embargo_ok,"
    " r.refusal, r.refused_on, (SELECT group_concat(list.name, '|') FROM membership"
    " JOIN list ON list.id = membership.list WHERE membership.key = r.key) FROM recipient r"
)
"""What `record` reads; no name of a list has `|` in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why and since when mail to an address is not delivered."""

    reason: str
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A recipient as they stand in the register."""

    recipient: Recipient
    refusal: Refusal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListCount:
    """How many stand on a list with one language."""

    name: str
    language: str
    reached: int
    """They get mail."""
    objected: int
    undeliverable: int


def record(row: Sequence[Any]) -> Record:
    """Return a row of `SELECT` as a value.

    Raises:
        sqlite3.DatabaseError: it is damaged.
    """
    address, name, language, source, legal_basis, since, objection, embargo_ok, refusal, refused_on, lists = row[1:]
    recipient = Recipient(
        address=address,
        name=name,
        language=language,
        lists=tuple(sorted(lists.split("|"))) if lists else (),
        source=source,
        legal_basis=legal_basis,
        since=day_of(since),
        objection=day_of(objection) if objection else None,
        embargo_ok=bool(embargo_ok),
    )
    refused = Refusal(reason=refusal, since=day_of(refused_on)) if refusal else None
    return Record(recipient=recipient, refusal=refused)


def day_of(text: str) -> date:
    """Return a day of the register.

    Raises:
        sqlite3.DatabaseError: it is damaged.
    """
    import sqlite3

    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        raise sqlite3.DatabaseError("a date in it cannot be read") from None
