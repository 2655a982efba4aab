"""By which words things are recognised in a language; data of each language, read by `stages/ingest` and checks."""

import re
from dataclasses import dataclass

from pipeline.locales.negation import Negation


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """Patterns match from where they are applied; all ignore case."""

    contact: re.Pattern[str]
    """The beginning of a block that names whom journalists may call."""
    embargo: re.Pattern[str]
    """An embargo line; its first group holds date and time."""
    number: re.Pattern[str]
    """A whole line that states the release's number; its first group is the number."""
    about: re.Pattern[str]
    """A whole line that stands above a text about the office."""
    weekday: re.Pattern[str]
    """The name of a day of the week."""
    not_a_name: re.Pattern[str]
    """What stands before a telephone number or address in a contact."""
    function_words: frozenset[str]
    """Small words that give the language away."""
    letters: re.Pattern[str]
    """Letters that give the language away."""
    openers: frozenset[str]
    """Words a headline must not end with: articles, prepositions, conjunctions."""
    negation: Negation
    """How the language says no."""
    twice: frozenset[str]
    """Words that may rightly stand twice in a row: `vous vous`."""
    saying: re.Pattern[str]
    """A verb or phrase that says who speaks; looked for anywhere in a text."""
    determiners: frozenset[str]
    """Words that stand before nouns and seldom before names: articles, possessives."""
    borrowed: frozenset[str]
    """Words of other languages that are at home in this one, lower case: French `land`, `bundestag`."""


def cue(pattern: str) -> re.Pattern[str]:
    """Return `pattern` compiled without regard to case."""
    return re.compile(pattern, re.IGNORECASE)
