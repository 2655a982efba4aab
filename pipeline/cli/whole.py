"""`communique run`: the whole way of a release."""

import datetime as dt
from pathlib import Path

import click

from pipeline.cli import drafting, intake, publishing
from pipeline.cli.terminal import json_option, now, open_workspace, print_json, print_table, user


@click.command(short_help="From an input file to a bundle in one go.")
@click.argument("file", metavar="INPUT", type=click.Path(path_type=Path, allow_dash=True))
@intake.given_options
@json_option
@click.pass_context
def run(
    ctx: click.Context,
    file: Path,
    title: str | None,
    date: dt.datetime | None,
    place: str | None,
    release_id: str | None,
    as_json: bool,
) -> None:
    """Import INPUT, draft it, build every language and bundle the result, as far as the gates allow.

    What no person has approved is a draft, and says so on every page. Exit codes as for “communique draft”.

    \b
    Example:
      communique run artikel.txt --date 2026-11-23 --place Alvenz
    """
    from pipeline.runner.bundling import bundle_release
    from pipeline.runner.press import Press

    workspace = open_workspace(ctx)
    imported = intake.take_in(workspace, file, intake.given(title, date, place, release_id))
    release = imported.ingested.release.id
    if not as_json:
        intake.print_import(imported)
    reports = drafting.draft_all(workspace, (release,))
    if not as_json:
        click.echo()
        drafting.print_reports(reports)
    press = Press(workspace, now(workspace))
    (built,) = publishing.build_all(workspace, (release,), press)
    path, final = bundle_release(workspace, release, press, by=user(), at=now(workspace))
    if as_json:
        drafts = [drafting.as_data(report) for report in reports]
        data = {"import": intake.as_data(imported), "draft": drafts, "build": publishing.as_data(built)}
        print_json({**data, "bundle": str(path), "final": final})
    else:
        _print_end(release, imported.source, (*built.files, path))
    ctx.exit(drafting.exit_code(reports))


def _print_end(release: str, source: Path, files: tuple[Path, ...]) -> None:
    """Print what lies where and what a person does next."""
    click.echo()
    what = {"pdf": "to read and print", "docx": "to edit in Word", "zip": "all of it, with a manifest"}
    rows = [(publishing.shown(source), "the text to correct")]
    rows += [(publishing.shown(path), what[path.suffix.removeprefix(".")]) for path in files]
    print_table(("File", "For"), rows)
    click.echo()
    click.echo(
        f"Next: communique review export {release}   (a Word document for a reviewer; then: review import, approve)"
    )
