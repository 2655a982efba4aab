"""Mail that comes back: delivery reports (RFC 3464, RFC 6522), automatic answers (RFC 3834), and who wants no more.

What is read here was written by anybody: it is bounded, never trusted, and what it says is one line at most.
"""

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.policy import compat32
from enum import StrEnum
from itertools import islice

from pipeline.formats.mail_address import mail_address
from pipeline.locales.mail_words import is_farewell

MAX_BYTES = 1_000_000
"""Of a mail; a report stands at its beginning, and what follows is the message that came back."""
MAX_PARTS = 50
MAX_RECIPIENTS = 1_000
_MAX_DEPTH = 20
_MAX_TEXT = 300

_STATUS = re.compile(r"[245]\.[0-9]{1,3}\.[0-9]{1,3}")
_AUTOMATIC = ("x-autoreply", "x-autorespond", "x-auto-response-from")
"""Header lines of answering machines that say nothing else of themselves."""
_HTML = re.compile(r"<[^<>]{0,1000}>")


class Kind(StrEnum):
    """What a mail that came in is."""

    REPORT = "report"
    """A mail server tells what became of a message."""
    AUTOMATIC = "automatic"
    """Nobody wrote it: out of office, read receipt."""
    FAREWELL = "farewell"
    """Somebody wants no more mails, or complained about one."""
    OTHER = "other"
    """For a person to read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """What a report says of one recipient."""

    address: str | None
    """As we wrote to it, or as it was passed on; None where that is no address."""
    status: str | None
    """Enhanced status code (RFC 3463): `5.1.1`."""
    failed: bool
    """It will not be delivered; otherwise it is late."""
    text: str
    """What the last server said, in one line."""

    @property
    def concerns_address(self) -> bool:
        """Whether the address is wrong, and not this message, its size, a full mailbox or a server (RFC 3463)."""
        passing = ("2.", "4.", "5.2.2", "5.2.3", "5.3.", "5.6.", "5.7.")
        return self.failed and not (self.status or "").startswith(passing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A mail that came in, as far as it concerns us."""

    kind: Kind
    sender: str
    """Who wrote it, as the mail says; one line."""
    subject: str
    references: str
    """Text in which Message-IDs of ours may stand."""
    failures: tuple[Failure, ...] = ()


def read_returned(data: bytes) -> Returned:
    """Return what a mail says, of which the first megabyte is read; never fails, whatever is in it."""
    try:
        return _read(email.message_from_bytes(data[:MAX_BYTES], policy=compat32))
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError, MessageError):
        # Python's parser stumbles over some mails that are made to; they are for a person to look at.
        return Returned(kind=Kind.OTHER, sender="", subject="(cannot be read)", references="")


def _read(mail: Message) -> Returned:
    parts = list(islice(_parts(mail, 0), MAX_PARTS))
    statuses = [part for part in parts if part.get_content_type() == "message/delivery-status"]
    failures = tuple(islice((item for part in statuses for item in _failures(part)), MAX_RECIPIENTS))
    return Returned(
        kind=_kind(mail, parts, failures),
        sender=_decoded(_line(mail, "From")),
        subject=_decoded(_line(mail, "Subject")),
        references=" ".join(_references(mail, parts)),
        failures=failures,
    )


def _parts(mail: Message, depth: int) -> Iterator[Message]:
    yield mail
    payload = mail.get_payload()
    # The groups of a delivery report look like parts, but are lines of it.
    if depth < _MAX_DEPTH and isinstance(payload, list) and mail.get_content_type() != "message/delivery-status":
        for part in payload[:MAX_PARTS]:
            if isinstance(part, Message):
                yield from _parts(part, depth + 1)


def _kind(mail: Message, parts: list[Message], failures: tuple[Failure, ...]) -> Kind:
    if failures:
        return Kind.REPORT
    report = str(mail.get_param("report-type") or "").lower()
    if report == "feedback-report":
        return Kind.FAREWELL  # a complaint by way of the mail provider (RFC 5965)
    submitted = _line(mail, "Auto-Submitted").lower()
    automatic = (submitted and submitted != "no") or _line(mail, "Precedence").lower() == "auto_reply"
    if report == "disposition-notification" or automatic or any(mail.get(name) for name in _AUTOMATIC):
        return Kind.AUTOMATIC
    text = _own_words(parts)
    if is_farewell(text) or (not text and is_farewell(_decoded(_line(mail, "Subject")))):
        return Kind.FAREWELL
    return Kind.OTHER


def _failures(part: Message) -> Iterator[Failure]:
    """Yield what a delivery report says of each recipient; its first group is about the message as a whole."""
    groups = part.get_payload()
    for group in islice((item for item in groups if isinstance(item, Message)), 1, None):
        action = _line(group, "Action").lower()
        found = _STATUS.search(_line(group, "Status"))
        if action in {"failed", "delayed"}:
            address = _address(_line(group, "Original-Recipient")) or _address(_line(group, "Final-Recipient"))
            said = _line(group, "Diagnostic-Code").partition(";")[2].strip()
            status = found[0] if found else None
            yield Failure(address=address, status=status, failed=action == "failed", text=said or status or action)


def _address(field: str) -> str | None:
    """Return the address in `rfc822; zoe@example.org` (RFC 3464, section 2.3.1), with `+2B` for a plus sign."""
    kind, _, text = field.partition(";")
    if kind.strip().lower() not in {"rfc822", "utf-8"}:
        return None
    plain = re.sub(r"\+([0-9A-F]{2})", lambda code: chr(int(code[1], 16)), text.strip())
    for written in (plain, text.strip()):
        try:
            return mail_address(written.strip("<>"))
        except ValueError:
            continue
    return None


def _references(mail: Message, parts: list[Message]) -> Iterator[str]:
    for part in parts:
        for name in ("Message-ID", "In-Reply-To", "References"):
            if part is not mail or name != "Message-ID":
                yield _line(part, name, 5_000)
        if part.get_content_type() == "text/rfc822-headers":
            head = email.message_from_string(_text(part), policy=compat32)
            yield _line(head, "Message-ID")


def _own_words(parts: list[Message]) -> str:
    """Return what somebody wrote, without what they quote and without their signature."""
    body = next((part for part in parts if part.get_content_type() == "text/plain"), None)
    text = _text(body) if body else _HTML.sub(" ", next(map(_text, _html(parts)), ""))
    kept: list[str] = []
    for line in text[:10_000].splitlines():
        if line.rstrip() == "--" or line.startswith(("-----", "________")):
            break
        if not line.startswith(">"):
            kept.append(line)
    if kept and any(line.startswith(">") for line in text.splitlines()) and kept[-1].rstrip().endswith(":"):
        kept.pop()  # “On Monday, X wrote:”
    return " ".join(" ".join(kept).split())


def _html(parts: list[Message]) -> Iterator[Message]:
    return (part for part in parts if part.get_content_type() == "text/html")


def _text(part: Message) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    charset = part.get_content_charset() or "utf-8"
    try:
        return data.decode(charset, errors="replace")
    except LookupError:
        return data.decode("utf-8", errors="replace")


def _line(mail: Message, name: str, most: int = _MAX_TEXT) -> str:
    """Return a header's text as one line of printable characters; empty where it is missing."""
    text = str(mail.get(name) or "")[: 4 * most]
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:most]


def _decoded(line: str) -> str:
    """Return a header's text with its encoded words read (RFC 2047), if they can be."""
    try:
        text = str(make_header(decode_header(line)))
    except (ValueError, LookupError, MessageError):
        return line
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
