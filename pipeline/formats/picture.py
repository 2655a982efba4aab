"""Pictures taken in for pages: checked, brought to a sensible size, and stripped of what only their maker knew.

A picture comes from a camera, an agency or a drawing program, so it may be of any size, in printing colours, lying
on its side, or made to do harm. What leaves here is one of three things: a photo as JPEG, a graphic as PNG (both
opaque, and in sRGB or grey), or an SVG that only draws.
"""

from dataclasses import dataclass

from pipeline.errors import FormatError

MAX_BYTES = 40_000_000

PNG, JPEG, SVG = "image/png", "image/jpeg", "image/svg+xml"

_OTHERS = (
    (b"GIF8", "a GIF"),
    (b"BM", "a BMP"),
    (b"II*\0", "a TIFF"),
    (b"MM\0*", "a TIFF"),
    (b"8BPS", "a Photoshop file"),
    (b"%PDF", "a PDF"),
    (b"%!PS", "a PostScript file"),
    (b"PK\x03\x04", "an Office or ZIP file"),
    (b"\x1f\x8b", "packed (.svgz)"),
)
"""How files begin that people take for pictures we can use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A picture as pages show it."""

    data: bytes
    media_type: str
    """`image/png`, `image/jpeg` or `image/svg+xml`"""
    width: int
    height: int
    """Pixels; of an SVG, those of CSS, 96 to the inch."""
    notes: tuple[str, ...] = ()
    """What was changed that can be seen, one sentence each."""


def prepared(data: bytes, name: str) -> Prepared:
    """Return a picture as pages show it; equal data gives equal bytes.

    Args:
        data: the whole file: PNG, JPEG or SVG, known by what is in it.
        name: what the user calls the file, for errors.

    Raises:
        FormatError: it is none of these, damaged, too large, or an SVG that does more than draw.
    """
    if not data:
        raise FormatError("is empty; put the picture there anew", path=name)
    if len(data) > MAX_BYTES:
        raise FormatError(f"has {len(data) / 1e6:.0f} MB; a picture may have 40 MB: make it smaller", path=name)
    if data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        from pipeline.formats.picture_pixels import from_pixels

        return from_pixels(data, name)
    kind = _kind(data)
    if kind is None:
        from pipeline.formats.picture_svg import from_svg

        return from_svg(data, name)
    raise FormatError(f"is {kind}; save the picture as PNG, JPEG or SVG", path=name)


def _kind(data: bytes) -> str | None:
    """Return what the data is in words, or None where it can be XML."""
    for beginning, kind in _OTHERS:
        if data.startswith(beginning):
            return kind
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "a WebP"
    if data[4:8] == b"ftyp":
        return "a HEIC, AVIF or video"
    text = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    return None if text.startswith((b"<", b"\xff\xfe", b"\xfe\xff")) else "no picture we know"
