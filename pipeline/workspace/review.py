"""The `review/` folder of a release: what was sent to reviewers and what came back, kept byte for byte."""

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import WorkspaceError
from pipeline.workspace.files import inside, read_bytes, read_text, reported, write_bytes

if TYPE_CHECKING:
    from pipeline.model.exchange import Export, Ticket

MAX_RECORD = 50_000_000
MAX_FILE = 50_000_000
SHORT = 12
"""Digits of a file's hash that stand in its name."""


@dataclass(frozen=True, slots=True)
class ReviewFolder:
    """A folder that need not exist: then nothing was sent yet."""

    root: Path

    def numbers(self, target: str) -> tuple[int, ...]:
        """Return the numbers of all exports into `target`, sorted."""
        pattern = re.compile(rf"{re.escape(target)}-(\d{{2,6}})\.json")
        with reported(self.root, "read"):
            names = [path.name for path in self.root.iterdir()] if self.root.is_dir() else []
        return tuple(sorted(int(match[1]) for match in map(pattern.fullmatch, names) if match))

    def load(self, target: str, number: int) -> "Export":
        """Return the record of an export.

        Raises:
            WorkspaceError: it cannot be read.
            FormatError: it is damaged or was changed.
        """
        from pipeline.formats.export_json import parse_export
        from pipeline.model.exchange import export_name

        path = self.root / f"{export_name(target, number)}.json"
        return parse_export(read_text(inside(self.root, path), MAX_RECORD), path=os.path.relpath(path))

    def find(self, ticket: "Ticket") -> "Export":
        """Return the export that a file says it is a copy of.

        Raises:
            WorkspaceError: there is none of this number, or its texts were others.
            FormatError: its record is damaged or was changed.
        """
        from pipeline.model.exchange import export_name

        name = export_name(ticket.target_locale, ticket.number)
        if ticket.number not in self.numbers(ticket.target_locale):
            raise WorkspaceError(
                f"{ticket.release} has no export {name}; the file belongs to another workspace, or "
                f"review/{name}.json was deleted: restore it from version control"
            )
        export = self.load(ticket.target_locale, ticket.number)
        if export.ticket != ticket:
            raise WorkspaceError(
                f"the file is a copy of another {name} (key {ticket.key}, here {export.key}): it was made in "
                "another workspace or for another release"
            )
        return export

    def keep_export(self, export: "Export", document: bytes, suffix: str) -> Path:
        """Keep what was sent, and the record to merge against; return the document's path.

        Raises:
            WorkspaceError: they cannot be written.
        """
        from pipeline.formats.export_json import dump_export

        path = self.document(export, suffix)
        write_bytes(path, document)
        write_bytes(self.root / f"{export.name}.json", dump_export(export).encode())
        return path

    def document(self, export: "Export", suffix: str) -> Path:
        """Return the path of the document of an export: the name also tells a reviewer what it is."""
        return self.root / f"{export.release}.{export.name}{suffix}"

    def keep_return(self, export: "Export", data: bytes, suffix: str) -> Path:
        """Keep what came back, under a name with its hash, and return its path.

        Raises:
            WorkspaceError: it cannot be written.
        """
        path = self.root / f"{_return_name(export, hashlib.sha256(data).hexdigest())}{suffix}"
        if not path.exists() or read_bytes(path, MAX_FILE) != data:
            write_bytes(path, data)
        return path

    def holds(self, export: "Export", digest: str) -> bool:
        """Return whether a return with this SHA-256 was kept before."""
        with reported(self.root, "read"):
            return any(self.root.glob(f"{_return_name(export, digest)}*"))


def _return_name(export: "Export", digest: str) -> str:
    return f"{export.release}.{export.name}.return-{digest[:SHORT]}"
