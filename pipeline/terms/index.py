"""The terms of a termbase, ready to be found in running text of two languages."""

from dataclasses import dataclass

from pipeline.model.termbase import Concept, Term, Termbase


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A term where it stands: characters `start` to `end` (exclusive) of the text."""

    concept: Concept
    term: Term
    start: int
    end: int


class TermIndex:
    """Terms of two languages, found whatever their inflection.

    Args:
        termbase: what holds for the release at hand.
        source: language tag of the source.
        target: language tag of the target.
    """

    def __init__(self, termbase: Termbase, *, source: str, target: str) -> None:
        self.termbase = termbase
        self.source, self.target = source, target

    def in_source(self, text: str) -> tuple[Found, ...]:
        """Return the source terms in `text` in order, the longest at each place, without overlap."""
        return self._found(text, self.source)

    def in_target(self, text: str) -> tuple[Found, ...]:
        """Return every target term in `text` in order, of any status; a longer one may overlap a shorter."""
        return self._found(text, self.target)

    def _found(self, text: str, language: str) -> tuple[Found, ...]:
        found = []
        for concept in self.termbase.concepts:
            for term in concept.in_language(language):
                start = text.find(term.text)
                if start >= 0:
                    found.append(Found(concept=concept, term=term, start=start, end=start + len(term.text)))
        return tuple(sorted(found, key=lambda item: item.start))
