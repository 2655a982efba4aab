"""Plays a reviewer for `make demo`: opens a review document, corrects it with tracked changes, sends it back.

Usage: python -m tests.review.play_reviewer DOCUMENT RETURN
"""

import difflib
import re
import sys
from pathlib import Path

from pipeline import locales
from pipeline.model.inline import apply_edits, inlines, plain
from tests.formats.review_docx.word import Word

REVIEWER = "Luc Ferrandier"

TEXTS = {
    "S001": "Deuxième semaine de formation pour des cadres supérieurs français, du 16 au 20 novembre 2026",
    "S002": (
        "Du 16 au 20 novembre 2026, le Land de Valdraine accueille pour la deuxième fois un groupe de cadres "
        "supérieurs de l’administration française."
    ),
    "S003": (
        "Venus de neuf préfectures et de onze intercommunalités, les 27 participants étudient surtout la manière "
        "d’alerter ensemble la population, de part et d’autre de la frontière, en cas de crue."
    ),
    "S004": "La semaine de formation s’est ouverte lundi à 9 h à la chancellerie d’État, à Alvence.",
    "S011": (
        "L’exercice débutera mercredi 18 novembre à 10 h 30; le scénario retient une cote de 6,20 mètres, qui "
        "contraindrait 3\u202f800 personnes à quitter leur domicile."
    ),
    "S012": (
        "Jeudi 19 novembre, de 14 h à 17 h 30, les participants se rendront à Wiesenweiler, où le guichet citoyen "
        "reçoit depuis le 1er juillet 2026 les demandes rédigées en français."
    ),
    "S013": (
        "« Il y a un an, nous échangions des cartes de visite; aujourd’hui, nous échangeons des points de "
        "situation », a déclaré le secrétaire d’État Matthias Ellerding, chef de la chancellerie d’État."
    ),
    "S014": "« Ce n’est pas à la technique que nous le devons.",
    "S015": "Si cela marche, c’est que plus personne ne se demande s’il peut appeler de l’autre côté. »",
    "S016": (
        "Sur les 16 stages d’observation convenus à l’issue de la première édition, 13 ont eu lieu; trois ont dû "
        "être reportés."
    ),
    "S017": "Pour cette deuxième édition, 112 cadres supérieurs avaient fait acte de candidature.",
    "S018": (
        "La directrice de l’ICSAT, Solène Vaubrecourt, a annoncé que jusqu’à 30 places seraient proposées en 2027."
    ),
    "S019": (
        "Vendredi 20 novembre, les deux parties signeront, en présence du consul général de France, Étienne "
        "Rocquevert, une convention sur l’échange de données relatives aux crues."
    ),
    "S020": "Elle entrera en vigueur le 1er janvier 2027, pour une durée initiale de trois ans.",
    "S021": "La troisième semaine de formation est prévue du 15 au 19 novembre 2027.",
}
COMMENTS = (
    ("S001", "Deuxième semaine", "Le titre allemand s’arrête au milieu d’une phrase : est-ce voulu ?"),
    ("S012", "guichet citoyen", "Est-ce bien le nom que la commune emploie en français ?"),
)


def correct(word: Word, segment: str, text: str) -> None:
    """Change a target into `text` the way a person does: only the words that differ, the last ones first."""
    old, new = (re.findall(r"\w+|\W", version) for version in (word.text(segment), text))
    for kind, low, high, start, end in reversed(difflib.SequenceMatcher(None, old, new).get_opcodes()):
        if kind != "equal":
            before, behind = len("".join(old[:low])), len("".join(old[:high]))
            word.replace(segment, before, behind, "".join(new[start:end]))


def main(document: Path, returned: Path) -> None:
    """Read `document`, and write it as a reviewer sends it back to `returned`."""
    french = locales.get("fr")
    word = Word(document.read_bytes(), author=REVIEWER, tracking=True)
    for segment, text in TEXTS.items():
        correct(word, segment, plain(apply_edits(inlines(text), french.typography(text))))
    for segment, about, text in COMMENTS:
        start = word.text(segment).index(about)
        word.comment(segment, start, start + len(about), text)
    returned.write_bytes(word.save())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
