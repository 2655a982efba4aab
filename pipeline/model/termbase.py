"""The termbase: which word of one language stands for which of another, where, since when and who says so.

Terms as in TBX (ISO 30042): a concept has terms in several languages; each term has a status.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class TermStatus(StrEnum):
    """Whether a term is to be used."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    DEPRECATED = "deprecated"


class TermKind(StrEnum):
    """What a term names; checks treat kinds differently."""

    TERM = "term"
    """A word of the trade: `grenzüberschreitende Zusammenarbeit`."""
    TITLE = "title"
    """A person's function: `Ministerpräsidentin`."""
    INSTITUTION = "institution"
    PLACE = "place"
    PERSON = "person"
    KEEP = "keep"
    """Stays as it is in every language: a proper name, a brand, a quoted title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One wording of a concept in one language."""

    text: str
    language: str
    """Primary language, `de` or `fr`."""
    status: TermStatus = TermStatus.PREFERRED
    gender: str | None = None
    """`m`, `f` or `n`."""
    forms: tuple[str, ...] = ()
    """Other forms that count as this term where inflection cannot be guessed: `ministres-présidentes`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Where a concept holds; None for everywhere."""

    issuer: str | None = None
    country: str | None = None
    """ISO 3166: `CH`. Compared with the region of a language tag (`fr-CH`)."""
    topic: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A thing with its terms in several languages."""

    id: str
    """Stable: made from the first source term, `ministerprasidentin`; with a number where it is taken."""
    kind: TermKind = TermKind.TERM
    terms: tuple[Term, ...]
    scope: Scope = Scope()
    valid_from: date | None = None
    valid_until: date | None = None
    """Last day on which it holds."""
    reference: str | None = None
    """Who says so: a publication, a website, the office's own decision."""
    note: str | None = None
    """What a person must know or decide: a conflict between two sources, a use to avoid."""

    def in_language(self, language: str) -> tuple[Term, ...]:
        """Return the terms in the primary language of a tag, in their order."""
        base = language.partition("-")[0]
        return tuple(term for term in self.terms if term.language == base)


@dataclass(frozen=True, slots=True, kw_only=True)
class Termbase:
    """All concepts of an office."""

    concepts: tuple[Concept, ...] = ()

    def valid(
        self, *, on: date, countries: frozenset[str], topics: frozenset[str], issuers: frozenset[str]
    ) -> "Termbase":
        """Return what holds on a day for a release: concepts of another scope or time left out."""

        def holds(item: Concept) -> bool:
            scope = item.scope
            return (
                (item.valid_from is None or item.valid_from <= on)
                and (item.valid_until is None or on <= item.valid_until)
                and (scope.country is None or scope.country in countries)
                and (scope.topic is None or scope.topic in topics)
                and (scope.issuer is None or scope.issuer in issuers)
            )

        return Termbase(concepts=tuple(item for item in self.concepts if holds(item)))
