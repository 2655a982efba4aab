"""How a language's words change, as far as finding a term in running text needs it."""

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True, kw_only=True)
class Inflection:
    """What two forms of one word have in common."""

    algorithm: str
    """The language's Snowball algorithm."""
    before: tuple[str, str] = ("", "")
    """An ending put in place of another before stemming, where Snowball tells two numbers of a word apart."""
    genitive: str = ""
    """What names may end in without being another name: German `Waldringens`."""
    capital_nouns: bool = False
    """Nouns begin with a capital; so a noun is not found in a verb or adjective of the same stem."""
    compounds: bool = False
    """Words are joined into longer ones, the last part being what it is about."""

    def stem(self, word: str) -> str:
        """Return what the inflected forms of `word` have in common, lower case."""
        ending, instead = self.before
        lower = word.lower()
        if ending and lower.endswith(ending):
            lower = lower.removesuffix(ending) + instead
        return _stemmed(lower, self.algorithm)

    def name_forms(self, word: str) -> tuple[str, ...]:
        """Return the forms a name is known by: as it stands, and without the ending of its genitive."""
        bare = word.removesuffix(self.genitive)
        return (word,) if bare == word or not bare[1:] else (word, bare)

    def title_form(self, word: str) -> str:
        """Return a function's word by which its number is left open and its gender is not.

        Languages that write the feminine by an ending lose only the plural's s or x: `présidentes` → `présidente`.
        """
        return self.stem(word) if self.capital_nouns else re.sub(r"(?<=\w\w)[sx]$", "", word.lower())


@lru_cache(maxsize=20_000)
def _stemmed(word: str, algorithm: str) -> str:
    import snowballstemmer

    return str(snowballstemmer.stemmer(algorithm).stemWord(word))
