"""The table of a review document: a row for each segment."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pipeline.formats.docx_xml import element, value
from pipeline.formats.review_docx.identity import bookmark
from pipeline.formats.review_docx.styles import HEAD, HEAD_ASIDE, LOCKED, MISSING, Look
from pipeline.formats.review_docx.text import paragraph, runs, said, shading
from pipeline.formats.review_remarks import Tone, Tongue, remarks
from pipeline.locales.review_words import ReviewWords
from pipeline.model.exchange import ReviewRow, ReviewSheet
from pipeline.model.inline import plain
from pipeline.model.issue import Span

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

_LOOKS = {
    Tone.QUIET: Look.QUIET,
    Tone.GOOD: Look.GOOD,
    Tone.DOUBT: Look.DOUBT,
    Tone.ERROR: Look.ERROR,
    Tone.GONE: Look.GONE,
    Tone.NEW: Look.NEW,
}

WIDTHS = (800, 5100, 5500, 3960)
"""Of the columns, in twentieths of a point: together as wide as the page between its margins."""

_WHOLE = {"attribution", "consistency", "freshness", "length"}
"""Checks that find something about a text, not in it."""


def table(document: "Document", sheet: ReviewSheet, words: ReviewWords) -> "BaseOxmlElement":
    """Return the table.

    Args:
        document: where links are noted.
        sheet: what to show.
        words: of the reviewer's language.
    """
    properties = element(
        "w:tblPr",
        value("w:tblStyle", Look.TABLE.identifier),
        element("w:tblW", attributes={"w:w": str(sum(WIDTHS)), "w:type": "dxa"}),
        element("w:tblLayout", attributes={"w:type": "fixed"}),
        element("w:tblLook", attributes={"w:val": "0020", "w:firstRow": "1"}),
        value("w:tblCaption", words.title),
        value("w:tblDescription", words.table),
    )
    grid = element("w:tblGrid", *(element("w:gridCol", attributes={"w:w": str(width)}) for width in WIDTHS))
    langs = {Tongue.SOURCE: sheet.export.source_locale, Tongue.ENGLISH: "en"}
    rows = (_row(document, row, number, words, langs) for number, row in enumerate(sheet.rows))
    return element("w:tbl", properties, grid, _head(sheet, words), *rows)


def _head(sheet: ReviewSheet, words: ReviewWords) -> "BaseOxmlElement":
    names = (
        words.number,
        f"{words.language(sheet.export.source_locale)} · {words.source}",
        f"{words.language(sheet.export.target_locale)} · {words.target}",
        words.remarks,
    )
    grounds = (HEAD_ASIDE, HEAD_ASIDE, HEAD, HEAD_ASIDE)
    cells = (
        _cell(width, ground, [paragraph(Look.HEAD, said(name), keep=True)])
        for width, ground, name in zip(WIDTHS, grounds, names, strict=True)
    )
    return element("w:tr", element("w:trPr", element("w:cantSplit"), element("w:tblHeader")), *cells)


def _row(
    document: "Document", row: ReviewRow, number: int, words: ReviewWords, langs: Mapping[Tongue, str]
) -> "BaseOxmlElement":
    segment = row.segment
    marks = {"w:id": str(number), "w:name": bookmark(segment.id)}
    named = paragraph(
        Look.NUMBER,
        element("w:bookmarkStart", attributes=marks),
        said(segment.id),
        element("w:bookmarkEnd", attributes={"w:id": str(number)}),
    )
    source = [*runs(document, segment.source, _spans(row, "source"))]
    target = [*runs(document, segment.target, _spans(row, "target"))]
    notes = [
        paragraph(Look.REMARK, *(said(part.text, _LOOKS.get(part.tone), langs.get(part.tongue)) for part in remark))
        for remark in remarks(row, words)
    ]
    ground = None if plain(segment.target).strip() else MISSING
    cells = (
        _cell(WIDTHS[0], LOCKED, [named]),
        _cell(WIDTHS[1], LOCKED, [paragraph(Look.SOURCE, *source)]),
        _cell(WIDTHS[2], ground, [paragraph(Look.TARGET, *target)]),
        _cell(WIDTHS[3], None, notes or [paragraph(Look.REMARK)]),
    )
    return element("w:tr", element("w:trPr", element("w:cantSplit")), *cells)


def _spans(row: ReviewRow, side: str) -> tuple[Span, ...]:
    """Return the passages of one side that a finding points at."""
    return tuple(span for issue in row.issues if issue.check not in _WHOLE for span in getattr(issue, side))


def _cell(width: int, ground: str | None, content: "Sequence[BaseOxmlElement]") -> "BaseOxmlElement":
    properties = element("w:tcPr", element("w:tcW", attributes={"w:w": str(width), "w:type": "dxa"}))
    if ground is not None:
        properties.append(shading(ground))
    return element("w:tc", properties, *content)
