"""The review document in French."""

from types import MappingProxyType

from pipeline.locales.review_words import ReviewWords
from pipeline.locales.typography import NBSP

FRENCH = ReviewWords(
    title="Document de relecture",
    drafted_by=f"Projet de traduction{NBSP}: {{makers}}",
    memory="communiqués déjà approuvés",
    made="{office}, le {day}",
    how=(
        "Corrigez directement dans la colonne de traduction, sans désactiver le suivi des modifications.",
        "Pour une question ou un doute, ajoutez un commentaire ou écrivez dans la colonne des remarques.",
        "Ne modifiez ni les numéros ni le texte original et laissez les lignes dans le tableau.",
        "Enregistrez ensuite le fichier et renvoyez-le.",
    ),
    confidential="Confidentiel",
    colours=f"Couleurs{NBSP}:",
    flagged="passage à vérifier",
    missing="à traduire",
    locked="à ne pas modifier",
    number="N°",
    source="Texte original",
    target="Traduction à corriger",
    remarks="Remarques",
    table="Texte original, traduction et remarques, phrase par phrase",
    error="erreur probable",
    warning="à vérifier",
    info="pour information",
    checks=MappingProxyType(
        {
            "numbers": "Nombres",
            "dates": "Dates et heures",
            "money": "Montants, pourcentages et mesures",
            "names": "Noms",
            "contacts": "Adresses et numéros de téléphone",
            "untranslated": "Texte non traduit",
            "quotations": "Guillemets",
            "spacing": "Typographie",
            "form": "Mise en forme",
            "length": "Longueur",
            "terminology": "Terminologie",
            "consistency": "Cohérence",
            "negation": "Négation",
            "decisions": "Relecture",
            "freshness": "Original modifié",
            "attribution": "Citation",
        }
    ),
    proposal="proposition",
    quoted=f"«{NBSP}{{text}}{NBSP}»",
    to_translate="À traduire.",
    reviewed="Déjà relu.",
    machine="Traduction automatique, non relue.",
    from_memory=f"Repris d’une phrase semblable ({{score}}{NBSP}%). Différences avec l’original d’alors{NBSP}:",
    known="Repris d’un communiqué approuvé.",
    changed=f"L’original a changé depuis la dernière relecture{NBSP}:",
    suggestion=f"Traduction relue d’alors{NBSP}:",
    other=f"Autre traduction automatique{NBSP}:",
    terms=f"Termes{NBSP}:",
    quotation="Paroles rapportées.",
    comment=f"Question de {{person}}{NBSP}:",
    kinds=MappingProxyType(
        {
            "title": "titre",
            "subtitle": "sous-titre",
            "heading": "intertitre",
            "alt": "description d’image",
            "caption": "légende",
            "role": "fonction",
            "cell": "case de tableau",
        }
    ),
)
