"""The fonts of the PDF: which files they are, and whether they have every sign that an edition uses.

Source Serif and Source Sans lack a few signs each (U+202F, U+2011 …), so the families stand in for each other, with
Roboto as the last. No font of the system ever does: it would look wrong here and print boxes elsewhere.
"""

import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from pipeline.errors import FontError
from pipeline.model.edition import Edition
from pipeline.model.strings import place, strings

FACES: Mapping[str, tuple[str, int, str]] = MappingProxyType(
    {
        "SourceSerifPro-Regular": ("Source Serif Pro", 400, "normal"),
        "SourceSerifPro-It": ("Source Serif Pro", 400, "italic"),
        "SourceSerifPro-Semibold": ("Source Serif Pro", 600, "normal"),
        "SourceSerifPro-SemiboldIt": ("Source Serif Pro", 600, "italic"),
        "SourceSansPro-Regular": ("Source Sans Pro", 400, "normal"),
        "SourceSansPro-It": ("Source Sans Pro", 400, "italic"),
        "SourceSansPro-Semibold": ("Source Sans Pro", 600, "normal"),
        "SourceSansPro-SemiboldIt": ("Source Sans Pro", 600, "italic"),
        "Roboto-Regular": ("Roboto", 400, "normal"),
        "Roboto-Italic": ("Roboto", 400, "italic"),
        "Roboto-Medium": ("Roboto", 600, "normal"),
        "Roboto-MediumItalic": ("Roboto", 600, "italic"),
    }
)
"""Family, weight and style of each font file, in the order in which they stand in for each other."""

COMMON = frozenset(
    [*map(chr, range(0x20, 0x7F)), *map(chr, range(0xA0, 0x180)), *"–—‘’‚“”„†•…‰‹›€™−ẞ\u202f\u2009\u2011\n"]
)
"""Signs known to be in these fonts (a test reads the fonts): they need no look into the files."""

SKIPPED = frozenset("\u00ad\u200b\u2060")
"""Signs that leave no mark: soft hyphen, zero-width space, word joiner."""


def font_file(face: str) -> Path:
    """Return the file of a face of `FACES`."""
    import font_roboto
    import font_source_sans_pro
    import font_source_serif_pro

    packages = {
        "Roboto": font_roboto,
        "SourceSansPro": font_source_sans_pro,
        "SourceSerifPro": font_source_serif_pro,
    }
    return Path(packages[face.partition("-")[0]].font_directory) / f"{face}.ttf"


def families() -> tuple[str, ...]:
    """Return the families in the order in which they stand in for each other."""
    return tuple(dict.fromkeys(family for family, _, _ in FACES.values()))


@cache
def covered_by(family: str) -> frozenset[str]:
    """Return every sign that the upright regular face of a family has."""
    from fontTools.ttLib import TTFont

    face = next(name for name, description in FACES.items() if description == (family, 400, "normal"))
    with TTFont(font_file(face), lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def check_glyphs(edition: Edition) -> None:
    """Make sure that every sign of `edition` can be printed.

    Raises:
        FontError: one cannot; it is named, with its place in the edition.
    """
    for path, text in strings(edition):
        unusual = set(text) - COMMON - SKIPPED
        missing = unusual.difference(*map(covered_by, families())) if unusual else unusual
        if missing:
            sign = min(missing)
            name = unicodedata.name(sign, "unnamed")
            release = f"{edition.release.id}, {edition.release.language}"
            message = (
                f"{release}: no font has {sign!r} (U+{ord(sign):04X} {name}) in {place(path)}; write it otherwise"
            )
            raise FontError(message)
