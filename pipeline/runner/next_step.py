"""What a person does next with a release: on its way to an approval, and from there to its readers."""

from datetime import datetime

from pipeline.formats import markdown
from pipeline.model.bitext import State
from pipeline.model.mailing import DeliveryState
from pipeline.runner.languages import Standing
from pipeline.runner.mail_ledger import ledger_path
from pipeline.stages.mail import is_embargoed, window
from pipeline.stages.review.decide import open_comments
from pipeline.workspace import Workspace
from pipeline.workspace.ledger import Ledger
from pipeline.workspace.versions import SOURCE


def next_step(workspace: Workspace, standing: Standing, *, built: bool, at: datetime) -> str:
    """Return what a person does next: a command, or what to mend in a file.

    Args:
        workspace: where the release is.
        standing: the release and its translations.
        built: whether its files are there and up to date.
        at: the present time, which decides about embargoes and what is still news.

    Raises:
        CommuniqueError: what was kept of it is damaged.
    """
    if standing.all_approved():
        return _to_readers(workspace, standing, built=built, at=at)
    folder = workspace.review(standing.release.id)
    sent = any(folder.numbers(bitext.target_locale) for bitext in standing.bitexts)
    return _to_approval(standing, sent=sent, at=at)


def _to_approval(standing: Standing, *, sent: bool, at: datetime) -> str:
    name = standing.release.id
    if standing.release.to_confirm:
        keys = ", ".join(standing.release.to_confirm)
        return f"source.md: check {keys}, then take them out of to_confirm"
    states = {item.state for bitext in standing.bitexts for item in bitext.segments()}
    steps = {
        f"communique review resolve {name}": any(
            item.settled is None for bitext in standing.bitexts for item in bitext.conflicts
        ),
        f"communique review comments {name}": any(open_comments(bitext) for bitext in standing.bitexts),
        f"translate by hand: communique review list {name} --open": State.INITIAL in states
        and standing.release.restricted(at) is not None,
        f"communique draft {name}": State.INITIAL in states,
        f"communique review export {name}": State.TRANSLATED in states and not sent,
        f"communique review list {name} --open": State.TRANSLATED in states,
        f"communique approve {name} --as …": True,
    }
    return next(step for step, due in steps.items() if due)


def _to_readers(workspace: Workspace, standing: Standing, *, built: bool, at: datetime) -> str:
    release = standing.release
    if not built or not _is_published(workspace, standing):
        return f"communique bundle {release.id}"
    mailed = _mailed(workspace, standing)
    waiting, doubtful = (mailed.get(state, 0) for state in (DeliveryState.QUEUED, DeliveryState.UNKNOWN))
    if doubtful:
        return f"communique deliveries {release.id}: {doubtful} unknown"
    if is_embargoed(release, at):
        return f"nothing until {release.embargo:%Y-%m-%d %H:%M}: under embargo"
    if _is_news(workspace, standing, at):
        if waiting:
            return f"communique send {release.id} …: {waiting} still wait"
        if not mailed:
            return f"communique send {release.id} --list …"
    return "nothing: published" + (" and mailed" if mailed else "")


def _is_published(workspace: Workspace, standing: Standing) -> bool:
    """Return whether a final bundle was made of exactly this source; its approval binds the translations to it."""
    kept = workspace.versions(standing.release.id).read(standing.release.version, SOURCE)
    return kept == markdown.dump(standing.release).encode()


def _mailed(workspace: Workspace, standing: Standing) -> dict[DeliveryState, int]:
    """Return how many messages of this version are in which state; nothing where none was ordered."""
    path = ledger_path(workspace, standing.release.id)
    if workspace.settings.mail is None or not path.exists():
        return {}
    found: dict[DeliveryState, int] = {}
    with Ledger(path, standing.release.id) as ledger:
        for (version, _, state), number in ledger.totals().items():
            if version == standing.release.version:
                found[state] = found.get(state, 0) + number
    return found


def _is_news(workspace: Workspace, standing: Standing, at: datetime) -> bool:
    """Return whether the office mails, and would mail this now."""
    mail = workspace.settings.mail
    if mail is None or standing.release.confidential:
        return False
    approvals = (bitext.approval.at for bitext in standing.bitexts if bitext.approval)
    zone = workspace.settings.office.time_zone
    closes = window(standing.release, zone, max(approvals, default=None), mail.expires_after).closes
    return closes is not None and at < closes
