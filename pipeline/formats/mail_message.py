"""An edition as a mail: text, HTML and PDF, all that is the same for everybody encoded once (RFC 5322, RFC 2045).

A message is pure ASCII with lines of at most 998 characters, so that no server on the way has to change it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr, quote
from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.formats.change_list import changes_heading, changes_html, changes_text
from pipeline.formats.content_html import article_html, contact_html
from pipeline.formats.edition_text import WIDTH, edition_text
from pipeline.locales.mail_words import MailWords, mail_words
from pipeline.model.changes import Change
from pipeline.model.edition import Edition
from pipeline.model.inline import plain
from pipeline.model.mailbox import Mailbox
from pipeline.model.release import Figure
from pipeline.templating import fill

if TYPE_CHECKING:
    from jinja2 import Environment

TEXT, HTML = "mail/message.txt", "mail/message.html"
_POLICY = SMTP.clone(max_line_length=998, cte_type="7bit")
"""With the usual 78 characters, Python folds long addresses into encoded words."""
_WORD = 75
"""Characters of an encoded word (RFC 2047, section 2)."""
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")
"""Words that stand in a name as they are (RFC 5322, section 3.2.3)."""
_KILOBYTE, _MEGABYTE = 1_000, 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The PDF of an edition: in the mail, or at an address."""

    name: str
    """In ASCII: servers on the way mangle others (RFC 2231)."""
    size: int
    """Bytes."""
    data: bytes | None
    """None where it is only linked."""
    link: str | None
    """Where it is to be had, if not in the mail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Everything that a message says, but for whom it is to."""

    edition: Edition
    original: bool
    """The edition is in the language of the source; others are translations that people answer for."""
    sender: Mailbox
    reply_to: str | None
    unsubscribe: tuple[str, ...]
    at: datetime
    """Date of the message."""
    document: Document | None
    """None only in a rehearsal, where nothing was built yet."""
    embargoed: bool
    """It leaves before its embargo ends; the subject says so, too."""
    changes: tuple[Change, ...] = ()
    """What it changes in the version that it replaces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A message in one language that lacks nothing but its recipient."""

    language: str
    subject: str
    head: bytes
    """Header lines that all messages have in common."""
    body: bytes
    """From the MIME headers to the end."""
    attached: bool

    def message(self, to: Mailbox, message_id: str, replaces: Sequence[str] = (), extra: str = "") -> bytes:
        """Return the message to one recipient.

        Args:
            to: the recipient; the name may be empty.
            message_id: with its angle brackets.
            replaces: Message-IDs of the versions before that the recipient has, oldest first.
            extra: a line about a rehearsal, for the header.
        """
        lines = [f"To: {_mailbox('To', to)}", f"Message-ID: {message_id}"]
        if replaces:
            lines += [f"In-Reply-To: {replaces[-1]}", "References: " + "\r\n ".join(replaces)]
        if extra:
            lines.append(f"X-Communique-Rehearsal: {extra}")
        return b"".join((*(f"{line}\r\n".encode("ascii") for line in lines), self.head, self.body))

    @property
    def size(self) -> int:
        """Bytes of the largest message: recipients differ by less than a kilobyte."""
        return len(self.head) + len(self.body) + _KILOBYTE


def compose(letter: Letter, templates: "Environment") -> Form:
    """Return the message of `letter`, ready for its recipients.

    Raises:
        ConfigError: a template is wrong.
    """
    subject = _subject(letter)
    values = _values(letter, subject)
    message = EmailMessage(policy=_POLICY)
    message.set_content(fill(templates, TEXT, **values), cte="quoted-printable")
    message.add_alternative(fill(templates, HTML, **values), subtype="html", cte="quoted-printable")
    document = letter.document
    if document is not None and document.data is not None:
        message.add_attachment(document.data, maintype="application", subtype="pdf", filename=document.name)
    _fix_boundaries(message, letter)
    return Form(
        language=letter.edition.release.language,
        subject=subject,
        head="".join(f"{line}\r\n" for line in _head(letter, subject)).encode("ascii"),
        body=message.as_bytes(policy=_POLICY),
        attached=document is not None and document.data is not None,
    )


def _head(letter: Letter, subject: str) -> list[str]:
    """Return the header lines, but for those of MIME.

    Press mail is sent by a person, so it is not `Auto-Submitted` (RFC 3834, section 5). That it goes to many is
    said by `List-Unsubscribe`, which holds automatic answers back (RFC 5230, section 4.6), and to Exchange by the
    last line.
    """
    return [
        f"From: {_mailbox('From', letter.sender)}",
        *([f"Reply-To: {letter.reply_to}"] if letter.reply_to else []),
        f"Date: {format_datetime(letter.at)}",
        f"Subject: {_encoded('Subject', subject)}",
        f"Content-Language: {letter.edition.release.language}",
        f"Content-Translation-Type: {'original' if letter.original else 'human'}",
        f"List-Unsubscribe: {', '.join(f'<{_with_subject(address)}>' for address in letter.unsubscribe)}",
        "X-Auto-Response-Suppress: OOF, AutoReply",
    ]


def _values(letter: Letter, subject: str) -> dict[str, object]:
    edition, words = _bare(letter.edition), mail_words(letter.edition.release.language)
    # What is said of the release as a whole stands above it, in the order of a mail.
    alone = replace(edition, labels=replace(edition.labels, timing="", revision=()))
    return {
        "subject": subject,
        "language": edition.release.language,
        "edition": edition,
        "labels": edition.labels,
        "letterhead": edition.letterhead,
        "timing": edition.labels.timing,
        "embargoed": letter.embargoed,
        "revision": edition.labels.revision,
        "text": edition_text(alone).rstrip(),
        "changes_heading": changes_heading(edition.release),
        "changes": changes_html(letter.changes),
        "changes_text": changes_text(letter.changes, edition.release.language, WIDTH),
        "article": article_html(alone, str),
        "contacts": [contact_html(person, edition) for person in edition.contacts],
        "enclosed": _enclosed(letter.document, words),
        "link": letter.document and letter.document.link,
        "unsubscribe": letter.unsubscribe,
        "words": words,
    }


def _enclosed(document: Document | None, words: MailWords) -> list[str]:
    """Return what is said of the PDF, line by line."""
    if document is None:
        return []
    size = _size(document.size, words)
    if document.link is None:
        return [words.attached.format(name=document.name, size=size)]
    return [words.download.format(size=size), document.link]


def _bare(edition: Edition) -> Edition:
    """Return an edition without its pictures, which are in the PDF: a mail stays small and asks nobody for them."""
    blocks = tuple(block for block in edition.release.blocks if not isinstance(block, Figure))
    return replace(edition, release=replace(edition.release, blocks=blocks), pictures=())


def _subject(letter: Letter) -> str:
    release, words = letter.edition.release, mail_words(letter.edition.release.language)
    title = " ".join(plain(release.title).split(" ")).strip() or release.id
    if release.withdrawn:
        title = f"{words.withdrawn} {title}"
    elif release.revision is not None:
        title = f"{words.corrected} {title}"
    subject = f"[{letter.edition.labels.timing}] {title}" if letter.embargoed else title
    return "".join(sign if sign.isprintable() or sign in "\u00a0\u202f" else " " for sign in subject)


def _size(count: int, words: MailWords) -> str:
    if count < _MEGABYTE:
        return f"{max(round(count / _KILOBYTE), 1)}\u00a0{words.kilobytes}"
    return f"{round(count / _MEGABYTE)}\u00a0{words.megabytes}"


def _encoded(name: str, text: str) -> str:
    """Return a header's text as lines of RFC 2047, no word longer than that allows and no blank lost between two.

    Python's own policies make longer words where lines may be long, and lose blanks where they may not.
    """
    charset = "us-ascii" if text.isascii() else "utf-8"
    return Header(text, charset, maxlinelen=_WORD, header_name=name).encode(linesep="\r\n")


def _mailbox(name: str, box: Mailbox) -> str:
    """Return who writes, or is written to; of a name only the words are encoded that have to be.

    Several encoded words in a row are read with blanks between them by Python before 3.13.
    """
    if box.name.isascii():
        return formataddr((box.name, box.address))
    runs = [(ascii_, " ".join(words)) for ascii_, words in groupby(box.name.split(" "), key=str.isascii)]
    parts = (_phrase(words) if ascii_ else _encoded(name, words) for ascii_, words in runs)
    return "\r\n ".join((*parts, f"<{box.address}>"))


def _phrase(words: str) -> str:
    return words if _ATOMS.fullmatch(words) else f'"{quote(words)}"'


def _with_subject(address: str) -> str:
    """Return an address at which to unsubscribe; a mail to it says what it is about."""
    plain_mail = address.startswith("mailto:") and "?" not in address
    return f"{address}?subject=unsubscribe" if plain_mail else address


def _fix_boundaries(message: EmailMessage, letter: Letter) -> None:
    """Give each multipart a boundary that depends on the release alone, and takes no search through the PDF.

    A line of base64 or quoted-printable cannot hold `=_` (RFC 2045, section 6.7).
    """
    parts = (part for part in message.walk() if part.is_multipart())
    for number, part in enumerate(parts):
        part.set_boundary(f"=_{number}_{letter.edition.release.id}"[:70])
