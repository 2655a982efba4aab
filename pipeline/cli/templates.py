"""`communique templates …`: the office's own page, letterhead, reports and lists."""

from typing import TYPE_CHECKING

import click

from pipeline.cli.publishing import shown
from pipeline.cli.terminal import json_option, open_workspace, print_json, print_table

if TYPE_CHECKING:
    from pipeline.runner.templates import Template

_WORDS = {
    "packaged": "packaged",
    "same": "own, as packaged",
    "changed": "own, differs from the packaged one",
    "added": "own, in addition",
}
"""What people call the states of a template."""


@click.group(short_help="List the templates, and copy them to change them.")
def templates() -> None:
    """Page, letterhead, reports and lists that an office can change.

    What lies in the folder “templates” of the workspace is used instead of the packaged file of the same name.

    \b
    Example:
      communique templates list
      communique templates eject pdf/release.css
    """


@templates.command("list", short_help="Show which template is used.")
@json_option
@click.pass_context
def list_(ctx: click.Context, as_json: bool) -> None:
    """Show for each template whether the packaged one or your own is used, and whether yours differs.

    \b
    Example:
      communique templates list
    """
    from pipeline.runner.templates import list_templates

    found = list_templates(open_workspace(ctx))
    if as_json:
        print_json([_as_data(item) for item in found])
        return
    print_table(("Template", "Used"), [(item.name, _WORDS[item.state]) for item in found])


@templates.command(short_help="Copy packaged templates into the workspace.")
@click.argument("names", metavar="[TEMPLATE]...", nargs=-1)
@json_option
@click.pass_context
def eject(ctx: click.Context, names: tuple[str, ...], as_json: bool) -> None:
    """Copy packaged TEMPLATEs, or all of them, into the workspace, where they are used from then on.

    A TEMPLATE is a file or a folder as “communique templates list” shows them. No file that is there is replaced.
    Copy what you want to change only: the others stay those of the program, and improve with it.

    \b
    Example:
      communique templates eject
      communique templates eject pdf/release.css designs/classic
    """
    from pipeline.runner.templates import eject_templates

    workspace = open_workspace(ctx)
    ejected = eject_templates(workspace, names)
    if as_json:
        print_json({part: [_as_data(item) for item in getattr(ejected, part)] for part in ("written", "kept")})
        return
    folder = shown(workspace.root / "templates")
    if ejected.written:
        click.echo(f"Written to {folder}:")
        for item in ejected.written:
            click.echo(f"  {item.name}")
    if ejected.kept:
        click.echo(f"There already in {folder}, left as they are:")
        width = max(len(item.name) for item in ejected.kept)
        for item in ejected.kept:
            click.echo(f"  {item.name:<{width}}  {_WORDS[item.state]}")


def _as_data(item: "Template") -> dict[str, str]:
    return {"name": item.name, "path": str(item.path), "state": item.state}
