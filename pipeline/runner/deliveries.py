"""What the ledgers say, and what a person decides about messages that nobody knows the fate of."""

import contextlib
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from pipeline.errors import WorkspaceError
from pipeline.formats.mail_address import address_key
from pipeline.model.mailing import Delivery, DeliveryState
from pipeline.runner.mail_ledger import has_ledger, open_ledger, recover_if_idle
from pipeline.workspace import Entry, Workspace
from pipeline.workspace.ledger import Ledger


def totals(workspace: Workspace, release_id: str, at: datetime) -> Mapping[tuple[int, str, DeliveryState], int]:
    """Return how many messages of a release are in which state, by version and language; nothing where none is.

    Raises:
        WorkspaceError: there is no such release, or its ledger is damaged or gone.
    """
    with ledger_of(workspace, release_id, at) as ledger:
        return ledger.totals() if ledger else {}


def deliveries(
    workspace: Workspace, release_id: str, states: Collection[DeliveryState], at: datetime
) -> Iterator[Delivery]:
    """Yield the messages of a release that are in one of some states; errors as for `totals`."""
    with ledger_of(workspace, release_id, at) as ledger:
        if ledger:
            yield from ledger.deliveries(states)


def settle(workspace: Workspace, release_id: str, address: str, *, sent: bool, by: str, at: datetime) -> Delivery:
    """Note what a person found out about a message; return it as it was.

    Args:
        workspace: where the release is.
        release_id: which one.
        address: whose message.
        sent: it arrived; otherwise it is sent with the next order.
        by: who answers for that.
        at: when.

    Raises:
        FormatError: it is no address.
        WorkspaceError: nothing is unknown about it.
    """
    with ledger_of(workspace, release_id, at) as ledger:
        if ledger is None:
            raise WorkspaceError(f"{release_id}: nothing was sent yet; “communique send” does")
        item = ledger.settle(address_key(address), sent=sent, by=by, at=at)
    details = {"message": item.message_id, "sent": sent}
    with workspace.lock(release_id):
        workspace.log(release_id).append(Entry(at=at, by=by, action="settle-delivery", details=details))
    return item


@contextlib.contextmanager
def ledger_of(workspace: Workspace, release_id: str, at: datetime) -> Iterator[Ledger | None]:
    """Give the ledger of a release, None where nothing was sent; what a crash left under way is called unknown."""
    workspace.require(release_id)
    if not has_ledger(workspace, release_id):
        yield None
        return
    with open_ledger(workspace, release_id) as ledger:
        recover_if_idle(workspace, ledger, at)
        yield ledger
