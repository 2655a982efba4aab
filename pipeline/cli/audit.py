"""`communique log`: the audit log, shown and verified."""

import dataclasses

import click

from pipeline.cli.terminal import json_option, open_workspace, print_json
from pipeline.workspace import Workspace
from pipeline.workspace.audit_verify import Finding


@click.command(short_help="Show who did what to a release.")
@click.argument("release")
@click.option("--verify", is_flag=True, help="Check that nothing was changed, removed or added.")
@json_option
@click.pass_context
def log(ctx: click.Context, release: str, verify: bool, as_json: bool) -> None:
    """Show the audit log of RELEASE: who did what, when. Each line is bound to the one before by its hash.

    With --verify, only what is wrong is shown: lines that were changed, moved, added or removed; decisions in the
    translation that the log does not tell of, or the other way round; files of the review that are no longer what
    they were. Exit code 1: something is wrong.

    \b
    Example:
      communique log 2026-11-23-neue-bruecke
      communique log 2026-11-23-neue-bruecke --verify
    """
    workspace = open_workspace(ctx)
    if verify:
        ctx.exit(_verify(workspace, release, as_json))
    workspace.load_release(release)
    entries = workspace.log(release).entries()
    if as_json:
        print_json([{**dataclasses.asdict(entry), "at": entry.at.isoformat()} for entry in entries])
        return
    for entry in entries:
        details = "; ".join(f"{key}: {_shown(value)}" for key, value in entry.details.items() if value != "")
        click.echo(f"{entry.at:%Y-%m-%d %H:%M:%S %z}  {entry.by}  {entry.action}  {details}")


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{count} {name}" for name, count in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _verify(workspace: Workspace, release: str, as_json: bool) -> int:
    """Print what is wrong with a log, and return the exit code."""
    from pipeline.runner.auditing import verify_log

    found = verify_log(workspace, release)
    if as_json:
        findings = [dataclasses.asdict(item) for item in found.findings]
        print_json({"release": release, "entries": found.entries, "whole": found.whole, "findings": findings})
        return 0 if found.whole else 1
    for item in sorted(found.findings, key=lambda item: item.notice):
        click.echo(_line(item))
    if not found.whole:
        wrong = sum(not item.notice for item in found.findings)
        click.echo(f"{found.entries} entries; wrong: {wrong}. Compare log.jsonl and log.seal with version control.")
        return 1
    if found.first is None or found.last is None:
        click.echo("The log is empty.")
    else:
        times = f"from {found.first:%Y-%m-%d %H:%M} to {found.last:%Y-%m-%d %H:%M}"
        click.echo(f"{found.entries} entries, unbroken, {times}; every decision in the translations is in it.")
    return 0


def _line(item: Finding) -> str:
    weight = "Note: " if item.notice else click.style("WRONG: ", fg="red")
    return weight + (f"line {item.line} " if item.line else "") + item.message
