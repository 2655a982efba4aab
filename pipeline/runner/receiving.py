"""What comes back from reviewers: read, merged, kept."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipeline.errors import WorkspaceError
from pipeline.formats.returned import open_return
from pipeline.model.exchange import Export
from pipeline.runner.languages import stand
from pipeline.runner.sending import SUFFIX
from pipeline.stages.review.receive import Result, receive
from pipeline.stages.review.remarks import Delivery
from pipeline.workspace import Entry, Workspace
from pipeline.workspace.files import read_bytes
from pipeline.workspace.review import MAX_FILE, ReviewFolder


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    """A return that was taken in."""

    export: Export
    results: tuple[Result, ...]
    notices: tuple[str, ...]
    new: bool
    """False where everything in it was known already: nothing was changed then."""


def import_return(workspace: Workspace, file: Path, *, sender: str | None, by: str, at: datetime) -> Reception:
    """Take in what came back from a reviewer: each word is merged, listed as a conflict, or kept as a doubt.

    Args:
        workspace: where the release is.
        file: what came back; its name does not matter.
        sender: name and address of who sent it back, for changes that no program put a name to.
        by: who takes it in.
        at: time to record.

    Raises:
        CommuniqueError: the file is no return of this workspace, or damaged; nothing is changed then.
    """
    data = read_bytes(file, MAX_FILE)
    returned = open_return(data, str(file))
    release, target = returned.ticket.release, returned.ticket.target_locale
    if target not in workspace.settings.target_locales or not workspace.has(release):
        raise WorkspaceError(
            f"{file}: belongs to a release “{release}” in “{target}”, which is not in this workspace; "
            "“communique status” shows what is"
        )
    with workspace.lock(release):
        folder = workspace.review(release)
        sent = folder.find(returned.ticket)
        back = returned.read(sent, _document(folder, sent))
        before = stand(workspace, release).bitext(target)
        digest = hashlib.sha256(data).hexdigest()
        received = receive(before, sent, back, Delivery(sender=sender, file=digest, at=at))
        new = received.bitext != before or not folder.holds(sent, digest)
        if new:
            kept = folder.keep_return(sent, data, file.suffix.lower())
            workspace.save_bitext(received.bitext)
            details: dict[str, object] = {
                "target": target,
                "export": sent.name,
                "file": kept.name,
                "sha256": digest,
                "sender": sender or "",
                "outcomes": dict(Counter(item.outcome for item in received.results)),
            }
            workspace.log(release).append(Entry(at=at, by=by, action="import-review", details=details))
    return Reception(export=sent, results=received.results, notices=received.notices, new=new)


def _document(folder: ReviewFolder, sent: Export) -> bytes:
    """Return what was sent: words of ours in a document are told from a reviewer's by it."""
    return read_bytes(folder.document(sent, SUFFIX[sent.door]), MAX_FILE)
