"""By which words an import recognises things in a language; data of each language, read by `stages/ingest`."""

import re
from dataclasses import dataclass


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


def cue(pattern: str) -> re.Pattern[str]:
    """Return `pattern` compiled without regard to case."""
    return re.compile(pattern, re.IGNORECASE)
