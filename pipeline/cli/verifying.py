"""`communique verify`: bundles and sealed PDFs, checked by anyone, offline."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.publishing import shown
from pipeline.cli.terminal import json_option, print_json

if TYPE_CHECKING:
    from pipeline.model.manifest import Verification
    from pipeline.model.seal import Seal
    from pipeline.runner.sealing import SealedFile

DEVIATIONS = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Checked:
    """What was found in a file."""

    file: Path
    verification: "Verification | None"
    """None for a PDF."""
    sealed: "tuple[SealedFile, ...]"
    """Its PDFs with their seals."""

    @property
    def sound(self) -> bool:
        """Whether nothing speaks against it."""
        if self.verification is None:
            return all(item.seals and item.holds for item in self.sealed)
        return not self.verification.deviations and all(item.holds for item in self.sealed)


@click.command(short_help="Check bundles and sealed PDFs, offline.")
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False)
)
@click.option(
    "--trust",
    metavar="CERTIFICATE",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="A certificate (PEM, DER) that has to vouch for the seals; may be given several times.",
)
@json_option
@click.pass_context
def verify(ctx: click.Context, files: tuple[Path, ...], trust: tuple[Path, ...], as_json: bool) -> None:
    """Check that each bundle is whole and unchanged, and that the seals of its PDFs hold, or those of a PDF alone.

    Names every deviation. Needs no network and no workspace. Exit code 1: there are deviations, or a PDF alone has
    no seal.

    \b
    Example:
      communique verify 2026-11-23-neue-bruecke.zip
    """
    at = datetime.now(UTC)
    found = [_checked(file, trust, at) for file in files]
    if as_json:
        print_json([_as_data(item) for item in found])
    else:
        for item in found:
            _print(item)
    ctx.exit(0 if all(item.sound for item in found) else DEVIATIONS)


def _checked(file: Path, trust: tuple[Path, ...], at: datetime) -> _Checked:
    from pipeline.runner.bundling import verify_bundle
    from pipeline.runner.sealing import is_pdf, seals_of

    if is_pdf(file):
        return _Checked(file=file, verification=None, sealed=seals_of(file, trust, at))
    verification = verify_bundle(file)
    # Nothing is looked for in a bundle that is not what it should be.
    sealed = () if verification.deviations else seals_of(file, trust, at)
    return _Checked(file=file, verification=verification, sealed=sealed)


def _as_data(item: _Checked) -> dict[str, object]:
    deviations = item.verification.deviations if item.verification else ()
    return {
        "file": str(item.file),
        "ok": item.sound,
        "deviations": [{"kind": found.kind, "name": found.name, "detail": found.detail} for found in deviations],
        "seals": [
            {
                "name": file.name,
                "by": seal.name,
                "organisation": seal.organisation,
                "sealed_at": seal.sealed_at and seal.sealed_at.isoformat(),
                "stamped_at": seal.stamped_at and seal.stamped_at.isoformat(),
                "trusted": seal.trusted,
                "faults": list(seal.faults),
            }
            for file in item.sealed
            for seal in file.seals
        ],
    }


def _print(item: _Checked) -> None:
    name = shown(item.file)
    if item.verification is not None:
        for found in item.verification.deviations:
            click.echo(f"{name}: {found.kind}: " + (f"{found.name}: " if found.name else "") + found.detail)
        if item.verification.manifest is not None and not item.verification.deviations:
            manifest = item.verification.manifest
            click.echo(f"{name}: whole and unchanged ({len(manifest.files)} files, {manifest.status})")
    for file in item.sealed:
        where = f"  {file.name}" if item.verification else name
        if not file.seals and item.verification is None:
            click.echo(f"{where}: has no seal; nothing tells whom it comes from, or whether it was changed")
        for seal in file.seals:
            click.echo(f"{where}: {_told(seal)}")
            for fault in seal.faults:
                click.echo(f"    {fault}")


def _told(seal: "Seal") -> str:
    """Return in a few words whose seal it is, and whether it holds."""
    who = seal.name or "somebody who does not say who"
    office = f" ({seal.organisation})" if seal.organisation else ""
    when = f" on {seal.sealed_at:%Y-%m-%d at %H:%M %Z}" if seal.sealed_at else ""
    stamp = f", time stamp {seal.stamped_at:%Y-%m-%d %H:%M %Z}" if seal.stamped_at else ""
    if seal.faults:
        return f"sealed by {who}{office}{when}, but the seal does not hold:"
    trust = {True: "vouched for", False: "not vouched for", None: "nobody was asked to vouch for it (--trust)"}
    return f"sealed by {who}{office}{when}{stamp}; unchanged; {trust[seal.trusted]}"
