"""`communique preview`."""

import click

from pipeline.cli.publishing import shown
from pipeline.cli.terminal import json_option, now, open_workspace, print_json, progress


@click.command(short_help="Show all pages in all languages on one picture.")
@click.argument("release")
@json_option
@click.pass_context
def preview(ctx: click.Context, release: str, as_json: bool) -> None:
    """Make one picture of RELEASE with the pages of its PDFs, each beside the same page in the other languages.

    What is not built yet, or not up to date, is built. The picture is kept beside the PDFs.

    \b
    Example:
      communique preview 2026-11-23-neue-bruecke
    """
    from pipeline.runner.press import Press
    from pipeline.runner.preview import preview_release
    from pipeline.runner.publishing import files_of

    workspace = open_workspace(ctx)
    workspace.require(release)
    with progress("Building", len(files_of(workspace, release))) as advance:
        made = preview_release(workspace, release, Press(workspace, now(workspace)), advance)
    if as_json:
        print_json({"release": made.release, "file": str(made.path), "pages": dict(made.pages)})
        return
    pages = ", ".join(f"{language}: {count}" for language, count in made.pages.items())
    click.echo(f"{shown(made.path)}  {made.path.stat().st_size / 1000:.0f} kB  (pages: {pages})")
