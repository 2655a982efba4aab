"""The review document in French."""

from types import MappingProxyType

from pipeline.locales.review_words import ReviewWords
from pipeline.locales.typography import NBSP, NNBSP

FRENCH = ReviewWords(
    title="Document de relecture",
    drafted_by=f"Origine de la traduction{NBSP}: {{makers}}",
    memory="communiqués déjà approuvés",
    made="{office}, le {day}",
    how=(
        f"Corrigez directement dans la colonne «{NBSP}{{target}}{NBSP}»{NNBSP}; les modifications sont suivies.",
        f"En cas de question, ajoutez un commentaire ou écrivez dans la colonne «{NBSP}Remarques{NBSP}».",
        "Les cases vides sur fond coloré restent à traduire.",
        f"Ne modifiez pas les colonnes grises{NNBSP}; ne supprimez et ne fusionnez aucune ligne.",
        f"Enregistrez le fichier, puis renvoyez-le. Merci de votre relecture{NNBSP}!",
    ),
    confidential="Confidentiel",
    colours=f"Couleurs{NBSP}:",
    flagged="passage à vérifier",
    missing="à traduire",
    locked="ne pas modifier",
    gone="avant",
    fresh="maintenant",
    rewritten="dans l’original",
    languages=MappingProxyType({"de": "Allemand", "fr": "Français"}),
    number="N°",
    source="texte original",
    target="à corriger ici",
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
    advice=MappingProxyType(
        {
            "numbers": "un nombre manque ou diffère",
            "dates": "une date ou une heure manque ou diffère",
            "money": "un montant ou une mesure manque ou diffère",
            "names": "un nom manque ou s’écrit autrement",
            "contacts": "une adresse ou un numéro manque ou diffère",
            "untranslated": "du texte est resté dans la langue d’origine",
            "quotations": "les guillemets ne correspondent pas à l’original",
            "spacing": "une espace ou un signe n’est pas conforme à l’usage",
            "form": "la ponctuation, une espace ou la mise en forme diffère",
            "length": "la traduction est nettement plus courte ou plus longue que d’ordinaire",
            "terminology": "un terme n’est pas rendu comme convenu",
            "consistency": "traduit autrement à un autre endroit",
            "negation": "une négation manque ou s’est ajoutée",
            "freshness": "l’original a été modifié après la traduction",
        }
    ),
    colon=f"{NBSP}:",
    proposal=f"proposition{NBSP}:",
    quoted=f"«{NBSP}{{text}}{NBSP}»",
    blanks=MappingProxyType(
        {
            "": "à supprimer",
            " ": "espace",
            NBSP: "espace insécable",
            NNBSP: "espace fine insécable",
        }
    ),
    to_translate="À traduire.",
    failed=f"Pas de traduction automatique{NBSP}:",
    reviewed="Relu",
    machine="Traduction automatique, non relue.",
    from_memory=f"Repris d’une phrase semblable ({{score}}{NBSP}%). Différences avec l’original d’alors{NBSP}:",
    known="Repris d’un communiqué approuvé.",
    changed=f"L’original a changé depuis la dernière relecture{NBSP}:",
    suggestion=f"Traduction relue avant ce changement{NBSP}:",
    other=f"Autre traduction automatique{NBSP}:",
    terms=f"Termes{NBSP}:",
    quotation="Paroles citées, à rendre fidèlement.",
    comment=f"Commentaire de {{person}}{NBSP}:",
    comment_unsigned=f"Commentaire{NBSP}:",
    kinds=MappingProxyType(
        {
            "title": "Titre",
            "subtitle": "Sous-titre",
            "heading": "Intertitre",
            "alt": "Description d’image",
            "caption": "Légende",
            "role": "Fonction",
            "cell": "Case de tableau",
        }
    ),
)
