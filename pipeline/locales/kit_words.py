"""How to work with a project for OmegaT, in the languages of those who get it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pipeline.locales.typography import NBSP


@dataclass(frozen=True, slots=True, kw_only=True)
class KitWords:
    """The words of one language."""

    readme: str
    """Name of the file that tells what to do."""
    steps: tuple[str, ...]


_WORDS: Mapping[str, KitWords] = MappingProxyType(
    {
        "de": KitWords(
            readme="LIESMICH.txt",
            steps=(
                "1. Öffnen Sie diesen Ordner in OmegaT (Projekt, Öffnen).",
                "2. Die Entwürfe erscheinen als Treffer mit Abzug: Übernehmen und korrigieren Sie sie.",
                "   Marken wie <g0> und <x1/> stehen für Fettdruck, Verweise und Zeilenumbrüche: Behalten Sie sie.",
                "3. Ein Satz, in den Sie nichts übernehmen, gilt als nicht durchgesehen.",
                "4. Erzeugen Sie die übersetzten Dokumente (Projekt, Übersetzte Dokumente erzeugen).",
                "5. Senden Sie die Datei im Ordner „target“ zurück, oder den ganzen Ordner als ZIP.",
            ),
        ),
        "fr": KitWords(
            readme="LISEZMOI.txt",
            steps=(
                "1. Ouvrez ce dossier dans OmegaT (Projet, Ouvrir).",
                "2. Insérez et corrigez les traductions proposées, affichées comme correspondances partielles.",
                f"   Les balises <g0> ou <x1/> indiquent le gras, un lien ou un saut de ligne{NBSP}: gardez-les.",
                "3. Une phrase dans laquelle vous n’avez rien inséré est considérée comme non relue.",
                "4. Créez les documents traduits (Projet, Créer les documents traduits).",
                f"5. Renvoyez le fichier du dossier «{NBSP}target{NBSP}», ou le dossier entier compressé.",
            ),
        ),
    }
)


def kit_words(tag: str) -> KitWords:
    """Return what to do, step by step, in the language of a BCP 47 tag whose locale exists."""
    return _WORDS[tag.partition("-")[0]]
