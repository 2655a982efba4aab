"""Words of the source that stand untranslated in the target; used by `untranslated`.

What dictionaries know in the source's language and not in the target's is a left-over, unless it is a name or
stands where foreign words may: in quotation marks, in brackets, in italics or under a mark for its language.
"""

import re
from collections.abc import Iterator, Sequence

from pipeline.checks.base import Pair
from pipeline.checks.quoted import quoted
from pipeline.locales import Locale
from pipeline.model.issue import Span

_WORD = re.compile(r"(?<![\w@./])[^\W\d_]{2,}(?![\w@]|[./]\w|://)")
_BRACKETS = re.compile(r"[(\[][^()\[\]]{1,200}[)\]]")
_NEXT = re.compile(r"[ \u00a0’-][^\W\d_]+")
_BEFORE = re.compile(r"[^\W\d_]+[ \u00a0’-]\Z")
_LONGEST_NAME = 80
"""Characters of the longest name that is looked for around a word."""
_TITLE = 6
"""Words of the longest quotation that is taken for a title or an expression in its own language."""
_MIN_LETTERS = 4
_PART = 4
"""Letters the parts of a compound have at least."""
_ENDINGS = ("n", "en", "e", "er", "es")
"""Endings of the nouns of languages that write them with a capital: German."""
_LINKS = ("", "s", "es", "n", "en", "er", "e")
"""What German puts between the parts of a compound; other languages' compounds are spelt apart."""


def leftovers(pair: Pair) -> Iterator[tuple[Span, Span]]:
    """Yield where a word of the source stands in the target, as spans of source and target."""
    source: dict[str, list[Span]] = {}
    for match in _WORD.finditer(pair.source):
        source.setdefault(match[0], []).append(Span(start=match.start(), end=match.end()))
    closed = tuple(_closed(pair))
    for match in _WORD.finditer(pair.target):
        places = source.get(match[0], [])
        if not places or any(start < match.end() and match.start() < end for start, end in closed):
            continue
        if not within_name(match, pair) and _is_left(match[0], places, pair):
            yield places[0], Span(start=match.start(), end=match.end())


def foreign(word: str, here: Locale, there: Locale) -> bool:
    """Return whether `word` is known in the language of `here` and not in that of `there`."""
    lower = word.lower()
    if lower in there.cues.borrowed or lower in there.cues.function_words or lower in there.cues.determiners:
        return False
    if lower in here.cues.function_words:
        return True
    return len(word) >= _MIN_LETTERS and known(word, here) and not (known(word, there) or known(lower, there))


def known(word: str, locale: Locale) -> bool:
    """Return whether the dictionary of a language knows `word`."""
    import simplemma

    language = locale.tag.partition("-")[0]
    return bool(simplemma.is_known(word, lang=language))


def _is_left(word: str, places: Sequence[Span], pair: Pair) -> bool:
    here, there = pair.subject.source, pair.subject.target
    if word[0].islower():
        letters = bool(here.cues.letters.search(word)) and not there.cues.letters.search(word)
        return foreign(word, here, there) or (letters and len(word) >= _MIN_LETTERS and not known(word, there))
    nouns = [place for place in places if _has_determiner(place, pair)]
    if not (here.inflection.capital_nouns and word[1:].islower() and nouns and len(word) >= _MIN_LETTERS):
        return False
    if known(word, there) or word.lower() in there.cues.borrowed or known(word.lower(), there):
        return False
    if known(word, here) and _is_declined(word, here):
        return True
    return here.inflection.compounds and _is_compound(word, here)


def _is_declined(word: str, locale: Locale) -> bool:
    """Return whether dictionaries know a word with a capital in several forms, as they do nouns; names have one."""
    import simplemma

    language = locale.tag.partition("-")[0]
    return simplemma.lemmatize(word, lang=language) != word or any(
        known(word + ending, locale) for ending in _ENDINGS
    )


def _is_compound(word: str, locale: Locale) -> bool:
    """Return whether `word` is made of two words that the dictionary knows."""
    for cut in range(_PART, len(word) - _PART + 1):
        head, tail = word[:cut], word[cut:].capitalize()
        if known(tail, locale) and any(
            head.endswith(link) and len(head) - len(link) >= _PART and known(head[: len(head) - len(link)], locale)
            for link in _LINKS
        ):
            return True
    return False


def _has_determiner(place: Span, pair: Pair) -> bool:
    """Return whether an article, or one and an adjective, stands before a word that no hyphen joins to another."""
    if pair.source[place.end : place.end + 1] == "-":
        return False
    before = re.findall(r"[^\W\d_]+", pair.source[max(place.start - 60, 0) : place.start])[-2:]
    cues = pair.subject.source.cues
    if not before or before[-1].lower() in cues.determiners:
        return bool(before)
    adjective = before[-1][0].islower() and before[-1] not in cues.openers
    return adjective and len(before) > 1 and before[0].lower() in cues.determiners


def within_name(match: re.Match[str], pair: Pair) -> bool:
    """Return whether a word of the target belongs to a name of several words that the source has too.

    Names are led by a capital, and another follows where a sentence begins with them; `Covid-19` is one as well.
    """
    start, end = match.span()
    before = _BEFORE.search(pair.target[max(start - _LONGEST_NAME, 0) : start])
    if before is not None and before[0][0].isupper() and match[0][0].isupper() and len(before[0]) < start:
        return True
    while (following := _NEXT.match(pair.target, end)) and end - start < _LONGEST_NAME:
        if pair.target[start : following.end()] not in pair.source:
            break
        end = following.end()
    while (
        before := _BEFORE.search(pair.target[max(start - _LONGEST_NAME, 0) : start])
    ) and end - start < _LONGEST_NAME:
        if pair.target[start - len(before[0]) : end] not in pair.source:
            break
        start -= len(before[0])
    name = pair.target[start:end]
    if len(name) >= _LONGEST_NAME:
        return False
    capitals = sum(word[0].isupper() for word in _WORD.findall(name))
    if match[0] in pair.subject.source.cues.function_words and capitals:
        return True
    led = name[0].isupper() and (capitals > 1 or (start > 0 and start < match.start()))
    return led or re.match(r"-\d", pair.target[match.end() : match.end() + 2]) is not None


def _closed(pair: Pair) -> Iterator[tuple[int, int]]:
    """Yield the parts of the target in which words of the source may stand."""
    for item in quoted(pair.target).within(len(pair.target)):
        if len(_WORD.findall(pair.target[item.start : item.end])) <= _TITLE:
            yield item.start, item.end
    yield from (match.span() for match in _BRACKETS.finditer(pair.target))
    offset = 0
    for run in pair.segment.target:
        if run.code or run.italic or run.lang or (run.href and "." in run.text):
            yield offset, offset + len(run.text)
        offset += len(run.text)
    yield from ((found.start, found.end) for found in pair.subject.terms.in_target(pair.target))
