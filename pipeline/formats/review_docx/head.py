"""What stands above and below the table: what the document is and what to do, the reviewer's language first."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.formats.docx_xml import element, run, value
from pipeline.formats.review_docx.base import WIDTH
from pipeline.formats.review_docx.styles import FLAGGED, LOCKED, MISSING, Look
from pipeline.formats.review_docx.text import paragraph, runs, said
from pipeline.formats.ticket_line import visible_line
from pipeline.locales import Label, Locale
from pipeline.locales.review_words import review_words
from pipeline.model.exchange import ReviewSheet

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

_GUTTER = "200"
"""Between the two languages, in twentieths of a point."""
_FIELDS = {"{page}": "PAGE", "{pages}": "NUMPAGES"}


def head(document: "Document", sheet: ReviewSheet, source: Locale, target: Locale) -> "Iterator[BaseOxmlElement]":
    """Yield everything above the table.

    Args:
        document: where links are noted.
        sheet: what the document is about.
        source: whose words stand on the right.
        target: the reviewer's language, on the left.
    """
    for here, there in zip(_notices(sheet, target), _notices(sheet, source), strict=True):
        yield paragraph(Look.NOTICE, said(here, lang=target.tag), said(f"  ·  {there}", Look.ASIDE, source.tag))
    here, there = review_words(target.tag).title, review_words(source.tag).title
    yield paragraph(Look.TITLE, said(here, lang=target.tag), said(f"  ·  {there}", Look.ASIDE, source.tag))
    yield paragraph(Look.SUBTITLE, *runs(document, sheet.title))
    yield paragraph(Look.FACTS, said(visible_line(sheet.export.ticket)))
    width = str(WIDTH // 2)
    cells = (
        element(
            "w:tc",
            element("w:tcPr", element("w:tcW", attributes={"w:w": width, "w:type": "dxa"})),
            *_column(sheet, locale),
        )
        for locale in (target, source)
    )
    margins = (("left", "0"), ("right", _GUTTER))
    yield element(
        "w:tbl",
        element(
            "w:tblPr",
            element("w:tblW", attributes={"w:w": str(WIDTH), "w:type": "dxa"}),
            element("w:tblLayout", attributes={"w:type": "fixed"}),
            element(
                "w:tblCellMar",
                *(element(f"w:{side}", attributes={"w:w": room, "w:type": "dxa"}) for side, room in margins),
            ),
            value("w:tblCaption", f"{here} · {there}"),
        ),
        element("w:tblGrid", *(element("w:gridCol", attributes={"w:w": width}) for _ in "12")),
        element("w:tr", *cells),
    )
    yield paragraph(Look.GAP)


def foot(document: "Document", sheet: ReviewSheet, target: Locale) -> None:
    """Write the foot of every page: which export it is, what must not leave the house, the page's number."""
    footer = document.sections[0].footer
    footer.is_linked_to_previous = False
    for old in footer.paragraphs:
        footer._element.remove(old._element)  # noqa: SLF001 (python-docx has no public way to remove a paragraph)
    pieces = [said(visible_line(sheet.export.ticket))]
    pieces += [said(f"   ·   {notice}", Look.ERROR) for notice in _notices(sheet, target)]
    pieces.append(said("\t"))
    for part in re.split(r"(\{pages?\})", target.label(Label.PAGE)):
        if part in _FIELDS:
            pieces.append(element("w:fldSimple", run("1"), attributes={"w:instr": _FIELDS[part]}))
        else:
            pieces.append(said(part))
    footer._element.append(paragraph(Look.FOOT, *pieces))  # noqa: SLF001 (same)


def office(sheet: ReviewSheet, locale: Locale) -> str:
    """Return what the office is called in a language, or in the first one it has a name in."""
    names = dict(sheet.office)
    return names.get(locale.tag) or names.get(locale.tag.partition("-")[0]) or next(iter(names.values()), "")


def _notices(sheet: ReviewSheet, locale: Locale) -> Iterator[str]:
    """Yield what must not be overlooked: that it is confidential, until when nothing may leave the house."""
    if sheet.confidential:
        yield review_words(locale.tag).confidential
    if sheet.embargo is not None:
        yield locale.label(Label.EMBARGO).format(moment=locale.moment(sheet.embargo))


def _column(sheet: ReviewSheet, locale: Locale) -> "Iterator[BaseOxmlElement]":
    """Yield what one language says: who made it and when, how to correct, what the colours mean."""
    words, lang = review_words(locale.tag), locale.tag
    facts = [words.made.format(office=office(sheet, locale), day=locale.day(sheet.export.at.date()))]
    if sheet.engines:
        makers = ", ".join(words.memory if maker == "memory" else maker for maker in sheet.engines)
        facts.append(words.drafted_by.format(makers=makers))
    yield paragraph(Look.FACTS, said(" · ".join(facts), lang=lang))
    column = words.language(sheet.export.target_locale)
    for number, line in enumerate(words.how, 1):
        yield paragraph(Look.HOW, said(f"{number}.\t{line.format(target=column)}", lang=lang))
    legend = [said(f"{words.colours} ", lang=lang)]
    for colour, meaning in ((FLAGGED, words.flagged), (MISSING, words.missing), (LOCKED, words.locked)):
        legend += [said(f"\u00a0{meaning}\u00a0", lang=lang, ground=colour), said("  ")]
    legend += [
        said(f"[−{words.gone}]", Look.GONE, lang),
        said(" "),
        said(f"[+{words.fresh}]", Look.NEW, lang),
        said(f" {words.rewritten}", lang=lang),
    ]
    yield paragraph(Look.FACTS, *legend)
