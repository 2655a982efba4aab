"""Which export a returned document says it is a copy of."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.errors import FormatError
from pipeline.formats.review_docx.identity import NAMESPACE, PROPERTIES
from pipeline.formats.review_docx.read_atoms import W
from pipeline.formats.ticket_line import read_visible
from pipeline.model.exchange import Ticket
from pipeline.model.release_id import ID

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element

_PROPERTY = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}property"
_HEAD = 60
"""Paragraphs from the top among which the visible line is looked for."""


def read_ticket(parts: "Mapping[str, _Element]", body: "_Element", name: str) -> Ticket:
    """Return the ticket of a document.

    Args:
        parts: roots of the custom XML parts and of the custom properties, by their names.
        body: of the document, for the visible line.
        name: what the user calls the file, for errors.

    Raises:
        FormatError: there is none, or two of them say different things.
    """
    found = {ticket for ticket in (*_hidden(parts), *_visible(body)) if _is_sound(ticket)}
    if not found:
        raise FormatError(
            "is no review document of this program, or its head was deleted; send the file back that was exported",
            path=name,
        )
    if len(found) > 1:
        said = " and ".join(sorted(f"{item.release} {item.target_locale}-{item.number:02d}" for item in found))
        raise FormatError(f"says two things of itself ({said}); take each document in by itself", path=name)
    return found.pop()


def _hidden(parts: "Mapping[str, _Element]") -> Iterator[Ticket]:
    for root in parts.values():
        if root.tag == f"{{{NAMESPACE}}}review":
            yield from _ticket({key: root.get(key, "") for key in PROPERTIES})
        properties = {item.get("name"): "".join(item.itertext()).strip() for item in root.iter(_PROPERTY)}
        if properties.get(PROPERTIES["release"]):
            yield from _ticket({key: properties.get(name, "") for key, name in PROPERTIES.items()})


def _ticket(facts: dict[str, str]) -> Iterator[Ticket]:
    number = facts["number"]
    if number.isdecimal() and number.isascii() and len(number) < len("1000000"):
        yield Ticket(release=facts["release"], target_locale=facts["target"], number=int(number), key=facts["key"])


def _visible(body: "_Element") -> Iterator[Ticket]:
    for count, paragraph in enumerate(body.iter(f"{W}p")):
        if count == _HEAD:
            return
        ticket = read_visible("".join(text.text or "" for text in paragraph.iter(f"{W}t", f"{W}delText")))
        if ticket is not None:
            yield ticket


def _is_sound(ticket: Ticket) -> bool:
    return bool(ID.match(ticket.release) and ticket.target_locale and ticket.key)
