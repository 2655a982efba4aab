"""Texts as OmegaT writes them in its own memories: with `<g0>` … `</g0>` and `<x1/>` for inline codes.

A match that is written so brings its formatting along when a translator inserts it. The rules are what OmegaT 3.6
does with XLIFF, in its default settings: codes and blanks before the first word and behind the last one are not
shown, and it puts them back itself, unless they belong to a pair whose other half is between words; what is left is
numbered from 0 in order, a pair under one number.
"""

from collections.abc import Mapping, Sequence

from pipeline.formats.xliff.codes import Codes
from pipeline.formats.xliff.tokens import Mark, Token, X, tokens
from pipeline.model.inline import Inlines, plain

_BLANKS = " \t\r\n"
"""What is no word. A no-break space is one to OmegaT."""

_AROUND = f"{_BLANKS}\u00a0\u2002\u2003\u2009"
"""What OmegaT then cuts off at both ends of the text; the narrow no-break space is not among it."""


def tagged(source: Inlines, draft: Inlines) -> tuple[str, str]:
    """Return a segment's source and its draft with OmegaT's tags.

    A draft whose codes cannot be said with those that the source shows comes without any: then a translator sets
    them.
    """
    from lxml import etree

    codes = Codes.of(source, draft)
    shown: list[tuple[Token, ...]] = []
    hidden: list[tuple[list[str], list[str]]] = []
    for text in (source, draft):
        scratch = etree.Element(f"{X}target")
        codes.write(scratch, text)
        found = tokens(scratch)
        start, end = _shown(found)
        shown.append(found[start:end])
        hidden.append((_ids(found[:start]), _ids(found[end:])))
    numbers = {name: number for number, name in enumerate(_ids(shown[0]))}
    same = hidden[0] == hidden[1] and numbers.keys() >= set(_ids(shown[1]))
    words = _written(shown[1], numbers) if same else plain(draft).replace("\n", " ").strip(_AROUND)
    return _written(shown[0], numbers), words


def _shown(found: Sequence[Token]) -> tuple[int, int]:
    """Return where the part of a text begins and ends that OmegaT shows."""
    words = [place for place, token in enumerate(found) if token.mark is Mark.TEXT and token.value.strip(_BLANKS)]
    if not words:
        return 0, 0
    first, last = words[0], words[-1]
    pairs = _pairs(found)
    start = min((opened for opened, closed in pairs if opened < first < closed < last), default=first)
    end = max((closed for opened, closed in pairs if first < opened < last < closed), default=last)
    return start, end + 1


def _pairs(found: Sequence[Token]) -> list[tuple[int, int]]:
    """Return where each pair opens and closes."""
    opened: list[int] = []
    pairs: list[tuple[int, int]] = []
    for place, token in enumerate(found):
        if token.mark is Mark.OPEN:
            opened.append(place)
        elif token.mark is Mark.CLOSE:
            pairs.append((opened.pop(), place))
    return pairs


def _ids(found: Sequence[Token]) -> list[str]:
    return [token.value for token in found if token.mark in {Mark.OPEN, Mark.ALONE}]


def _written(found: Sequence[Token], numbers: Mapping[str, int]) -> str:
    forms = {Mark.OPEN: "<g{}>", Mark.CLOSE: "</g{}>", Mark.ALONE: "<x{}/>"}
    pieces = (
        token.value if token.mark is Mark.TEXT else forms[token.mark].format(numbers[token.value])
        for token in found
    )
    return "".join(pieces).strip(_AROUND)
