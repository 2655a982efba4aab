"""What all commands share: the workspace, the clock, names, and how results reach a person or a program."""

import contextlib
import getpass
import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar

import click

from pipeline.errors import WorkspaceError
from pipeline.workspace import Workspace

F = TypeVar("F", bound=Callable[..., Any])

json_option: Callable[[F], F] = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")


def check_person(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    """Accept a person written “Name <mail>”."""
    name = " ".join(value.split())
    if not re.fullmatch(r"[^<>\x00-\x1f]+ <[^<>@\s]+@[^<>@\s]+>", name):
        raise click.BadParameter('write it as "Name <mail@example.org>"')
    return name


def optional_person(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Accept a person written “Name <mail>”, or nobody."""
    return None if value is None else check_person(ctx, param, value)


person_option: Callable[[F], F] = click.option(
    "--as",
    "person",
    required=True,
    envvar="COMMUNIQUE_AS",
    callback=check_person,
    metavar='"NAME <MAIL>"',
    help="Who decides. Also from the environment: COMMUNIQUE_AS.",
)


def open_workspace(ctx: click.Context) -> Workspace:
    """Return the workspace the user stands in or named with `--workspace`."""
    return Workspace.find(ctx.obj)


def target_language(workspace: Workspace, target: str | None, option: str = "--to") -> str:
    """Return the target language that was named, or the only one there is.

    Raises:
        WorkspaceError: there are several, or it is not among them.
    """
    known = workspace.settings.target_locales
    if target is None and len(known) == 1:
        return known[0]
    if target not in known:
        raise WorkspaceError(f"name the language with {option}, one of: {', '.join(known)}")
    return target


def now(workspace: Workspace) -> datetime:
    """Return the present time in the office's time zone, whole seconds."""
    return datetime.now(workspace.settings.office.time_zone).replace(microsecond=0)


def user() -> str:
    """Return who is at the keyboard, for the audit log: COMMUNIQUE_AS or the login name."""
    try:
        return os.environ.get("COMMUNIQUE_AS") or getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def chosen(workspace: Workspace, releases: Sequence[str]) -> tuple[str, ...]:
    """Return the releases that were named, or all of them.

    Raises:
        WorkspaceError: one of them does not exist; nothing is begun then.
    """
    for release in releases:
        workspace.require(release)
    return tuple(dict.fromkeys(releases)) or workspace.release_ids()


def print_json(data: object) -> None:
    """Print `data` as JSON."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def print_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under a header; on a terminal too narrow for that, each row as a block of its own."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    first, *lines = table_lines(header, rows, width)
    click.echo(click.style(first, bold=True))
    for line in lines:
        click.echo(line)


def table_lines(header: Sequence[str], rows: Sequence[Sequence[str]], width: int | None) -> list[str]:
    """Return a table as lines, columns as wide as their longest cell.

    Args:
        header: names of the columns.
        rows: cells, as many in each row as there are columns.
        width: characters that a line may have, or None for any number. In a table wider than that, each row becomes
            its first cell with the others below it, by the names of their columns.
    """
    table = [list(header), *(list(row) for row in rows)]
    widths = [max(len(row[column]) for row in table) for column in range(len(header))]
    if width is None or sum(widths) + 2 * (len(widths) - 1) <= width:
        return ["  ".join(map(str.ljust, row, widths)).rstrip() for row in table]
    named = max(map(len, header[1:]))
    lines = [header[0]]
    for first, *others in rows:
        lines.append(first)
        lines += [f"  {name:<{named}}  {cell}" for name, cell in zip(header[1:], others, strict=True) if cell]
    return lines


@contextlib.contextmanager
def progress(label: str, total: int) -> Iterator[Callable[[], None]]:
    """Show a progress bar on the terminal while the block runs; nothing in pipes and under CI.

    Yields:
        A function to call once for each step done.
    """
    hidden = total == 0 or not sys.stderr.isatty() or "CI" in os.environ
    with click.progressbar(length=total, label=label, file=sys.stderr, hidden=hidden) as bar:
        yield lambda: bar.update(1)
