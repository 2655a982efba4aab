"""The fonts of the PDF: which files they are, and whether they have every sign that an edition uses.

Source Serif and Source Sans lack a few signs each (U+202F, U+2011 …), so the families stand in for each other, with
Roboto as the last but an office's own. No font of the system ever does: it would look wrong here and print boxes
elsewhere.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType

from pipeline.errors import ConfigError, FontError, FormatError
from pipeline.formats.own_fonts import OwnFace
from pipeline.model.edition import Design, Edition
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


def families(own: Sequence[OwnFace] = ()) -> tuple[str, ...]:
    """Return the families in the order in which they stand in for each other.

    Args:
        own: the office's own fonts.
    """
    packaged = (family for family, _, _ in FACES.values())
    return tuple(dict.fromkeys((*packaged, *(face.family for face in own))))


def check_families(design: Design, own: Sequence[OwnFace]) -> None:
    """Make sure that the families that a design names are there, and the office's own are usable.

    Raises:
        ConfigError: the settings name a family that is not there.
        FormatError: one of the office's own has the name of a packaged one, or lacks its regular style.
    """
    for face in own:
        if face.family in families():
            raise FormatError(f"is “{face.family}”, which comes with the program; delete it", path=face.file)
        if not any((other.family, other.style) == (face.family, "normal") for other in own):
            raise FormatError(f"is italic; put the upright “{face.family}” there too", path=face.file)
    for key, family in (("text_font", design.text_font), ("heading_font", design.heading_font)):
        if family is not None and family not in families(own):
            known = ", ".join(f"“{name}”" for name in families(own))
            message = (
                f"there is no font “{family}” (known: {known}); put its .ttf or .otf files into templates/fonts"
            )
            raise ConfigError(f"communique.toml: design.{key}: {message}")


@cache
def covered_by(family: str) -> frozenset[str]:
    """Return every sign that the upright regular face of a family has."""
    from fontTools.ttLib import TTFont

    face = next(name for name, description in FACES.items() if description == (family, 400, "normal"))
    with TTFont(font_file(face), lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def check_glyphs(edition: Edition, own: Sequence[OwnFace] = ()) -> None:
    """Make sure that every sign of `edition` can be printed.

    Args:
        edition: what is printed.
        own: the office's own fonts.

    Raises:
        FontError: one cannot; it is named, with its place in the edition.
    """
    for path, text in strings(edition):
        unusual = set(text) - COMMON - SKIPPED
        missing = (
            unusual.difference(*map(covered_by, families()), *(face.signs for face in own)) if unusual else unusual
        )
        if missing:
            sign = min(missing)
            name = unicodedata.name(sign, "unnamed")
            release = f"{edition.release.id}, {edition.release.language}"
            message = (
                f"{release}: no font has {sign!r} (U+{ord(sign):04X} {name}) in {place(path)}; write it otherwise"
            )
            raise FontError(message)
