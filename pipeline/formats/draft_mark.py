"""The draft mark as outlines: in a page's background it is seen by everyone and read aloud to no one."""

from functools import cache

from pipeline.formats.fonts import font_file

FACE = "SourceSansPro-Semibold"
COLOUR, OPACITY = "#000000", 0.07


@cache
def draft_mark(word: str) -> str:
    """Return `word` set diagonally as an SVG picture of outlines, without any text in it."""
    from fontTools.pens.svgPathPen import SVGPathPen
    from fontTools.pens.transformPen import TransformPen
    from fontTools.ttLib import TTFont

    with TTFont(font_file(FACE), lazy=True) as font:
        glyphs, names, height = font.getGlyphSet(), font.getBestCmap(), font["head"].unitsPerEm
        pen, width = SVGPathPen(glyphs, ntos=lambda number: f"{number:.0f}"), 0
        for name in (names[ord(letter)] for letter in word if ord(letter) in names):
            glyphs[name].draw(TransformPen(pen, (1, 0, 0, -1, width, 0)))
            width += glyphs[name].width
    side = int((width + height) * 0.75)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}" height="{side}">'
        f'<g fill="{COLOUR}" fill-opacity="{OPACITY}"'
        f' transform="translate({side // 2} {side // 2}) rotate(-45) translate({-width // 2} {height // 3})">'
        f'<path d="{pen.getCommands()}"/></g></svg>'
    )
