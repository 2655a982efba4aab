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
    search: str
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
    other: str
    """`{language}`: leads to the same release in that language."""
    skip: str
    withdrawn: str
    corrected: str
    home: str
    breadcrumb: str
    empty: str
    table: str
    """What screen readers call a table that scrolls."""


GERMAN = SiteWords(
    language="Deutsch",
    newsroom="Medieninformationen",
    newest="Neueste Medieninformationen",
    archive="Archiv",
    year="Medieninformationen {year}",
    search="Suchen",
    search_hint="Suche in allen Medieninformationen",
    found="{count} gefunden",
    nothing="Nichts gefunden",
    failed="Die Suche ist im Augenblick nicht erreichbar.",
    feed="Feed (Atom)",
    downloads="Dateien",
    kit="Alles in einem Paket, mit Prüfsummen",
    record="Wie die Übersetzung entstanden ist",
    other="Diese Seite auf {language}",
    skip="Zum Inhalt",
    withdrawn="Zurückgezogen",
    corrected="Berichtigt",
    home="Startseite",
    breadcrumb="Sie sind hier",
    empty="Es ist noch nichts veröffentlicht.",
    table="Tabelle",
)

FRENCH = SiteWords(
    language="Français",
    newsroom="Communiqués de presse",
    newest="Derniers communiqués de presse",
    archive="Archives",
    year="Communiqués de presse {year}",
    search="Rechercher",
    search_hint="Rechercher dans tous les communiqués",
    found=f"Résultats{NBSP}: {{count}}",
    nothing="Aucun résultat",
    failed="La recherche est momentanément indisponible.",
    feed="Flux (Atom)",
    downloads="Fichiers",
    kit="Dossier complet, avec empreintes de contrôle",
    record="Comment la traduction a été établie",
    other="Cette page en {language}",
    skip="Aller au contenu",
    withdrawn="Retiré",
    corrected="Rectifié",
    home="Accueil",
    breadcrumb="Vous êtes ici",
    empty="Rien n’est encore publié.",
    table="Tableau",
)

_WORDS: Mapping[str, SiteWords] = MappingProxyType({"de": GERMAN, "fr": FRENCH})


def site_words(tag: str) -> SiteWords:
    """Return the words in the language of a BCP 47 tag whose locale exists."""
    return _WORDS[tag.partition("-")[0]]
