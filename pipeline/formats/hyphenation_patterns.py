"""Division patterns (Liang, 1983) read as they are needed.

pyphen reads all patterns of a language before it divides the first word: a third of a second for the 77,000 of
German. A page needs a few hundred of them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyphen import HyphDict

_BLANKS, _DIGITS = b" \t\r", b"0123456789"
_BY_NUMBER, _RESPELLED = b"^^", re.compile(rb"/[^\n]*=")
"""Signs written by their number, and divisions that change the spelling: German and French patterns have none."""
_VALUE_AND_LETTER = re.compile(r"(\d?)(\D?)")


@dataclass(frozen=True, slots=True)
class Patterns:
    """The patterns of a language, by their letters: what pyphen looks them up in."""

    written: Mapping[str, str]
    """Each as the file has it (`1ent1z`), by its letters alone (`entz`)."""
    longest: int
    """Letters that the longest may have."""

    def get(self, letters: str) -> tuple[int, tuple[int, ...]] | None:
        """Return what a pattern says: the place of its first value that counts, and the values from there on."""
        written = self.written.get(letters)
        if written is None:
            return None
        values = [int(value or 0) for value, _ in _VALUE_AND_LETTER.findall(written)]
        counting = [place for place, value in enumerate(values) if value]
        if not counting:  # nothing but zeros
            return None
        start, end = counting[0], counting[-1] + 1
        return start, tuple(values[start:end])


def read_patterns(data: bytes) -> Patterns | None:
    """Return the patterns of a dictionary file, or None where it has such as only pyphen itself understands.

    Args:
        data: the file `hyph_*.dic`: the name of its encoding, then a pattern a line.
    """
    encoding, _, body = data.translate(None, _BLANKS).partition(b"\n")
    if _BY_NUMBER in body or _RESPELLED.search(body):
        return None
    name = encoding.decode("ascii")
    written, letters = (text.decode(name).split("\n") for text in (body, body.translate(None, _DIGITS)))
    # A pattern without values says nothing, and must not hide one of the same letters that does. Some comments and
    # options come along: they begin with signs that no word has, or in capitals, and are never found.
    patterns = {key: line for key, line in zip(letters, written, strict=True) if key != line}
    return Patterns(patterns, max(map(len, patterns), default=0))


def division(path: Path) -> "HyphDict":
    """Return what divides words by the patterns in a file of pyphen's."""
    import pyphen

    patterns = read_patterns(path.read_bytes())
    if patterns is None:
        return pyphen.HyphDict(path)
    made = pyphen.HyphDict.__new__(pyphen.HyphDict)  # what its __init__ does is what takes the time
    made.patterns, made.cache, made.maxlen = patterns, {}, patterns.longest
    return made
