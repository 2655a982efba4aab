"""What each glyph stands for when text is copied out of a PDF, searched in it or read aloud from it."""

from typing import Any

BLANK, NO_BREAK_BLANK = "<0020>", "<00a0>"


def map_blanks(pdf: Any) -> None:
    """Have blanks copied as blanks.

    Where a font has one glyph for the blank and the no-break blank, WeasyPrint maps it to whichever comes first on
    the page: in a French quotation, all blanks would be copied as no-break ones.

    Args:
        pdf: the library's file.
    """
    from pydyf import Stream

    for item in pdf.objects:
        if not isinstance(item, Stream) or b"begincmap" not in item.stream:
            continue
        lines = [line.decode() if isinstance(line, bytes) else str(line) for line in item.stream]
        if not any(line.endswith(f" {BLANK}") for line in lines):
            item.stream = [line.replace(f" {NO_BREAK_BLANK}", f" {BLANK}").encode() for line in lines]
