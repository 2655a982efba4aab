"""The audit log of a release, held against the release itself."""

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.errors import FormatError
from pipeline.model.bitext import Bitext
from pipeline.workspace import Workspace
from pipeline.workspace.audit import parse_line
from pipeline.workspace.audit_verify import Finding, Verified, verify

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}")


def verify_log(workspace: Workspace, release_id: str) -> Verified:
    """Return whether the log of a release is whole and agrees with its translations; only read.

    Raises:
        WorkspaceError: there is no such release, or something cannot be read.
    """
    workspace.require(release_id)
    # A decision is saved first and logged next: between the two the log would seem to lack it.
    with workspace.lock(release_id):
        log = workspace.log(release_id)
        bitexts: list[Bitext] = []
        damaged: list[Finding] = []
        for target in _targets(workspace, release_id):
            try:
                bitext = workspace.load_bitext(release_id, target)
            except FormatError as error:
                damaged.append(Finding(message=str(error)))
                continue
            bitexts += [bitext] if bitext else []
        found = verify(log, bitexts, workspace.review(release_id).root)
    return replace(found, findings=(*found.findings, *damaged))


def _targets(workspace: Workspace, release_id: str) -> Iterator[str]:
    """Yield the target languages of the settings, and those that only the log knows of."""
    named = dict.fromkeys(workspace.settings.target_locales)
    for line in map(parse_line, workspace.log(release_id).lines()):
        target = line.entry.details.get("target") if line else None
        if isinstance(target, str) and _TAG.fullmatch(target):
            named[target] = None
    yield from named
