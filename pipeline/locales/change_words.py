"""How readers are told what a later version of a release changes, in their languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pipeline.locales.typography import NBSP


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeWords:
    """The words of one language."""

    heading: str
    """`{day}` of the version that is replaced."""
    instead: str
    """Stands before what was there."""
    now: str
    """Stands before what is there in its place."""
    added: str
    removed: str


_WORDS: Mapping[str, ChangeWords] = MappingProxyType(
    {
        "de": ChangeWords(
            heading="Änderungen gegenüber der Fassung vom {day}",
            instead="Bisher:",
            now="Jetzt:",
            added="Neu:",
            removed="Entfällt:",
        ),
        "fr": ChangeWords(
            heading="Modifications par rapport à la version du {day}",
            instead=f"Au lieu de{NBSP}:",
            now=f"Lire{NBSP}:",
            added=f"Ajouté{NBSP}:",
            removed=f"Supprimé{NBSP}:",
        ),
    }
)


def change_words(tag: str) -> ChangeWords:
    """Return the words in the language of a BCP 47 tag whose locale exists."""
    return _WORDS[tag.partition("-")[0]]
