"""The review document in German."""

from types import MappingProxyType

from pipeline.locales.review_words import ReviewWords
from pipeline.locales.typography import NBSP, NNBSP

GERMAN = ReviewWords(
    title="Dokument zur Durchsicht",
    drafted_by="Herkunft der Übersetzung: {makers}",
    memory="bereits freigegebene Mitteilungen",
    made="{office}, {day}",
    how=(
        "Korrigieren Sie unmittelbar in der Spalte „{target}“; Änderungen werden verfolgt.",
        "Fragen und Zweifel schreiben Sie als Kommentar oder in die Spalte „Anmerkungen“.",
        "Leere farbige Felder sind noch zu übersetzen.",
        "Die grauen Spalten bleiben, wie sie sind; bitte keine Zeilen löschen oder verbinden.",
        "Speichern Sie die Datei, und senden Sie sie zurück. Vielen Dank!",
    ),
    confidential="Vertraulich",
    colours="Farben:",
    flagged="zu prüfen",
    missing="zu übersetzen",
    locked="nicht ändern",
    gone="früher",
    fresh="jetzt",
    rewritten="im Ausgangstext",
    languages=MappingProxyType({"de": "Deutsch", "fr": "Französisch"}),
    number="Nr.",
    source="Ausgangstext",
    target="hier korrigieren",
    remarks="Anmerkungen",
    table="Ausgangstext, Übersetzung und Anmerkungen, Satz für Satz",
    error="wahrscheinlich falsch",
    warning="zu prüfen",
    info="zur Kenntnis",
    checks=MappingProxyType(
        {
            "numbers": "Zahlen",
            "dates": "Daten und Uhrzeiten",
            "money": "Beträge, Prozente und Maße",
            "names": "Namen",
            "contacts": "Adressen und Telefonnummern",
            "untranslated": "Nicht übersetzt",
            "quotations": "Anführungszeichen",
            "spacing": "Typografie",
            "form": "Form",
            "length": "Länge",
            "terminology": "Fachwörter",
            "consistency": "Einheitlichkeit",
            "negation": "Verneinung",
            "decisions": "Durchsicht",
            "freshness": "Ausgangstext geändert",
            "attribution": "Zitat",
        }
    ),
    advice=MappingProxyType(
        {
            "numbers": "eine Zahl fehlt oder weicht ab",
            "dates": "ein Datum oder eine Uhrzeit fehlt oder weicht ab",
            "money": "ein Betrag oder ein Maß fehlt oder weicht ab",
            "names": "ein Name fehlt oder ist anders geschrieben",
            "contacts": "eine Adresse oder Nummer fehlt oder weicht ab",
            "untranslated": "hier steht noch Ausgangstext",
            "quotations": "die Anführungszeichen passen nicht zum Ausgangstext",
            "spacing": "ein Abstand oder Zeichen entspricht nicht den Regeln",
            "form": "Satzzeichen, Leerzeichen oder Auszeichnung weichen ab",
            "length": "die Übersetzung ist auffallend kurz oder lang",
            "terminology": "ein Begriff steht nicht wie festgelegt",
            "consistency": "an anderer Stelle ist anders übersetzt",
            "negation": "eine Verneinung fehlt oder ist hinzugekommen",
            "freshness": "der Ausgangstext wurde nach der Übersetzung geändert",
        }
    ),
    colon=":",
    proposal="Vorschlag:",
    quoted="„{text}“",
    blanks=MappingProxyType(
        {
            "": "löschen",
            " ": "Leerzeichen",
            NBSP: "geschütztes Leerzeichen",
            NNBSP: "schmales geschütztes Leerzeichen",
        }
    ),
    to_translate="Zu übersetzen.",
    failed="Keine maschinelle Übersetzung:",
    reviewed="Schon durchgesehen",
    machine="Maschinell übersetzt, nicht durchgesehen.",
    from_memory="Aus einem ähnlichen Satz ({score}\u00a0%). Unterschiede zum damaligen Ausgangstext:",
    known="Aus einer freigegebenen Mitteilung.",
    changed="Der Ausgangstext ist seit der letzten Durchsicht geändert:",
    suggestion="Vor der Änderung durchgesehene Übersetzung:",
    other="Andere maschinelle Übersetzung:",
    terms="Begriffe:",
    quotation="Wörtliche Rede, genau wiederzugeben.",
    comment="Kommentar von {person}:",
    comment_unsigned="Kommentar:",
    kinds=MappingProxyType(
        {
            "title": "Titel",
            "subtitle": "Untertitel",
            "heading": "Zwischentitel",
            "alt": "Bildbeschreibung",
            "caption": "Bildunterschrift",
            "role": "Funktion",
            "cell": "Tabellenfeld",
        }
    ),
)
