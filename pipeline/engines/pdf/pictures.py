"""PNG pictures put into the PDF as they are.

A PDF holds pixels in the very form that PNG compresses them in (ISO 32000-1, 7.4.4.4: predictors from 10 on). The
library unpacks and packs every picture twice on its way, and makes three bytes of each pixel of a palette.
"""

import struct
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_GREY, _RGB, _PALETTE = 0, 2, 3
"""Colour types (PNG specification, 11.2.1) without an alpha channel."""
MOST_BITS = 8
"""Of a sample; more are beyond what a page shows."""


@dataclass(frozen=True, slots=True)
class PngPicture:
    """A picture as the library asks for it when it lays out and draws."""

    id: str
    width: int
    """Pixels, as the height."""
    height: int
    colour_type: int
    depth: int
    """Bits of a sample."""
    palette: bytes
    pixels: bytes
    """Compressed."""

    @property
    def ratio(self) -> float:
        """Width to height."""
        return self.width / self.height

    def get_intrinsic_size(self, resolution: float, font_size: float) -> tuple[float, float, float]:  # noqa: ARG002 (the library's signature)
        """Return width, height and ratio; `resolution` is in pixels to the CSS pixel."""
        return self.width / resolution, self.height / resolution, self.ratio

    def draw(self, stream: Any, width: float, height: float, style: Any) -> None:
        """Draw the picture into a page's stream, as large as given."""
        name = stream.add_image(self, style["image_rendering"] == "auto", 1)
        stream.transform(width, 0, 0, -height, 0, height)
        stream.draw_x_object(name)

    def get_x_object(self, interpolate: bool, dpi_ratio: float) -> Any:  # noqa: ARG002 (the library's signature)
        """Return the stream that holds the pixels."""
        import pydyf

        space = {_GREY: "/DeviceGray", _RGB: "/DeviceRGB", _PALETTE: self._indexed()}[self.colour_type]
        predictor = {
            "Predictor": 15,
            "Columns": self.width,
            "Colors": 3 if self.colour_type == _RGB else 1,
            "BitsPerComponent": self.depth,
        }
        return pydyf.Stream(
            [self.pixels],
            {
                "Type": "/XObject",
                "Subtype": "/Image",
                "Width": self.width,
                "Height": self.height,
                "ColorSpace": space,
                "BitsPerComponent": self.depth,
                "Interpolate": "true" if interpolate else "false",
                "Filter": "/FlateDecode",
                "DecodeParms": pydyf.Dictionary(predictor),
            },
        )

    def _indexed(self) -> Any:
        import pydyf

        return pydyf.Array(["/Indexed", "/DeviceRGB", len(self.palette) // 3 - 1, f"<{self.palette.hex()}>"])


def png_picture(data: bytes) -> PngPicture | None:
    """Return the picture in a PNG file, or None where it has to be unpacked: transparent, interlaced, or no PNG.

    Args:
        data: a whole, sound file.
    """
    if not data.startswith(_SIGNATURE):
        return None
    header, palette, pixels, place = b"", b"", [], len(_SIGNATURE)
    while place < len(data):
        length, kind = struct.unpack_from(">I4s", data, place)
        content = data[place + 8 : place + 8 + length]
        place += length + 12
        match kind:
            case b"IHDR":
                header = content
            case b"PLTE":
                palette = content
            case b"IDAT":
                pixels.append(content)
            case b"tRNS":
                return None
    width, height, depth, colour_type, _, _, interlaced = struct.unpack(">IIBBBBB", header)
    if interlaced or depth > MOST_BITS or colour_type not in {_GREY, _RGB, _PALETTE}:
        return None
    return PngPicture(
        id=sha256(data).hexdigest(),
        width=width,
        height=height,
        colour_type=colour_type,
        depth=depth,
        palette=palette,
        pixels=b"".join(pixels),
    )
