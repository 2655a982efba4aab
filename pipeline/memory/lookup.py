"""What the memory knows of a text: the same, the same but for figures and places, or something like it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from pipeline.locales import Locale
from pipeline.memory.entries import EntryOrigin, context_key, normalised_runs
from pipeline.memory.index import Near, ranked
from pipeline.memory.known import Knowledge, Known
from pipeline.memory.masked import Masks, PlaceName, outline
from pipeline.memory.store import Store, source_key
from pipeline.model.inline import Inlines, plain
from pipeline.model.translation import Match, MatchKind

ALMOST = 99
"""Percent of a text that is the same but for its formatting, or whose figures were put in by rule."""

_SAME_OUTLINE = 1_000
"""Texts of the same outline that are looked at, newest first."""

_TRIED = 10
"""Texts of the same shape that are compared figure by figure, those most alike first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Penalties:
    """Percent taken off for what is less to be relied on than a recent release of this office."""

    tmx: int = 5
    """It came with a file from elsewhere."""
    fresh_years: int = 5
    """Each full year beyond takes one percent off …"""
    oldest: int = 5
    """… up to this."""

    def of(self, known: Known, today: date) -> int:
        """Return what is taken off a match of `known`."""
        off = self.tmx if known.origin is EntryOrigin.TMX else 0
        if known.approved is None:
            return off
        day = known.approved.date()
        years = today.year - day.year - ((today.month, today.day) < (day.month, day.day))
        return off + min(max(years - self.fresh_years, 0), self.oldest)


class TranslationMemory:
    """The memory in one direction.

    Args:
        store: in step with the releases.
        locales: of source and target.
        today: for the age of translations.
        places: names that may differ between a text and the memory's.
        penalties: what counts less.
        least: percent from which on a text is similar.
    """

    def __init__(
        self,
        store: Store,
        *,
        locales: tuple[Locale, Locale],
        today: date,
        places: Sequence[PlaceName] = (),
        penalties: Penalties | None = None,
        least: int = 70,
    ) -> None:
        self._index = store.index
        self._knowledge = Knowledge(store.database, f"{locales[0].tag}>{locales[1].tag}")
        self._masks = Masks(locales, places)
        self._today = today
        self._penalties = penalties or Penalties()
        self._least = least

    def lookup(
        self, source: Inlines, *, before: str | None, after: str | None, limit: int = 5
    ) -> tuple[Match, ...]:
        """Return what the memory knows of `source`, best first: by kind, then by score.

        A match of the same words keeps its kind when it comes from elsewhere or is old; its score below 100 then
        says that it is to be looked at.

        Args:
            source: a segment.
            before: plain text of the segment before it, None at the beginning of a release.
            after: that of the one after it.
            limit: how many to return at most; one is found sooner than several.
        """
        text = normalised_runs(source)
        if not text or limit < 1:
            return ()
        same = self._knowledge.source_id(source_key(text))
        known = None if same is None else self._knowledge.current(same, context_key(before, after))
        matches: list[Match] = []
        if known is not None:
            kind = MatchKind.CONTEXT if known.same_context else MatchKind.EXACT
            matches.append(self._match(known, kind, 100))
            if limit == 1:
                return tuple(matches)
        near = [item for item in self._index.nearest(plain(text), self._least, limit + _TRIED) if item.id != same]
        if known is None:
            matches += self._masked(text, near)
        given = {match.reference for match in matches}
        matches += [match for match in self._similar(near) if match.reference not in given]
        return tuple(matches[:limit])

    def search(self, text: str, limit: int = 20) -> tuple[Match, ...]:
        """Return translations that hold `text` on either side, newest first, for people to read."""
        if not text.strip():
            return ()
        return tuple(self._match(known, MatchKind.EXACT, 100) for known in self._knowledge.containing(text, limit))

    def _similar(self, near: Sequence[Near]) -> list[Match]:
        """Return the translations of similar sources that still count after penalties, best first."""
        found = [(item, self._knowledge.current(item.id)) for item in near]
        matches = [
            self._match(known, MatchKind.FUZZY, min(item.percent, ALMOST))
            for item, known in found
            if known is not None
        ]
        return sorted((item for item in matches if item.score >= self._least), key=lambda item: -item.score)

    def _masked(self, text: Inlines, near: Sequence[Near]) -> Iterator[Match]:
        """Yield the match of the source most alike that differs in figures and places only, if there is one."""
        words = plain(text)
        shape = self._masks.shape(words)
        if shape == words:
            return
        # A short text may keep little but its shape; a longer one with another place is similar.
        figures = outline(words)
        alike = () if figures is None else ranked(words, self._knowledge.outlined(figures, _SAME_OUTLINE), 1)
        same_shape = (item.id for item in (*near, *alike) if self._masks.shape(item.text) == shape)
        for number in islice(dict.fromkeys(same_shape), _TRIED):
            known = self._knowledge.current(number)
            target = known and self._masks.translate(text, known.source, known.target)
            if known and target:
                yield self._match(replace(known, target=target), MatchKind.MASKED, ALMOST)
                return

    def _match(self, known: Known, kind: MatchKind, percent: int) -> Match:
        return Match(
            target=known.target,
            reference=known.reference,
            kind=kind,
            score=max(percent - self._penalties.of(known, self._today), 0),
            source=known.source,
        )
