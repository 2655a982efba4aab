"""`communique models …`: translation models on this machine."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from pipeline.cli.model_install import MEGABYTE, install, known_models, open_store
from pipeline.cli.terminal import json_option, print_json, print_table
from pipeline.engines.models.known import KnownModel
from pipeline.engines.models.store import ModelStore
from pipeline.errors import FormatError

if TYPE_CHECKING:
    from pipeline.engines.models.receipt import Receipt


_NO_CHECKSUM = "checksum not yet recorded"


@click.group(short_help="Install and check translation models for this machine.")
def models() -> None:
    """Translation models that run on this machine, so that no text leaves it.

    They are kept in COMMUNIQUE_MODELS, or else in the folder for data of programs, for all workspaces together.
    Drafting never downloads anything.

    \b
    Example:
      communique models list
      communique models install
    """


models.add_command(install)


@models.command("list", short_help="Show known and installed models.")
@json_option
@click.pass_context
def list_(ctx: click.Context, as_json: bool) -> None:
    """Show all models that are installed or can be, with their licence.

    \b
    Example:
      communique models list
    """
    known = {item.card.id: item for item in known_models(ctx)}
    store = open_store()
    installed = {name: _receipt(store, name) for name in store.names()}
    if as_json:
        print_json([_as_data(name, known.get(name), installed) for name in known | installed])
        return
    rows = []
    for name in known | installed:
        receipt = installed.get(name)
        card = receipt.card if receipt else known[name].card if name in known else None
        state = _state(name, known.get(name), installed)
        rows.append((name, f"{card.source} → {card.target}" if card else "?", state, card.licence if card else "?"))
    print_table(("Model", "Languages", "State", "Licence"), rows)
    if any(_NO_CHECKSUM in row for row in rows):
        click.echo(f"{_NO_CHECKSUM}: install with --from-dir, or state it with --sha256 FILE=HEX")
    click.echo(f"Models are kept in {store.folder}")


@models.command(short_help="Check installed models file by file.")
@click.argument("names", metavar="[MODEL]...", nargs=-1)
@json_option
@click.pass_context
def verify(ctx: click.Context, names: tuple[str, ...], as_json: bool) -> None:
    """Compare every file of MODELs, or of all installed ones, with what was installed. Exit code 1: one differs.

    \b
    Example:
      communique models verify
    """
    store = open_store()
    found = {name: _faults(store, name) for name in names or store.names()}
    if as_json:
        print_json([{"id": name, "whole": not faults, "faults": list(faults)} for name, faults in found.items()])
    else:
        for name, faults in found.items():
            click.echo(f"{name}: {'; '.join(faults) or 'whole and unchanged'}")
        if not found:
            click.echo("No model is installed.")
    ctx.exit(1 if any(found.values()) else 0)


@models.command(short_help="Remove an installed model.")
@click.argument("model")
def remove(model: str) -> None:
    """Remove MODEL from this machine.

    \b
    Example:
      communique models remove opus-mt-de-fr-2021-02-22
    """
    open_store().remove(model)
    click.echo(f"{model} is removed.")


def _receipt(store: ModelStore, name: str) -> "Receipt | None":
    """Return the receipt of an installed model, or None where it is damaged."""
    try:
        return store.receipt(name)
    except FormatError:
        return None


def _faults(store: ModelStore, name: str) -> tuple[str, ...]:
    try:
        return store.verify(name)
    except FormatError as error:
        return (str(error),)


def _state(name: str, known: KnownModel | None, installed: Mapping[str, "Receipt | None"]) -> str:
    receipt = installed.get(name)
    if receipt is not None:
        return f"installed {receipt.installed:%Y-%m-%d}, {receipt.size() / MEGABYTE:,.0f} MB"
    if name in installed:
        return "damaged: remove it and install it again"
    if known is not None and known.unverified():
        return _NO_CHECKSUM
    return "not installed"


def _as_data(name: str, known: KnownModel | None, installed: Mapping[str, "Receipt | None"]) -> dict[str, object]:
    receipt = installed.get(name)
    card = receipt.card if receipt else known.card if known else None
    return {
        "id": name,
        "source": card.source if card else None,
        "target": card.target if card else None,
        "licence": card.licence if card else None,
        "attribution": card.attribution if card else None,
        "installed": receipt.installed.isoformat() if receipt else None,
        "damaged": name in installed and receipt is None,
        "bytes": receipt.size() if receipt else None,
        "without_checksum": list(known.unverified()) if known else [],
    }
