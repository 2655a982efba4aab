"""The audit log: who did what to a release, when; append-only, each line bound to the one before by its hash."""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipeline.errors import FormatError
from pipeline.workspace.files import read_bytes, reported, sync_folder

MAX_BYTES = 100_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the log."""

    at: datetime
    by: str
    action: str
    details: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class AuditLog:
    """The log of one release, `log.jsonl`. Appending needs the release's lock."""

    path: Path

    def append(self, entry: Entry) -> None:
        """Write `entry` behind all others, durably.

        Raises:
            WorkspaceError: it cannot be written.
        """
        with reported(self.path, "written"):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            lines = self._lines() if self.path.exists() else []
            record = {
                "at": entry.at.isoformat(),
                "by": entry.by,
                "action": entry.action,
                "details": dict(entry.details),
                "previous": _digest(lines[-1]) if lines else "",
            }
            # A line cut off by a crash stays as it is, closed, and is covered by the next line's hash.
            torn = b"\n" if lines and not lines[-1].endswith(b"\n") else b""
            line = json.dumps(record, ensure_ascii=False, sort_keys=True).encode()
            handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
            try:
                os.write(handle, torn + line + b"\n")
                os.fsync(handle)
            finally:
                os.close(handle)
            sync_folder(self.path.parent)

    def entries(self) -> Iterator[Entry]:
        """Yield all entries, oldest first.

        Raises:
            FormatError: a line cannot be read or does not follow from the one before; earlier lines were yielded.
        """
        if not self.path.exists():
            return
        previous = ""
        for number, line in enumerate(self._lines(), 1):
            try:
                record = json.loads(line)
                linked = record["previous"] == previous
                entry = Entry(
                    at=datetime.fromisoformat(record["at"]),
                    by=record["by"],
                    action=record["action"],
                    details=record["details"],
                )
            except (ValueError, KeyError, TypeError):
                message = "this line of the audit log is damaged; compare it with version control"
                raise FormatError(message, path=self.path, line=number) from None
            if not linked:
                message = "the audit log was changed before this line; compare it with version control"
                raise FormatError(message, path=self.path, line=number)
            yield entry
            previous = _digest(line)

    def _lines(self) -> list[bytes]:
        return read_bytes(self.path, MAX_BYTES).splitlines(keepends=True)


def _digest(line: bytes) -> str:
    return hashlib.sha256(line.rstrip(b"\n")).hexdigest()
