"""Soft hyphens where words may be divided, by the patterns of pyphen.

WeasyPrint can divide words itself, but then (version 70) ends a line early behind a link or a passage in another
language: the rest of the paragraph begins on a new line. Soft hyphens it treats rightly, and they leave no trace in
text that is copied out of the PDF.
"""

import re
from functools import cache
from typing import TYPE_CHECKING

from pipeline.formats.hyphenation_patterns import division
from pipeline.locales.typography import PROTECTED

if TYPE_CHECKING:
    from pyphen import Pyphen

SOFT_HYPHEN = "\u00ad"
SHORTEST_WORD, SHORTEST_PART = 8, 4
"""Letters. Shorter words and parts are not worth a division (Tschichold, Detailtypografie: at least three)."""

_WORD = re.compile(rf"(?<![\w-])[^\W\d_]{{{SHORTEST_WORD},}}(?![\w-])")


def soft_hyphenated(text: str, language: str) -> str:
    """Return `text` with soft hyphens in its long words; names in capitals, addresses and the like stay whole.

    Args:
        text: any text.
        language: its BCP 47 tag; in a language without a dictionary no word is divided.
    """
    dictionary = _dictionary(language)
    if dictionary is None:
        return text
    zones = [match.span() for match in PROTECTED.finditer(text)]

    def divided(match: re.Match[str]) -> str:
        start, end = match.span()
        whole = not match[0][1:].islower() or any(start < high and low < end for low, high in zones)
        return match[0] if whole else str(dictionary.inserted(match[0], SOFT_HYPHEN))

    return _WORD.sub(divided, text)


@cache
def _dictionary(language: str) -> "Pyphen | None":
    import pyphen

    found = pyphen.language_fallback(language.replace("-", "_"))
    if found is None:
        return None
    path = pyphen.LANGUAGES[found]
    pyphen.hdcache[path] = division(path)
    return pyphen.Pyphen(lang=found, left=SHORTEST_PART, right=SHORTEST_PART)
