"""A review sheet as XLIFF 1.2: a `trans-unit` for each segment, under its own id."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from pipeline.errors import FormatError
from pipeline.formats.review_remarks import remarks
from pipeline.formats.ticket_line import visible_line
from pipeline.formats.xliff.codes import Codes
from pipeline.formats.xliff.tokens import NAMESPACE, X
from pipeline.formats.xml_characters import forbidden_characters
from pipeline.locales.review_words import ReviewWords, review_words
from pipeline.model.bitext import State
from pipeline.model.exchange import ReviewRow, ReviewSheet
from pipeline.model.inline import plain
from pipeline.model.issue import text_key

if TYPE_CHECKING:
    from lxml.etree import _Element

OURS = "communique"
"""Who wrote a note: this program."""

EXPORT = "communique-export"
"""Who wrote the note in the file's header that says which export it is."""

SOURCE = "communique-source"
"""Who wrote the note that holds the source's hash."""

_STATES: Mapping[State, Mapping[str, str]] = MappingProxyType(
    {
        State.INITIAL: {"state": "needs-translation"},
        State.TRANSLATED: {"state": "needs-review-translation", "state-qualifier": "mt-suggestion"},
        State.REVIEWED: {"state": "translated"},
        State.FINAL: {"state": "final"},
    }
)
"""For other tools' eyes only: what they say when they send it back proves nothing."""

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def write_xliff(sheet: ReviewSheet, *, drafts: bool) -> bytes:
    """Return a sheet as XLIFF 1.2, UTF-8; equal arguments give equal bytes.

    Args:
        sheet: what to show; findings, terms and former texts become notes.
        drafts: whether the translations as they stand are the targets. Without them, the source stands there: what
            OmegaT translates is a target (3.6 finds nothing to do in an empty one), and one that comes back with
            other words than the source was written by a person.

    Raises:
        FormatError: a text holds a character that XML cannot hold.
    """
    from lxml import etree

    from pipeline import __version__

    export = sheet.export
    words = review_words(export.target_locale)
    root = etree.Element(f"{X}xliff", {"version": "1.2"}, nsmap={None: NAMESPACE})
    file = etree.SubElement(
        root,
        f"{X}file",
        {
            "original": f"{export.release}.{export.name}",
            "source-language": export.source_locale,
            "target-language": export.target_locale,
            "datatype": "x-communique",
            "tool-id": OURS,
        },
    )
    header = etree.SubElement(file, f"{X}header")
    etree.SubElement(header, f"{X}tool", {"tool-id": OURS, "tool-name": "Communiqué", "tool-version": __version__})
    etree.SubElement(header, f"{X}note", {"from": EXPORT}).text = visible_line(export.ticket)
    body = etree.SubElement(file, f"{X}body")
    for row in sheet.rows:
        body.append(_unit(row, words, drafts=drafts))
    # Line by line for people who compare versions; never inside a text, where a blank is a blank.
    for element in (root, file, header, body, *header, *body, *(part for unit in body for part in unit)):
        element.tail = "\n"
    for element in (root, file, header, body, *body):
        element.text = "\n"
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _unit(row: ReviewRow, words: ReviewWords, *, drafts: bool) -> "_Element":
    from lxml import etree

    segment = row.segment
    for _, character in forbidden_characters((segment.source, segment.target)):
        message = f"{segment.id} holds U+{ord(character):04X}, a character that no XLIFF file can hold; delete it"
        raise FormatError(message)
    final = segment.state is State.FINAL and drafts
    unit = etree.Element(
        f"{X}trans-unit",
        {"id": segment.id, "resname": row.kind, "approved": "yes" if final else "no", _SPACE: "preserve"},
        nsmap={None: NAMESPACE},
    )
    codes = Codes.of(segment.source, segment.target)
    codes.write(etree.SubElement(unit, f"{X}source"), segment.source)
    if not drafts:
        codes.write(etree.SubElement(unit, f"{X}target", _STATES[State.INITIAL]), segment.source)
    elif segment.target:
        codes.write(etree.SubElement(unit, f"{X}target", _STATES[segment.state]), segment.target)
    for remark in remarks(row, words):
        text = _writable("".join(part.text for part in remark))
        etree.SubElement(unit, f"{X}note", {"from": OURS}).text = text
    etree.SubElement(unit, f"{X}note", {"from": SOURCE}).text = text_key(plain(segment.source), "")
    return unit


def _writable(text: str) -> str:
    """Return a note without characters that XML cannot hold: it is about a text, it is none."""
    return "".join(letter for letter in text if letter.isprintable() or letter in "\n\t\u00a0\u202f")
