"""Text in an SVG, set in the fonts of the page: those it asks for are not on every machine, and not in the PDF."""

import re
from typing import TYPE_CHECKING

from pipeline.errors import FormatError
from pipeline.formats.fonts import COMMON, SKIPPED, covered_by, families

if TYPE_CHECKING:
    from lxml.etree import _Element

FAMILY = "Source Sans Pro"

_TEXT = ("{http://www.w3.org/2000/svg}text", "{http://www.w3.org/2000/svg}style")
_FONT = re.compile(r"(^|[;{])\s*font(?:-family)?\s*:[^;}]*", re.IGNORECASE)
_SPACES = frozenset("\n\r\t")


def set_fonts(root: "_Element", name: str) -> str:
    """Let all text of a drawing be set in `FAMILY`, whatever it asks for, and return that name.

    Raises:
        FormatError: the text holds a sign that no font of the page has.
    """
    text, style = _TEXT
    signs = {sign for element in root.iter(text) for sign in "".join(element.itertext())}
    unusual = signs - COMMON - SKIPPED - _SPACES
    for sign in sorted(unusual):
        if not any(sign in covered_by(family) for family in families()):
            shown = f"“{sign}” (U+{ord(sign):04X})" if sign.isprintable() else f"U+{ord(sign):04X}"
            message = f"holds {shown}, which no font of the page has; turn its text into paths"
            raise FormatError(message, path=name)
    for element in root.iter("*"):
        for attribute in ("font-family", "font"):
            element.attrib.pop(attribute, None)
        if "font" in element.get("style", ""):
            element.set("style", _FONT.sub(r"\1", element.get("style", "")))
        if element.tag == style and element.text:
            element.text = _FONT.sub(r"\1", element.text)
    root.set(
        "font-family", ", ".join(f"'{family}'" for family in sorted(families(), key=lambda item: item != FAMILY))
    )
    return FAMILY
