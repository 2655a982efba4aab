"""A review document as it came back, read against what was sent.

Whatever has no certain place is handed on as a stray, with its text: nothing is guessed, nothing is dropped.
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.errors import FormatError
from pipeline.formats.office_package import DOCUMENT, open_package
from pipeline.formats.review_docx.identity import CODE_STYLE
from pipeline.formats.review_docx.read_atoms import AtomReader, W
from pipeline.formats.review_docx.read_comments import read_comments
from pipeline.formats.review_docx.read_contents import Contents, read_contents
from pipeline.formats.review_docx.read_ticket import read_ticket
from pipeline.formats.review_docx.reconcile import reconcile
from pipeline.model.exchange import Export, Return, Ticket
from pipeline.model.inline import Run

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_ROWS = 20_000
_COMMENTS, _EXTENDED = "word/comments.xml", "word/commentsExtended.xml"
_RELATIONS, _STYLES = "word/_rels/document.xml.rels", "word/styles.xml"
_MACROS = re.compile(r"vbaProject|vbaData", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFile:
    """A returned review document that was opened and checked."""

    ticket: Ticket
    contents: Contents
    name: str

    def read(self, export: Export, sent: bytes) -> Return:
        """Return what came back.

        Args:
            export: what was sent.
            sent: the document as it was sent; what stands in it beside the texts is not the reviewer's.

        Raises:
            FormatError: the table has lost a column, or `sent` cannot be read.
        """
        before = open_review(sent, "the document that was sent").contents
        return reconcile(export, self.contents, before, self.name)


def open_review(data: bytes, name: str) -> ReviewFile:
    """Return a review document, opened.

    Args:
        data: the whole .docx file.
        name: what the user calls it, for errors.

    Raises:
        FormatError: it is damaged, hostile, or no review document; one line says which, and what to do.
    """
    package = open_package(data, name)
    if any(_MACROS.search(part) for part in package.names):
        raise FormatError("carries macros; save it as .docx without macros and send that", path=name)
    roots = {part: _parse(text, part, name) for part, text in package.texts.items() if _is_read(part)}
    body = roots[DOCUMENT].find(f"{W}body")
    if body is None:
        raise FormatError("is no Word file (.docx)", path=name)
    hidden = {part: root for part, root in roots.items() if part.startswith(("customXml/", "docProps/"))}
    ticket = read_ticket(hidden, body, name)
    reader = AtomReader(links=_links(roots.get(_RELATIONS)), styles=_styles(roots.get(_STYLES)))
    comments = read_comments(roots.get(_COMMENTS), roots.get(_EXTENDED))
    contents = read_contents(body, reader, comments)
    if len(contents.rows) > MAX_ROWS:
        raise FormatError(f"has more than {MAX_ROWS:,} rows; no review document has", path=name)
    return ReviewFile(ticket=ticket, contents=contents, name=name)


def _is_read(part: str) -> bool:
    known = {DOCUMENT, _RELATIONS, _STYLES, _COMMENTS, _EXTENDED, "docProps/custom.xml"}
    return part in known or bool(re.fullmatch(r"customXml/[^/]+\.xml", part))


def _parse(text: bytes, part: str, name: str) -> "_Element":
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(text, parser)
    except etree.XMLSyntaxError:
        raise FormatError(f"is damaged ({part}); ask for it again", path=name) from None


def _links(relations: "_Element | None") -> dict[str, str]:
    if relations is None:
        return {}
    return {
        item.get("Id", ""): item.get("Target", "")
        for item in relations.iterchildren()
        if item.get("Type", "").endswith("/hyperlink")
    }


def _styles(styles: "_Element | None") -> dict[str, Run]:
    """Return what each character style means for a text: bold, italic, code."""
    if styles is None:
        return {}
    found: dict[str, Run] = {}
    for style in styles.iterfind(f"{W}style[@{W}type='character']"):
        name = style.find(f"{W}name")
        found[style.get(f"{W}styleId", "")] = Run(
            text="",
            bold=_is_on(style, "b"),
            italic=_is_on(style, "i"),
            code=name is not None and name.get(f"{W}val") == CODE_STYLE,
        )
    return found


def _is_on(style: "_Element", tag: str) -> bool:
    found = style.find(f"{W}rPr/{W}{tag}")
    return found is not None and found.get(f"{W}val", "true") not in {"0", "false", "off"}
