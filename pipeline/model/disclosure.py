"""How a translation came about and who answers for it: what readers may know of a machine's part in a text.

Regulation (EU) 2024/1689, Article 50(4): text that a machine made to inform the public is labelled, unless people
reviewed it and somebody holds editorial responsibility.
"""

from dataclasses import dataclass
from datetime import datetime

from pipeline.model.manifest import EngineShare


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationDisclosure:
    """One language; shares count sentences."""

    source: str
    """BCP 47 tag of the language it was translated from."""
    target: str
    sentences: int
    engines: tuple[EngineShare, ...]
    """Which engine drafted how many, sorted by name."""
    reused: int
    """From releases that people approved earlier."""
    by_hand: int
    """Translated by people from the start."""
    corrected: int
    """Drafted or reused, and worded otherwise by people."""
    unreviewed: int
    """At which no person has looked, translated or not."""
    reviewers: tuple[str, ...]
    """Names, without addresses, in the order of their first decision."""
    approved_by: str | None
    """Who answers for the text, without the address; None while nobody does."""
    approved_at: datetime | None
    source_hash: str
    """As in `pipeline.model.digest`."""
    target_hash: str

    @property
    def answered_for(self) -> bool:
        """Whether people looked at every sentence and somebody answers for the text."""
        return self.approved_by is not None and not self.unreviewed


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """A release in all its languages."""

    release: str
    version: int
    office: str
    """Who publishes."""
    made: datetime
    """Time stamped into files: a fixed function of the release."""
    translations: tuple[TranslationDisclosure, ...]
