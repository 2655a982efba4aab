"""How far a draft and its final text are apart, in figures that others compute the same way.

Character and word distances are Levenshtein's. chrF is computed by sacrebleu with its own defaults, and its
signature goes with the figure, so that it may be compared with figures from elsewhere.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.model.report import Effort

if TYPE_CHECKING:
    from sacrebleu.metrics.chrf import CHRF

_WORD = re.compile(r"\d+(?:[.,\u202f\u00a0]\d+)+|\w+|[^\w\s]")
"""A number with its grouping marks, a word, or a mark."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A draft, and what a person left of it; None where it was rejected."""

    draft: str
    final: str | None


def effort(pairs: Iterable[Pair]) -> Effort:
    """Return what it took to get from all drafts to their final texts; chrF over all at once, not as a mean."""
    from rapidfuzz.distance import Levenshtein

    pairs = tuple(pairs)
    kept = [(pair.draft, pair.final) for pair in pairs if pair.final is not None]
    split = [(_words(draft), _words(final)) for draft, final in kept]
    return Effort(
        segments=len(kept),
        unchanged=sum(_plain(draft) == _plain(final) for draft, final in kept),
        rejected=len(pairs) - len(kept),
        characters=sum(Levenshtein.distance(_plain(draft), _plain(final)) for draft, final in kept),
        of_characters=sum(len(final) for _, final in kept),
        words=sum(Levenshtein.distance(draft, final) for draft, final in split),
        of_words=sum(len(final) for _, final in split),
        chrf=_chrf([draft for draft, _ in kept], [final for _, final in kept]),
    )


def signature() -> str:
    """Return how chrF is computed, as sacrebleu writes it: `nrefs:1|case:mixed|…`."""
    metric = _metric()
    metric.corpus_score([""], [[""]])
    return str(metric.get_signature())


def _words(text: str) -> list[str]:
    return [_plain(word) for word in _WORD.findall(text)]


def _plain(text: str) -> str:
    """Return `text` with ordinary blanks only: which blank stands there is typography, not a reviewer's work."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def _chrf(drafts: Sequence[str], finals: Sequence[str]) -> float | None:
    return float(_metric().corpus_score(drafts, [finals]).score) if drafts else None


def _metric() -> "CHRF":
    from sacrebleu.metrics.chrf import CHRF

    return CHRF()
