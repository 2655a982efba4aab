"""Addresses and telephone numbers in running text: the same in every language."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_URL = r"(?:https?://|(?<![\w.@-])www\.)[^\s«»“”„<>\"]*[^\s«»“”„<>\".,;:!?…)\]’']"
_DOMAIN = (
    r"(?<![\w.@/-])(?:[a-zA-Z0-9-]{1,63}\.){1,6}(?:de|fr|eu|org|com|net|info|ch|at|be|lu|gov|int)(?![\w@-]|\.\w)"
    r"(?:/(?:[^\s«»“”„<>\"]*[^\s«»“”„<>\".,;:!?…)\]’'])?)?"
)
_MAIL = r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)+"
_GAP = r"[ \u00a0\u202f./–‑-]"
_BLANK = r"[ \u00a0\u202f]"
_NEXT = rf"(?:{_GAP}{{1,3}}|(?=\()|(?<=\)))\(?\d{{1,12}}(?!\d)\)?"
_INTERNATIONAL = (
    rf"(?<![\w+.,/-])(?:\+|00(?=[1-9]))(?=(?:\W{{0,3}}\d){{8}})(?!\d{{1,3}}(?:{_BLANK}\d{{3}}){{1,4}}(?!\d|{_GAP}\d))"
    rf"\d{{1,15}}(?!\d)(?:{_NEXT}){{0,9}}"
)
_AREA = (
    rf"(?<![\w.,/-])(?=\(?0(?:\W?\d){{7}})(?!\d\d?[-./]\d\d?[-./]\d{{2,4}}(?!\d))(?:\(0\d{{2,5}}\)|0\d{{1,5}}(?!/)|0\d{{2,5}}/)"
    rf"(?:(?:(?:{_BLANK}|[–‑-]){{1,3}}|(?<=[/)]))\d{{2,9}}(?!\d)){{1,8}}"
)
_PHONE = rf"{_INTERNATIONAL}|{_AREA}|(?<![\w.,/-])0\d(?:\.\d\d){{4}}(?![\d.])"

CONTACT = f"(?:{_URL}|{_MAIL}|{_DOMAIN}|{_PHONE})"
"""A pattern for any address or telephone number."""


class ContactKind(StrEnum):
    """What somebody can be reached by."""

    URL = "address"
    MAIL = "e-mail address"
    PHONE = "telephone number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """An address or number where it stands: characters `start` to `end` (exclusive) of the text."""

    start: int
    end: int
    text: str
    kind: ContactKind


_CONTACT = re.compile(f"(?P<url>{_URL})|(?P<mail>{_MAIL})|(?P<domain>{_DOMAIN})|(?P<phone>{_PHONE})")
_KINDS = {
    "url": ContactKind.URL, "domain": ContactKind.URL, "mail": ContactKind.MAIL, "phone": ContactKind.PHONE
}  # fmt: skip


def contacts(text: str) -> Iterator[Contact]:
    """Yield the web and e-mail addresses and the telephone numbers of `text` in order."""
    for match in _CONTACT.finditer(text):
        kind = _KINDS[str(match.lastgroup)]
        yield Contact(start=match.start(), end=match.end(), text=match[0], kind=kind)


def without_contacts(text: str) -> str:
    """Return `text` with a blank in the place of each address and number."""
    return _CONTACT.sub(" ", text)
