"""Check 6: everything is translated, into the right language."""

import re
from collections.abc import Iterator

from pipeline.checks.base import Check, Pair, Subject
from pipeline.checks.leftovers import foreign, known, leftovers, within_name
from pipeline.locales import Locale
from pipeline.model.bitext import State
from pipeline.model.issue import Issue, Severity, Span
from pipeline.model.termbase import TermKind

_WORDS = re.compile(r"[^\W\d_]+")
_ENOUGH = 2
"""Function words of another language that give a text away."""
_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{2})[.!?…:][”“»’)]*\s*$")
"""A full stop behind a single letter belongs to an abbreviation (`e. V.`)."""
_SHORTEST = 3
"""Words of the shortest sentence."""
_SENTENCE = 8
"""Small words among which a language's function words cannot be missing altogether."""
_SAME_EVERYWHERE = frozenset({TermKind.KEEP, TermKind.PERSON, TermKind.PLACE, TermKind.INSTITUTION})


def _find(subject: Subject) -> Iterator[Issue]:
    for segment in subject.bitext.segments():
        if segment.state is State.INITIAL:
            why = f" ({segment.failure})" if segment.failure else ""
            yield Issue(
                check=CHECK.name,
                severity=Severity.ERROR,
                segment=segment.id,
                message=f"{segment.id} has no translation yet{why}",
            )
    for pair in subject.pairs:
        yield from _look(pair)


def _look(pair: Pair) -> Iterator[Issue]:
    same = _normal(pair.source) == _normal(pair.target)
    if _is_wrong_language(pair):
        yield _whole(
            pair, Severity.ERROR, f"This is not in the language of the translation ({pair.subject.target.tag})"
        )
    elif same:
        if _says_something(pair):
            grave = Severity.ERROR if _is_sentence(pair) else Severity.WARNING
            yield _whole(pair, grave, "The translation is the source, word for word")
    else:
        found = tuple(leftovers(pair))
        if found:
            words = ", ".join(f"“{pair.target[there.start : there.end]}”" for _, there in found[:3])
            yield Issue(
                check=CHECK.name,
                severity=Severity.WARNING,
                segment=pair.segment.id,
                message=f"{words} still stands as in the source",
                source=tuple(dict.fromkeys(here for here, _ in found)),
                target=tuple(there for _, there in found),
            )


def _whole(pair: Pair, severity: Severity, message: str) -> Issue:
    return Issue(
        check=CHECK.name,
        severity=severity,
        segment=pair.segment.id,
        message=message,
        source=(Span(start=0, end=len(pair.source)),),
        target=(Span(start=0, end=len(pair.target)),),
    )


def _is_sentence(pair: Pair) -> bool:
    """Return whether a source is a whole sentence, which cannot be a name that stays as it is."""
    return _SENTENCE_END.search(pair.source) is not None and len(_WORDS.findall(pair.source)) >= _SHORTEST


def _normal(text: str) -> str:
    return "".join(_WORDS.findall(text.casefold()))


def _is_wrong_language(pair: Pair) -> bool:
    """Return whether the target's small words are the source's, or hardly any words the target language's."""
    matches = tuple(_small(pair))
    here, there = (_small_words(locale) for locale in (pair.subject.source, pair.subject.target))
    strange = [match for match in matches if match[0] in here - there]
    own = sum(match[0] in there - here for match in matches)
    if _normal(pair.source) == _normal(pair.target):
        # A name may hold a small word (`Haus der Geschichte`); a sentence holds other words in small letters too.
        content = (match[0] for match in matches if match[0] not in here)
        return bool(strange) and any(foreign(word, pair.subject.source, pair.subject.target) for word in content)
    if len(strange) >= _ENOUGH and len(strange) > own:
        return sum(not within_name(match, pair) for match in strange) > max(own, 1)
    if own or len(matches) < _SENTENCE:
        return False
    return sum(known(match[0], pair.subject.target) for match in matches) * 2 < len(matches)


def _small(pair: Pair) -> Iterator[re.Match[str]]:
    """Yield the target's words in small letters, but for code and passages marked as another language's."""
    offset = 0
    for run in pair.segment.target:
        offset += len(run.text)
        if not run.code and run.lang is None:
            for match in _WORDS.finditer(pair.target, offset - len(run.text), offset):
                if match[0][0].islower():
                    yield match


def _small_words(locale: Locale) -> frozenset[str]:
    return locale.cues.function_words | locale.cues.openers | locale.cues.determiners


def _says_something(pair: Pair) -> bool:
    """Return whether a source that stands as it is in the target has words to translate.

    Names, codes, terms that stay, passages that are in the target language already, and words that both languages
    share have none.
    """
    here, there = pair.subject.source, pair.subject.target
    base = there.tag.partition("-")[0]
    stays = [
        (found.start, found.end)
        for found in pair.subject.terms.in_source(pair.source)
        if found.concept.kind in _SAME_EVERYWHERE
    ]
    offset = 0
    for run in pair.segment.source:
        if run.code or run.href or (run.lang or "").partition("-")[0] == base:
            stays.append((offset, offset + len(run.text)))
        offset += len(run.text)
    words = [
        match[0]
        for match in _WORDS.finditer(pair.source)
        if not any(start < match.end() and match.start() < end for start, end in stays)
    ]
    strange = [word for word in words if foreign(word, here, there)]
    # A name may be a word too (`Jonas Schäfer`): one strange word with a capital among several is no proof.
    return any(word[0].islower() for word in strange) or (
        bool(strange) and (len(words) == 1 or len(strange) * 2 > len(words))
    )


CHECK = Check(
    name="untranslated",
    title="Untranslated text",
    rule=(
        "Every segment has a translation, and it is in the language it should be in. A translation that is the "
        "source word for word is a warning unless the source is a name, a code or a term that stays; so are single "
        "words of the source that no dictionary of the target language knows, outside quotation marks, brackets "
        "and italics."
    ),
    example="Der Gemeindeverband zahlt. → Le Gemeindeverband paie. (Gemeindeverband → communauté de communes)",
    severity=Severity.ERROR,
    find=_find,
)
