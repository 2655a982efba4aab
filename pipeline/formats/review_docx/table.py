"""The table of a review document: a row for each segment."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.formats.docx_xml import element, value
from pipeline.formats.review_docx.identity import bookmark
from pipeline.formats.review_docx.styles import HEAD, LOCKED, MISSING, Look
from pipeline.formats.review_docx.text import paragraph, runs, said
from pipeline.formats.review_remarks import Part, Tone, remarks
from pipeline.locales.review_words import ReviewWords
from pipeline.model.bitext import State
from pipeline.model.exchange import ReviewRow, ReviewSheet
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

WIDTHS = (850, 5200, 5500, 3840)
"""Of the columns, in twentieths of a point: together as wide as the page between its margins."""


def table(document: "Document", sheet: ReviewSheet, words: ReviewWords) -> "BaseOxmlElement":
    """Return the table.

    Args:
        document: where links are noted.
        sheet: what to show.
        words: of the reviewer's language.
    """
    properties = element(
        "w:tblPr",
        value("w:tblStyle", "ReviewTable"),
        element("w:tblW", attributes={"w:w": str(sum(WIDTHS)), "w:type": "dxa"}),
        element("w:tblLayout", attributes={"w:type": "fixed"}),
        element("w:tblLook", attributes={"w:val": "0020", "w:firstRow": "1"}),
        value("w:tblCaption", words.title),
        value("w:tblDescription", words.table),
    )
    grid = element("w:tblGrid", *(element("w:gridCol", attributes={"w:w": str(width)}) for width in WIDTHS))
    rows = (_row(document, row, number, words) for number, row in enumerate(sheet.rows))
    return element("w:tbl", properties, grid, _head(sheet, words), *rows)


def _head(sheet: ReviewSheet, words: ReviewWords) -> "BaseOxmlElement":
    names = (
        words.number,
        f"{words.source} ({sheet.export.source_locale})",
        f"{words.target} ({sheet.export.target_locale})",
        words.remarks,
    )
    cells = (
        _cell(width, HEAD, [paragraph(Look.HEAD, said(name), keep=True)])
        for width, name in zip(WIDTHS, names, strict=True)
    )
    return element("w:tr", element("w:trPr", element("w:cantSplit"), element("w:tblHeader")), *cells)


def _row(document: "Document", row: ReviewRow, number: int, words: ReviewWords) -> "BaseOxmlElement":
    segment = row.segment
    marks = {"w:id": str(number), "w:name": bookmark(segment.id)}
    named = paragraph(
        Look.NUMBER,
        element("w:bookmarkStart", attributes=marks),
        said(segment.id),
        element("w:bookmarkEnd", attributes={"w:id": str(number)}),
    )
    ground = MISSING if segment.state is State.INITIAL else None
    source = [*runs(document, segment.source, _spans(row, "source"))]
    target = [*runs(document, segment.target, _spans(row, "target"))]
    kind = [(Part(words.kinds[row.kind], Tone.QUIET),)] if row.kind in words.kinds else []
    notes = [
        paragraph(Look.REMARK, *(said(part.text, _LOOKS.get(part.tone)) for part in remark))
        for remark in (*kind, *remarks(row, words))
    ]
    cells = (
        _cell(WIDTHS[0], LOCKED, [named]),
        _cell(WIDTHS[1], LOCKED, [paragraph(Look.SOURCE, *source)]),
        _cell(WIDTHS[2], ground, [paragraph(Look.TARGET, *target)]),
        _cell(WIDTHS[3], None, notes),
    )
    return element("w:tr", element("w:trPr", element("w:cantSplit")), *cells)


def _spans(row: ReviewRow, side: str) -> tuple[Span, ...]:
    """Return the passages of one side that a finding points at; one about the whole text points at nothing."""
    found = [span for issue in row.issues for span in getattr(issue, side) if issue.check != "attribution"]
    whole = len("".join(run.text for run in getattr(row.segment, side)))
    return tuple(span for span in found if span.end - span.start < whole)


def _cell(width: int, ground: str | None, content: "Sequence[BaseOxmlElement]") -> "BaseOxmlElement":
    properties = element("w:tcPr", element("w:tcW", attributes={"w:w": str(width), "w:type": "dxa"}))
    if ground is not None:
        fill = {"w:val": "clear", "w:color": "auto", "w:fill": ground}
        properties.append(element("w:shd", attributes=fill))
    return element("w:tc", properties, *content)
