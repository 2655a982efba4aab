"""`communique review report`: what reviewers made of the drafts, and how much work that was."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.segments import language_option
from pipeline.cli.terminal import open_workspace, target_language
from pipeline.model.difference import Piece, PieceKind

if TYPE_CHECKING:
    from pipeline.workspace import Workspace

WIDEST = 100
"""Characters of a line beyond which sentences are hard to read."""

_COLOURS = {PieceKind.DELETED: "red", PieceKind.INSERTED: "green"}


@click.command(short_help="Show what reviewers made of the drafts.")
@click.argument("release", required=False)
@language_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html"]),
    default="text",
    show_default=True,
    help="text for the terminal, html for one page to read or print, json for programs.",
)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write into this file.")
@click.pass_context
def report(ctx: click.Context, release: str | None, target: str | None, form: str, output: Path | None) -> None:
    """Show what reviewers made of the drafts of RELEASE: every change with its name, comments with their answers,
    how far drafts and final texts are apart, and how long a document was away.

    Without RELEASE, only the figures: for each engine over all releases, and for each release.

    \b
    Example:
      communique review report 2026-11-23-neue-bruecke
      communique review report 2026-11-23-neue-bruecke --format html --output bericht.html
      communique review report
    """  # noqa: D205 (click shows the first paragraph as one)
    from pipeline.workspace.files import write_bytes

    workspace = open_workspace(ctx)
    language = target_language(workspace, target)
    width = min(shutil.get_terminal_size().columns, WIDEST) if output is None else WIDEST
    text = (
        _one(workspace, release, language, form, width) if release else _all(workspace, language, form, width)
    ).rstrip("\n") + "\n"
    if output is None:
        click.echo(text, nl=False)
    else:
        write_bytes(output, click.unstyle(text).encode())
        click.echo(f"Written: {output}")


def _one(workspace: "Workspace", release: str, language: str, form: str, width: int) -> str:
    from pipeline.formats.review_report import to_data, to_html
    from pipeline.formats.review_report_text import to_text
    from pipeline.runner.reporting import report_review
    from pipeline.templating import environment

    found = report_review(workspace, release, language)
    match form:
        case "json":
            return _json(to_data(found))
        case "html":
            return to_html(found, environment(workspace.template_folders()))
        case _:
            return to_text(found, width, _painted)


def _all(workspace: "Workspace", language: str, form: str, width: int) -> str:
    from pipeline.formats.review_report import summary_to_data, summary_to_html
    from pipeline.formats.review_report_text import summary_to_text
    from pipeline.runner.reporting import report_reviews
    from pipeline.templating import environment

    found = report_reviews(workspace, language)
    match form:
        case "json":
            return _json(summary_to_data(found))
        case "html":
            return summary_to_html(found, environment(workspace.template_folders()))
        case _:
            return summary_to_text(found, width)


def _json(data: object) -> str:
    import json

    return json.dumps(data, ensure_ascii=False, indent=2)


def _painted(piece: Piece) -> str:
    colour = _COLOURS.get(piece.kind)
    return click.style(piece.text, fg=colour) if colour else piece.text
