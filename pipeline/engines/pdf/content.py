"""Changes to the contents of a page: what is no part of its text, and blanks where lines end.

WeasyPrint's content stream is a list of operands and operators; a stretch of marked content begins with its type
and a dictionary that has its number, and ends with `EMC`.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any


def mark_artifacts(stream: Any, numbers: Collection[int]) -> None:
    """Mark contents of a page as no part of its text.

    Args:
        stream: the library's content stream.
        numbers: of the contents.
    """
    from pydyf import Dictionary

    items = stream.stream
    for place, item in enumerate(items):
        if isinstance(item, Dictionary) and item.get("MCID") in numbers:
            items[place - 1], items[place] = "/Artifact", Dictionary({"Type": "/Pagination"})


def add_blanks(stream: Any, numbers: Collection[int], blanks: Mapping[str, int]) -> None:
    """Put a blank, which nobody sees, behind texts of a page: lines end without one.

    Args:
        stream: the library's content stream.
        numbers: of the texts.
        blanks: the glyph of the blank by the name of its font.
    """
    from pydyf import Dictionary

    items, font, wanted = [], "", False
    for item in stream.stream:
        if isinstance(item, Dictionary) and "MCID" in item:
            wanted = item["MCID"] in numbers
        elif isinstance(item, bytes) and item.endswith(b" Tf"):
            font = item[1:].decode().partition(" ")[0]
        elif wanted and item == b"ET" and font in blanks:
            items.append(f"[<{blanks[font]:04x}>] TJ".encode())
            wanted = False
        items.append(item)
    stream.stream = items


def blank_glyphs(fonts: Iterable[Any]) -> dict[str, int]:
    """Return the glyph of the blank in each of the library's fonts that has been used for one."""
    found: dict[str, int] = {}
    for font in fonts:
        for wanted in ("\u00a0", " "):
            for glyph, text in font.to_unicode.items():
                if text == wanted:
                    found[font.hash] = glyph
    return found
