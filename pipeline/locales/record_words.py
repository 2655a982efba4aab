"""The words of the page that tells how a translation came about, in the languages of its readers."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pipeline.locales.typography import NBSP


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordWords:
    """The words of one language; braces stand for what is filled in."""

    title: str
    intro: str
    """`{office}`: who publishes."""
    answered_for: str
    """`{who}`, `{when}`: who answers for the text."""
    not_answered_for: str
    drafted_by: str
    reused: str
    by_hand: str
    corrected: str
    unreviewed: str
    sentences: str
    """`{count}`, `{total}`."""
    reviewers: str
    nobody: str
    hashes: str
    """What the two hashes are for."""
    source: str
    target: str
    languages: Mapping[str, str]
    """Each language by its tag, as in `French translation`."""


GERMAN = RecordWords(
    title="Wie diese Übersetzung entstanden ist",
    intro="Angaben der herausgebenden Stelle ({office}) zum Einsatz maschineller Übersetzung",
    answered_for="Geprüft und freigegeben. Für den Text verantwortlich: {who}, {when}.",
    not_answered_for="Nicht freigegeben: Der Text ist ein Entwurf, teilweise oder ganz von einer Maschine.",
    drafted_by="Entworfen von {engine}",
    reused="Aus früher freigegebenen Mitteilungen übernommen",
    by_hand="Von Menschen übersetzt",
    corrected="Von Menschen umformuliert",
    unreviewed="Noch von keinem Menschen geprüft",
    sentences="{count} von {total} Sätzen",
    reviewers="Durchgesehen von",
    nobody="noch niemandem",
    hashes="Prüfsummen (SHA-256) des Wortlauts, auf den sich die Freigabe bezieht",
    source="Ausgangstext",
    target="Übersetzung",
    languages=MappingProxyType({"de": "Übersetzung ins Deutsche", "fr": "Übersetzung ins Französische"}),
)

FRENCH = RecordWords(
    title="Comment cette traduction a été établie",
    intro="Informations de l’éditeur ({office}) sur le recours à la traduction automatique",
    answered_for=f"Texte relu et validé. Responsable éditorial{NBSP}: {{who}}, le {{when}}.",
    not_answered_for=f"Texte non validé{NBSP}: brouillon produit en tout ou partie par une machine.",
    drafted_by="Première version produite par {engine}",
    reused="Reprises de communiqués déjà validés",
    by_hand="Traduites par des personnes",
    corrected="Reformulées par des personnes",
    unreviewed="Non encore relues par une personne",
    sentences="{count} phrases sur {total}",
    reviewers="Relecture",
    nobody="personne à ce jour",
    hashes="Empreintes (SHA-256) du texte auquel se rapporte la validation",
    source="Texte original",
    target="Traduction",
    languages=MappingProxyType({"de": "Traduction allemande", "fr": "Traduction française"}),
)

_WORDS: Mapping[str, RecordWords] = MappingProxyType({"de": GERMAN, "fr": FRENCH})


def record_words(tag: str) -> RecordWords:
    """Return the words in the language of a BCP 47 tag whose locale exists."""
    return _WORDS[tag.partition("-")[0]]
