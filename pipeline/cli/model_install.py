"""`communique models install`, and what it shares with the other commands: where models are, which are known."""

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.terminal import open_workspace, progress
from pipeline.engines.models.known import LIST, Card, KnownModel, default_model, is_language, is_sha256, parse_list
from pipeline.engines.models.store import ModelStore, models_folder
from pipeline.errors import ConfigError, WorkspaceError
from pipeline.templating import packaged_templates

if TYPE_CHECKING:
    from pipeline.engines.models.download import Advance
    from pipeline.engines.models.identify import Told
    from pipeline.engines.models.receipt import Receipt
    from pipeline.workspace import Workspace

MEGABYTE = 1_000_000


def _checksums(_ctx: click.Context, _param: click.Parameter, values: Sequence[str]) -> dict[str, str]:
    """Accept checksums written FILE=HEX."""
    found = {}
    for value in values:
        name, _, digits = value.rpartition("=")
        if not name or not is_sha256(digits.lower()):
            raise click.BadParameter("write it as FILE=HEX, with the 64 hexadecimal digits of the file's sha256")
        found[name] = digits.lower()
    return found


def _pair(_ctx: click.Context, _param: click.Parameter, value: str | None) -> tuple[str, str] | None:
    """Accept a pair of languages written de-fr."""
    if value is None:
        return None
    source, _, target = value.partition("-")
    if not is_language(source) or not is_language(target):
        raise click.BadParameter("write source and target language as de-fr")
    return source, target


@click.command(short_help="Install a model from the network or a folder.")
@click.argument("model", required=False)
@click.option("--mirror", metavar="URL", help="Download from this server, which has the same paths.")
@click.option(
    "--from-dir",
    "folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Install from this folder instead: an OPUS-MT archive or its files, or a model converted for CTranslate2.",
)
@click.option(
    "--sha256",
    "checksums",
    multiple=True,
    callback=_checksums,
    metavar="FILE=HEX",
    help="State the checksum of a file for which the list has none.",
)
@click.option("--pair", callback=_pair, metavar="de-fr", help="With --from-dir: what the model translates.")
@click.option("--licence", metavar="TEXT", help="With --from-dir: the model's licence.")
@click.option("--attribution", metavar="TEXT", help="With --from-dir: whom the licence wants named.")
@click.option("--target-token", metavar="TOKEN", help="With --from-dir: what it wants before each text: >>fra<<.")
@click.pass_context
def install(
    ctx: click.Context,
    model: str | None,
    mirror: str | None,
    folder: Path | None,
    checksums: dict[str, str],
    pair: tuple[str, str] | None,
    licence: str | None,
    attribution: str | None,
    target_token: str | None,
) -> None:
    """Install MODEL: get its files, prove them by their checksums, convert them, and put them in their place.

    Without MODEL, the default model for the languages of the workspace. Nothing is half-installed if it breaks off;
    the same command goes on where it stopped.

    \b
    Example:
      communique models install opus-mt-de-fr-2021-02-22
      communique models install opus-mt-de-fr-2021-02-22 --from-dir Downloads
      communique models install our-own --from-dir model --pair de-fr --licence "CC-BY-4.0"
    """
    from pipeline.engines.models.identify import Told

    if folder is None and (pair or licence or attribution or target_token):
        raise click.UsageError(
            "--pair, --licence, --attribution and --target-token describe a model of --from-dir."
        )
    if folder is not None and mirror is not None:
        raise click.UsageError("Name either --mirror or --from-dir.")
    if folder is None:
        for known in _wanted(ctx, model):
            _download(known.with_checksums(checksums), mirror)
    else:
        told = Told(pair=pair, licence=licence, attribution=attribution, target_token=target_token)
        _take(ctx, folder, model, told, checksums)


def open_store() -> ModelStore:
    """Return this person's models."""
    return ModelStore(models_folder(os.environ, Path.home()))


def _workspace(ctx: click.Context) -> "Workspace | None":
    """Return the workspace, or None outside of one, where models can be managed too."""
    try:
        return open_workspace(ctx)
    except WorkspaceError:
        return None


def known_models(ctx: click.Context) -> tuple[KnownModel, ...]:
    """Return the models of the office's own list, or else of the packaged one."""
    workspace = _workspace(ctx)
    data = workspace.template(LIST) if workspace else (packaged_templates() / LIST).read_bytes()
    try:
        return parse_list(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ConfigError(f"templates/{LIST}: is not UTF-8; save it as UTF-8 and try again") from None


def _wanted(ctx: click.Context, model: str | None) -> tuple[KnownModel, ...]:
    """Return the model of that name, or the default of every pair of languages of the workspace."""
    known = known_models(ctx)
    if model is not None:
        return (_find(known, model),)
    settings = open_workspace(ctx).settings
    pairs = dict.fromkeys(target.partition("-")[0] for target in settings.target_locales)
    return tuple(default_model(known, settings.source_locale, target) for target in pairs)


def _find(known: Sequence[KnownModel], model: str) -> KnownModel:
    for item in known:
        if item.card.id == model:
            return item
    raise ConfigError(
        f"the model “{model}” is not known; “communique models list” shows all, and --from-dir takes others"
    )


def _download(model: KnownModel, mirror: str | None) -> None:
    from pipeline.engines.models.install import download_model

    _introduce(model.card)
    total = sum(file.size or 0 for file in model.files)
    with progress(f"Downloading {model.card.id} (MB)", total // MEGABYTE) as step:
        receipt = download_model(open_store(), model, at=_now(), mirror=mirror, advance=_in_megabytes(step))
    _report(receipt)


def _in_megabytes(step: Callable[[], None]) -> "Advance":
    came = 0

    def advance(size: int) -> None:
        nonlocal came
        for _ in range((came + size) // MEGABYTE - came // MEGABYTE):
            step()
        came += size

    return advance


def _take(ctx: click.Context, folder: Path, model: str | None, told: "Told", checksums: Mapping[str, str]) -> None:
    from pipeline.engines.models.identify import identify
    from pipeline.engines.models.install import check_files, take_model

    known = next((item for item in known_models(ctx) if item.card.id == model), None)
    if known is not None:
        stated = known.with_checksums(checksums)
        check_files(stated, folder)
        if unproven := stated.unverified():
            click.echo(f"Not proven to be the publisher's: {', '.join(unproven)} (no checksum is recorded).")
    elif checksums:
        raise click.UsageError("--sha256 is for models of the list; “communique models list” shows them.")
    card = identify(folder, model, known, told)
    _introduce(card)
    names = tuple(file.name for file in known.files) if known else ()
    _report(take_model(open_store(), folder, card, at=_now(), names=names))


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def _introduce(card: Card) -> None:
    click.echo(f"{card.id}: {card.source} → {card.target}")
    click.echo(f"Licence: {card.licence}; by {card.attribution}")


def _report(receipt: "Receipt") -> None:
    size = receipt.size() / MEGABYTE
    click.echo(f"{receipt.card.id} is installed and whole ({size:,.0f} MB).")
    click.echo(f"Its licence, {receipt.card.licence}, asks you to name: {receipt.card.attribution}")
