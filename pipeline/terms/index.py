"""The terms of a termbase, ready to be found in running text of two languages.

A term is found word by word. Under which forms its words are found depends on what it names: words of the trade by
their stem, functions by their stem but for their gender, names as they are written.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from pipeline import locales
from pipeline.locales.inflection import Inflection
from pipeline.model.termbase import Concept, Term, Termbase, TermKind
from pipeline.terms.words import Word, words

MIN_IN_COMPOUND = 6
"""Letters a term has at least to be looked for at the end of longer words."""

_NAMES = frozenset({TermKind.PLACE, TermKind.PERSON, TermKind.KEEP})


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A term where it stands: characters `start` to `end` (exclusive) of the text."""

    concept: Concept
    term: Term
    start: int
    end: int
    whole: bool = True
    """False where it is the last part of a longer word: `Partnergemeinde` for `Gemeinde`."""


@dataclass(slots=True)
class _Node:
    """A step in the words of the terms: what may follow, and which terms end here."""

    after: dict[str, "_Node"] = field(default_factory=dict)
    terms: list[tuple[Concept, Term]] = field(default_factory=list)


class TermIndex:
    """Terms of two languages, found whatever their inflection.

    Args:
        termbase: what holds for the release at hand.
        source: language tag of the source.
        target: language tag of the target.
    """

    def __init__(self, termbase: Termbase, *, source: str, target: str) -> None:
        self.termbase = termbase
        self._source = _Language(termbase, source)
        self._target = _Language(termbase, target)

    def in_source(self, text: str) -> tuple[Found, ...]:
        """Return the source terms in `text` in order, the longest at each place, without overlap."""
        found: list[Found] = []
        for item in self._source.found(text):
            if not found or item.start >= found[-1].end:
                found.append(item)
        return tuple(found)

    def all_in_source(self, text: str) -> tuple[Found, ...]:
        """Return every source term in `text` in order; a longer one may overlap a shorter."""
        return self._source.found(text)

    def in_target(self, text: str) -> tuple[Found, ...]:
        """Return every target term in `text` in order, of any status; a longer one may overlap a shorter."""
        return self._target.found(text)

    def targets(self, concept: Concept) -> tuple[Term, ...]:
        """Return the terms of `concept` in the target language."""
        return concept.in_language(self._target.tag)


class _Language:
    """The terms of one language, as a tree of their words; made when a text is first looked at."""

    def __init__(self, termbase: Termbase, tag: str) -> None:
        self.tag = tag
        self._inflection = locales.get(tag).inflection
        self._terms = tuple((concept, term) for concept in termbase.concepts for term in concept.in_language(tag))

    def found(self, text: str) -> tuple[Found, ...]:
        """Return all terms in `text`, sorted by where they begin, longer ones first."""
        if not self._terms:
            return ()
        tokens = tuple(words(text))
        keys = [_found_under(word.text, self._inflection) for word in tokens]
        hits = [hit for position in range(len(tokens)) for hit in _walk(self._root, tokens, keys, position)]
        if self._inflection.compounds:
            hits += [hit for word in tokens for hit in self._in_compound(word)]
        return tuple(sorted(hits, key=lambda item: (item.start, -item.end, not item.whole)))

    @cached_property
    def _root(self) -> _Node:
        root = _Node()
        for concept, term in self._terms:
            for form in (term.text, *term.forms):
                node = root
                for word in words(form):
                    node = node.after.setdefault(_key(word.text, concept.kind, self._inflection), _Node())
                if node is not root:
                    node.terms.append((concept, term))
        return root

    @cached_property
    def _heads(self) -> Mapping[str, Sequence[tuple[str, Concept, Term]]]:
        """The terms that may end a longer word, by the last letters of their stems; longest first."""
        heads: dict[str, list[tuple[str, Concept, Term]]] = {}
        for concept, term in self._terms:
            if concept.kind not in _NAMES and len(term.text) >= MIN_IN_COMPOUND and " " not in term.text:
                stem = self._inflection.stem(term.text)
                heads.setdefault(stem[-MIN_IN_COMPOUND + 1 :], []).append((stem, concept, term))
        return {ending: sorted(entries, key=lambda entry: -len(entry[0])) for ending, entries in heads.items()}

    def _in_compound(self, word: Word) -> Iterator[Found]:
        """Yield the longest term that ends the longer word `word`."""
        stem = self._inflection.stem(word.text)
        for head, concept, term in self._heads.get(stem[-MIN_IN_COMPOUND + 1 :], ()):
            if stem.endswith(head) and len(stem) > len(head) + 2:
                yield Found(concept=concept, term=term, start=word.start, end=word.end, whole=False)
                return


def _key(word: str, kind: TermKind, inflection: Inflection) -> str:
    """Return the one form under which a term's word is kept; the mark in front says which reading it asks for."""
    if kind in _NAMES or (word.isupper() and len(word) > 1):
        return f"={word}"
    if kind is TermKind.TITLE:
        return f"#{inflection.title_form(word)}"
    capital = "^" if inflection.capital_nouns and word[0].isupper() else "~"
    return capital + inflection.stem(word)


@lru_cache(maxsize=20_000)
def _found_under(word: str, inflection: Inflection) -> frozenset[str]:
    """Return all forms under which a word of a text may be found."""
    stem = inflection.stem(word)
    capital = {f"^{stem}"} if word[0].isupper() else set()
    return frozenset(
        {f"={name}" for name in inflection.name_forms(word)}
        | {f"~{stem}", f"#{inflection.title_form(word)}"}
        | capital
    )


def _walk(root: _Node, tokens: Sequence[Word], keys: Sequence[frozenset[str]], position: int) -> Iterator[Found]:
    """Yield all terms that begin with the word at `position`."""
    nodes = [root]
    for index in range(position, len(tokens)):
        nodes = [after for node in nodes for after in _steps(node.after, keys[index])]
        if not nodes:
            return
        for node in nodes:
            for concept, term in node.terms:
                yield Found(concept=concept, term=term, start=tokens[position].start, end=tokens[index].end)


def _steps(after: Mapping[str, _Node], keys: frozenset[str]) -> Iterator[_Node]:
    """Yield what follows under any of `keys`; the smaller of the two is gone through."""
    if len(after) < len(keys):
        yield from (node for key, node in after.items() if key in keys)
    else:
        yield from (after[key] for key in keys if key in after)
