"""The ledger of a release: for each recipient of each version and language, where the message to them stands.

What it says is on the disk before anything goes out, so that after a crash nobody gets a message twice, and whoever
might have got one without our knowing is named to a person.
"""

import contextlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType

from pipeline.errors import WorkspaceError
from pipeline.model.mailing import Delivery, DeliveryState, Plan
from pipeline.workspace.ledger_database import LedgerDatabase
from pipeline.workspace.ledger_records import SELECT, THIS, PlanWriter, delivery, identity, stamp

NAME = "ledger.sqlite"
NEVER = 1e15
"""When a message is due that is not tried again within its plan."""
_PAGE = 500


class Ledger:
    """The ledger in `path`, to be used by `with`; for one thread. Every method may raise WorkspaceError.

    Raises:
        WorkspaceError: it cannot be opened, is damaged, or belongs to another release.
    """

    def __init__(self, path: Path, release: str) -> None:
        self._database = LedgerDatabase(path, release)

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()

    def copy_to(self, path: Path) -> None:
        """Write a copy, for a rehearsal that changes nothing here."""
        self._database.copy_to(path)

    def recover(self, at: datetime) -> int:
        """Call unknown what was under way when the program that sent it ended; return how many that are.

        Only whoever holds the lock of senders may ask for this.
        """
        why = "the program ended while it handed the message over"
        sql = "UPDATE delivery SET state = 'unknown', reply = ?, at = ? WHERE state = 'sending'"
        return self._database.change(sql, (why, stamp(at)))

    @contextlib.contextmanager
    def planning(self, version: int, lists: Sequence[str], *, by: str, at: datetime) -> Iterator[PlanWriter]:
        """Begin a plan; it is kept with all its recipients, or after an error not at all."""
        with self._database.writing() as connection:
            sql = "INSERT INTO plan (version, at, by, lists) VALUES (?, ?, ?, ?)"
            number = connection.execute(sql, (version, stamp(at), by, "|".join(lists))).lastrowid
            yield PlanWriter(Plan(number=number or 0, version=version, at=at), connection)

    def next(self, plan: Plan, now: float, resting: Collection[str] = ()) -> Delivery | None:
        """Return what is sent next, or None where nothing is due.

        Args:
            plan: the order that is carried out.
            now: what is due later is not returned.
            resting: domains that get nothing at the moment.
        """
        marks = ", ".join("?" * len(resting))
        rows = self._database.rows(
            f"{SELECT} WHERE plan = ? AND state = 'queued' AND due <= ?"
            f" AND domain NOT IN ({marks}) ORDER BY due, key LIMIT 1",
            (plan.number, now, *resting),
        )
        return next(map(delivery, rows), None)

    def next_due(self, plan: Plan) -> float | None:
        """Return when the next message of a plan is due, or None where none is tried any more."""
        sql = "SELECT min(due) FROM delivery WHERE plan = ? AND state = 'queued' AND due < ?"
        ((due,),) = self._database.rows(sql, (plan.number, NEVER))
        return due if isinstance(due, float) else None

    def begin(self, item: Delivery, at: datetime) -> None:
        """Note durably that a message is handed over from now on.

        Raises:
            WorkspaceError: that cannot be noted, or it is not waiting any more; it must not be sent then.
        """
        if not self._note(item, at, only=(DeliveryState.QUEUED,), state=DeliveryState.SENDING):
            raise WorkspaceError(f"{item.address}: is not waiting any more; run the command again")

    def end(self, item: Delivery, state: DeliveryState, reply: str, at: datetime) -> None:
        """Note what became of a message."""
        self._note(item, at, state=state, reply=reply)

    def postpone(self, item: Delivery, due: float, reply: str, at: datetime) -> None:
        """Note that a message was not delivered and is tried again when it is due."""
        self._note(item, at, state=DeliveryState.QUEUED, due=due, attempts=item.attempts + 1, reply=reply)

    def settle(self, key: str, *, sent: bool, by: str, at: datetime) -> Delivery:
        """Decide for a person what became of the newest doubtful message to an address; return it as it was.

        Raises:
            WorkspaceError: nothing is doubtful about this address.
        """
        states = "('unknown')" if sent else "('unknown', 'refused')"
        rows = self._database.rows(
            f"{SELECT} WHERE key = ? AND state IN {states} ORDER BY version DESC, at DESC LIMIT 1",
            (key,),
        )
        if not rows:
            raise WorkspaceError(f"{key}: nothing is unknown about it; “communique deliveries list” shows what is")
        item = delivery(rows[0])
        state = DeliveryState.ACCEPTED if sent else DeliveryState.QUEUED
        reply = f"settled by {by}: {'sent' if sent else 'not sent'}"
        # Of plan 0: it goes out with the next order, not with one that is being carried out.
        self._note(item, at, state=state, reply=reply, by=by, plan=0)
        return item

    def came_back(self, item: Delivery, reply: str, at: datetime) -> bool:
        """Note that a message that seemed delivered came back; return whether that was new."""
        arrived = (DeliveryState.ACCEPTED, DeliveryState.UNKNOWN)
        return self._note(item, at, only=arrived, state=DeliveryState.REFUSED, reply=reply)

    def with_message_id(self, message_id: str) -> Delivery | None:
        """Return the message of a Message-ID."""
        sql = f"{SELECT} WHERE message_id = ?"
        return next(map(delivery, self._database.rows(sql, (message_id,))), None)

    def newest_to(self, key: str) -> Delivery | None:
        """Return the message that was sent to an address last."""
        sql = (
            f"{SELECT} WHERE key = ? AND state IN ('accepted', 'unknown', 'refused')"
            " ORDER BY version DESC, at DESC LIMIT 1"
        )
        return next(map(delivery, self._database.rows(sql, (key,))), None)

    def earlier(self, item: Delivery) -> tuple[str, ...]:
        """Return the Message-IDs of the versions before that a recipient has, oldest first."""
        sql = (
            "SELECT message_id FROM delivery WHERE version < ? AND language = ? AND key = ?"
            " AND state IN ('accepted', 'unknown') ORDER BY version"
        )
        return tuple(row[0] for row in self._database.rows(sql, identity(item)))

    def had_earlier(self, version: int) -> Iterator[Delivery]:
        """Yield the messages of versions before `version` that arrived, or may have: one to each recipient."""
        sql = (
            f"{SELECT} WHERE version < ? AND state IN ('accepted', 'unknown') AND (language, key) > (?, ?)"
            f" GROUP BY language, key ORDER BY language, key LIMIT {_PAGE}"
        )
        last = ("", "")
        while rows := self._database.rows(sql, (version, *last)):
            for item in map(delivery, rows):
                yield item
                last = (item.language, item.key)

    def never_reached(self, version: int) -> int:
        """Return how many waited for a version before `version` and have none that arrived, or may have."""
        ((number,),) = self._database.rows(
            "SELECT count(DISTINCT key) FROM delivery AS one WHERE version < ? AND state = 'queued' AND NOT EXISTS"
            " (SELECT 1 FROM delivery WHERE key = one.key AND state IN ('accepted', 'unknown'))",
            (version,),
        )
        return int(number)

    def deliveries(self, states: Collection[DeliveryState], plan: Plan | None = None) -> Iterator[Delivery]:
        """Yield messages by their state, of one plan or of all: oldest version first, by language and address."""
        marks = ", ".join("?" * len(states))
        sql = (
            f"{SELECT} WHERE state IN ({marks}) AND plan = coalesce(?, plan)"
            f" AND (version, language, key) > (?, ?, ?) ORDER BY version, language, key LIMIT {_PAGE}"
        )
        number = plan.number if plan else None
        last = (0, "", "")
        while rows := self._database.rows(sql, (*states, number, *last)):
            for item in map(delivery, rows):
                yield item
                last = identity(item)

    def sample(self, plan: Plan, size: int) -> None:
        """Leave only the first recipients of each language waiting; the others are skipped."""
        why = "is not part of the sample"
        sql = (
            "UPDATE delivery SET state = 'skipped', reply = ? WHERE plan = ? AND state = 'queued' AND"
            " (language, key) NOT IN (SELECT language, key FROM (SELECT language, key, row_number() OVER"
            " (PARTITION BY language ORDER BY key) AS number FROM delivery WHERE plan = ? AND state = 'queued')"
            " WHERE number <= ?)"
        )
        self._database.change(sql, (why, plan.number, plan.number, size))

    def counts(self, plan: Plan) -> Mapping[tuple[str, DeliveryState], int]:
        """Return how many messages of a plan are in which state, by language."""
        sql = "SELECT language, state, count(*) FROM delivery WHERE plan = ? GROUP BY language, state"
        rows = self._database.rows(sql, (plan.number,))
        return {(language, DeliveryState(state)): count for language, state, count in rows}

    def totals(self) -> Mapping[tuple[int, str, DeliveryState], int]:
        """Return how many messages are in which state, by version and language."""
        sql = "SELECT version, language, state, count(*) FROM delivery GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
        return {(version, tag, DeliveryState(state)): n for version, tag, state, n in self._database.rows(sql)}

    def reasons(self, plan: Plan) -> Mapping[str, int]:
        """Return how many recipients of a plan are skipped, by reason."""
        sql = "SELECT reply, count(*) FROM delivery WHERE plan = ? AND state = 'skipped' GROUP BY 1 ORDER BY 1"
        return dict(self._database.rows(sql, (plan.number,)))

    def newest(self) -> datetime | None:
        """Return when something was noted last."""
        ((at,),) = self._database.rows(
            "SELECT max(at) FROM (SELECT at FROM delivery UNION ALL SELECT at FROM plan)"
        )
        return datetime.fromisoformat(at) if at else None

    def _note(
        self, item: Delivery, at: datetime, *, only: Collection[DeliveryState] = (), **columns: str | float
    ) -> bool:
        """Change a message, in one of certain states or in any; return whether it was there."""
        named = ", ".join(f"{name} = ?" for name in ("at", *columns))
        marks = f" AND state IN ({', '.join('?' * len(only))})" if only else ""
        sql = f"UPDATE delivery SET {named} WHERE {THIS}{marks}"  # noqa: S608 (names of ours)
        return self._database.change(sql, (stamp(at), *columns.values(), *identity(item), *only)) > 0
