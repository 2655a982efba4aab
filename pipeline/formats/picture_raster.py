"""Drawings as pixels, for programs that show no SVG, such as older versions of Word."""

from functools import lru_cache

from pipeline.errors import FormatError
from pipeline.formats.fonts import FACES, font_file
from pipeline.formats.picture_pixels import BOX, from_pixels

_SHARED = 16
"""Drawings kept for the next file: a crest stands in every one."""


def is_drawing(data: bytes) -> bool:
    """Return whether a picture that `picture.prepared` returned is an SVG."""
    return data.startswith(b"<")


def drawn_size(svg: bytes, name: str) -> tuple[float, float]:
    """Return width and height of a drawing in pixels of CSS.

    Args:
        svg: as `picture.prepared` returned it: it says both, as plain numbers.
        name: what the user calls it, for errors.

    Raises:
        FormatError: it was not prepared.
    """
    from lxml import etree

    try:
        root = etree.fromstring(svg)
        return float(root.attrib["width"]), float(root.attrib["height"])
    except (etree.XMLSyntaxError, KeyError, ValueError):
        raise FormatError("cannot be read as a drawing; save it anew as SVG, PNG or JPEG", path=name) from None


@lru_cache(maxsize=_SHARED)
def raster(svg: bytes, name: str, scale: float) -> bytes:
    """Return a drawing on white paper as PNG or JPEG; equal arguments give equal bytes on every machine.

    Args:
        svg: as `picture.prepared` returned it: it only draws, and says its size.
        name: what the user calls it, for errors.
        scale: pixels to one of CSS; what becomes larger than a page at 300 to the inch is made smaller.

    Raises:
        FormatError: it cannot be drawn.
    """
    import resvg_py

    width, height = drawn_size(svg, name)
    scale = min(scale, BOX[0] / width, BOX[1] / height)
    try:
        drawn = resvg_py.svg_to_bytes(
            svg_string=svg.decode("utf-8"),
            width=max(round(width * scale), 1),
            height=max(round(height * scale), 1),
            background="white",
            skip_system_fonts=True,
            font_files=[str(font_file(face)) for face in FACES] if b"<text" in svg else [],
        )
    except ValueError as error:
        raise FormatError(f"cannot be drawn ({error}); save it anew, or as PNG", path=name) from None
    return from_pixels(bytes(drawn), name).data
