"""The models on this machine: a folder with one folder for each model, which is there whole or not at all."""

import contextlib
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.engines.models.disk import reported, settle, sha256
from pipeline.engines.models.known import is_model_id
from pipeline.engines.models.receipt import RECEIPT, Receipt, dump_receipt, load_receipt
from pipeline.errors import ConfigError, FormatError, WorkspaceError

_STAGING = ".staging-"


def models_folder(environ: Mapping[str, str], home: Path) -> Path:
    """Return where this person's models are: COMMUNIQUE_MODELS, else the place for data of programs (XDG)."""
    if own := environ.get("COMMUNIQUE_MODELS"):
        return Path(own).absolute()
    data = Path(environ.get("XDG_DATA_HOME", ""))
    return (data if data.is_absolute() else home / ".local" / "share") / "communique" / "models"


@dataclass(frozen=True, slots=True)
class ModelStore:
    """The models in one folder, which is made when the first is installed."""

    folder: Path

    def names(self) -> tuple[str, ...]:
        """Return the ids of all models that are there, sorted; they may be damaged."""
        with reported(self.folder, "read"):
            entries = list(self.folder.iterdir()) if self.folder.is_dir() else []
        return tuple(sorted(entry.name for entry in entries if is_model_id(entry.name) and entry.is_dir()))

    def path(self, model: str) -> Path:
        """Return the folder of an installed model.

        Raises:
            ConfigError: it is not installed.
        """
        place = self.folder / model
        if not is_model_id(model) or not place.is_dir():
            raise ConfigError(f"the model “{model}” is not installed; “communique models list” shows all")
        return place

    def receipt(self, model: str) -> Receipt:
        """Return what is known of an installed model.

        Raises:
            ConfigError: it is not installed.
            FormatError: its receipt is damaged.
        """
        path = self.path(model) / RECEIPT
        receipt = load_receipt(path)
        if receipt.card.id != model:
            raise FormatError(f"belongs to “{receipt.card.id}”; remove the model and install it again", path=path)
        return receipt

    def verify(self, model: str) -> tuple[str, ...]:
        """Return what differs from the receipt, every file hashed anew; nothing for a model that is as it was.

        Raises:
            ConfigError: the model is not installed.
            FormatError: its receipt is damaged.
        """
        receipt = self.receipt(model)
        place = self.path(model)
        with reported(place, "read"):
            # A file more can be a danger too: CTranslate2 prefers some names to others.
            there = {entry.name for entry in place.iterdir()} - {RECEIPT}
        faults = []
        for file in receipt.files:
            if file.name not in there:
                faults.append(f"{file.name} is missing")
            elif sha256(place / file.name) != file.sha256:
                faults.append(f"{file.name} is not as it was installed")
        more = sorted(there - {file.name for file in receipt.files})
        return (*faults, *(f"{name} was not installed with it" for name in more))

    def put(self, made: Path, receipt: Receipt, staging: Path) -> None:
        """Give a finished folder its place, in one step and under its receipt; a model of that name makes way.

        Args:
            made: the model's files, inside `staging`.
            receipt: what they are.
            staging: from `work`, still open.

        Raises:
            WorkspaceError: the disk is full, or cannot be written.
        """
        place = self.folder / receipt.card.id
        with reported(place, "written"):
            (made / RECEIPT).write_text(dump_receipt(receipt), encoding="utf-8")
            settle(made)
            if place.exists():
                place.rename(staging / "replaced")
            made.rename(place)

    def remove(self, model: str) -> None:
        """Remove a model.

        Raises:
            ConfigError: it is not installed.
            WorkspaceError: it cannot be removed, or another process is at work.
        """
        place = self.path(model)
        with self.work() as staging, reported(place, "removed"):
            place.rename(staging / "removed")

    @contextlib.contextmanager
    def work(self) -> Iterator[Path]:
        """Hold the store for changes, and offer an empty folder on its disk that is gone afterwards.

        Raises:
            WorkspaceError: another process holds it, or the folder cannot be written.
        """
        from filelock import FileLock, Timeout

        with reported(self.folder, "written"):
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.folder / ".lock", timeout=0)
            try:
                lock.acquire()
            except Timeout:
                message = (
                    f"{self.folder}: another “communique” installs or removes a model; try again when it is done"
                )
                raise WorkspaceError(message) from None
        try:
            for left in self.folder.glob(f"{_STAGING}*"):  # of a process that was killed
                shutil.rmtree(left, ignore_errors=True)
            with reported(self.folder, "written"):
                staging = Path(tempfile.mkdtemp(prefix=_STAGING, dir=self.folder))
            try:
                yield staging
            finally:
                shutil.rmtree(staging, ignore_errors=True)
        finally:
            lock.release()
