"""How to work with a project for OmegaT, in the languages of those who get it."""

from collections.abc import Mapping
from types import MappingProxyType

from pipeline.locales.typography import NBSP

_STEPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "de": (
            "1. Öffnen Sie diesen Ordner in OmegaT (Projekt, Öffnen).",
            "2. Die Entwürfe erscheinen als Treffer mit Abzug: Übernehmen und korrigieren Sie sie.",
            "3. Erzeugen Sie die übersetzten Dokumente (Projekt, Übersetzte Dokumente erzeugen).",
            "4. Senden Sie die Datei im Ordner „target“ zurück, oder den ganzen Ordner als ZIP.",
        ),
        "fr": (
            "1. Ouvrez ce dossier dans OmegaT (Projet, Ouvrir).",
            f"2. Les traductions proposées apparaissent comme correspondances{NBSP}: insérez-les et corrigez-les.",
            "3. Créez les documents traduits (Projet, Créer les documents traduits).",
            f"4. Renvoyez le fichier du dossier «{NBSP}target{NBSP}», ou le dossier entier compressé.",
        ),
    }
)


def kit_steps(tag: str) -> tuple[str, ...]:
    """Return what to do, step by step, in the language of a BCP 47 tag whose locale exists."""
    return _STEPS[tag.partition("-")[0]]
