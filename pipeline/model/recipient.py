"""Whom releases are mailed to, and what the law wants known of each (GDPR Articles 6, 14 and 21)."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """One address. Two that differ only in the case of their letters are the same."""

    address: str
    """`name@example.org`, as it is written to."""
    name: str | None = None
    language: str
    """BCP 47 tag of the edition that they get."""
    lists: tuple[str, ...]
    """Names of the lists they stand on, sorted: `presse`, `landtag`."""
    source: str
    """Where the address comes from."""
    legal_basis: str
    """Why it may be written to: `consent`, `public interest`."""
    since: date
    """When it was taken up on that basis."""
    objection: date | None = None
    """When they objected; from then on nothing is sent to them."""
    embargo_ok: bool = False
    """They keep embargoes, and may get a release before its embargo ends."""
