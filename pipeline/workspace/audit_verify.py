"""Whether an audit log is whole: its chain, its seal, and what it tells against what lies beside it."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from pipeline.errors import CommuniqueError
from pipeline.model.bitext import Bitext
from pipeline.workspace.audit import AuditLog, Entry, Line, digest, numbered, parse_line
from pipeline.workspace.audit_decisions import LASTING, Decision, held, missing, told
from pipeline.workspace.audit_seal import UNREADABLE, Mark
from pipeline.workspace.files import inside, read_bytes
from pipeline.workspace.review import MAX_FILE

KEPT = frozenset({"export", "import-review"})
"""Actions whose details name a file in the `review/` folder and its SHA-256."""

_SHOWN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something a person should look at."""

    message: str
    line: int | None = None
    notice: bool = False
    """It has an innocent reason, and nothing is lost by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What the verification of a log found."""

    entries: int
    """Lines that can be read."""
    first: datetime | None
    last: datetime | None
    findings: tuple[Finding, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return all(item.notice for item in self.findings)


def verify(log: AuditLog, bitexts: Iterable[Bitext], review: Path) -> Verified:
    """Return what is wrong with a log.

    Args:
        log: it need not exist.
        bitexts: all translations of its release.
        review: the folder of what was sent to reviewers and what came back.

    Raises:
        CommuniqueError: the log cannot be read at all.
    """
    raws = log.lines()
    lines = [parse_line(raw) for raw in raws]
    entries = [(number, line.entry) for number, line in enumerate(lines, 1) if line is not None]
    findings = (
        *_chain(raws, lines),
        *_sealed(log, raws, lines),
        *_backwards(entries),
        *_decisions([entry for _, entry in entries], tuple(bitexts)),
        *_files(entries, review),
    )
    times = [entry.at for _, entry in entries]
    return Verified(
        entries=len(entries),
        first=min(times, default=None),
        last=max(times, default=None),
        findings=findings,
    )


def _chain(raws: Sequence[bytes], lines: Sequence[Line | None]) -> Iterator[Finding]:
    """Yield what does not follow from the line before it."""
    previous = ""
    for number, (raw, line) in enumerate(zip(raws, lines, strict=True), 1):
        if line is None:
            following = lines[number] if number < len(lines) else None
            closed = following is not None and following.previous == digest(raw)
            if closed or (number == len(lines) and not raw.endswith(b"\n")):
                message = "was cut off while it was written; what it would have told is lost"
                yield Finding(line=number, message=message, notice=True)
            else:
                yield Finding(line=number, message="is damaged; compare it with version control")
        elif line.previous != previous:
            message = "does not follow from the line before: something was changed, removed, added or moved there"
            yield Finding(line=number, message=message)
        elif line.number not in {None, number}:
            yield Finding(line=number, message=f"says that it is line {line.number}: lines were removed or added")
        previous = digest(raw)


def _sealed(log: AuditLog, raws: Sequence[bytes], lines: Sequence[Line | None]) -> Iterator[Finding]:
    """Yield what the seal says against the log."""
    seal, name = log.seal(), log.seal_path.name
    if seal is None:
        if numbered(raws) > 1:
            yield Finding(message=f"{name} is missing: lines may be, too; restore it from version control")
        elif raws:
            message = "the log is not sealed yet, because it is older than seals; the next entry seals it"
            yield Finding(message=message, notice=True)
        return
    digests = [digest(raw) for raw in raws]
    if not seal.mark.fits(digests):
        yield Finding(message=f"{_unfit(seal.mark, len(raws))}; compare log.jsonl and {name} with version control")
    else:
        after = sum(line is not None for line in lines[seal.mark.lines :])
        if after > 1:
            yield Finding(message=f"the last {after} lines are not sealed: this program did not write them")
        elif after:
            message = "is not sealed: the program was stopped before it could, or something else wrote the line"
            yield Finding(line=len(raws), message=message, notice=True)
    for mark in seal.unmet:
        if not mark.fits(digests):
            yield Finding(message=f"when the log was written on: {_unfit(mark, mark.lines - 1)}")


def _unfit(mark: Mark, count: int) -> str:
    """Return in words why a log of `count` lines is not what was sealed."""
    if mark == UNREADABLE:
        return "its seal was damaged, changed or missing"
    if mark.lines <= count:
        return f"line {mark.lines} is not the one that was sealed"
    return f"fewer lines were there than the {mark.lines} that were sealed, or others"


def _backwards(entries: Sequence[tuple[int, Entry]]) -> Iterator[Finding]:
    """Yield lines whose time is before that of the line before."""
    for (_, before), (number, entry) in pairwise(entries):
        if entry.at < before.at:
            message = "has an earlier time than the line before; a clock may have been wrong"
            yield Finding(line=number, message=message, notice=True)


def _decisions(entries: Sequence[Entry], bitexts: Sequence[Bitext]) -> Iterator[Finding]:
    """Yield decisions that only the bitexts or only the log knows of."""
    standing = [item for bitext in bitexts for item in held(bitext)]
    recorded = [item for entry in entries for item in told(entry)]
    for group in _grouped(missing(standing, recorded)):
        yield Finding(message=f"{_named(group)}: the log has no line about it, and the translation holds it")
    lasting = [item for item in recorded if item.what in LASTING]
    for group in _grouped(missing(lasting, standing)):
        yield Finding(message=f"{_named(group)}: the log tells of it, and the translation does not hold it")


def _grouped(decisions: Iterable[Decision]) -> Iterator[list[Decision]]:
    groups: dict[tuple[str, str, str], list[Decision]] = {}
    for item in decisions:
        groups.setdefault((item.target, item.what, item.by), []).append(item)
    yield from groups.values()


def _named(group: Sequence[Decision]) -> str:
    """Return decisions of one kind and person in a few words."""
    first = group[0]
    by = f" by {first.by}" if first.by else ""
    about = ", ".join(item.about.strip()[:40] for item in group[:_SHOWN])
    more = f" and {len(group) - _SHOWN} more" if len(group) > _SHOWN else ""
    since = "from" if len(group) > 1 else "of"
    return f"{first.target}: {first.what}{by}, {about}{more}, {since} {first.at:%Y-%m-%d %H:%M}"


def _files(entries: Sequence[tuple[int, Entry]], review: Path) -> Iterator[Finding]:
    """Yield files sent or returned that are no longer what they were."""
    for number, entry in entries:
        name, wanted = entry.details.get("file"), entry.details.get("sha256")
        if entry.action not in KEPT or not isinstance(name, str) or not isinstance(wanted, str):
            continue
        path = review / name
        if path.name != name:
            yield Finding(line=number, message=f"names “{name}”, which is no file of the review folder")
            continue
        try:
            found = hashlib.sha256(read_bytes(inside(review, path), MAX_FILE)).hexdigest()
        except CommuniqueError as error:
            yield Finding(line=number, message=f"names a file that is not there any more: {error}")
            continue
        if found != wanted:
            yield Finding(line=number, message=f"review/{name} is no longer what it was then")
