"""The office's crest in the header of a Word file."""

from collections.abc import Iterator
from io import BytesIO
from itertools import count
from typing import TYPE_CHECKING

from pipeline.formats.docx_letterhead import Sheet
from pipeline.formats.docx_xml import element
from pipeline.formats.picture_raster import drawn_size, is_drawing, raster

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.parts.story import StoryPart

TAG = "crest"
_HEIGHT = 15 * 36_000
"""EMU; 15 mm, as in the PDF. A picture that the letterhead shows as a sample says another one."""
_FIRST_NUMBER = 100_001
"""Of a crest among the drawings of the file: those of the text are counted from 1."""
_PIXELS = 240
"""Of the crest's height: 400 to the inch."""


def place_crest(sheet: Sheet, crest: bytes | None, description: str) -> None:
    """Put the crest in the place of every content control named `crest`; without one, the control goes.

    Args:
        sheet: the letterhead.
        crest: as `picture.prepared` returned it: SVG, PNG or JPEG.
        description: what a screen reader says of it.

    Raises:
        FormatError: it cannot be drawn.
    """
    picture = crest
    if crest is not None and is_drawing(crest):
        picture = raster(crest, TAG, _PIXELS / drawn_size(crest, TAG)[1])
    number = count(_FIRST_NUMBER)
    for part in _stories(sheet):
        for control in part.element.xpath(f".//w:sdt[w:sdtPr/*[self::w:tag or self::w:alias][@w:val='{TAG}']]"):
            _fill(part, control, picture, description, next(number))


def _stories(sheet: Sheet) -> "Iterator[StoryPart]":
    """Yield the headers and footers."""
    from docx.parts.story import StoryPart

    for link in sheet.document.part.rels.values():
        if not link.is_external and isinstance(link.target_part, StoryPart):
            yield link.target_part


def _fill(
    part: "StoryPart", control: "BaseOxmlElement", picture: bytes | None, description: str, number: int
) -> None:
    """Put the picture, or nothing, in the place of a control, which stands in a paragraph or around one."""
    from docx.oxml.ns import qn

    heights = [int(extent.get("cy")) for extent in control.iter(qn("wp:extent"))]
    content = control.find(qn("w:sdtContent"))
    for old in list(control.iter(qn("w:r"))):
        old.getparent().remove(old)
    if picture is not None:
        inline = part.new_pic_inline(BytesIO(picture), height=heights[0] if heights else _HEIGHT)
        for side in ("distT", "distB", "distL", "distR"):
            inline.set(side, "0")  # LibreOffice takes an eighth of an inch where nothing is said
        inline.docPr.set("id", str(number))
        inline.docPr.set("name", TAG)
        inline.docPr.set("descr", description)
        paragraph = content.find(qn("w:p"))
        (content if paragraph is None else paragraph).append(element("w:r", element("w:drawing", inline)))
    for child in list(content):
        control.addprevious(child)
    control.getparent().remove(control)
