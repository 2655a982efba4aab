"""The memory of exact matches: what approved releases say, word for word."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from pipeline.model.bitext import Bitext, State
from pipeline.model.inline import Inlines
from pipeline.model.translation import Match


@dataclass(frozen=True, slots=True)
class ExactMemory:
    """Approved translations by their source, blanks aside; of two for one source the later approved one."""

    _matches: dict[Inlines, Match] = field(default_factory=dict)

    @classmethod
    def of(cls, approved: Iterable[Bitext]) -> "ExactMemory":
        """Return the memory of the final segments of `approved` bitexts; others among them are passed over."""
        matches: dict[Inlines, Match] = {}
        dated = [(bitext.approval.at, bitext.release, bitext) for bitext in approved if bitext.approval]
        for _, release, bitext in sorted(dated, key=lambda row: row[:2]):
            for segment in bitext.segments():
                if segment.state is State.FINAL:
                    match = Match(target=segment.target, reference=f"{release}#{segment.id}")
                    matches[_key(segment.source)] = match
        return cls(matches)

    def exact(self, source: Inlines) -> Match | None:
        """Return the approved translation of `source`, formatting included, or None."""
        return self._matches.get(_key(source))


def _key(text: Inlines) -> Inlines:
    return tuple(replace(run, text=re.sub(r"\s+", " ", run.text)) for run in text)
