"""Elements of WordprocessingML (ISO/IEC 29500-1, section 17) that python-docx has no calls for."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

_PIECES = re.compile("(\r\n?|\n|\t|\u2011|\u00ad)")
_SIGNS = {"\n": "w:br", "\t": "w:tab", "\u2011": "w:noBreakHyphen", "\u00ad": "w:softHyphen"}
"""As elements, Word takes them from the font of the text; as characters, U+2011 comes from any font that has it."""

_WITH_REGION = (
    "bg-BG cs-CZ da-DK de-DE el-GR en-GB es-ES et-EE fi-FI fr-FR ga-IE hr-HR hu-HU it-IT lb-LU "
    "lt-LT lv-LV mt-MT nl-NL pl-PL pt-PT ro-RO sk-SK sl-SI sv-SE tr-TR uk-UA "
)
"""Languages with the region that Word takes where none is said."""


def element(
    tag: str, *children: "BaseOxmlElement", attributes: Mapping[str, str] | None = None
) -> "BaseOxmlElement":
    """Return an element; tag and attribute names carry the usual prefixes: `w:pStyle`, `w:val`."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made: BaseOxmlElement = OxmlElement(tag, {qn(name): value for name, value in (attributes or {}).items()})
    made.extend(children)
    return made


def value(tag: str, text: str) -> "BaseOxmlElement":
    """Return an element with nothing but `w:val`, the most frequent kind."""
    return element(tag, attributes={"w:val": text})


def run(text: str, *properties: "BaseOxmlElement") -> "BaseOxmlElement":
    """Return a run of `text`; line feeds, tabs, no-break and soft hyphens become Word's own signs.

    Args:
        text: characters that XML allows.
        properties: children of `w:rPr`, in the order of the schema.
    """
    made = element("w:r")
    if properties:
        made.append(element("w:rPr", *properties))
    for piece in _PIECES.split(text):
        sign = _SIGNS.get("\n" if piece.startswith("\r") else piece)
        if sign:
            made.append(element(sign))
        elif piece:
            letters = element("w:t", attributes={"xml:space": "preserve"})
            letters.text = piece
            made.append(letters)
    return made


def language_tag(tag: str) -> str:
    """Return a BCP 47 tag with a region, without which Word finds no dictionary: `fr` gives `fr-FR`."""
    return next((full for full in _WITH_REGION.split() if full.partition("-")[0] == tag), tag)
