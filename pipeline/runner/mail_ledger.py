"""Orders to send, and how they come into a ledger: one sender at a time, and never a new ledger for a lost one."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from pipeline.config import MailSettings
from pipeline.errors import GateError, WorkspaceError
from pipeline.model.mailing import Delivery, DeliveryState, Plan
from pipeline.model.message_id import message_id
from pipeline.model.recipient import Recipient
from pipeline.model.release import Release
from pipeline.runner.mail_papers import Papers
from pipeline.stages.mail import edition_for, is_embargoed, why_skipped
from pipeline.workspace import Workspace
from pipeline.workspace.audit import parse_line
from pipeline.workspace.files import reported
from pipeline.workspace.ledger import NAME, Ledger
from pipeline.workspace.recipients import PLACE, RecipientRegister

ACTION = "mail"
"""What the audit log calls an order to send."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What somebody wants to be sent."""

    release: str
    lists: tuple[str, ...]
    """Names of lists; empty for exactly those who have an earlier version."""
    languages: tuple[str, ...] = ()
    """Tags of the editions; empty for all."""
    by: str
    embargo_ok: bool = False
    """`by` answers for sending it before its embargo ends, to those who keep embargoes."""


@contextlib.contextmanager
def sole_sender(workspace: Workspace) -> Iterator[None]:
    """Hold the right to send, which one process of a workspace has at a time: limits of pace hold for all together.

    Raises:
        WorkspaceError: another process has it.
    """
    from filelock import FileLock, Timeout

    path = workspace.root / PLACE.parent / ".sending.lock"
    with reported(path, "written"):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = FileLock(path, timeout=0)
        try:
            lock.acquire()
        except Timeout:
            message = "another “communique send” is sending from this workspace; wait until it is done, or end it"
            raise WorkspaceError(f"{message} with Ctrl+C: what it has not sent yet is kept") from None
    try:
        yield
    finally:
        lock.release()


def open_ledger(workspace: Workspace, release_id: str) -> Ledger:
    """Return the ledger of a release, to be used by `with`; it is made where nothing was ever sent.

    Raises:
        WorkspaceError: it is damaged, or it is gone although something was sent.
    """
    has_ledger(workspace, release_id)
    return Ledger(ledger_path(workspace, release_id), release_id)


def has_ledger(workspace: Workspace, release_id: str) -> bool:
    """Return whether something of a release was ever sent, or at least ordered.

    Raises:
        WorkspaceError: it was, but the ledger is gone.
    """
    path = ledger_path(workspace, release_id)
    if path.exists():
        return True
    lines = map(parse_line, workspace.log(release_id).lines())
    if any(line is not None and line.entry.action == ACTION for line in lines):
        message = f"{path}: is missing, but the audit log says that {release_id} was mailed"
        raise WorkspaceError(f"{message}; put it back from a backup: without it, people would get it twice")
    return False


def recover_if_idle(workspace: Workspace, ledger: Ledger, at: datetime) -> None:
    """Call unknown what a crash left under way; while somebody is sending, it really is under way."""
    with contextlib.ExitStack() as stack:
        idle = False
        with contextlib.suppress(WorkspaceError):
            stack.enter_context(sole_sender(workspace))
            idle = True
        if idle:
            ledger.recover(at)


def ledger_path(workspace: Workspace, release_id: str) -> Path:
    """Return where the ledger of a release lies."""
    return workspace.folder(release_id) / NAME


def fill(
    ledger: Ledger, register: RecipientRegister, order: Order, *, papers: Papers, mail: MailSettings, at: datetime
) -> Plan:
    """Put everybody whom an order is for into the ledger, once each, as a plan to carry out; return it.

    Raises:
        WorkspaceError: there is no such list.
    """
    release = papers.ready.release
    languages = [page.release.language for page in papers.pages]
    embargoed = is_embargoed(release, at)
    with ledger.planning(release.version, order.lists, by=order.by, at=at) as writer:
        for item, refused in _addressees(ledger, register, order, release.version):
            reason = why_skipped(item, languages, undeliverable=refused, embargoed=embargoed)
            language = edition_for(item.language, languages) or item.language
            key = item.address.lower()  # the register holds addresses as they are written to
            domain = mail.sender_in(language).domain
            delivery = Delivery(
                version=release.version,
                language=language,
                key=key,
                address=item.address,
                name=item.name,
                state=DeliveryState.QUEUED,
                message_id=message_id(release.id, release.version, language, key, domain),
            )
            if reason is None and (other := writer.other_language(delivery)) is not None:
                reason = f"has it in “{other}”"  # their language changed in the register since
            if reason is not None:
                delivery = replace(delivery, state=DeliveryState.SKIPPED, reply=reason)
            writer.put(delivery)
        return writer.plan


def check_addressees(order: Order, release: Release) -> None:
    """Do nothing if it is known whom an order is for.

    Raises:
        GateError: it names no list, and there is no earlier version that somebody could have.
    """
    if not order.lists and release.version == 1:
        reason = "nobody has an earlier version of it; name a list: --list NAME (“communique recipients list”)"
        raise GateError(f"{order.release} cannot be sent:", reasons=(reason,))


def _addressees(
    ledger: Ledger, register: RecipientRegister, order: Order, version: int
) -> Iterator[tuple[Recipient, bool]]:
    """Yield whom an order is for, and whether mail to them came back before."""
    for name in order.lists:
        for record in register.members(name):
            yield record.recipient, record.refusal is not None
    for item in () if order.lists else ledger.had_earlier(version):
        found = register.find(item.address)
        if found is not None:  # who had themselves forgotten objected
            yield replace(found.recipient, language=item.language), found.refusal is not None
