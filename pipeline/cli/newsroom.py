"""`communique site`: the newsroom."""

import click

from pipeline.cli.publishing import shown
from pipeline.cli.terminal import json_option, now, open_workspace, print_json


@click.command(short_help="Write the newsroom: a static site of everything published.")
@json_option
@click.pass_context
def site(ctx: click.Context, as_json: bool) -> None:
    """Write the newsroom of all published releases, ready to be copied to any web server.

    Only what changed is made again. A release under embargo appears when its time has come: run the command then.

    \b
    Example:
      communique site
    """
    from pipeline.runner.newsroom import build_site

    workspace = open_workspace(ctx)
    built = build_site(workspace, now(workspace))
    if as_json:
        print_json(
            {
                "folder": str(built.folder),
                "releases": built.releases,
                "made": list(built.made),
                "removed": list(built.removed),
                "waiting": [{"release": name, "until": until.isoformat()} for name, until in built.waiting],
            }
        )
        return
    for name in built.made:
        click.echo(f"  made     {name}")
    for name in built.removed:
        click.echo(f"  removed  {name}")
    for name, until in built.waiting:
        click.echo(f"  waiting  {name}: under embargo until {until:%Y-%m-%d %H:%M %Z}")
    click.echo(f"{shown(built.folder)}: {built.releases} releases")
