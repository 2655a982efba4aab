"""`communique status` and `doctor`."""

import dataclasses
import os

import click

from pipeline.cli.terminal import json_option, now, open_workspace, print_json, print_table
from pipeline.model.bitext import State
from pipeline.runner.overview import LanguageStatus, ReleaseStatus

WORDS = {
    State.INITIAL: "not translated",
    State.TRANSLATED: "to review",
    State.REVIEWED: "reviewed",
    State.FINAL: "final",
}
"""What people call the states of a segment."""


@click.command(short_help="Show every release and where it stands.")
@json_option
@click.pass_context
def status(ctx: click.Context, as_json: bool) -> None:
    """Show every release: how far each translation is, who approved it, what to do next.

    \b
    Example:
      communique status
    """
    from pipeline.runner.overview import status_of

    workspace = open_workspace(ctx)
    releases = [status_of(workspace, release, now(workspace)) for release in workspace.release_ids()]
    if as_json:
        print_json([dataclasses.asdict(release) for release in releases])
        return
    if not releases:
        click.echo("No releases yet. Take one in with “communique import FILE” or begin one with “communique new”.")
        return
    header = ("Release", "Translation", "Approved by", "Files", "Next step")
    print_table(header, [row for release in releases for row in _rows(release)])


def _rows(release: ReleaseStatus) -> list[tuple[str, str, str, str, str]]:
    if release.problem:
        return [(release.release, "cannot be read", "", "", release.problem)]
    marks = [mark for mark, on in (("embargo", release.embargo), ("confidential", release.confidential)) if on]
    name = release.release + (f" ({', '.join(marks)})" if marks else "")
    files = "up to date" if release.built else "to build"
    return [
        (name, _progress(language), _name(language.approved_by), files, release.next_step)
        for language in release.languages
    ]


def _name(person: str | None) -> str:
    """Return who approved without the address, which `--json` and the log tell."""
    return person.partition(" <")[0] if person else "–"


def _progress(language: LanguageStatus) -> str:
    counts = (f"{language.states[state]} {words}" for state, words in WORDS.items() if state in language.states)
    return f"{language.target}: {', '.join(counts)}"


@click.command(short_help="Check programs, fonts, translation services and the mail server.")
@click.option("--offline", is_flag=True, help="Do not ask translation services and mail server.")
@json_option
@click.pass_context
def doctor(ctx: click.Context, offline: bool, as_json: bool) -> None:
    """Check what this machine can do: libraries, fonts, and whether translation services and mail server answer.

    No mail is sent. Exit code 2: something is missing that every build needs; 3: a service of communique.toml does
    not answer.

    \b
    Example:
      communique doctor
    """
    from pipeline.runner.environment import examine

    workspace = open_workspace(ctx)
    findings = examine(workspace, os.environ, ask_services=not offline)
    if as_json:
        print_json([dataclasses.asdict(finding) for finding in findings])
    else:
        print_table(
            ("", "What", "Found"),
            [("ok" if finding.ok else "MISSING", finding.subject, finding.detail) for finding in findings],
        )
    ctx.exit(max((finding.exit_code for finding in findings if not finding.ok), default=0))
