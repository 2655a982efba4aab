"""`communique build`, `bundle` and `verify`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.terminal import chosen, json_option, now, open_workspace, print_json, progress, user
from pipeline.runner.publishing import Built
from pipeline.workspace import Workspace

if TYPE_CHECKING:
    from pipeline.model.manifest import Verification

DEVIATIONS = 1


@click.command(short_help="Make PDF and DOCX in every language.")
@click.argument("releases", metavar="[RELEASE]...", nargs=-1)
@json_option
@click.pass_context
def build(ctx: click.Context, releases: tuple[str, ...], as_json: bool) -> None:
    """Make PDF and DOCX of each RELEASE in every language; without RELEASE, of all.

    What is not approved carries a draft mark on every page. What is up to date is not made again.

    \b
    Example:
      communique build 2026-11-23-neue-bruecke
    """
    workspace = open_workspace(ctx)
    built = build_all(workspace, chosen(workspace, releases))
    if as_json:
        print_json([as_data(item) for item in built])
        return
    for item in built:
        print_built(item)


def build_all(workspace: Workspace, releases: tuple[str, ...]) -> tuple[Built, ...]:
    """Build `releases` under a progress bar."""
    from pipeline.runner.publishing import Press, build_release, files_of

    press = Press(workspace)
    total = sum(len(files_of(workspace, release)) for release in releases)
    with progress("Building", total) as advance:
        return tuple(build_release(workspace, release, press, advance) for release in releases)


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

    Only approved releases make a final bundle; a draft says so in its name.

    \b
    Example:
      communique bundle 2026-11-23-neue-bruecke
    """
    from pipeline.runner.bundling import bundle_release

    workspace = open_workspace(ctx)
    build_all(workspace, (release,))
    path, final = bundle_release(workspace, release, by=user(), at=now(workspace))
    if as_json:
        print_json({"release": release, "bundle": str(path), "final": final})
    else:
        note = "" if final else "  (draft: not approved)"
        click.echo(f"{shown(path)}  {path.stat().st_size / 1000:.0f} kB{note}")


@click.command(short_help="Check bundles, offline.")
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False)
)
@json_option
@click.pass_context
def verify(ctx: click.Context, files: tuple[Path, ...], as_json: bool) -> None:
    """Check that each bundle is whole and unchanged, and name every deviation. Needs no network and no workspace.

    Exit code 1: there are deviations.

    \b
    Example:
      communique verify 2026-11-23-neue-bruecke.zip
    """
    from pipeline.runner.bundling import verify_bundle

    found = [(file, verify_bundle(file)) for file in files]
    if as_json:
        print_json([_verified(file, verification) for file, verification in found])
    else:
        for file, verification in found:
            _print_verification(file, verification)
    ctx.exit(DEVIATIONS if any(verification.deviations for _, verification in found) else 0)


def _verified(file: Path, verification: "Verification") -> dict[str, object]:
    deviations = [{"kind": item.kind, "name": item.name, "detail": item.detail} for item in verification.deviations]
    return {"file": str(file), "ok": not deviations, "deviations": deviations}


def _print_verification(file: Path, verification: "Verification") -> None:
    for item in verification.deviations:
        click.echo(f"{shown(file)}: {item.kind}: " + (f"{item.name}: " if item.name else "") + item.detail)
    if verification.manifest is not None and not verification.deviations:
        count = len(verification.manifest.files)
        click.echo(f"{shown(file)}: whole and unchanged ({count} files, {verification.manifest.status})")
