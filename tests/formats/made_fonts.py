"""Fonts made for tests: each sign is a box, so that a file has a few kilobytes and says whatever a test wants."""

from io import BytesIO

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

LATIN = "".join(map(chr, range(0x20, 0x7F))) + "äöüßÄÖÜéèêàçœ„“–·’«»\u00a0"


def made_font(
    family: str, *, weight: int = 400, italic: bool = False, signs: str = LATIN, fs_type: int = 0, wide: int = 900
) -> bytes:
    """Return a TrueType font.

    Args:
        family: its name.
        weight: as OS/2 says it.
        italic: whether it calls itself so.
        signs: those it has.
        fs_type: what may be done with it.
        wide: how wide each sign is, in thousandths of its height.
    """
    names = {sign: f"uni{ord(sign):04X}" for sign in signs}
    order = [".notdef", *names.values()]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({ord(sign): name for sign, name in names.items()})
    builder.setupGlyf(dict.fromkeys(order, _box(wide)))
    builder.setupHorizontalMetrics(dict.fromkeys(order, (wide, 50)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": family, "styleName": "Italic" if italic else "Regular"})
    builder.setupOS2(usWeightClass=weight, fsType=fs_type, fsSelection=1 if italic else 0x40)
    builder.setupPost()
    file = BytesIO()
    builder.save(file)
    return file.getvalue()


def _box(wide: int) -> object:
    pen = TTGlyphPen(None)
    for index, point in enumerate(((50, 0), (50, 700), (wide - 50, 700), (wide - 50, 0))):
        pen.lineTo(point) if index else pen.moveTo(point)
    pen.closePath()
    return pen.glyph()
