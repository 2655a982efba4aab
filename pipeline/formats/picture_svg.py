"""SVG for pages: a drawing of known size and nothing else.

An SVG is a program for browsers. Here it may only draw: what runs, listens or reaches out is refused by name; what
drawing programs write for themselves (settings, names of folders, earlier versions) is left out.
"""

import re
from typing import TYPE_CHECKING

from pipeline.errors import FormatError
from pipeline.formats.picture import SVG, Prepared
from pipeline.formats.picture_svg_safe import refuse_hostile
from pipeline.formats.picture_svg_text import set_fonts

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_BYTES = 5_000_000
MAX_SIDE = 100_000
"""Pixels of CSS, 26 metres."""

_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_DRAWING = frozenset(
    "a circle clipPath defs desc ellipse filter g line linearGradient marker mask path pattern polygon polyline"
    " radialGradient rect stop style svg switch symbol text textPath title tspan use"
    " feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap"
    " feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode"
    " feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence".split()
)
"""Elements of SVG 1.1 and 2 that draw, or say how; all others are left out."""
_MOVING = frozenset("animate animateColor animateMotion animateTransform discard mpath set".split())
_DECLARES = re.compile(rb"<!ENTITY", re.IGNORECASE)
_LENGTH = re.compile(r"\s*(\d{1,9}(?:\.\d*)?|\.\d+)\s*(px|pt|pc|in|cm|mm|)\s*")
_NUMBER = r"[-+]?(?:\d{1,9}(?:\.\d*)?|\.\d+)"
_VIEW = re.compile(rf"\s*{_NUMBER}[\s,]+{_NUMBER}[\s,]+({_NUMBER})[\s,]+({_NUMBER})\s*")
_PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 9.6 / 2.54}
"""Of CSS, in each unit (CSS Values and Units 3, section 6.2)."""


def from_svg(data: bytes, name: str) -> Prepared:
    """Return an SVG as pages show it: what draws, written anew, with its size in pixels.

    Raises:
        FormatError: it is no SVG, is larger than any drawing for print, says nothing of its size, or does more
            than draw.
    """
    from lxml import etree

    root = _parsed(data, name)
    refuse_hostile(root, name)
    tags = {str(element.tag) for element in root.iter("*")}
    notes = []
    if tags & {f"{_SVG}{item}" for item in _MOVING}:
        notes.append(f"{name}: moves; the page shows how it begins")
    _strip(root, tags)
    if f"{_SVG}text" in tags:
        family = set_fonts(root, name)
        notes.append(f"{name}: its text is set in {family}; turn text into paths to keep its own letters")
    width, height = _sized(root, name)
    etree.cleanup_namespaces(root)
    return Prepared(
        data=etree.tostring(root, encoding="utf-8"),
        media_type=SVG,
        width=max(round(width), 1),
        height=max(round(height), 1),
        notes=tuple(notes),
    )


def _parsed(data: bytes, name: str) -> "_Element":
    from lxml import etree

    if len(data) > MAX_BYTES:
        message = f"is an SVG of {len(data) / 1e6:.0f} MB; save it with less detail, or as PNG"
        raise FormatError(message, path=name)
    if _DECLARES.search(data.replace(b"\0", b"")):
        raise FormatError("declares entities; save it as plain SVG, without editing capabilities", path=name)
    # A document type is tolerated and not loaded: most drawing programs write one.
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = error.lineno if isinstance(error, etree.XMLSyntaxError) else None
        raise FormatError("is no SVG, or is damaged; save it anew", path=name, line=line) from None
    if root.tag != f"{_SVG}svg":
        raise FormatError("is no SVG; save the picture as PNG, JPEG or SVG", path=name)
    internal = root.getroottree().docinfo.internalDTD
    if internal is not None and any(True for _ in internal.iterentities()):
        # Declared in an encoding in which the bytes looked like something else.
        raise FormatError("declares entities; save it as plain SVG, without editing capabilities", path=name)
    return root


def _strip(root: "_Element", tags: set[str]) -> None:
    """Take out every element and attribute that draws nothing."""
    from lxml import etree

    drawing = {f"{_SVG}{item}" for item in _DRAWING}
    etree.strip_elements(root, *sorted(tags - drawing), with_tail=False)
    kept = (_HREF, f"{_XML}space", f"{_XML}lang")
    for element in root.iter("*"):
        for attribute in [item for item in element.attrib if item.startswith("{") and item not in kept]:
            del element.attrib[attribute]


def _sized(root: "_Element", name: str) -> tuple[float, float]:
    """Write the size of the drawing into its root, so that no program has to guess it, and return it.

    Raises:
        FormatError: the drawing does not say its size, or one that no drawing has.
    """
    sides = [_pixels(root.get(side, "")) for side in ("width", "height")]
    view = _VIEW.fullmatch(root.get("viewBox", ""))
    if view is None and None in sides:
        raise FormatError("does not say how large it is (width and height, or viewBox); save it anew", path=name)
    across, down = (float(view[1]), float(view[2])) if view else (sides[0] or 0, sides[1] or 0)
    if across <= 0 or down <= 0:
        raise FormatError("is empty: its width or height is nothing; save it anew", path=name)
    given_width, given_height = sides
    width = given_width or (given_height * across / down if given_height else across)
    height = given_height or width * down / across
    if max(width, height, across, down) > MAX_SIDE:
        raise FormatError(f"is larger than {MAX_SIDE} pixels; save it in a usual size", path=name)
    if view is None:
        root.set("viewBox", f"0 0 {width:.6g} {height:.6g}")
    root.set("width", f"{width:.6g}")
    root.set("height", f"{height:.6g}")
    return width, height


def _pixels(length: str) -> float | None:
    """Return a length in pixels of CSS, or None where it depends on something else (`100%`, `2em`)."""
    found = _LENGTH.fullmatch(length)
    return float(found[1]) * _PIXELS[found[2]] if found else None
