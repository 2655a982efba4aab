"""The letterhead made out for one edition: names in the header, accent colour, fonts, language, properties."""

import colorsys
import re
from copy import deepcopy
from datetime import UTC
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from pipeline.formats.docx_crest_room import make_room
from pipeline.formats.docx_letterhead import Sheet
from pipeline.formats.docx_xml import element, language_tag, run
from pipeline.model.edition import Design, Edition, Letterhead
from pipeline.model.inline import plain

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

LONGEST_PROPERTY = 255
"""Characters; python-docx and Word take no more."""


def dress(sheet: Sheet, edition: Edition) -> None:
    """Make the letterhead out for `edition`: everything but the text itself."""
    styles = sheet.document.styles.element
    for root in sheet.stories:
        make_room(root, edition.letterhead.logo)
        _fill(root, _fields(edition))
    for root in (styles, sheet.numbering, *sheet.stories):
        _recolour(root, edition.letterhead.accent)
    _change_theme(sheet, edition.letterhead)
    for root in (styles, sheet.document.settings.element, *sheet.stories):
        _set_language(root, language_tag(edition.release.language))
    _describe(sheet, edition)


def _fields(edition: Edition) -> dict[str, str]:
    """Return the text of each content control that a letterhead may have, by its tag or title."""
    return {
        "office": edition.letterhead.name,
        "body": edition.letterhead.body,
        "kind": edition.labels.kind,
        "number": edition.labels.number or "",
        "reference": " ".join(filter(None, (edition.labels.kind, edition.labels.number))),
        "address": _address(edition.letterhead),
        "page": edition.labels.page,
    }


def _address(letterhead: Letterhead) -> str:
    website = re.sub(r"^https?://|/$", "", letterhead.website or "")
    return " · ".join((*letterhead.address, website) if website else letterhead.address)


def _fill(root: "BaseOxmlElement", fields: dict[str, str]) -> None:
    """Put `fields` in the place of the content controls named so; other controls stay as they are."""
    from docx.oxml.ns import qn

    for about in root.xpath(".//w:sdt/w:sdtPr"):
        # LibreOffice keeps the title of a control only, so a letterhead carries each name in both places.
        marks = [about.find(qn(kind)) for kind in ("w:tag", "w:alias")]
        name = next((mark.get(qn("w:val")) for mark in marks if mark is not None), None)
        control = about.getparent()
        content = control.find(qn("w:sdtContent"))
        if name not in fields or content is None:
            continue
        unfilled = about.find(qn("w:showingPlcHdr")) is not None
        runs = content.findall(f".//{qn('w:r')}")
        for piece in _pieces(name, fields[name]) if runs else []:
            if not unfilled:
                _format_like(runs[0], piece)
            runs[0].addprevious(piece)
        for old in runs:
            old.getparent().remove(old)
        for child in list(content):
            control.addprevious(child)
        control.getparent().remove(control)


def _pieces(name: str, text: str) -> "list[BaseOxmlElement]":
    """Return a text as runs; in `Seite {page} von {pages}`, fields that Word and LibreOffice count themselves."""
    pieces = []
    for piece in re.split(r"(\{pages?\})", text) if name == "page" else [text]:
        if name == "page" and piece in {"{page}", "{pages}"}:
            instruction = "PAGE" if piece == "{page}" else "NUMPAGES"
            pieces.append(element("w:fldSimple", run("1"), attributes={"w:instr": instruction}))
        elif piece:
            pieces.append(run(piece))
    return pieces


def _format_like(old: "BaseOxmlElement", piece: "BaseOxmlElement") -> None:
    """Give the runs of `piece` the formatting that an office gave to the control's sample text."""
    from docx.oxml.ns import qn

    properties = old.find(qn("w:rPr"))
    if properties is not None:
        for target in piece.iter(qn("w:r")):
            target.insert(0, deepcopy(properties))


def _recolour(root: "BaseOxmlElement", accent: str) -> None:
    """Set the colours that the letterhead ties to the theme's first accent, for readers that know no themes."""
    from docx.oxml.ns import qn

    ways = (
        ("w:themeColor", "w:val", "w:themeTint", "w:themeShade"),
        ("w:themeFill", "w:fill", "w:themeFillTint", "w:themeFillShade"),
    )
    for theme, plain_colour, tint, shade in ways:
        for coloured in root.xpath(f".//*[@{theme}='accent1']"):
            name = plain_colour if coloured.tag == qn("w:color") or theme == "w:themeFill" else "w:color"
            coloured.set(qn(name), _shaded(accent, coloured.get(qn(tint)), coloured.get(qn(shade))))


def _shaded(colour: str, tint: str | None, shade: str | None) -> str:
    """Return `#rrggbb` as `RRGGBB`, lightened or darkened as Word does (ISO/IEC 29500-1, section 17.3.2.6)."""
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    if shade:
        light *= int(shade, 16) / 255
    if tint:
        part = int(tint, 16) / 255
        light = light * part + 1 - part
    return "".join(f"{round(channel * 255):02X}" for channel in colorsys.hls_to_rgb(hue, light, saturation))


def _change_theme(sheet: Sheet, letterhead: Letterhead) -> None:
    """Put the accent colour and the chosen fonts into the theme, which the letterhead's styles refer to."""
    from docx.opc.constants import RELATIONSHIP_TYPE as KIND
    from docx.opc.part import Part

    own = sheet.document.part
    for key, relation in list(own.rels.items()):
        if relation.reltype == KIND.THEME:
            old = relation.target_part
            colour = b'<a:accent1><a:srgbClr val="%s"/></a:accent1>' % letterhead.accent[1:].upper().encode()
            blob = re.sub(rb"<a:accent1>.*?</a:accent1>", colour, old.blob, count=1, flags=re.DOTALL)
            blob = _with_fonts(blob, letterhead.design)
            del own.rels[key]
            own.relate_to(Part(old.partname, old.content_type, blob, own.package), KIND.THEME)


def _with_fonts(theme: bytes, design: Design) -> bytes:
    """Return a theme with the fonts that the settings choose; the others stay the letterhead's."""
    for element_name, family in ((b"majorFont", design.heading_font), (b"minorFont", design.text_font)):
        if family is not None:
            latin = f"<a:latin typeface={quoteattr(family)}/>".encode().replace(b"\\", b"\\\\")
            start = rb"(<a:%s>\s*)<a:latin\b[^>]*?(?:/>|>\s*</a:latin>)" % element_name
            theme = re.sub(start, rb"\g<1>" + latin, theme, count=1)
    return theme


def _set_language(root: "BaseOxmlElement", tag: str) -> None:
    """Set the proofing language everywhere, so that none is left over from the Word that saved the letterhead."""
    from docx.oxml.ns import qn

    for defaults in root.xpath("w:docDefaults/w:rPrDefault/w:rPr[not(w:lang)]"):
        defaults.append(element("w:lang"))
    for language in root.xpath(".//w:lang | .//w:themeFontLang"):
        language.set(qn("w:val"), tag)


def _describe(sheet: Sheet, edition: Edition) -> None:
    """Write the document's properties, each of python-docx's defaults among them."""
    release = edition.release
    properties = sheet.document.core_properties
    made = edition.made.astimezone(UTC) if edition.made.tzinfo else edition.made
    properties.title = _short(plain(release.title) or release.id)
    properties.subject = _short(plain(release.subtitle))
    properties.author = properties.last_modified_by = _short(edition.letterhead.name)
    properties.keywords = _short(", ".join(release.tags))
    properties.category = _short(edition.labels.kind)
    properties.identifier = _short(release.id)
    properties.language = language_tag(release.language)
    properties.content_status = edition.status
    properties.created = properties.modified = made
    properties.revision = 1


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST_PROPERTY else words[: LONGEST_PROPERTY - 1] + "…"
