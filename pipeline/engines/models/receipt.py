"""The receipt beside an installed model: what it is, where it came from, and what its files must be."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from pipeline.engines.models.known import Card, is_sha256, read_card
from pipeline.errors import FormatError
from pipeline.fields import Fields
from pipeline.formats.json_mapping import load_mapping
from pipeline.model.member_names import name_fault

RECEIPT = "receipt.json"
MAX_RECEIPT = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptFile:
    """A file that is loaded, or kept with the model."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What was installed."""

    card: Card
    installed: datetime
    origin: str
    """Where it came from: an address or a folder."""
    files: tuple[ReceiptFile, ...]

    def size(self) -> int:
        """Return how many bytes the model takes on the disk."""
        return sum(file.size for file in self.files)


def dump_receipt(receipt: Receipt) -> str:
    """Return a receipt as JSON."""
    data = {
        **asdict(receipt.card),
        "installed": receipt.installed.isoformat(),
        "origin": receipt.origin,
        "files": [asdict(file) for file in receipt.files],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def load_receipt(path: Path) -> Receipt:
    """Return the receipt at `path`.

    Raises:
        FormatError: it is missing, too large, damaged, or not a receipt.
    """
    advice = "; remove the model and install it again"
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_RECEIPT + 1)
        text = data.decode("utf-8")
    except (OSError, UnicodeDecodeError):
        raise FormatError(f"cannot be read{advice}", path=path) from None
    if len(data) > MAX_RECEIPT:
        raise FormatError(f"is too large for a receipt{advice}", path=path)

    def refuse(message: str, _: int | None) -> FormatError:
        return FormatError(f"{message}{advice}", path=path)

    fields = Fields(load_mapping(text, path=path, advice=advice), refuse)
    receipt = Receipt(
        card=read_card(fields),
        installed=fields.required_moment("installed"),
        origin=fields.required_text("origin"),
        files=tuple(_file(item) for item in fields.records("files")),
    )
    fields.close()
    return receipt


def _file(fields: Fields) -> ReceiptFile:
    file = ReceiptFile(
        name=fields.required_text("name"),
        size=fields.number("size", default=0),
        sha256=fields.required_text("sha256"),
    )
    fields.close()
    if "/" in file.name or name_fault(file.name) or not is_sha256(file.sha256):
        raise fields.error("files", "holds something that is no file with its checksum")
    return file
