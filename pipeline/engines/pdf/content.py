"""Changes to the streams of a PDF: what is no part of a page's text, blanks where lines end, compression.

WeasyPrint's content stream is a list of operands and operators; a stretch of marked content begins with its type
and a dictionary that has its number, and ends with `EMC`.
"""

import zlib
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
        glyphs = {text: glyph for glyph, text in font.to_unicode.items()}
        blank = glyphs.get(" ", glyphs.get("\u00a0"))
        if blank is not None:
            found[font.hash] = blank
    return found


def compress_once(pdf: Any) -> None:
    """Compress all streams of a file; pydyf asks for each of them twice and would compress it as often."""
    from pydyf import Object, Stream

    for item in pdf.objects:
        if isinstance(item, Stream) and item.compress:
            parts = (part.data if isinstance(part, Object) else part for part in item.stream)
            written = b"\n".join(part if isinstance(part, bytes) else str(part).encode() for part in parts)
            item.stream, item.compress = [zlib.compress(written, 9)], False
            item.extra["Filter"] = "/FlateDecode"
