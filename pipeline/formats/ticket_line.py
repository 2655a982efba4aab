"""The line by which people and programs recognise which export a file is a copy of."""

import re

from pipeline.model.exchange import Ticket, export_name

_LINE = re.compile(
    r"(?P<release>[A-Za-z0-9][\w.-]*) · (?P<target>[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)-(?P<number>\d{2,6})"
    r" · (?P<key>[0-9a-f]{12})(?![0-9a-f])"
)


def visible_line(ticket: Ticket) -> str:
    """Return the line of the head that people and programs recognise a document by."""
    return f"{ticket.release} · {export_name(ticket.target_locale, ticket.number)} · {ticket.key}"


def read_visible(text: str) -> Ticket | None:
    """Return the ticket in a line of the head, or None where there is none; blanks of any kind count as one."""
    match = _LINE.search(" ".join(text.split()))
    if match is None:
        return None
    return Ticket(
        release=match["release"],
        target_locale=match["target"],
        number=int(match["number"]),
        key=match["key"],
    )
