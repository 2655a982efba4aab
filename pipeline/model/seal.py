"""What an electronic seal says, and whether it holds."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

MAX_SEAL = 1_000_000
"""Bytes of a seal; with certificates and time stamp it takes some 10,000, and more is not read."""


class SealLevel(StrEnum):
    """How much a seal carries along, in the words of ETSI EN 319 142-1 (PAdES) and EN 319 122-1 (CAdES)."""

    BASIC = "B-B"
    """Who sealed; when is only claimed."""
    STAMPED = "B-T"
    """A time stamp service says that the seal existed at its time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """A seal in a PDF or beside a file. It holds if there are no faults; `trusted` says if its maker is known."""

    name: str | None
    """Whose certificate it is made with (common name); None where the seal does not show it."""
    organisation: str | None
    issuer: str | None
    """Who vouches for the certificate."""
    sealed_at: datetime | None
    """When it says that it was made, by its maker's own clock."""
    stamped_at: datetime | None
    """When it existed by the word of a time stamp service; None without one, and where certificates to trust were
    given of which none vouches for the service."""
    level: SealLevel | None
    """None for a kind of signature that is neither PAdES nor CAdES."""
    intact: bool
    """What the seal covers is, byte for byte, what was sealed."""
    covers_whole_file: bool
    """It covers every byte but its own; False where something was added to a PDF later."""
    trusted: bool | None
    """Whether one of the given certificates vouches for it; None where none was given."""
    faults: tuple[str, ...]
    """Everything that speaks against the seal, a sentence each."""
