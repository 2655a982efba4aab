"""Installing a model: from the network or from a folder, proven, converted, and put in its place in one step."""

import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from pipeline.engines.models.archive import unpack
from pipeline.engines.models.convert import conversion_of, is_model, make_loadable, require_offline
from pipeline.engines.models.disk import reported, sha256
from pipeline.engines.models.download import Advance, Download, DownloadLimits, mirrored
from pipeline.engines.models.known import Card, KnownModel
from pipeline.engines.models.receipt import RECEIPT, Receipt, ReceiptFile, load_receipt
from pipeline.engines.models.store import ModelStore
from pipeline.errors import ConfigError, FormatError, WorkspaceError

_DOWNLOADS = ".downloads"
"""Where in the store downloads are kept until their model is installed."""
_ROOM = 4
"""Free space wanted, in times the size of the files: for the archive, what is in it, and the model made of it."""


def download_model(
    store: ModelStore,
    model: KnownModel,
    *,
    at: datetime,
    mirror: str | None = None,
    limits: DownloadLimits | None = None,
    advance: Advance = lambda _: None,
) -> Receipt:
    """Download, prove, convert and install a model of the list; one that is there and whole is left alone.

    Args:
        store: where to.
        model: which one.
        at: time to record.
        mirror: address of another server that has the same paths.
        limits: how long to wait.
        advance: told of every chunk that comes in.

    Raises:
        ConfigError: a checksum is not recorded, or the libraries for models are missing.
        EngineError: the server fails; the next call goes on where this one stopped.
        FormatError: a file is not what the list promises.
        WorkspaceError: the disk is full, or another process installs.
    """
    require_offline()
    if missing := model.unverified():
        raise ConfigError(
            f"{model.card.id}: checksum not yet recorded, so it is not downloaded; get the file yourself and "
            f"install it with --from-dir, or state its checksum with --sha256 {missing[0]}=HEX"
        )
    urls = [mirrored(file.url, mirror) for file in model.files]
    with store.work() as staging:
        if whole := _whole(store, model.card):
            return whole
        kept = store.folder / _DOWNLOADS / model.card.id
        with reported(kept, "made"):
            kept.mkdir(parents=True, exist_ok=True)
        _check_room(store, model)
        files = [
            Download(file=file, url=url, folder=kept, limits=limits or DownloadLimits(), advance=advance).run()
            for file, url in zip(model.files, urls, strict=True)
        ]
        original = _gathered(files, staging)
        if conversion_of(original) is not model.conversion:
            raise FormatError(
                f"is not what the list says ({model.conversion}); nothing was installed", path=files[0]
            )
        receipt = _install(store, original, staging, card=model.card, at=at, origin=", ".join(map(_public, urls)))
        shutil.rmtree(kept, ignore_errors=True)
        return receipt


def take_model(store: ModelStore, source: Path, card: Card, *, at: datetime, names: Sequence[str] = ()) -> Receipt:
    """Install a model from a folder; one of the same id makes way.

    Args:
        store: where to.
        source: files of OPUS-MT, the archive they are published in, or a model for CTranslate2.
        card: what it is.
        at: time to record.
        names: what the archive may be called; without it, the only one in the folder is taken.

    Raises:
        FormatError: something is missing or damaged, or is not as a receipt in the folder says.
        ConfigError: the libraries for models are missing.
        WorkspaceError: the disk is full, or another process installs.
    """
    require_offline()
    with reported(source, "read"):
        archives = [source / name for name in names if (source / name).is_file()]
        archives = archives or sorted(path for path in source.iterdir() if path.suffix.lower() == ".zip")
    if (source / RECEIPT).is_file():
        _compare(source, load_receipt(source / RECEIPT))
    with store.work() as staging:
        original = _gathered(archives, staging) if len(archives) == 1 and not is_model(source) else source
        return _install(store, original, staging, card=card, at=at, origin=str(source.absolute()))


def check_files(model: KnownModel, source: Path) -> None:
    """Refuse a folder whose files bear the names of the list but not the recorded checksums.

    Raises:
        FormatError: a file differs.
        WorkspaceError: a file cannot be read.
    """
    for file in model.files:
        path = source / file.name
        if file.sha256 is not None and path.is_file() and sha256(path) != file.sha256:
            raise FormatError("is not the file of the list: its sha256 differs; nothing was installed", path=path)


def _install(store: ModelStore, original: Path, staging: Path, *, card: Card, at: datetime, origin: str) -> Receipt:
    made = staging / "made"
    make_loadable(original, made, card.id)
    files = tuple(
        ReceiptFile(name=path.name, size=path.stat().st_size, sha256=sha256(path))
        for path in sorted(made.iterdir())
    )
    receipt = Receipt(card=card, installed=at, origin=origin, files=files)
    store.put(made, receipt, staging)
    return receipt


def _gathered(files: Sequence[Path], staging: Path) -> Path:
    """Return a folder in `staging` with `files`, archives unpacked."""
    original = staging / "original"
    with reported(original, "written"):
        original.mkdir()
        for file in files:
            if file.suffix.lower() == ".zip":
                unpack(file, original, file.name)
            else:
                shutil.copyfile(file, original / file.name)
    return original


def _whole(store: ModelStore, card: Card) -> Receipt | None:
    """Return the receipt of the model if it is installed as the list has it and nothing is damaged."""
    try:
        receipt = store.receipt(card.id)
        return receipt if receipt.card == card and not store.verify(card.id) else None
    except (ConfigError, FormatError, WorkspaceError):
        return None


def _check_room(store: ModelStore, model: KnownModel) -> None:
    wanted = _ROOM * sum(file.size or 0 for file in model.files)
    with reported(store.folder, "read"):
        free = shutil.disk_usage(store.folder).free
    if free < wanted:
        raise WorkspaceError(
            f"{store.folder}: {model.card.id} wants {wanted / 1e6:,.0f} MB free on this disk, which has "
            f"{free / 1e6:,.0f}; free some, or name another folder in COMMUNIQUE_MODELS"
        )


def _compare(source: Path, receipt: Receipt) -> None:
    """Refuse a folder that is not as the receipt in it says."""
    for file in receipt.files:
        path = source / file.name
        if not path.is_file() or sha256(path) != file.sha256:
            raise FormatError(f"is missing or is not as {RECEIPT} beside it says; copy the folder again", path=path)


def _public(url: str) -> str:
    """Return an address without what may be secret in it: a user's name and password, a query."""
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname}{port}{parts.path}"
