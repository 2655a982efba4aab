"""`communique recipients …`: whom releases are mailed to."""

import dataclasses
from datetime import datetime
from pathlib import Path

import click

from pipeline.cli.recipient_view import as_data, described, line, print_import
from pipeline.cli.terminal import json_option, now, open_workspace, print_json, print_table
from pipeline.errors import WorkspaceError
from pipeline.runner.recipients import (
    export_recipients,
    import_recipients,
    open_register,
    record_objections,
)
from pipeline.workspace.recipient_writer import Objected

BAD_INPUT = 2
"""Exit code for rows that kept a file out."""

_OUTCOMES = {
    Objected.RECORDED: "get nothing any more; their data stay as proof",
    Objected.FORGOTTEN: "deleted; a mark keeps them from being taken in again",
    Objected.MARKED: "not in the register; marked, so that they are never taken in",
    Objected.KNOWN: "had objected already",
}

list_option = click.option("--list", "name", required=True, metavar="NAME", help="The list.")


@click.group(short_help="Whom releases are mailed to: take in, list, export, objections.")
def recipients() -> None:
    """The register of recipients: recipients/recipients.sqlite, personal data, readable by its owner only.

    \b
    Example:
      communique recipients import presse.csv --list presse --dry-run
      communique recipients list
      communique recipients object eva@example.org
    """


@recipients.command("import", short_help="Take in a CSV file or an address book.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--list", "lists", metavar="NAME", help="List of all rows that name none.")
@click.option("--language", metavar="LANGUAGE", help="Language of all rows that name none.")
@click.option("--source", metavar="TEXT", help="Where the addresses come from.")
@click.option("--legal-basis", metavar="TEXT", help="Why they may be written to: consent, public interest.")
@click.option("--date", "since", metavar="DATE", help="Since when: 2026-11-23.")
@click.option("--skip-faulty", is_flag=True, help="Take in the good rows where others have faults.")
@click.option("--dry-run", is_flag=True, help="Only tell what would become of the rows.")
@json_option
@click.pass_context
def import_(
    ctx: click.Context,
    file: Path,
    *,
    lists: str | None,
    language: str | None,
    source: str | None,
    legal_basis: str | None,
    since: str | None,
    skip_faulty: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Take the rows of FILE into the register: CSV as spreadsheets save it, or vCard. All come in, or none.

    Options fill what a row leaves empty. Exit code 2: rows have faults, and nothing was taken in.

    \b
    Example:
      communique recipients import presse.csv --source "accreditation 2026" --legal-basis consent --dry-run
    """
    workspace = open_workspace(ctx)
    given = {"lists": lists, "language": language, "source": source, "legal_basis": legal_basis, "date": since}
    result = import_recipients(
        workspace,
        file,
        defaults={column: text for column, text in given.items() if text},
        today=now(workspace).date(),
        skip_faulty=skip_faulty,
        dry_run=dry_run,
    )
    if as_json:
        print_json(dataclasses.asdict(result))
    else:
        print_import(result, file, dry_run=dry_run)
    ctx.exit(BAD_INPUT if result.refused and not skip_faulty else 0)


@recipients.command("list", short_help="Show all lists with their figures, or who is on one.")
@click.option("--list", "name", metavar="NAME", help="Show the addresses on this list.")
@json_option
@click.pass_context
def list_(ctx: click.Context, name: str | None, as_json: bool) -> None:
    """Show how many stand on each list in each language, or with --list the addresses of one.

    \b
    Example:
      communique recipients list --list presse
    """
    with open_register(open_workspace(ctx)) as register:
        if name is not None:
            members = register.members(name)
            if as_json:
                print_json([as_data(record) for record in members])
            for record in members:
                click.echo("  ".join(line(record)))
            return
        counts = register.overview()
    if as_json:
        print_json([dataclasses.asdict(count) for count in counts])
    elif counts:
        header = ("List", "Language", "Get mail", "Objected", "Undeliverable")
        rows = [(c.name, c.language, str(c.reached), str(c.objected), str(c.undeliverable)) for c in counts]
        print_table(header, rows)
    else:
        click.echo("There are no recipients yet; “communique recipients import FILE” takes some in.")


@recipients.command(short_help="Show everything that is stored of an address.")
@click.argument("address")
@json_option
@click.pass_context
def show(ctx: click.Context, address: str, as_json: bool) -> None:
    """Show what the register has of ADDRESS, for whoever asks for it (GDPR, Article 15).

    \b
    Example:
      communique recipients show eva@example.org
    """
    with open_register(open_workspace(ctx)) as register:
        record, reason = register.find(address), register.why_not(address)
    if as_json:
        print_json({"address": address, "stored": as_data(record) if record else None, "why_not": reason})
    elif record is None:
        click.echo(f"Nothing is stored of {address}: it {reason}.")
    else:
        for label, text in described(record):
            click.echo(f"{label + ':':<15} {text}")
        click.echo(f"{'Gets mail:':<15} " + (f"no, it {reason}" if reason else "yes"))


@recipients.command(short_help="Write a list as CSV.")
@list_option
@click.option("--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The file.")
@json_option
@click.pass_context
def export(ctx: click.Context, name: str, output: Path, as_json: bool) -> None:
    """Write everybody on a list into a CSV file that spreadsheets open and `import` reads back.

    \b
    Example:
      communique recipients export --list presse --output presse.csv
    """
    count = export_recipients(open_workspace(ctx), name, output)
    if as_json:
        print_json({"file": str(output), "recipients": count})
    else:
        click.echo(f"{count} recipients written: {output}")


@recipients.command("object", short_help="Record an objection: nothing is sent any more.")
@click.argument("who", metavar="ADDRESS|FILE")
@click.option("--date", "when", type=click.DateTime(["%Y-%m-%d"]), help="Day of the objection. Default: today.")
@click.option("--forget", is_flag=True, help="Delete their data as well, and keep a mark only.")
@json_option
@click.pass_context
def object_(ctx: click.Context, who: str, when: datetime | None, forget: bool, as_json: bool) -> None:
    """Record that ADDRESS, or every address in FILE, objected. No import takes them in again.

    With --forget their data are deleted, and only a mark stays that no address can be read from.

    \b
    Example:
      communique recipients object eva@example.org --date 2026-11-23 --forget
    """
    workspace = open_workspace(ctx)
    today = now(workspace).date()
    since = when.date() if when else today
    if since > today:
        raise click.BadParameter("is still to come", param_hint="--date")
    counts = record_objections(workspace, who, when=since, today=today, forget=forget)
    if as_json:
        print_json({outcome: counts.get(outcome, 0) for outcome in Objected})
        return
    for outcome, count in counts.items():
        click.echo(f"{count} {'address' if count == 1 else 'addresses'}: {_OUTCOMES[outcome]}.")


@recipients.command(short_help="Take an address off a list.")
@click.argument("address")
@list_option
@json_option
@click.pass_context
def remove(ctx: click.Context, address: str, name: str, as_json: bool) -> None:
    """Take ADDRESS off a list. Off the last one, everything stored of it is deleted, unless they objected.

    \b
    Example:
      communique recipients remove eva@example.org --list presse
    """
    with open_register(open_workspace(ctx)) as register:
        left = register.remove(address, name)
        stored = register.find(address) is not None
    if as_json:
        print_json({"address": address, "list": name, "on_other_lists": left, "stored": stored})
    elif left:
        click.echo(f"{address} is off the list “{name}”, and stays on others.")
    else:
        end = "the objection is kept" if stored else "nothing is stored of it any more"
        click.echo(f"{address} is off its last list; {end}.")


@recipients.command(short_help="Try an address again that was undeliverable.")
@click.argument("address")
@json_option
@click.pass_context
def clear(ctx: click.Context, address: str, as_json: bool) -> None:
    """Write to ADDRESS again, although mail to it came back. An objection stays.

    \b
    Example:
      communique recipients clear eva@example.org
    """
    with open_register(open_workspace(ctx)) as register:
        cleared = register.clear(address)
        reason = register.why_not(address)
    if not cleared:
        raise WorkspaceError(f"{address} was not undeliverable; it {reason or 'gets mail'}")
    if as_json:
        print_json({"address": address, "why_not": reason})
    else:
        click.echo(f"{address} is tried again." if reason is None else f"{address} {reason}.")
