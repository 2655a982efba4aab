"""Sending what a ledger holds: one message after the other, each step noted before the next."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from pipeline.errors import DeliveryError
from pipeline.formats.mail_message import Form
from pipeline.model.mailbox import Mailbox
from pipeline.model.mailing import Delivery, DeliveryState, Outcome, Plan, Step, Verdict
from pipeline.runner.pace import Clock, Pace
from pipeline.workspace.ledger import NEVER, Ledger

PAUSES = (60, 120, 300, 600, 900, 1800, 3600)
"""Seconds before a message is tried again that the server would not take now: servers that put off strangers let
them in after a few minutes."""
_LONGEST_REST = 60.0
"""Seconds before the server is called again after several failures."""
_JUMP = timedelta(minutes=1)


class Post(Protocol):
    """A line to a mail server."""

    @property
    def used(self) -> bool:
        """Whether a message was tried over it before."""
        ...

    def deliver(self, sender: str, recipient: str, message: bytes, before_data: Callable[[], None]) -> Outcome:
        """Hand in a message for one recipient; `before_data` is called right before the server gets it."""
        ...

    def close(self) -> None:
        """End the connection."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What holds for a whole mailing."""

    senders: Mapping[str, str]
    """Where undeliverable mail in a language comes back to."""
    stop_after: int
    """Failures in a row."""
    closed: Callable[[], str | None]
    """Returns why nothing may go out at the moment."""
    why_not: Callable[[str], str | None]
    """Returns why nothing may be sent to an address any more."""
    redirect_to: str | None = None
    """Whom all messages go to in a rehearsal."""


@dataclass(slots=True, kw_only=True)
class Dispatch:
    """Carries out a plan. `run` it once.

    Args:
        ledger: of the release, with the plan.
        plan: whose messages are sent.
        forms: the message in each language.
        rules: what holds for all of them.
        connect: opens a line to the mail server; raises DeliveryError.
        line: one that is open already.
        pace: how fast.
        clock: the time.
        stopping: says whether somebody asked to stop.
        notice: told what a person should know meanwhile, in one line.
    """

    ledger: Ledger
    plan: Plan
    forms: Mapping[str, Form]
    rules: Rules
    connect: Callable[[], Post]
    line: Post | None
    pace: Pace
    clock: Clock
    stopping: Callable[[], bool]
    notice: Callable[[str], None]
    _failures: int = 0
    _last: str = ""
    _barred: str | None = None
    _jumped: bool = False
    _start: tuple[float, float] = field(default=(0.0, 0.0))

    def run(self, advance: Callable[[], None]) -> str | None:
        """Send everything that is waiting; return why it ended before, or None where nothing is left to try.

        Args:
            advance: called for each message that is done.

        Raises:
            WorkspaceError: the ledger cannot be written; nothing was sent that it does not know of.
        """
        self._start = (self.clock.monotonic(), self.clock.now().timestamp())
        try:
            while (ended := self._ended()) is None:
                if self.line is None:
                    ended = self._call()
                    if ended is not None:
                        return ended
                    continue
                now = self.clock.monotonic()
                item = self.ledger.next(self.plan, now, self.pace.resting(now))
                if item is None:
                    until = self._until(now)
                    if until is None:
                        return None
                    self._rest(until - now)
                elif (wait := self.pace.wait(now)) > 0:
                    self.clock.sleep(wait)
                elif self._send(item, self.line):
                    advance()
            return ended
        finally:
            if self.line is not None:
                self.line.close()

    def _ended(self) -> str | None:
        if self.stopping():
            return "it was asked to stop"
        if self._barred is not None:
            return self._barred
        if self._failures >= self.rules.stop_after:
            return f"{self._failures} failures in a row, the last one: {self._last}"
        monotonic, told = self._start
        passed = self.clock.monotonic() - monotonic
        if not self._jumped and abs(told + passed - self.clock.now().timestamp()) > _JUMP.total_seconds():
            self._jumped = True
            self.notice("The clock of this machine was set; embargo and expiry are judged by what it says now.")
        return self.rules.closed()

    def _call(self) -> str | None:
        """Open a line; after failures, wait before. Return why it makes no sense to go on."""
        if self._failures:
            self._rest(min(2.0 ** (self._failures - 1), _LONGEST_REST))
            if self.stopping():
                return None
        try:
            self.line = self.connect()
        except DeliveryError as error:
            self._failures, self._last = self._failures + 1, str(error)
            return str(error) if error.lasting else None
        return None

    def _until(self, now: float) -> float | None:
        """Return when there is something to do again, or None where all is done."""
        due = self.ledger.next_due(self.plan)
        if due is None or due > now:
            return due
        return self.pace.rested() or now

    def _rest(self, seconds: float) -> None:
        if seconds > _LONGEST_REST / 2:
            self.notice(f"Waiting {seconds / 60:.0f} min: what the server would not take is tried again then.")
        self.clock.sleep(seconds)

    def _send(self, item: Delivery, line: Post) -> bool:
        """Try to send a message; return whether it is done with."""
        if (reason := self.rules.why_not(item.address)) is not None:
            self.ledger.end(item, DeliveryState.SKIPPED, reason, self.clock.now())
            return True
        was_used = line.used
        self.pace.sent(item.domain, self.clock.monotonic())
        outcome = line.deliver(
            self.rules.senders[item.language],
            self.rules.redirect_to or item.address,
            self._message(item),
            lambda: self.ledger.begin(item, self.clock.now()),
        )
        if outcome.lost:
            self.line = None
            if was_used and outcome.step is Step.SENDER:
                return False  # the server had closed the line before: over a new one, it is as if nothing happened
        return self._note(item, outcome)

    def _note(self, item: Delivery, outcome: Outcome) -> bool:
        now = self.clock.now()
        if outcome.verdict is Verdict.REFUSED and outcome.step is Step.SENDER:
            # It would say so of every message, and has not heard of the recipient yet: all stay waiting.
            self._barred = (
                f"the mail server takes nothing from {self.rules.senders[item.language]}: {outcome.reply}"
            )
            return False
        if outcome.verdict is Verdict.LATER:
            pause = PAUSES[item.attempts] if item.attempts < len(PAUSES) else None
            due = NEVER if pause is None else self.clock.monotonic() + pause
            self.ledger.postpone(item, due, outcome.reply, now)
        elif outcome.not_allowed:
            # Most servers say so only here of who gives no password. Once that is mended, the next run sends it.
            self.ledger.postpone(item, NEVER, outcome.reply, now)
        else:
            self.ledger.end(item, DeliveryState(outcome.verdict.value), outcome.reply, now)
        if outcome.verdict is Verdict.ACCEPTED:
            self._failures = 0
        elif outcome.verdict is not Verdict.LATER or outcome.step is not Step.RECIPIENT:
            self._failures, self._last = self._failures + 1, outcome.reply
        return outcome.verdict is not Verdict.LATER

    def _message(self, item: Delivery) -> bytes:
        form = self.forms[item.language]
        if self.rules.redirect_to is not None:
            to = Mailbox(name="", address=self.rules.redirect_to)
            return form.message(to, f"<rehearsal.{item.message_id[1:]}", extra=f"for {item.address}")
        to = Mailbox(name=item.name or "", address=item.address)
        replaces = self.ledger.earlier(item) if item.version > 1 else ()
        return form.message(to, item.message_id, replaces)
