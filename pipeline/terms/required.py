"""Which terms of a source text its translation owes, and whether it has them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.model.termbase import Term, TermKind, TermStatus
from pipeline.model.translation import TermPair
from pipeline.terms.index import Found, TermIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """Terms at one place of the source (a longer one and those inside it), and what of them the target has."""

    source: tuple[Found, ...]
    """Longest first."""
    target: tuple[Found, ...]
    """Terms of the same concepts in the target, of any status."""

    @property
    def kind(self) -> TermKind:
        """What the longest term names."""
        return self.source[0].concept.kind

    def met(self) -> bool:
        """Return whether the target has a term of the place that may be used."""
        return any(item.term.status is not TermStatus.DEPRECATED for item in self.target)


def owed(index: TermIndex, source: str, target: str) -> Iterator[Owed]:
    """Yield what `target` owes for each place of `source` where a term stands as a word of its own, in order."""
    there = index.in_target(target)
    for place in _places(item for item in index.all_in_source(source) if item.whole):
        concepts = {item.concept.id for item in place}
        yield Owed(source=place, target=tuple(item for item in there if item.concept.id in concepts))


def preferred(index: TermIndex, place: Owed) -> Term | None:
    """Return the first preferred target term of the longest concept of a place, or None."""
    terms = index.targets(place.source[0].concept)
    return next((term for term in terms if term.status is TermStatus.PREFERRED), None)


def term_pairs(index: TermIndex, texts: Iterable[str]) -> tuple[TermPair, ...]:
    """Return the preferred translations of the terms that stand in `texts`, each once, in order."""
    pairs: dict[str, TermPair] = {}
    for text in texts:
        for item in index.in_source(text):
            terms = index.targets(item.concept)
            right = next((term.text for term in terms if term.status is TermStatus.PREFERRED), None)
            if right is not None:
                pairs.setdefault(item.term.text, TermPair(source=item.term.text, target=right))
    return tuple(pairs.values())


def _places(found: Iterable[Found]) -> Iterator[tuple[Found, ...]]:
    """Yield terms that overlap as one place, the longest first."""
    place: list[Found] = []
    for item in sorted(found, key=lambda item: (item.start, -item.end)):
        if place and item.start >= max(other.end for other in place):
            yield tuple(sorted(place, key=lambda other: other.start - other.end))
            place = []
        place.append(item)
    if place:
        yield tuple(sorted(place, key=lambda other: other.start - other.end))
