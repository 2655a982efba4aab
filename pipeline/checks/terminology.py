"""Check 11: the words the office has settled on."""

from collections.abc import Iterator

from pipeline.checks.base import Check, Pair, each
from pipeline.model.inline import TextEdit
from pipeline.model.issue import Issue, Severity, Span
from pipeline.model.termbase import TermKind, TermStatus
from pipeline.terms.index import Found
from pipeline.terms.required import Owed, owed, preferred

_CHECKED = frozenset({TermKind.TERM, TermKind.TITLE, TermKind.INSTITUTION})
"""Names are the business of the check “names”."""


def _find(pair: Pair) -> Iterator[Issue]:
    seen: set[str] = set()
    for place in owed(pair.subject.terms, pair.source, pair.target):
        concept = place.source[0].concept.id
        if place.kind not in _CHECKED or concept in seen:
            continue
        seen.add(concept)
        deprecated = [item for item in place.target if item.term.status is TermStatus.DEPRECATED]
        if deprecated and not place.met():
            yield _deprecated(pair, place, deprecated[0])
        elif not place.met() and not _elsewhere_in_unit(pair, place):
            yield _missing(pair, place)


def _elsewhere_in_unit(pair: Pair, place: Owed) -> bool:
    """Return whether another sentence of the paragraph has the term: the second time, people put a pronoun."""
    concepts = {item.concept.id for item in place.source}
    others = (other for other in pair.subject.pairs if other.unit is pair.unit and other is not pair)
    return any(item.concept.id in concepts for other in others for item in other.target_terms)


def _deprecated(pair: Pair, place: Owed, used: Found) -> Issue:
    right = preferred(pair.subject.terms, place)
    written = pair.target[used.start : used.end]
    # Another word may need another article: it is put in by itself only where nothing around it can change.
    fixable = right is not None and written == used.term.text and written[0] == right.text[0]
    return Issue(
        check=CHECK.name,
        severity=Severity.ERROR,
        segment=pair.segment.id,
        message=f"“{written}” is not to be used" + (f"; say “{right.text}”" if right else ""),
        source=(Span(start=place.source[0].start, end=place.source[0].end),),
        target=(Span(start=used.start, end=used.end),),
        fix=(TextEdit(start=used.start, end=used.end, new=right.text, rule=CHECK.name),)
        if fixable and right
        else (),
    )


def _missing(pair: Pair, place: Owed) -> Issue:
    found = place.source[0]
    names = [
        term.text for term in pair.subject.terms.targets(found.concept) if term.status is not TermStatus.DEPRECATED
    ]
    wanted = " or ".join(f"“{name}”" for name in names)
    term = pair.source[found.start : found.end]
    return Issue(
        check=CHECK.name,
        severity=Severity.WARNING,
        segment=pair.segment.id,
        message=f"“{term}” is {wanted} in the termbase, which does not stand in the translation",
        source=(Span(start=found.start, end=found.end),),
    )


CHECK = Check(
    name="terminology",
    title="Terms of the termbase",
    rule=(
        "Where the source has a term of the termbase, the translation has its preferred or an admitted one, in "
        "any inflection; a deprecated one is an error. A term inside a longer German word, or one that another "
        "sentence of the same paragraph has already, is not asked for."
    ),
    example="Landrat → « sous-préfet »: deprecated, in France that is another office; say « Landrat ».",
    severity=Severity.ERROR,
    find=each(_find),
)
