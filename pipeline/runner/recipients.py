"""The recipients of mailings: files of them come in, lists go out, and objections are kept."""

import contextlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import CommuniqueError, FormatError
from pipeline.formats import recipients_csv, recipients_vcard
from pipeline.formats.mail_address import address_key
from pipeline.formats.recipient_rows import Fault, Row, Rules, day, read
from pipeline.model.recipient import Recipient
from pipeline.workspace import Workspace
from pipeline.workspace.files import reported, write_pieces
from pipeline.workspace.recipient_writer import Objected, RecipientWriter, Taken
from pipeline.workspace.recipients import PLACE, RecipientRegister

MAX_FILE = 50_000_000
MAX_ROWS = 500_000
MAX_FAULTS = 1_000
"""Faults told of one by one; rows beyond are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of the rows of a file; the first five figures add up to the sixth."""

    added: int
    changed: int
    unchanged: int
    repeated: int
    """An earlier row of the file said the same."""
    refused: int
    """They have faults."""
    rows: int
    faults: tuple[Fault, ...]
    """Of the refused rows, as far as they are told one by one."""
    kept: bool
    """Whether the good rows came in: not in a rehearsal, and not beside faults unless those may be skipped."""


def open_register(workspace: Workspace) -> RecipientRegister:
    """Return the register of a workspace, to be used by `with`; it is made where there is none.

    Raises:
        WorkspaceError: it cannot be opened, or is damaged.
    """
    return RecipientRegister(workspace.root / PLACE)


def import_recipients(
    workspace: Workspace,
    file: Path,
    *,
    defaults: Mapping[str, str],
    today: date,
    skip_faulty: bool = False,
    dry_run: bool = False,
) -> Imported:
    """Take in the rows of a CSV file or the cards of an address book: all, or none.

    Args:
        workspace: where to.
        file: what to read, in any encoding.
        defaults: cells for rows that leave them empty, by the names of our columns.
        today: the present day; later ones are faults.
        skip_faulty: take in the good rows where others have faults.
        dry_run: keep nothing, and tell what would become of the rows.

    Raises:
        FormatError: the file as a whole cannot be understood.
        WorkspaceError: it cannot be read, or the register not written.
    """
    languages = (workspace.settings.source_locale, *workspace.settings.target_locales)
    rules = Rules(languages=languages, today=today, defaults=defaults)
    with open_register(workspace) as register, register.writing() as writer, _opened(file) as stream:
        counts: Counter[str] = Counter()
        faults: list[Fault] = []
        for row in _rows(stream, file):
            counts["rows"] += 1
            result = _taken(writer, row, rules)
            if isinstance(result, Taken):
                counts[result] += 1
                continue
            counts["refused"] += 1
            faults += result[: max(0, MAX_FAULTS - len(faults))]
        kept = not dry_run and (skip_faulty or not counts["refused"])
        if not kept:
            writer.drop()
    return Imported(
        added=counts[Taken.ADDED],
        changed=counts[Taken.CHANGED],
        unchanged=counts[Taken.UNCHANGED],
        repeated=counts[Taken.REPEATED],
        refused=counts["refused"],
        rows=counts["rows"],
        faults=tuple(faults),
        kept=kept,
    )


def export_recipients(workspace: Workspace, name: str, file: Path) -> int:
    """Write everybody on a list as CSV that can be imported again, readable by its owner only; return how many.

    Raises:
        WorkspaceError: there is no such list, or the file cannot be written.
    """
    count = 0

    def counted() -> Iterator[Recipient]:
        nonlocal count
        for record in members:
            count += 1
            yield record.recipient

    with open_register(workspace) as register:
        members = register.members(name)
        write_pieces(file, recipients_csv.dump(counted()))
    with reported(file, "written"):
        file.chmod(0o600)
    return count


def record_objections(
    workspace: Workspace, who: str, *, when: date, today: date, forget: bool = False
) -> Mapping[Objected, int]:
    """Record that somebody, or everybody in a file, wants nothing any more; return how many of what it changed.

    Args:
        workspace: where.
        who: an address, or a table or address book, of which addresses and dates of objection alone are read.
        when: the day, where the file gives none.
        today: the present day; later ones are refused.
        forget: delete their data, too.

    Raises:
        FormatError: an address or the file cannot be understood; then nothing is recorded.
        WorkspaceError: the file cannot be read, or the register not written.
    """
    file = Path(who)
    with open_register(workspace) as register:
        if "@" in who and not file.is_file():
            return {register.object(who, when, forget=forget): 1}
        counts: Counter[Objected] = Counter()
        with register.writing() as writer, _opened(file) as stream:
            for row in _rows(stream, file):
                try:
                    key, told = address_key(row.cells.get("address", "")), row.cells.get("objection", "").strip()
                    since = day(told, today) if told else when
                except (CommuniqueError, ValueError) as error:
                    raise FormatError(row.problem or str(error), path=file, line=row.line) from None
                counts[writer.record_objection(key, since, forget=forget)] += 1
        return counts


def _taken(writer: RecipientWriter, row: Row, rules: Rules) -> Taken | tuple[Fault, ...]:
    entry = read(row, rules)
    if isinstance(entry, tuple):
        return entry
    result = writer.take_in(entry)
    return (result,) if isinstance(result, Fault) else result


@contextlib.contextmanager
def _opened(file: Path) -> Iterator[BinaryIO]:
    """Open a file for reading in pieces.

    Raises:
        FormatError: it is too large, or no regular file.
        WorkspaceError: it cannot be read.
    """
    with reported(file, "read"):
        # A pipe or device would block or never end.
        if file.exists() and not file.is_file():
            raise FormatError("is not a regular file", path=file)
        if file.stat().st_size > MAX_FILE:
            message = f"is larger than {MAX_FILE // 1_000_000} MB; import it in parts"
            raise FormatError(message, path=file)
        stream = file.open("rb")
    with stream:
        yield stream


def _rows(stream: BinaryIO, file: Path) -> Iterator[Row]:
    """Yield the rows of a table or of an address book, whatever its name.

    Raises:
        FormatError: it cannot be understood, or has too many rows.
    """
    is_cards = stream.read(100).lstrip(b"\xef\xbb\xbf \r\n").upper().startswith(b"BEGIN:VCARD")
    form = recipients_vcard if is_cards or file.suffix.lower() in {".vcf", ".vcard"} else recipients_csv
    for number, row in enumerate(form.rows(stream, path=str(file))):
        if number >= MAX_ROWS:
            raise FormatError(f"has more than {MAX_ROWS} rows; import it in parts", path=file)
        yield row
