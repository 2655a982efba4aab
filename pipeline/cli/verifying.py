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
    """What can have a seal, with its seals: a PDF alone; a bundle's manifest, which comes first, and its PDFs."""
    trust: bool
    """Whether somebody has to vouch for it."""

    @property
    def unsealed(self) -> tuple[str, ...]:
        """What has no seal and would need one: a PDF alone; a bundle, if somebody has to vouch for it."""
        needed = self.sealed[:1] if self.verification is None or self.trust else ()
        return tuple(item.name for item in needed if not item.seals)

    @property
    def sound(self) -> bool:
        """Whether nothing speaks against it."""
        whole = self.verification is None or not self.verification.deviations
        return whole and not self.unsealed and all(item.holds for item in self.sealed)


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
    """Check that each bundle is whole and unchanged, and that the seals of bundle and PDFs hold, or those of a PDF.

    Names every deviation. Needs no network and no workspace. Exit code 1: there are deviations, or there is no seal
    on a PDF alone, or on a bundle that somebody has to vouch for (--trust).

    \b
    Example:
      communique verify 2026-11-23-neue-bruecke.zip
      communique verify 2026-11-23-neue-bruecke.zip --trust ca.pem
    """
    at = datetime.now(UTC)
    found = [_checked(file, trust, at, aloud=not as_json) for file in files]
    if as_json:
        print_json([_as_data(item) for item in found])
    ctx.exit(0 if all(item.sound for item in found) else DEVIATIONS)


def _checked(file: Path, trust: tuple[Path, ...], at: datetime, *, aloud: bool) -> _Checked:
    """Return what was found in a file; `aloud`, each thing is printed as soon as it is known."""
    from pipeline.runner.bundling import verify_bundle
    from pipeline.runner.sealing import is_pdf, seals_of

    verification = None if is_pdf(file) else verify_bundle(file)
    if aloud and verification is not None:
        _print_verification(shown(file), verification)
    # Nothing is looked for in a bundle that is not what it should be.
    sealed = () if verification is not None and verification.deviations else seals_of(file, trust, at)
    checked = _Checked(file=file, verification=verification, sealed=sealed, trust=bool(trust))
    if aloud:
        _print_seals(checked)
    return checked


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
        "unsealed": list(item.unsealed),
    }


def _print_verification(name: str, verification: "Verification") -> None:
    for found in verification.deviations:
        click.echo(f"{name}: {found.kind}: " + (f"{found.name}: " if found.name else "") + found.detail)
    if verification.manifest is not None and not verification.deviations:
        manifest = verification.manifest
        click.echo(f"{name}: whole and unchanged ({len(manifest.files)} files, {manifest.status})")


def _print_seals(item: _Checked) -> None:
    for file in item.sealed:
        where = f"  {file.name}" if item.verification else shown(item.file)
        if file.name in item.unsealed:
            click.echo(f"{where}: {_lacking(item)}")
        for seal in file.seals:
            click.echo(f"{where}: {_told(seal)}")
            for fault in seal.faults:
                click.echo(f"    {fault}")


def _lacking(item: _Checked) -> str:
    """Return what it means that a PDF alone, or a bundle, has no seal."""
    if item.verification is None:
        return "has no seal; nothing tells whom it comes from, or whether it was changed"
    others = (
        "; the seals below prove their PDFs and nothing else" if any(file.seals for file in item.sealed) else ""
    )
    return f"has no seal, so nobody vouches for it{others}"


def _told(seal: "Seal") -> str:
    """Return in a few words whose seal it is, and whether it holds."""
    who = seal.name or "somebody who does not say who"
    office = f" ({seal.organisation})" if seal.organisation else ""
    # Some seals tell the time of their place, others universal time; people compare them.
    when = f" on {seal.sealed_at.astimezone(UTC):%Y-%m-%d at %H:%M %Z}" if seal.sealed_at else ""
    stamp = f", time stamp {seal.stamped_at:%Y-%m-%d %H:%M %Z}" if seal.stamped_at else ""
    if seal.faults:
        return f"sealed by {who}{office}{when}, but the seal does not hold:"
    trust = {True: "vouched for", False: "not vouched for", None: "nobody was asked to vouch for it (--trust)"}
    return f"sealed by {who}{office}{when}{stamp}; unchanged; {trust[seal.trusted]}"
