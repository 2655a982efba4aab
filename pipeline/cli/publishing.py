"""`communique build` and `bundle`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.terminal import chosen, json_option, now, open_workspace, print_json, progress, user
from pipeline.runner.publishing import Built
from pipeline.workspace import Workspace

if TYPE_CHECKING:
    from pipeline.runner.press import Press


@click.command(short_help="Make PDF and DOCX in every language.")
@click.argument("releases", metavar="[RELEASE]...", nargs=-1)
@click.option("--bilingual", is_flag=True, help="Also make a PDF with both languages side by side.")
@json_option
@click.pass_context
def build(ctx: click.Context, releases: tuple[str, ...], bilingual: bool, as_json: bool) -> None:
    """Make PDF and DOCX of each RELEASE in every language; without RELEASE, of all.

    What is not approved carries a draft mark on every page. What is up to date is not made again.

    \b
    Example:
      communique build 2026-11-23-neue-bruecke
    """
    from pipeline.runner.press import Press

    workspace = open_workspace(ctx)
    wanted, press = chosen(workspace, releases), Press(workspace, now(workspace))
    built = build_all(workspace, wanted, press)
    if bilingual:
        built += _build_bilingual(workspace, wanted, press)
    if as_json:
        print_json([as_data(item) for item in built])
        return
    for item in built:
        print_built(item)


def build_all(workspace: Workspace, releases: tuple[str, ...], press: "Press") -> tuple[Built, ...]:
    """Build `releases` under a progress bar."""
    from pipeline.runner.publishing import build_release, files_of

    total = sum(len(files_of(workspace, release)) for release in releases)
    with progress("Building", total) as advance:
        return tuple(build_release(workspace, release, press, advance) for release in releases)


def _build_bilingual(workspace: Workspace, releases: tuple[str, ...], press: "Press") -> tuple[Built, ...]:
    from pipeline.runner.publishing import bilingual_files, build_bilingual

    total = sum(len(bilingual_files(workspace, release)) for release in releases)
    with progress("Building", total) as advance:
        return tuple(build_bilingual(workspace, release, press, advance) for release in releases)


def as_data(built: Built) -> dict[str, object]:
    """Return what was built as plain data for JSON."""
    return {
        "release": built.release,
        "files": [str(path) for path in built.files],
        "rendered": built.rendered,
        "notes": list(built.notes),
    }


def print_built(built: Built) -> None:
    """Print the files of a release, or that nothing had to be done."""
    if not built.rendered:
        click.echo(f"{built.release}: up to date")
        return
    click.echo(f"{built.release}:")
    for path in built.files:
        click.echo(f"  {shown(path)}  {path.stat().st_size / 1000:.0f} kB")
    for note in built.notes:
        click.echo(f"  Note: {note}")


def shown(path: Path) -> str:
    """Return a path as a person would type it from here."""
    return click.format_filename(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


@click.command(short_help="Pack a release into one verifiable ZIP.")
@click.argument("release")
@json_option
@click.pass_context
def bundle(ctx: click.Context, release: str, as_json: bool) -> None:
    """Pack the files of RELEASE with a manifest and a read-me into one ZIP; what is not built yet is built.

    Only approved releases make a final bundle; a draft says so in its name. Where the office seals, a final bundle
    is sealed as a whole.

    \b
    Example:
      communique bundle 2026-11-23-neue-bruecke
    """
    from pipeline.runner.bundling import bundle_release
    from pipeline.runner.press import Press

    workspace = open_workspace(ctx)
    press = Press(workspace, now(workspace))
    build_all(workspace, (release,), press)
    path, final = bundle_release(workspace, release, press, by=user(), at=now(workspace))
    if as_json:
        print_json({"release": release, "bundle": str(path), "final": final})
    else:
        note = "" if final else "  (draft: not approved)"
        click.echo(f"{shown(path)}  {path.stat().st_size / 1000:.0f} kB{note}")
