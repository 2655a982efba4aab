"""An edition as a Word file: the office's letterhead, written on.

Every look is a style of the letterhead, so that an office changes it in Word; the text carries nothing of its own
but bold, italic, language and character styles.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

from pipeline.errors import FormatError
from pipeline.formats.date_line import date_line
from pipeline.formats.docx_body import blocks
from pipeline.formats.docx_crest import place_crest
from pipeline.formats.docx_draft import mark_draft
from pipeline.formats.docx_dress import dress
from pipeline.formats.docx_letterhead import Sheet, Style, open_letterhead
from pipeline.formats.docx_sideways import turn_wide_tables
from pipeline.formats.docx_text import localized, paragraph
from pipeline.formats.inline_markdown import SAFE_LINK
from pipeline.formats.wide_table import refuse_wider
from pipeline.formats.xml_characters import forbidden_characters
from pipeline.formats.zip_file import write_zip
from pipeline.model.edition import Edition, EditionStatus
from pipeline.model.inline import Inlines, Run, inlines, plain
from pipeline.model.release import Contact
from pipeline.model.strings import Path

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

_TELEPHONE = re.compile(r"\+?[\d\s()/.‑–-]+")
_MOST_DIGITS = 15
"""Of a telephone number (ITU-T E.164); more are two numbers, or a number and something else."""


def to_docx(edition: Edition, base: bytes) -> bytes:
    """Return `edition` as a .docx file; equal arguments give equal bytes.

    Args:
        edition: what to set.
        base: the letterhead, a .docx file with the styles of `Style` (docs/word-briefkopf.de.md).

    Raises:
        FormatError: a text holds a character that a Word file cannot, a picture is missing or unreadable, a table
            has more columns than a page, or the letterhead cannot be used.
    """
    _refuse_forbidden(edition)
    refuse_wider(edition.release)
    sheet = open_letterhead(base)
    dress(sheet, edition)
    place_crest(sheet, edition.letterhead.logo, edition.letterhead.body)
    if edition.status is EditionStatus.DRAFT:
        mark_draft(sheet, edition.labels.draft)
    end = sheet.document.element.body.sectPr
    for made in _text(sheet, edition):
        end.addprevious(made)
    turn_wide_tables(sheet)
    return _packed(sheet, edition)


def _text(sheet: Sheet, edition: Edition) -> "Iterator[BaseOxmlElement]":
    """Yield everything on the page, from top to bottom."""
    release, labels = edition.release, edition.labels
    opening: tuple[tuple[Style, Inlines], ...] = (
        *((Style.DRAFT_NOTE, inlines(note)) for note in edition.notes),
        (Style.DATELINE, date_line(edition)),
        (Style.TIMING if release.embargo is None else Style.EMBARGO, inlines(labels.timing)),
        *((Style.EMBARGO, inlines(line)) for line in labels.revision),
        (Style.TITLE, release.title),
        (Style.SUBTITLE, release.subtitle),
    )
    yield from (paragraph(sheet, style, text) for style, text in opening if plain(text).strip())
    yield from blocks(sheet, edition)
    if edition.boilerplate:
        yield paragraph(sheet, Style.BOILERPLATE_HEADING, inlines(labels.about))
        yield from (paragraph(sheet, Style.BOILERPLATE, inlines(text)) for text in edition.boilerplate)
    if edition.contacts:
        yield paragraph(sheet, Style.CONTACT_HEADING, inlines(labels.contact))
        yield from (paragraph(sheet, Style.CONTACT, _contact(person, edition)) for person in edition.contacts)
    yield paragraph(sheet, Style.END_MARK, inlines(labels.end))


def _contact(person: Contact, edition: Edition) -> Inlines:
    """Return a contact in two lines: who, and how to reach."""
    runs = [Run(text=person.name, bold=True)]
    if person.role:
        runs += [Run(text=", "), *localized(person.role, edition.release.language)]
    between = "\n"
    if person.phone:
        runs += [Run(text=f"{between}{edition.labels.phone} "), _linked(person.phone, _telephone(person.phone))]
        between = " · "
    if person.email:
        runs += [Run(text=between), _linked(person.email, f"mailto:{person.email}")]
    return tuple(runs)


def _linked(text: str, href: str | None) -> Run:
    return Run(text=text, href=href if href and SAFE_LINK.match(href) else None)


def _telephone(number: str) -> str | None:
    """Return the `tel:` address (RFC 3966) of a telephone number, or None where it is not surely one number."""
    digits = re.sub(r"[^\d+]", "", number.replace("(0)", ""))
    return f"tel:{digits}" if _TELEPHONE.fullmatch(number) and len(digits) <= _MOST_DIGITS else None


def _refuse_forbidden(edition: Edition) -> None:
    for path, character in forbidden_characters(edition):
        place = _place(path)
        message = f"{place} holds U+{ord(character):04X}, a character that no Word file can hold; delete it there"
        raise FormatError(message, path=f"{edition.release.id} ({edition.release.language})")


def _place(path: Path) -> str:
    """Return where in an edition a text stands, in words: `block 3 of the text`, `“title”`, `“contacts” 1`."""
    names = path[1:] if path[0] == "release" else path
    if names[0] == "blocks" and isinstance(names[1], int):
        return f"block {names[1] + 1} of the text"
    if names[0] in {"labels", "letterhead"}:
        return f"“{names[1]}” of the {names[0]}"
    return f"“{names[0]}”"


def _packed(sheet: Sheet, edition: Edition) -> bytes:
    """Return the file, packed anew because python-docx stamps the members with the time of the day."""
    file = BytesIO()
    sheet.document.save(file)
    with ZipFile(file) as archive:
        members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    return write_zip(members, edition.made, compress=True)
