"""The head of a review document: what it is and what to do, the reviewer's language first."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.formats.docx_xml import element, run, value
from pipeline.formats.review_docx.styles import FLAGGED, LOCKED, MISSING, Look
from pipeline.formats.review_docx.text import paragraph, runs, said
from pipeline.formats.ticket_line import visible_line
from pipeline.locales import Label, Locale
from pipeline.locales.review_words import ReviewWords, review_words
from pipeline.model.exchange import ReviewSheet

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

WIDTHS = (7695, 7695)
"""Of the two languages, in twentieths of a point."""


def head(document: "Document", sheet: ReviewSheet, source: Locale, target: Locale) -> "Iterator[BaseOxmlElement]":
    """Yield everything above the table.

    Args:
        document: where links are noted.
        sheet: what the document is about.
        source: whose words stand on the right.
        target: the reviewer's language, on the left.
    """
    here, there = review_words(target.tag), review_words(source.tag)
    yield paragraph(Look.TITLE, said(f"{here.title} · {there.title}"))
    yield paragraph(Look.SUBTITLE, *runs(document, sheet.title))
    for notice in _notices(sheet, target, source):
        yield paragraph(Look.NOTICE, said(notice))
    yield paragraph(Look.FACTS, said(visible_line(sheet.export.ticket)))
    left, right = _column(sheet, target, here), _column(sheet, source, there)
    cells = (
        element(
            "w:tc",
            element("w:tcPr", element("w:tcW", attributes={"w:w": str(width), "w:type": "dxa"})),
            *column,
        )
        for width, column in zip(WIDTHS, (left, right), strict=True)
    )
    yield element(
        "w:tbl",
        element(
            "w:tblPr",
            element("w:tblW", attributes={"w:w": str(sum(WIDTHS)), "w:type": "dxa"}),
            element("w:tblLayout", attributes={"w:type": "fixed"}),
            value("w:tblCaption", f"{here.title} · {there.title}"),
        ),
        element("w:tblGrid", *(element("w:gridCol", attributes={"w:w": str(width)}) for width in WIDTHS)),
        element("w:tr", *cells),
    )
    yield paragraph(Look.GAP)


def _notices(sheet: ReviewSheet, *locales: Locale) -> Iterator[str]:
    """Yield what must not be overlooked: until when nothing may leave the house."""
    if sheet.embargo is not None:
        yield " · ".join(
            locale.label(Label.EMBARGO).format(moment=locale.moment(sheet.embargo)) for locale in locales
        )
    if sheet.confidential:
        yield " · ".join(review_words(locale.tag).confidential for locale in locales)


def _column(sheet: ReviewSheet, locale: Locale, words: ReviewWords) -> "list[BaseOxmlElement]":
    """Return what one language says: who made it and when, how to correct, what the colours mean."""
    names = dict(sheet.office)
    office = names.get(locale.tag, names.get(locale.tag.partition("-")[0], sheet.office[0][1]))
    facts = [words.made.format(office=office, day=locale.day(sheet.export.at.date()))]
    if sheet.engines:
        makers = ", ".join(words.memory if maker == "memory" else maker for maker in sheet.engines)
        facts.append(words.drafted_by.format(makers=makers))
    lines = [paragraph(Look.FACTS, said(line)) for line in facts]
    lines += [paragraph(Look.HOW, said(f"{number}. {line}")) for number, line in enumerate(words.how, 1)]
    legend = [said(f"{words.colours} ")]
    for colour, meaning in ((FLAGGED, words.flagged), (MISSING, words.missing), (LOCKED, words.locked)):
        ground = {"w:val": "clear", "w:color": "auto", "w:fill": colour}
        legend += [run(f" {meaning} ", element("w:shd", attributes=ground)), said("  ")]
    return [*lines, paragraph(Look.FACTS, *legend)]
