"""The audit log: who did what to a release, when; append-only, each line bound to the one before by its hash.

Beside it lies its seal: how many lines there are, and the hash of the last one. So a log cut at its end shows, too.
"""

import errno
import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipeline.errors import FormatError
from pipeline.workspace.audit_seal import Seal, next_seal, parse_seal
from pipeline.workspace.files import read_bytes, reported, sync_folder, write_bytes

MAX_BYTES = 100_000_000
MAX_SEAL = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What one line of the log says."""

    at: datetime
    by: str
    action: str
    details: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the log that can be read."""

    entry: Entry
    previous: str
    """Hash of the line before, as this one says; empty in the first."""
    number: int | None
    """Its place in the log, as it says; None in lines written before logs were sealed."""


@dataclass(frozen=True, slots=True)
class AuditLog:
    """The log of one release, `log.jsonl`, and its seal, `log.seal`. Appending needs the release's lock."""

    path: Path

    @property
    def seal_path(self) -> Path:
        """Where the seal lies."""
        return self.path.with_suffix(".seal")

    def append(self, entry: Entry) -> None:
        """Write `entry` behind all others, durably, and seal the log.

        Raises:
            WorkspaceError: it cannot be written.
        """
        lines = self.lines()
        record = {
            "at": entry.at.isoformat(),
            "by": entry.by,
            "action": entry.action,
            "details": dict(entry.details),
            "line": len(lines) + 1,
            "previous": digest(lines[-1]) if lines else "",
        }
        line = json.dumps(record, ensure_ascii=False, sort_keys=True).encode() + b"\n"
        seal = self.sealed([*lines, line])
        # A line cut off by a crash stays as it is, closed, and is covered by the next line's hash.
        torn = b"\n" if lines and not lines[-1].endswith(b"\n") else b""
        self._write(torn + line)
        write_bytes(self.seal_path, seal.dump())

    def sealed(self, lines: Sequence[bytes]) -> Seal:
        """Return the seal of `lines`, all that the log holds; a seal that does not fit them is remembered in it."""
        return next_seal(self.seal(), [digest(line) for line in lines], numbered=numbered(lines[:-1]))

    def seal(self) -> Seal | None:
        """Return the seal as it lies there, or None where there is none.

        Raises:
            WorkspaceError: it cannot be read.
            FormatError: it is far too large for a seal.
        """
        if not self.seal_path.exists():
            return None
        return parse_seal(read_bytes(self.seal_path, MAX_SEAL))

    def lines(self) -> list[bytes]:
        """Return all lines as they are, each with its line feed.

        Raises:
            WorkspaceError: the log cannot be read.
            FormatError: it is too large.
        """
        with reported(self.path, "read"):
            if not self.path.exists():
                return []
        return read_bytes(self.path, MAX_BYTES).splitlines(keepends=True)

    def entries(self) -> Iterator[Entry]:
        """Yield all entries, oldest first.

        Raises:
            FormatError: a line cannot be read or does not follow from the one before; earlier lines were yielded.
        """
        previous = ""
        for number, raw in enumerate(self.lines(), 1):
            line = parse_line(raw)
            if line is None:
                message = "this line of the audit log is damaged; compare it with version control"
                raise FormatError(message, path=self.path, line=number)
            if line.previous != previous:
                message = "the audit log was changed before this line; compare it with version control"
                raise FormatError(message, path=self.path, line=number)
            yield line.entry
            previous = digest(raw)

    def _write(self, data: bytes) -> None:
        with reported(self.path, "written"):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
            try:
                if os.write(handle, data) < len(data):
                    # The system reports a disk that fills up half-way only by the smaller number of bytes.
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                os.fsync(handle)
            finally:
                os.close(handle)
            sync_folder(self.path.parent)


def parse_line(raw: bytes) -> Line | None:
    """Return what a line says, or None where it is damaged."""
    try:
        record = json.loads(raw)
        at = datetime.fromisoformat(record["at"])
        entry = Entry(at=at, by=record["by"], action=record["action"], details=record["details"])
        line = Line(entry=entry, previous=record["previous"], number=record.get("line"))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    whole = isinstance(entry.by, str) and isinstance(entry.action, str) and isinstance(entry.details, Mapping)
    return line if whole and at.tzinfo is not None else None


def numbered(lines: Sequence[bytes]) -> int:
    """Return how many of `lines` were written since logs are sealed."""
    return sum(line is not None and line.number is not None for line in map(parse_line, lines))


def digest(line: bytes) -> str:
    """Return the hash of a line, its line feed aside."""
    return hashlib.sha256(line.rstrip(b"\n")).hexdigest()
