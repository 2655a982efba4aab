"""What an engine is asked and answers, and what a memory knows."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Protocol, TypeAlias

from pipeline.errors import TranslationFault
from pipeline.model.inline import Inlines
from pipeline.model.issue import Span
from pipeline.model.texts import TextKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What a caller must know of an engine before giving it a text."""

    data_leaves_machine: bool
    """Text is sent to another machine. Embargoed and confidential releases refuse such an engine."""
    encrypted: bool
    """Text travels encrypted; false is told to the user."""
    max_characters: int
    """Longest text of one call; longer ones are split at sentences by the adapter."""
    price_per_million: Decimal | None = None
    """What a million source characters cost, in the currency the office set it in; None where nothing is paid."""
    reads_terms: bool = False
    """It says the terms of a request as they are given; an answer then holds for these terms only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A text to translate: one segment, plain."""

    text: str
    kind: TextKind = TextKind.PARAGRAPH
    keep: tuple[Span, ...] = ()
    """Characters of `text` that must come back as they are: names, quoted titles, addresses. Sorted, apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermPair:
    """A source term of the release and how it is to be said."""

    source: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What an engine is asked: passages of one release, and what helps to translate them."""

    passages: tuple[Passage, ...]
    source: str
    """Language tag: `de`."""
    target: str
    """Language tag: `fr-CH`."""
    context: tuple[str, ...] = ()
    """All texts of the release in reading order, one per unit; for engines that read around a passage."""
    terms: tuple[TermPair, ...] = ()
    """Preferred terms of the termbase that occur in `passages`."""

    def texts(self) -> tuple[str, ...]:
        """Return the plain texts of the passages."""
        return tuple(passage.text for passage in self.passages)


@dataclass(frozen=True, slots=True, kw_only=True)
class Translated:
    """An engine's translation: its own words, typography untouched, edge white space as in the source."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """No translation: why, in one line without the text or a secret."""

    reason: str
    fault: TranslationFault


Result: TypeAlias = Translated | Failed


class Engine(Protocol):
    """A machine translation engine."""

    @property
    def name(self) -> str:
        """As in the settings: `deep-translator:google`."""
        ...

    @property
    def version(self) -> str:
        """What to record beside each translation."""
        ...

    @property
    def capabilities(self) -> Capabilities:
        """What must be known before it is given a text; asking opens no connection."""
        ...

    def translate(self, request: Request) -> Iterator[Result]:
        """Yield one result per passage, in order, each as soon as it is there."""
        ...


class MatchKind(StrEnum):
    """How a memory's source compares with the text asked for, best first."""

    CONTEXT = "context"
    """The same text between the same neighbours."""
    EXACT = "exact"
    MASKED = "masked"
    """The same but for numbers, dates or place names, which were put into the target by rule."""
    FUZZY = "fuzzy"
    """Similar only: the target says something else in places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What the memory knows of a source text."""

    target: Inlines
    reference: str
    """The approved release and segment it comes from: `2025-11-18-visit#S004`."""
    kind: MatchKind = MatchKind.EXACT
    score: int = 100
    """Likeness of the sources in percent after penalties for origin and age; below 100 unless word for word."""
    source: Inlines = ()
    """The memory's own source; what differs from the text asked for is shown to people."""
