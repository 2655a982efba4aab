"""The words of the newsroom around the releases, in the languages of its readers."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pipeline.locales.typography import NBSP


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteWords:
    """The words of one language; braces stand for what is filled in."""

    language: str
    """What the language calls itself."""
    newsroom: str
    newest: str
    archive: str
    year: str
    """`{year}`."""
    search_hint: str
    found: str
    """`{count}`."""
    nothing: str
    failed: str
    """The search has no answer: the line is down, or the list is not there."""
    feed: str
    downloads: str
    kit: str
    """The whole press kit as one file."""
    record: str
    kilobytes: str
    """`{count}`: the size of a file."""
    megabytes: str
    skip: str
    menu: str
    """What screen readers call the links on top of each page."""
    withdrawn: str
    corrected: str
    empty: str
    table: str
    """What screen readers call a table that scrolls."""


GERMAN = SiteWords(
    language="Deutsch",
    newsroom="Medieninformationen",
    newest="Neueste Medieninformationen",
    archive="Archiv",
    year="Medieninformationen {year}",
    search_hint="Suche in allen Medieninformationen",
    found="{count} gefunden",
    nothing="Nichts gefunden",
    failed="Die Suche ist im Augenblick nicht erreichbar.",
    feed="Feed (Atom)",
    downloads="Dateien",
    kit="alles in einem Paket, mit Prüfsummen",
    record="wie die Übersetzung entstanden ist",
    kilobytes=f"{{count}}{NBSP}kB",
    megabytes=f"{{count}}{NBSP}MB",
    skip="Zum Inhalt",
    menu="Hauptmenü",
    withdrawn="Zurückgezogen",
    corrected="Berichtigt",
    empty="Es ist noch nichts veröffentlicht.",
    table="Tabelle",
)

FRENCH = SiteWords(
    language="Français",
    newsroom="Communiqués de presse",
    newest="Derniers communiqués de presse",
    archive="Archives",
    year="Communiqués de presse {year}",
    search_hint="Rechercher dans tous les communiqués",
    found=f"Résultats{NBSP}: {{count}}",
    nothing="Aucun résultat",
    failed="La recherche est momentanément indisponible.",
    feed="Flux (Atom)",
    downloads="Fichiers",
    kit="dossier complet, avec empreintes de contrôle",
    record="comment la traduction a été établie",
    kilobytes=f"{{count}}{NBSP}ko",
    megabytes=f"{{count}}{NBSP}Mo",
    skip="Aller au contenu",
    menu="Menu principal",
    withdrawn="Retiré",
    corrected="Rectifié",
    empty="Rien n’est encore publié.",
    table="Tableau",
)

_WORDS: Mapping[str, SiteWords] = MappingProxyType({"de": GERMAN, "fr": FRENCH})


def site_words(tag: str) -> SiteWords:
    """Return the words in the language of a BCP 47 tag whose locale exists."""
    return _WORDS[tag.partition("-")[0]]
