"""A picture with its alternative text and caption, as paragraphs of a Word file."""

import struct
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from pipeline.errors import FormatError
from pipeline.formats.docx_letterhead import EMU_PER_TWIP, Sheet, Style
from pipeline.formats.docx_text import localized, paragraph
from pipeline.formats.docx_xml import element
from pipeline.formats.picture_raster import is_drawing, raster
from pipeline.model.edition import Edition
from pipeline.model.inline import Run, plain
from pipeline.model.release import Figure, Media

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

_EMU_PER_CM = 360_000
_HIGHEST = 11 * _EMU_PER_CM
_PIXELS_PER_CSS = 3
"""How finely a drawing (SVG) is put into pixels: 288 to the inch at the size that it gives itself."""
_EMU_PER_PIXEL = 914_400 // 120
"""A picture of few pixels is not blown up beyond 120 of them to the inch."""


def figure(sheet: Sheet, edition: Edition, block: Figure) -> "Iterator[BaseOxmlElement]":
    """Yield the paragraph of a picture, and that of its caption where it has one.

    Raises:
        FormatError: the picture is missing or of a kind that Word files cannot hold.
    """
    media = next((item for item in edition.release.media if item.file == block.file), Media(file=block.file))
    caption = _caption(media, edition)
    made = paragraph(sheet, Style.FIGURE, ())
    made.append(element("w:r", element("w:drawing", _inline(sheet, edition, media, plain(caption)))))
    yield made
    if caption:
        yield paragraph(sheet, Style.CAPTION, caption)


def _caption(media: Media, edition: Edition) -> tuple[Run, ...]:
    caption = localized(media.caption, edition.release.language) if media.caption else ()
    if not media.credit:
        return caption
    credit = Run(text=f"{edition.labels.photo} {media.credit}")
    if not caption:
        return (credit,)
    between = " " if plain(caption).endswith((".", "!", "?", "…")) else " · "
    return (*caption, Run(text=between), credit)


def _inline(sheet: Sheet, edition: Edition, media: Media, caption: str) -> "BaseOxmlElement":
    data = next((picture.data for picture in edition.pictures if picture.file == media.file), None)
    if data is None:
        message = f"the picture “{media.file}” is not there; put it into the folder “media” of the release"
        raise FormatError(message, path=edition.release.id)
    if is_drawing(data):
        data = raster(data, media.file, _PIXELS_PER_CSS)
    width, height = _size(data, media.file, edition.release.id)
    scale = min(sheet.text_width * EMU_PER_TWIP / width, _HIGHEST / height, _EMU_PER_PIXEL)
    inline = sheet.document.part.new_pic_inline(BytesIO(data), round(width * scale), round(height * scale))
    description = plain(localized(media.alt, edition.release.language)) if media.alt else caption
    for side in ("distT", "distB", "distL", "distR"):
        inline.set(side, "0")  # LibreOffice takes an eighth of an inch where nothing is said
    inline.docPr.set("name", media.file)
    inline.docPr.set("descr", description)
    return inline


def _size(data: bytes, file: str, release: str) -> tuple[int, int]:
    """Return the width and height of a picture in pixels."""
    from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
    from docx.image.image import Image

    broken = (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError)
    try:
        image = Image.from_blob(data)
    except (*broken, KeyError, ValueError, TypeError, IndexError, struct.error) as error:
        message = f"the picture “{file}” cannot be read; save it as PNG or JPEG and put it in its place"
        raise FormatError(message, path=release) from error
    if image.px_width < 1 or image.px_height < 1:
        raise FormatError(f"the picture “{file}” has no size; save it as PNG or JPEG anew", path=release)
    return image.px_width, image.px_height
