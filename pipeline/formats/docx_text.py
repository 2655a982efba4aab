"""Inline runs as paragraphs of a Word file: character styles, languages, links."""

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.formats.docx_letterhead import Sheet, Style
from pipeline.formats.docx_xml import element, language_tag, run, value
from pipeline.formats.inline_markdown import SAFE_LINK
from pipeline.model.inline import Inlines, Run
from pipeline.model.release import Localized

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement


def paragraph(sheet: Sheet, style: str, text: Inlines, *properties: "BaseOxmlElement") -> "BaseOxmlElement":
    """Return a paragraph.

    Args:
        sheet: where its links and styles are.
        style: name of a paragraph style.
        text: its runs; line feeds are line breaks. A link to anything but http, https, mail and telephone stays
            plain text.
        properties: children of `w:pPr` after the style, in the order of the schema.
    """
    made = element("w:p", element("w:pPr", value("w:pStyle", sheet.styles[style]), *properties))
    for href, group in groupby(text, key=lambda part: part.href):
        runs = [_run(sheet, part) for part in group]
        made.extend(runs if href is None or not SAFE_LINK.match(href) else [_link(sheet, href, runs)])
    return made


def localized(text: Localized, language: str) -> Inlines:
    """Return a text that people gave per language; one only given in another language is marked as such."""
    own = text.own(language)
    if own is not None:
        return (Run(text=own),)
    other, words = text.texts[0]
    return (Run(text=words, lang=other),)


def _link(sheet: Sheet, href: str, runs: "Sequence[BaseOxmlElement]") -> "BaseOxmlElement":
    from docx.opc.constants import RELATIONSHIP_TYPE

    relation = sheet.document.part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    return element("w:hyperlink", *runs, attributes={"r:id": relation, "w:history": "1"})


def _run(sheet: Sheet, part: Run) -> "BaseOxmlElement":
    properties: list[BaseOxmlElement] = []
    if style := _character_style(part):
        properties.append(value("w:rStyle", sheet.styles[style]))
    properties += [element(tag) for tag, wanted in (("w:b", part.bold), ("w:i", part.italic)) if wanted]
    if part.href is not None and "." in part.text and part.text in part.href:
        properties.append(element("w:noProof"))  # an address is not spelt or hyphenated
    if part.lang is not None:
        properties.append(value("w:lang", language_tag(part.lang)))
    return run(part.text, *properties)


def _character_style(part: Run) -> Style | None:
    """Return the one character style a run can have; that a text is no translation matters most."""
    if part.untranslated:
        return Style.UNTRANSLATED
    if part.href is not None and SAFE_LINK.match(part.href):
        return Style.LINK
    return Style.CODE if part.code else None
