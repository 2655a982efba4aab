"""Mailing a release: once to everybody on some lists, however often it breaks off and is begun again."""

import contextlib
import os
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from pipeline.config import MailSettings
from pipeline.engines.smtp import Line, Server, connect
from pipeline.engines.smtp.connection import PASSWORD, USER
from pipeline.errors import GateError
from pipeline.model.mailing import Delivery, DeliveryState, Plan
from pipeline.runner.dispatch import Dispatch, Rules
from pipeline.runner.mail_ledger import ACTION, Order, check_addressees, fill, open_ledger, sole_sender
from pipeline.runner.mail_papers import Papers, compose_forms, mail_settings, read_papers
from pipeline.runner.pace import Clock, Pace
from pipeline.runner.recipients import open_register
from pipeline.stages.mail import is_embargoed, obstacles, why_closed
from pipeline.templating import environment
from pipeline.workspace import Entry, Workspace
from pipeline.workspace.files import inside
from pipeline.workspace.ledger import Ledger
from pipeline.workspace.recipients import RecipientRegister

MAX_SHOWN = 100
"""Messages that a report names one by one; the ledger has all."""
_LATE = timedelta(minutes=2)
_OPEN = (DeliveryState.REFUSED, DeliveryState.UNKNOWN, DeliveryState.QUEUED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """How a mailing is watched and stopped."""

    clock: Clock
    stopping: Callable[[], bool]
    progress: Callable[[int], AbstractContextManager[Callable[[], None]]]
    """Shows how far a number of messages are; yields what is called for each that is done."""
    notice: Callable[[str], None]
    """Is told what a person should know meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailed:
    """What became of an order. The figures add up to everybody who stands on the lists."""

    release: str
    version: int
    counts: Mapping[tuple[str, DeliveryState], int]
    """By language."""
    reasons: Mapping[str, int]
    """Why recipients were skipped."""
    shown: tuple[Delivery, ...]
    """What did not go well, one by one."""
    ended: str | None
    """Why it ended before everything was tried."""

    @property
    def complete(self) -> bool:
        """Whether everybody has it who should."""
        return self.ended is None and not any(self.count(state) for state in _OPEN)

    def count(self, state: DeliveryState) -> int:
        """Return how many messages are in a state, in all languages."""
        return sum(number for (_, found), number in self.counts.items() if found is state)


def send_release(workspace: Workspace, order: Order, watch: Watch) -> Mailed:
    """Send a release to everybody whom an order is for and who has not got it yet.

    Raises:
        GateError: something forbids that; nothing was sent.
        DeliveryError: the mail server cannot be used; nothing was sent.
        WorkspaceError: another process is sending, or the ledger cannot be written: then it ends before the message
            that could not be noted.
    """
    mail = mail_settings(workspace)
    with sole_sender(workspace), open_register(workspace) as register:
        register.count(order.lists)  # names of lists that do not exist are told before anything else
        papers = checked_papers(workspace, order, watch.clock.now())
        with open_ledger(workspace, order.release) as ledger:
            _recover(ledger, watch)
            call = caller(workspace)
            with contextlib.closing(call()) as line:
                at = watch.clock.now()
                forms = compose_forms(papers, mail, environment(workspace.template_folders()), at, line.size)
                _log(workspace, order, papers, at)
                plan = fill(ledger, register, order, papers=papers, mail=mail, at=at)
                _name_unreached(ledger, plan, order, watch)
                dispatch = Dispatch(
                    ledger=ledger,
                    plan=plan,
                    forms=forms,
                    rules=rules(mail, papers, register, watch.clock),
                    connect=call,
                    line=line,
                    pace=Pace(per_minute=mail.per_minute, per_domain=mail.per_domain_per_minute),
                    clock=watch.clock,
                    stopping=watch.stopping,
                    notice=watch.notice,
                )
                with watch.progress(waiting(ledger, plan)) as advance:
                    ended = dispatch.run(advance)
            return report(order.release, ledger, plan, ended)


def rules(mail: MailSettings, papers: Papers, register: RecipientRegister, clock: Clock) -> Rules:
    """Return what holds for a mailing while it goes on."""
    tags = [page.release.language for page in papers.pages]
    return Rules(
        senders={tag: mail.bounces_to or mail.sender_in(tag).address for tag in tags},
        stop_after=mail.stop_after,
        closed=lambda: why_closed(papers.ready, clock.now()),
        why_not=register.why_not,
    )


def waiting(ledger: Ledger, plan: Plan) -> int:
    """Return how many messages of a plan wait to be sent."""
    counts = ledger.counts(plan).items()
    return sum(number for (_, state), number in counts if state is DeliveryState.QUEUED)


def checked_papers(workspace: Workspace, order: Order, now: datetime) -> Papers:
    """Return what is mailed, if it may be.

    Raises:
        GateError: something forbids it; all of it is told.
    """
    with workspace.lock(order.release):
        papers = read_papers(workspace, order.release, order.languages, embargo_ok=order.embargo_ok, at=now)
    check_addressees(order, papers.ready.release)
    if reasons := obstacles(papers.ready, now):
        raise GateError(f"{order.release} cannot be sent:", reasons=reasons)
    return papers


def caller(workspace: Workspace) -> Callable[[], Line]:
    """Return what opens a line to the office's mail server."""
    mail = mail_settings(workspace)
    own = None if mail.ca_file is None else inside(workspace.root, workspace.root / mail.ca_file)
    server = Server(
        host=mail.host,
        port=mail.port,
        security=mail.security,
        user=os.environ.get(USER, mail.user),
        password=os.environ.get(PASSWORD),
        ca_file=own,
    )
    return partial(connect, server)


def report(release: str, ledger: Ledger, plan: Plan, ended: str | None) -> Mailed:
    """Return what became of a plan."""
    shown = [item for item, _ in zip(ledger.deliveries(_OPEN, plan), range(MAX_SHOWN), strict=False)]
    return Mailed(
        release=release,
        version=plan.version,
        counts=ledger.counts(plan),
        reasons=ledger.reasons(plan),
        shown=tuple(shown),
        ended=ended,
    )


def _recover(ledger: Ledger, watch: Watch) -> None:
    now, newest = watch.clock.now(), ledger.newest()
    if newest is not None and newest > now + _LATE:
        watch.notice(
            f"The clock of this machine says {now:%Y-%m-%d %H:%M}, but the ledger was written at"
            f" {newest.astimezone(now.tzinfo):%Y-%m-%d %H:%M}; check the clock: embargo and expiry depend on it."
        )
    if found := ledger.recover(now):
        watch.notice(
            f"{found} message was under way when an earlier run ended, and may have arrived; it is not sent again."
            " “communique deliveries list” shows it."
        )


def _name_unreached(ledger: Ledger, plan: Plan, order: Order, watch: Watch) -> None:
    """Say so where a later version goes to those who have the former one, and some were still waiting for that."""
    if not order.lists and (number := ledger.never_reached(plan.version)):
        watch.notice(
            f"Still waiting for an earlier version, and getting nothing now: {number}."
            " Name their list to send them this one: --list NAME"
        )


def _log(workspace: Workspace, order: Order, papers: Papers, at: datetime) -> None:
    """Put an order into the audit log, before anything of it is done."""
    release = papers.ready.release
    details = {
        "version": release.version,
        "lists": list(order.lists),
        "languages": [page.release.language for page in papers.pages],
        "before_embargo_ends": is_embargoed(release, at),
    }
    with workspace.lock(order.release):
        workspace.log(order.release).append(Entry(at=at, by=order.by, action=ACTION, details=details))
