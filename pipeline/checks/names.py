"""Check 4: names of people and places.

Names of the termbase must stand in the translation in a form it allows. Names that it does not know are compared by
their letters: a word that no dictionary knows and that stands nearly, but not quite, the same on both sides.
"""

import unicodedata
from collections.abc import Iterator

from pipeline.checks.base import Check, Pair, each
from pipeline.model.inline import TextEdit
from pipeline.model.issue import Issue, Severity, Span
from pipeline.model.termbase import TermKind, TermStatus
from pipeline.terms.keep import lost, marked_spans
from pipeline.terms.required import Owed, owed
from pipeline.terms.words import Word, words

_NAMES = frozenset({TermKind.PLACE, TermKind.PERSON, TermKind.KEEP})
_MIN_LETTERS = 4
_ENDING = 2
"""Letters by which an adjective may differ from the place's name before its own ending."""
_KIN = ({"er", "re"}, {"el", "le"})
_LONG = 9
"""Letters from which on two of them may be wrong and it is still the same name."""


def _find(pair: Pair) -> Iterator[Issue]:
    covered: set[int] = set()
    reported: set[str] = set()
    for place in owed(pair.subject.terms, pair.source, pair.target):
        if place.kind not in _NAMES:
            continue
        first = place.source[0]
        name = pair.source[first.start : first.end]
        if not place.met() and not _last_name_there(pair, place) and name not in reported:
            reported.add(name)
            yield _wrong_or_missing(pair, place)
        covered |= set(range(first.start, first.end))
    yield from _misspelt(pair, covered)
    yield from _lost_passages(pair)


def _lost_passages(pair: Pair) -> Iterator[Issue]:
    """Yield the passages marked as being in the target's language that the target does not have."""
    for span in lost(pair.source, marked_spans(pair.segment.source, pair.subject.target.tag), pair.target):
        yield Issue(
            check=CHECK.name,
            severity=Severity.ERROR,
            segment=pair.segment.id,
            message=f"“{pair.source[span.start : span.end]}” should stand in the translation as it is",
            source=(span,),
        )


def _last_name_there(pair: Pair, place: Owed) -> bool:
    """Return whether a person's or keep-name's last word stands in the target: « Mme Vaubrecourt »."""
    if place.kind is TermKind.PLACE:
        return _adjective_there(pair, place)
    last = tuple(words(place.source[0].term.text))[-1].text
    return any(word.text == last for word in words(pair.target))


def _adjective_there(pair: Pair, place: Owed) -> bool:
    """Return whether a word made from a place's name stands in the target: « valdrainais » for « Valdraine »."""
    names = [word.text for term in pair.subject.terms.targets(place.source[0].concept) for word in words(term.text)]
    stems = {_bare(name)[:-_ENDING] for name in names if len(name) >= _MIN_LETTERS + _ENDING}
    small = [_bare(word.text) for word in words(pair.target) if word.text[0].islower()]
    return any(word.startswith(stem) for word in small for stem in stems)


def _wrong_or_missing(pair: Pair, place: Owed) -> Issue:
    found = place.source[0]
    name = pair.source[found.start : found.end]
    allowed = [
        term.text for term in pair.subject.terms.targets(found.concept) if term.status is not TermStatus.DEPRECATED
    ]
    wanted = " or ".join(f"“{text}”" for text in allowed)
    used = [(item.start, item.end) for item in place.target]
    wrong = used or _near(pair, [word.text for text in allowed for word in words(text)], name)
    message = f"“{name}” is {wanted} in the translation"
    if wrong:
        start, end = wrong[0]
        message += f", not “{pair.target[start:end]}”"
    return Issue(
        check=CHECK.name,
        severity=Severity.ERROR if wrong else Severity.WARNING,
        segment=pair.segment.id,
        message=message if wrong else f"“{name}” ({wanted}) does not stand in the translation",
        source=(Span(start=found.start, end=found.end),),
        target=tuple(Span(start=start, end=end) for start, end in wrong[:1]),
    )


def _near(pair: Pair, expected: list[str], source: str) -> list[tuple[int, int]]:
    """Return where the target has the source's own form or a misspelt form of one of `expected`."""
    names = {word.text for word in words(source)} | set(expected)
    return [
        (word.start, word.end)
        for word in words(pair.target)
        if word.text in {item.text for item in words(source)} - set(expected)
        or (
            word.text not in names
            and any(_alike(word.text, name) for name in expected if len(name) >= _MIN_LETTERS)
        )
    ]


def _misspelt(pair: Pair, covered: set[int]) -> Iterator[Issue]:
    here, there = (tuple(words(text)) for text in (pair.source, pair.target))
    forms = {form for word in here for form in pair.subject.source.inflection.name_forms(word.text)}
    right = {word.text for word in there}
    strange = [word for word in there if _is_name(word) and word.text not in forms]
    for word in here:
        if (
            not _is_name(word)
            or word.start in covered
            or right & set(pair.subject.source.inflection.name_forms(word.text))
        ):
            continue
        for other in strange:
            if _alike(other.text, word.text) and not _is_word(pair, word.text, other.text):
                yield Issue(
                    check=CHECK.name,
                    severity=Severity.ERROR,
                    segment=pair.segment.id,
                    message=f"“{other.text}” is written “{word.text}” in the source",
                    source=(Span(start=word.start, end=word.end),),
                    target=(Span(start=other.start, end=other.end),),
                    fix=(TextEdit(start=other.start, end=other.end, new=word.text, rule=CHECK.name),),
                )
                break


def _is_name(word: Word) -> bool:
    return len(word.text) >= _MIN_LETTERS and word.text[0].isupper() and word.text.isalpha()


def _alike(one: str, other: str) -> bool:
    """Return whether two words differ in one letter (two in long ones), or in two that changed places."""
    from rapidfuzz.distance import OSA

    if one == other or abs(len(one) - len(other)) > 2:  # noqa: PLR2004 (no edit of two letters makes up for more)
        return False
    plain, others = _bare(one), _bare(other)
    limit = 2 if min(len(one), len(other)) >= _LONG else 1
    return plain != others and OSA.distance(plain, others, score_cutoff=limit) <= limit


def _bare(word: str) -> str:
    """Return a word in small letters without accents: `Zürich` is `Zurich` in French, and no mistake."""
    return unicodedata.normalize("NFKD", word.lower().replace("ß", "ss")).encode("ascii", "ignore").decode()


def _is_word(pair: Pair, source: str, target: str) -> bool:
    """Return whether two words are kin (`Parlament`, `Parlement`) and no misspelt name: a dictionary knows one.

    Two letters that changed places are a slip whatever dictionaries know; but for -er and -re, which is German and
    French (`Minister`, `Ministre`).
    """
    import simplemma

    one, other = _bare(source), _bare(target)
    if sorted(one) == sorted(other) and {one[-2:], other[-2:]} not in _KIN:
        return False

    languages = (pair.subject.source.tag.partition("-")[0], pair.subject.target.tag.partition("-")[0])
    return simplemma.is_known(source, lang=languages[0]) or simplemma.is_known(target, lang=languages[1])


CHECK = Check(
    name="names",
    title="Names of people and places",
    rule=(
        "A name of the termbase stands in the translation in a form that the termbase allows; the form of the "
        "source language (“Waldringen” in French), a deprecated or a misspelt one is an error, its absence a "
        "warning. A name that the termbase does not know and that differs in a letter between source and "
        "translation is an error, and so is a passage marked as being in the target language that is not there."
    ),
    example="Frau Vaubrecourt → « Mme Vaubercourt »: two letters changed places.",
    severity=Severity.ERROR,
    find=each(_find),
)
