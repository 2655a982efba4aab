"""The rows of a ledger as values, and how a plan's recipients come into it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pipeline.model.mailing import Delivery, DeliveryState, Plan

if TYPE_CHECKING:
    import sqlite3

SELECT = "SELECT version, language, key, address, name, state, message_id, attempts, reply, at, by FROM delivery"
"""What `delivery` reads."""
THIS = "version = ? AND language = ? AND key = ?"
"""The condition that `identity` fills in."""
_PUT = """
INSERT INTO delivery
  (version, language, key, address, name, domain, state, message_id, plan, due, attempts, reply, at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?) ON CONFLICT (version, language, key) DO UPDATE SET
  plan = excluded.plan, due = 0, attempts = 0, address = excluded.address, name = excluded.name,
  reply = iif(state IN ('queued', 'skipped'), excluded.reply, reply),
  at = iif(state IN ('queued', 'skipped'), excluded.at, at),
  state = iif(state IN ('queued', 'skipped'), excluded.state, state)
"""
"""Only what was not sent yet changes its state; all else is counted with the new plan, and stays what it is."""
_INSTEAD = """
UPDATE delivery SET state = 'skipped', reply = ?, at = ?
WHERE version = ? AND language <> ? AND key = ? AND state = 'queued'
"""
"""What waits in another language does not wait any more: everybody gets one."""


@dataclass(frozen=True, slots=True)
class PlanWriter:
    """Puts the recipients of a plan into the ledger, inside one transaction."""

    plan: Plan
    _connection: "sqlite3.Connection"

    def other_language(self, item: Delivery) -> str | None:
        """Return in which other language a recipient has this version, or may have it."""
        sql = (
            "SELECT language FROM delivery WHERE version = ? AND language <> ? AND key = ?"
            " AND state IN ('sending', 'accepted', 'unknown')"
        )
        row = self._connection.execute(sql, identity(item)).fetchone()
        return None if row is None else str(row[0])

    def put(self, item: Delivery) -> None:
        """Note that a message is to be sent, or is skipped; one that was sent before stays as it is."""
        who = (item.address, item.name, item.domain)
        rest = (item.state, item.message_id, self.plan.number, item.reply, stamp(self.plan.at))
        self._connection.execute(_PUT, (*identity(item), *who, *rest))
        if item.state is DeliveryState.QUEUED:
            why = f"gets it in “{item.language}”"
            self._connection.execute(_INSTEAD, (why, stamp(self.plan.at), *identity(item)))


def delivery(row: Sequence[Any]) -> Delivery:
    """Return a row of `SELECT`."""
    version, language, key, address, name, state, message_id, attempts, reply, at, by = row
    return Delivery(
        version=version,
        language=language,
        key=key,
        address=address,
        name=name,
        state=DeliveryState(state),
        message_id=message_id,
        attempts=attempts,
        reply=reply,
        at=datetime.fromisoformat(at),
        by=by,
    )


def identity(item: Delivery) -> tuple[int, str, str]:
    """Return by what a message is known in the ledger of its release."""
    return item.version, item.language, item.key


def stamp(at: datetime) -> str:
    """Return a time so that texts have the order of times."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
