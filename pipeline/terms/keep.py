"""What must come through a translation as it is: names, quoted foreign titles, acronyms, addresses, code."""

import re
import unicodedata
from collections.abc import Iterable

from pipeline.locales.typography import PROTECTED
from pipeline.model.inline import Inlines, plain
from pipeline.model.issue import Span
from pipeline.model.termbase import TermKind
from pipeline.terms.index import TermIndex

_KEPT_KINDS = frozenset({TermKind.KEEP, TermKind.PERSON})
_ACRONYM = re.compile(r"\b(?=\w*[A-ZÄÖÜ]\w*[A-ZÄÖÜ])[A-ZÄÖÜ][A-ZÄÖÜa-z]{0,3}[A-ZÄÖÜ]\b")
"""Two to five letters that begin and end with a capital: `ICSAT`, `LfK`."""

_QUOTES = "«»„“”‚‘’\"' \u00a0\u202f"


def kept_spans(source: Inlines, terms: TermIndex) -> tuple[Span, ...]:
    """Return what of `source` must stand in its translation unchanged; sorted, without overlap.

    Passages in another language and code, addresses, names that the termbase keeps, acronyms it does not translate.
    """
    text = plain(source)
    spans = [*marked_spans(source), *(Span(start=m.start(), end=m.end()) for m in PROTECTED.finditer(text))]
    found = terms.in_source(text)
    spans += [Span(start=item.start, end=item.end) for item in found if item.concept.kind in _KEPT_KINDS]
    known = [(item.start, item.end) for item in found]
    spans += [
        Span(start=match.start(), end=match.end())
        for match in _ACRONYM.finditer(text)
        if not any(start < match.end() and match.start() < end for start, end in known)
    ]
    return _apart(spans)


def lost(source: str, spans: Iterable[Span], target: str) -> tuple[Span, ...]:
    """Return those of `spans` whose text is not in `target`, quotation marks, blanks, case and accents aside."""
    there = bare(target)
    return tuple(span for span in spans if bare(source[span.start : span.end]) not in there)


def restored(source: str, spans: Iterable[Span], target: str) -> str:
    """Return `target` with the spelling of kept passages put right where there is just one way to do it.

    That is where a passage stands in the translation once, but for its case, accents or blanks.
    """
    for text in dict.fromkeys(source[span.start : span.end] for span in spans):
        if text in target:
            continue
        words = [re.escape(bare(word)) for word in text.split()]
        matches = list(re.finditer(r"\s*".join(words), _small(target))) if all(words) else []
        if len(matches) == 1:
            target = target[: matches[0].start()] + text + target[matches[0].end() :]
    return target


def bare(text: str) -> str:
    """Return `text` without quotation marks, blanks, case and accents."""
    return re.sub(f"[{re.escape(_QUOTES)}]", "", _small(text))


def _small(text: str) -> str:
    """Return `text` in small letters without accents, each character in its place."""
    return "".join(_plain_letter(character) for character in text)


def _plain_letter(character: str) -> str:
    letter = unicodedata.normalize("NFD", character)[0].lower()
    return letter if len(letter) == 1 else character


def marked_spans(source: Inlines, language: str | None = None) -> tuple[Span, ...]:
    """Return the passages of `source` in another language, without their quotation marks.

    Args:
        source: formatted text.
        language: only passages in the language of this tag; None for any language, and code.
    """
    spans: list[Span] = []
    offset = 0
    for run in source:
        inner = run.text.strip(_QUOTES)
        wanted = run.code or run.lang is not None if language is None else _same_language(run.lang, language)
        if wanted and inner:
            start = offset + run.text.index(inner)
            spans.append(Span(start=start, end=start + len(inner)))
        offset += len(run.text)
    return tuple(spans)


def _same_language(tag: str | None, other: str) -> bool:
    return tag is not None and tag.partition("-")[0] == other.partition("-")[0]


def _apart(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans sorted, of those that overlap only the first and longest."""
    apart: list[Span] = []
    for span in sorted(spans, key=lambda item: (item.start, -item.end)):
        if not apart or span.start >= apart[-1].end:
            apart.append(span)
    return tuple(apart)
