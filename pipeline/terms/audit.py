"""What a termbase says twice, or against itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.model.termbase import Concept, Term, Termbase, TermStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class TermProblem:
    """Something a person should settle."""

    concept: str
    """Its id."""
    message: str


def problems(termbase: Termbase) -> tuple[TermProblem, ...]:
    """Return what contradicts itself: two preferred terms, a term asked for and deprecated, circles."""
    return (*_within(termbase), *_circles(termbase))


def _within(termbase: Termbase) -> Iterator[TermProblem]:
    for concept in termbase.concepts:
        source, *targets = dict.fromkeys(term.language for term in concept.terms)
        for language in targets:
            terms = concept.in_language(language)
            preferred = [term.text for term in terms if term.status is TermStatus.PREFERRED]
            if len(set(preferred)) > 1:
                names = " and ".join(f"“{text}”" for text in dict.fromkeys(preferred))
                yield _problem(concept, source, f"has {len(set(preferred))} preferred terms, {names}: prefer one")
            for text in dict.fromkeys(term.text for term in terms if _both(term, terms)):
                yield _problem(concept, source, f"both asks for “{text}” and deprecates it")


def _both(term: Term, terms: tuple[Term, ...]) -> bool:
    same = {other.status for other in terms if other.text == term.text}
    return TermStatus.DEPRECATED in same and len(same) > 1


def _circles(termbase: Termbase) -> Iterator[TermProblem]:
    """Yield pairs of concepts that each send people from its own deprecated term to the other's."""
    instead: dict[str, tuple[str, Concept]] = {}
    for concept in termbase.concepts:
        targets = concept.terms[1:]
        right = next((term.text for term in targets if term.status is TermStatus.PREFERRED), None)
        for term in targets:
            if term.status is TermStatus.DEPRECATED and right is not None and term.text != right:
                instead.setdefault(term.text, (right, concept))
    for text, (right, concept) in instead.items():
        back = instead.get(right)
        if back is not None and back[0] == text and text < right:
            message = f"asks for “{right}” instead of “{text}”, and “{back[1].terms[0].text}” the other way round"
            yield _problem(concept, concept.terms[0].language, message)


def _problem(concept: Concept, source: str, message: str) -> TermProblem:
    name = next(term.text for term in concept.terms if term.language == source)
    return TermProblem(concept=concept.id, message=f"“{name}” {message}")
