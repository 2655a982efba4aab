"""Rehearsing a mailing: its messages as files, or over the real server to one address. No ledger is touched."""

import contextlib
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from pipeline.errors import GateError
from pipeline.formats.mail_address import address_key
from pipeline.formats.mail_message import Form
from pipeline.model.mailbox import Mailbox
from pipeline.model.mailing import DeliveryState, Plan
from pipeline.runner.dispatch import Dispatch
from pipeline.runner.mail_ledger import Order, check_addressees, fill, has_ledger, open_ledger, sole_sender
from pipeline.runner.mail_papers import Papers, compose_forms, mail_settings, read_papers
from pipeline.runner.mailing import Mailed, Watch, caller, checked_papers, report, rules, waiting
from pipeline.runner.pace import Pace
from pipeline.runner.recipients import open_register
from pipeline.stages.mail import obstacles
from pipeline.templating import environment
from pipeline.workspace import Workspace
from pipeline.workspace.files import put_bytes, reported
from pipeline.workspace.ledger import NAME, Ledger

FOLDER = "mail"
"""Below the release's `dist/`: where the messages of a rehearsal lie."""
_SPARE = 100_000_000
"""Bytes that a rehearsal leaves free on the disk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed:
    """What would be sent in one language."""

    language: str
    recipients: int
    """Who would get it now."""
    already: int
    """Who has it, might have it, or will never take it."""
    sender: Mailbox
    subject: str
    size: int
    """Bytes of a message."""
    attached: bool
    """Whether the PDF is in the message, not only its address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """What an order would do."""

    release: str
    version: int
    embargo: datetime | None
    languages: tuple[Rehearsed, ...]
    skipped: Mapping[str, int]
    """How many get nothing, by reason."""
    obstacles: tuple[str, ...]
    """What would stop it."""
    folder: Path
    files: int
    """Messages that were written into it."""


def rehearse(workspace: Workspace, order: Order, *, sample: int | None, at: datetime) -> Rehearsal:
    """Write messages of an order as files, `dist/mail/fr-00001.eml` and so on; old ones are removed.

    Args:
        workspace: where the release is.
        order: what would be sent.
        sample: how many messages in each language; None for all.
        at: the time it is rehearsed for.

    Raises:
        WorkspaceError: there is no such list, or the files cannot be written.
        GateError: they do not fit on the disk, or nobody is named whom they would go to.
    """
    mail = mail_settings(workspace)
    with workspace.lock(order.release):
        papers = read_papers(workspace, order.release, order.languages, embargo_ok=order.embargo_ok, at=at)
        check_addressees(order, papers.ready.release)
        forms = compose_forms(papers, mail, environment(workspace.template_folders()), at, None)
        with _scratch(workspace, order, papers, at) as (ledger, plan):
            counts, skipped = ledger.counts(plan), ledger.reasons(plan)
            if sample is not None:
                ledger.sample(plan, sample)
            folder = workspace.dist(order.release) / FOLDER
            files = _write(ledger, plan, forms, folder)
    languages = tuple(
        Rehearsed(
            language=tag,
            recipients=counts.get((tag, DeliveryState.QUEUED), 0),
            already=sum(
                number
                for (language, state), number in counts.items()
                if language == tag and state not in {DeliveryState.QUEUED, DeliveryState.SKIPPED}
            ),
            sender=mail.sender_in(tag),
            subject=form.subject,
            size=form.size,
            attached=form.attached,
        )
        for tag, form in forms.items()
    )
    return Rehearsal(
        release=order.release,
        version=papers.ready.release.version,
        embargo=papers.ready.release.held_until,
        languages=languages,
        skipped=skipped,
        obstacles=obstacles(papers.ready, at),
        folder=folder,
        files=files,
    )


def rehearse_over_server(
    workspace: Workspace, order: Order, address: str, watch: Watch, *, sample: int | None
) -> Mailed:
    """Send messages of an order to one address, whoever they are meant for; the same rules hold as for sending.

    Raises:
        FormatError: it is no address.
        GateError: something forbids sending.
        DeliveryError: the mail server cannot be used.
    """
    mail, key = mail_settings(workspace), address_key(address)
    with sole_sender(workspace), open_register(workspace) as register:
        at = watch.clock.now()
        papers = checked_papers(workspace, order, at)
        call = caller(workspace)
        with contextlib.closing(call()) as line, _scratch(workspace, order, papers, at) as (ledger, plan):
            forms = compose_forms(papers, mail, environment(workspace.template_folders()), at, line.size)
            if sample is not None:
                ledger.sample(plan, sample)
            dispatch = Dispatch(
                ledger=ledger,
                plan=plan,
                forms=forms,
                rules=replace(rules(mail, papers, register, watch.clock), redirect_to=key),
                connect=call,
                line=line,
                pace=Pace(per_minute=mail.per_minute, per_domain=0),
                clock=watch.clock,
                stopping=watch.stopping,
                notice=watch.notice,
            )
            with watch.progress(waiting(ledger, plan)) as advance:
                ended = dispatch.run(advance)
            return report(order.release, ledger, plan, ended)


@contextlib.contextmanager
def _scratch(workspace: Workspace, order: Order, papers: Papers, at: datetime) -> Iterator[tuple[Ledger, Plan]]:
    """Give a copy of the ledger in which the order is planned; it is thrown away."""
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        path = Path(folder) / NAME
        if has_ledger(workspace, order.release):
            with open_ledger(workspace, order.release) as real:
                real.copy_to(path)
        ledger = stack.enter_context(Ledger(path, order.release))
        register = stack.enter_context(open_register(workspace))
        yield ledger, fill(ledger, register, order, papers=papers, mail=mail_settings(workspace), at=at)


def _write(ledger: Ledger, plan: Plan, forms: Mapping[str, Form], folder: Path) -> int:
    """Write the waiting messages of a plan one by one; return how many there are."""
    with reported(folder, "written"):
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)  # they hold people's addresses
        for old in folder.glob("*.eml"):
            old.unlink()
        needed = sum(
            number * forms[language].size
            for (language, state), number in ledger.counts(plan).items()
            if state is DeliveryState.QUEUED
        )
        if needed + _SPARE > shutil.disk_usage(folder).free:
            message = f"the messages would fill the disk ({needed / 1e9:.1f} GB); rehearse with fewer: --sample"
            raise GateError(f"{folder}: {message}")
    files = 0
    for item in ledger.deliveries((DeliveryState.QUEUED,), plan):
        files += 1
        to = Mailbox(name=item.name or "", address=item.address)
        replaces = ledger.earlier(item) if item.version > 1 else ()
        data = forms[item.language].message(to, item.message_id, replaces)
        put_bytes(folder / f"{item.language}-{files:05d}.eml", data)
    return files
