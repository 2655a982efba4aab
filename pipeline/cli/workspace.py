"""`communique init`."""

from pathlib import Path

import click


@click.command(short_help="Make a fresh workspace in a folder.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def init(folder: Path) -> None:
    """Make a fresh workspace in FOLDER: settings with every choice explained, and places for releases and memory.

    No online engine is switched on. A file that is there already is never replaced.

    \b
    Example:
      communique init pressestelle
    """
    from pipeline.cli.publishing import shown
    from pipeline.workspace import Workspace

    root = Workspace.create(folder).root
    click.echo(f"{shown(root)}: workspace made.")
    click.echo(f"Next: write your office's name, address and contacts into {shown(root / 'communique.toml')}")
