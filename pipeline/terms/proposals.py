"""Corrections that recur, as proposals for the termbase. Nothing is guessed: a person chooses and confirms.

A wording that people replaced by the same other wording in several sentences may be a term that the termbase lacks.
What it stands for is sought in the sources of these sentences: words that all of them have, and that hardly any
sentence has in which the replaced wording was left.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pipeline.locales import Locale
from pipeline.model.bitext import Bitext, Segment, State
from pipeline.model.inline import plain
from pipeline.model.termbase import TermStatus
from pipeline.terms.index import TermIndex
from pipeline.terms.replacements import MAX_WORDS, Phrase, Replacement, phrase, replacements, small_words
from pipeline.terms.words import Word, words

MIN_SENTENCES = 2
"""Different sentences in which a wording must have been replaced."""
LEFT_SHARE = 3
"""The replaced wording may have been left in one sentence for this many in which it was replaced."""
MAX_CANDIDATES = 8
BETWEEN = " \u00a0\u202f-’"
"""What may stand between the words of a term."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A correction that speaks for a proposal."""

    release: str
    segment: str
    source: str
    before: str
    after: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A wording to prefer, the one it replaced, and what either may stand for."""

    candidates: tuple[str, ...]
    """Source terms, the most likely first; one of them has to be chosen."""
    preferred: str
    replaced: str
    evidence: tuple[Evidence, ...]
    """One for each different sentence, in order of releases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """A sentence with its translation, as lists of stems between blanks."""

    release: str
    segment: Segment
    source: str
    target: str
    reviewed: bool


_Pair: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]
"""The stems of a replaced wording and of the one in its place."""


def proposals(bitexts: Iterable[Bitext], terms: TermIndex, source: Locale, target: Locale) -> tuple[Proposal, ...]:
    """Return what recurring corrections propose for the termbase, the most frequent first.

    Args:
        bitexts: the translations of all releases into one language; their archived segments count as well.
        terms: the whole termbase; what it has is not proposed.
        source: locale of the source.
        target: locale of the translations.
    """
    texts = tuple(
        _Text(
            release=bitext.release,
            segment=item,
            source=_stems(plain(item.source), source),
            target=_stems(plain(item.target), target),
            reviewed=item.state in {State.REVIEWED, State.FINAL} or bool(item.history),
        )
        for bitext in bitexts
        for item in (*bitext.segments(), *bitext.archived)
    )
    groups: dict[_Pair, dict[str, tuple[_Text, Replacement, Evidence]]] = {}
    for text in texts:
        for change, evidence in _standing(text, target):
            # The same sentence in another release says nothing new.
            group = groups.setdefault((change.old.stems, change.new.stems), {})
            group.setdefault(text.source, (text, change, evidence))
    known, corpus = _known(terms, target), _Corpus(texts, terms, source)
    found = []
    for pair, group in groups.items():
        if len(group) < MIN_SENTENCES or pair in known:
            continue
        candidates = corpus.candidates([text for text, _, _ in group.values()], pair)
        if candidates:
            proposal = Proposal(
                candidates=candidates,
                preferred=_shortest(change.new for _, change, _ in group.values()),
                replaced=_shortest(change.old for _, change, _ in group.values()),
                evidence=tuple(evidence for _, _, evidence in group.values()),
            )
            found.append(proposal)
    return tuple(sorted(found, key=lambda item: (-len(item.evidence), item.replaced, item.preferred)))


class _Corpus:
    """All sentences of an office, and the words in their sources that may be terms."""

    def __init__(self, texts: Sequence[_Text], terms: TermIndex, source: Locale) -> None:
        self._texts = texts
        self._terms = terms
        self._source = source
        self._small_words = small_words(source)
        stem = source.inflection.stem
        tokens = [(index, word) for text in texts for index, word in enumerate(words(plain(text.segment.source)))]
        self._small = {stem(word.text) for _, word in tokens if not word.text[0].isupper()}
        self._capital = {stem(word.text) for index, word in tokens if index and word.text[0].isupper()}

    def candidates(self, sentences: Sequence[_Text], pair: _Pair) -> tuple[str, ...]:
        """Return what both wordings of `pair` may stand for in `sentences`, the most likely first."""
        old, new = pair
        forms: dict[tuple[str, ...], list[Phrase]] = {}
        for text in sentences:
            for item in self._phrases(plain(text.segment.source)):
                forms.setdefault(item.stems, []).append(item)
        ranked = []
        for stems, written in forms.items():
            if not all(_has(text.source, stems) for text in sentences):
                continue
            there = [text for text in self._texts if text.reviewed and _has(text.source, stems)]
            left = sum(_has(text.target, old) for text in there)
            rendered = sum(_has(text.target, old) or _has(text.target, new) for text in there)
            if left * LEFT_SHARE <= len(sentences) and 2 * rendered >= len(there):
                ranked.append((len(there) - rendered, -len(stems), _shortest(written)))
        return tuple(text for _, _, text in sorted(ranked)[:MAX_CANDIDATES])

    def _phrases(self, text: str) -> Iterator[Phrase]:
        """Yield all groups of words of a source that may be a term and that the termbase does not have."""
        tokens = list(words(text))
        known = [(item.start, item.end) for item in self._terms.all_in_source(text)]
        for start, first in enumerate(tokens):
            if first.text.lower() in self._small_words or not first.text.isalpha():
                continue
            for end in range(start + 1, min(start + MAX_WORDS, len(tokens)) + 1):
                last = tokens[end - 1]
                if end - start > 1 and not self._joined(text, tokens[end - 2], last):
                    break
                if last.text.lower() in self._small_words or not self._is_noun(last, first=end == 1):
                    continue
                if not any(low <= first.start and last.end <= high for low, high in known):
                    yield phrase(text, tokens[start:end], self._source)

    def _joined(self, text: str, word: Word, following: Word) -> bool:
        """Return whether two neighbours may be parts of one term: `gute Arbeit`, `Haus der Arbeit`."""
        if text[word.end : following.start].strip(BETWEEN) or not following.text.isalpha():
            return False
        if not self._source.inflection.capital_nouns or following.text[0].isupper():
            return True
        # Behind a noun stands an article, a preposition, or a verb, which ends the term. Small words stand nowhere
        # else in it: between an adjective and its noun there is none.
        small = following.text.lower() in self._small_words
        return small == (word.text[0].isupper()) or (small and word.text.lower() in self._small_words)

    def _is_noun(self, word: Word, *, first: bool) -> bool:
        """Return whether `word` may be a noun or name; the `first` of a sentence has a capital anyhow."""
        if not self._source.inflection.capital_nouns:
            return True
        stem = self._source.inflection.stem(word.text)
        return word.text[0].isupper() and (not first or stem in self._capital or stem not in self._small)


def _standing(text: _Text, target: Locale) -> Iterator[tuple[Replacement, Evidence]]:
    """Yield the replacements that a sentence still has: what was taken back later speaks for nothing."""
    for edit in text.segment.history:
        before, after = plain(edit.before), plain(edit.after)
        if not before or not after or before == after:
            continue
        for change in replacements(before, after, target):
            if _has(text.target, change.new.stems) and not _has(text.target, change.old.stems):
                evidence = Evidence(
                    release=text.release,
                    segment=text.segment.id,
                    source=plain(text.segment.source),
                    before=before,
                    after=after,
                    by=edit.by,
                )
                yield change, evidence


def _known(terms: TermIndex, target: Locale) -> set[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return the pairs of a deprecated and a preferred wording that the termbase has."""

    def stems(text: str) -> tuple[str, ...]:
        return tuple(target.inflection.stem(word.text) for word in words(text))

    return {
        (stems(old.text), stems(new.text))
        for concept in terms.termbase.concepts
        for old in terms.targets(concept)
        for new in terms.targets(concept)
        if (old.status, new.status) == (TermStatus.DEPRECATED, TermStatus.PREFERRED)
    }


def _stems(text: str, locale: Locale) -> str:
    return f" {' '.join(locale.inflection.stem(word.text) for word in words(text))} "


def _has(stems: str, wanted: Sequence[str]) -> bool:
    return f" {' '.join(wanted)} " in stems


def _shortest(phrases: Iterable[Phrase]) -> str:
    """Return the form that is most like a dictionary's: the shortest, and small rather than capital."""
    return min((item.text for item in phrases), key=lambda text: (len(text), text[:1].isupper(), text))
