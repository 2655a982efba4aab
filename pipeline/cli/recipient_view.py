"""What `communique recipients` shows of a file that came in, and of one recipient."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from pipeline.runner.recipients import Imported
from pipeline.workspace.recipient_records import Record


def print_import(result: Imported, file: Path, *, dry_run: bool) -> None:
    """Print the faults of a file, line by line, and what became of its rows."""
    for fault in result.faults:
        click.echo(
            f"{file}:{fault.line}: {fault.column.replace('_', ' ') + ' ' if fault.column else ''}{fault.message}"
        )
    told = len({fault.line for fault in result.faults})
    if result.refused > told:
        click.echo(f"and {result.refused - told} more rows with faults")
    click.echo(
        f"{result.rows} rows: {result.added} added, {result.changed} changed, {result.unchanged} unchanged,"
        f" {result.repeated} repeated in the file, {result.refused} refused."
    )
    if not result.kept:
        why = "" if dry_run else "; correct the rows above, or leave them out with --skip-faulty"
        click.echo(f"Nothing was taken in{why}.")


def described(record: Record) -> Iterator[tuple[str, str]]:
    """Yield what is stored, each with a label."""
    item = record.recipient
    yield "Address", item.address
    yield "Name", item.name or "–"
    yield "Language", item.language
    yield "Lists", ", ".join(item.lists) or "–"
    yield "Source", item.source
    yield "Legal basis", item.legal_basis
    yield "Since", item.since.isoformat()
    yield "Objection", _shown(item.objection)
    yield "Before embargo", "yes" if item.embargo_ok else "no"
    refusal = record.refusal
    yield "Undeliverable", f"{_shown(refusal.since)}, {refusal.reason}" if refusal else "–"


def _shown(day: date | None) -> str:
    return day.isoformat() if day else "–"


def line(record: Record) -> Iterator[str]:
    """Yield what a line about a recipient says, on a list of many."""
    item = record.recipient
    yield item.address
    yield item.language
    if item.name:
        yield item.name
    if item.objection:
        yield f"(objected on {item.objection.isoformat()})"
    elif record.refusal:
        yield f"(undeliverable since {record.refusal.since.isoformat()}: {record.refusal.reason})"


def as_data(record: Record) -> dict[str, object]:
    """Return what is stored of a recipient for JSON, by the names that a table has for it."""
    item, refusal = record.recipient, record.refusal
    return {
        "address": item.address,
        "name": item.name,
        "language": item.language,
        "lists": list(item.lists),
        "source": item.source,
        "legal_basis": item.legal_basis,
        "date": item.since.isoformat(),
        "objection": item.objection and item.objection.isoformat(),
        "embargo": item.embargo_ok,
        "undeliverable": refusal and {"since": refusal.since.isoformat(), "reason": refusal.reason},
    }
