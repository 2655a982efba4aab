"""`communique import` and `communique new`."""

import datetime as dt
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pipeline.cli.publishing import shown
from pipeline.cli.terminal import json_option, now, open_workspace, print_json, user

if TYPE_CHECKING:
    from pipeline.runner.intake import Imported
    from pipeline.stages.ingest import Given
    from pipeline.workspace import Workspace

F = TypeVar("F", bound=Callable[..., Any])

MAX_BYTES = 100_000_000
"""More is not even read; each format has a lower limit of its own."""

LONGEST_LINE = 90


def given_options(command: F) -> F:
    """Add the options with which a person says what a file does not."""
    for option in (
        click.option("--id", "release_id", metavar="ID", help="Name of the release. Default: from date and title."),
        click.option("--place", help="Place in the date line."),
        click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="Date of the release: 2026-11-23."),
        click.option("--title", help="Headline."),
    ):
        command = option(command)
    return command


def given(title: str | None, date: dt.datetime | None, place: str | None, release_id: str | None) -> "Given":
    """Return what a person said, as the import takes it."""
    from pipeline.stages.ingest import Given

    return Given(title=title, date=date.date() if date else None, place=place, id=release_id)


@click.command("import", short_help="Take in a text, web page or Word file.")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@given_options
@json_option
@click.pass_context
def import_(
    ctx: click.Context,
    file: Path,
    title: str | None,
    date: dt.datetime | None,
    place: str | None,
    release_id: str | None,
    as_json: bool,
) -> None:
    """Take in FILE (.txt, .html, .docx, .md, or - for standard input) as a new release.

    The file is kept byte for byte. Every line that is left out and every character that is mended is shown; what is
    missing, such as a headline, is proposed or left open and waits for you in source.md.

    \b
    Example:
      communique import artikel.txt --date 2026-11-23 --place Alvenz
    """
    workspace = open_workspace(ctx)
    imported = take_in(workspace, file, given(title, date, place, release_id))
    if as_json:
        print_json(as_data(imported))
        return
    print_import(imported)
    click.echo(f"Next: communique draft {imported.ingested.release.id}")


@click.command(short_help="Make an empty release to write in.")
@click.argument("title")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="Date of the release. Default: left open.")
@click.option("--place", help="Place in the date line.")
@click.option("--id", "release_id", metavar="ID", help="Name of the release. Default: from date and title.")
@click.pass_context
def new(
    ctx: click.Context, title: str, date: dt.datetime | None, place: str | None, release_id: str | None
) -> None:
    """Make an empty release with TITLE to write in.

    \b
    Example:
      communique new "Die neue Brücke ist offen" --date 2026-11-23 --place Alvenz
    """
    from pipeline.runner.intake import new_release

    workspace = open_workspace(ctx)
    path = new_release(workspace, given(title, date, place, release_id), by=user(), at=now(workspace))
    click.echo(f"Write the text into {shown(path)}. Then: communique draft {path.parent.name}")


def take_in(workspace: "Workspace", file: Path, said: "Given") -> "Imported":
    """Read `file` and import it."""
    from pipeline.runner.intake import import_release
    from pipeline.workspace.files import read_bytes

    data = sys.stdin.buffer.read(MAX_BYTES) if str(file) == "-" else read_bytes(file, MAX_BYTES)
    return import_release(workspace, data, str(file), said, by=user(), at=now(workspace))


def as_data(imported: "Imported") -> dict[str, Any]:
    """Return an import as plain data for JSON."""
    ingested = imported.ingested
    return {
        "release": ingested.release.id,
        "source": str(imported.source),
        "original": str(imported.original),
        "removed": [{"line": item.line, "text": item.text, "reason": item.reason} for item in ingested.removed],
        "repairs": [{"line": item.line, "what": item.what, "count": item.count} for item in ingested.repairs],
        "notes": list(ingested.notes),
        "to_confirm": list(ingested.release.to_confirm),
    }


def print_import(imported: "Imported") -> None:
    """Print what an import made, left out, mended and could not know."""
    ingested = imported.ingested
    click.echo(f"{shown(imported.source)}  (the original is kept as {imported.original.name})")
    _print_list(
        "Left out", [f"{_line(item.line)}{_short(item.text)}  ({item.reason})" for item in ingested.removed]
    )
    _print_list("Mended", [f"{_line(item.line)}{item.what}, {item.count} ×" for item in ingested.repairs])
    _print_list("Noticed", list(ingested.notes))
    _print_list(
        "Waits for you in source.md (to_confirm)", [_to_confirm(key) for key in ingested.release.to_confirm]
    )


def _print_list(heading: str, lines: Sequence[str]) -> None:
    if lines:
        click.echo(f"{heading}:")
    for line in lines:
        click.echo(f"  {line}")


def _line(number: int | None) -> str:
    return "" if number is None else f"line {number}: "


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_LINE else f"{text[:LONGEST_LINE]}…"


def _to_confirm(key: str) -> str:
    words = {
        "title": "title: proposed from the first sentence; check it (or give --title)",
        "date": "date: not in the text (or give --date)",
        "embargo": "embargo: the text gives no time of day, so the end of that day was taken; check it",
        "confidential": "confidential: the text has an embargo without a date; write the embargo, or take this out",
        "place": "place: not in the text (or give --place)",
    }
    return words.get(key, key)
