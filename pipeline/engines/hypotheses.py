"""Which of a model's answers to take, and which are none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.engines.answers import checked_answer
from pipeline.errors import TranslationError, TranslationFault

Judge = Callable[[str, str], int]
"""Counts what checks would find in a translation: takes source and hypothesis."""

_FAR = 1.5
"""An answer whose score is so much below the best one's is a last resort of the search, no second opinion."""
_COMMON = 2
"""Words with a small first letter from which on a text is no mere list of names, which may stay as it is."""
_SIGNS = ".,;:!?…()[]\"'„“”‚‘’«»‹›–—-"
_COPIED = 2 / 3
"""Share of those words that a translation into another language does not have in common with its source."""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A translation the model offers."""

    text: str
    score: float
    """Mean logarithm of its tokens' probability."""
    ended: bool
    """False where the model was cut off."""


def best(source: str, hypotheses: Sequence[Hypothesis], judge: Judge) -> str:
    """Return the translation in which `judge` finds least; among equals, the one the model likes best.

    Args:
        source: what was to be translated.
        hypotheses: what the model offers, best first.
        judge: counts findings.

    Raises:
        TranslationError: none of them is a translation.
    """
    common = frozenset(word for word in _words(source) if word[0].islower())
    serious = [item for item in hypotheses if item.score > hypotheses[0].score - _FAR]
    ranked = sorted(serious, key=lambda item: (judge(source, item.text), -item.score)) if serious[1:] else serious
    faults = []
    for item in ranked:
        fault = _fault(source, common, item)
        if fault is None:
            return item.text
        faults.append(fault)
    raise TranslationError(faults[0] if faults else "the model has no answer", fault=TranslationFault.REFUSED)


def _fault(source: str, common: frozenset[str], hypothesis: Hypothesis) -> str | None:
    """Return why a text is no translation of `source`, or None if it can be one.

    Args:
        source: what was to be translated.
        common: its words with a small first letter, which are hardly names.
        hypothesis: what the model offers.
    """
    if not hypothesis.ended:
        return "the model did not come to an end"
    try:
        checked_answer(source, hypothesis.text)
    except TranslationError as error:
        return str(error)
    if len(common) >= _COMMON and len(common & _words(hypothesis.text)) >= _COPIED * len(common):
        return "the model left the text as it was"
    return None


def _words(text: str) -> set[str]:
    """Return the words of a text; addresses are none."""
    return {word for token in text.split() if (word := token.strip(_SIGNS)).isalpha()}
