"""What engines say of themselves, and what they answer."""

from dataclasses import dataclass
from typing import TypeAlias

from pipeline.errors import TranslationFault
from pipeline.model.inline import Inlines


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What a caller must know of an engine before giving it a text."""

    data_leaves_machine: bool
    """Text is sent to another machine. Embargoed and confidential releases refuse such an engine."""
    encrypted: bool
    """Text travels encrypted; false is told to the user."""
    max_characters: int
    """Longest text of one call; longer ones are split at sentences by the adapter."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What the memory knows of a source text."""

    target: Inlines
    reference: str
    """The approved release and segment it comes from: `2025-11-18-visit#S004`."""
