"""The review document in German."""

from types import MappingProxyType

from pipeline.locales.review_words import ReviewWords

GERMAN = ReviewWords(
    title="Dokument zur Durchsicht",
    drafted_by="Übersetzungsentwurf: {makers}",
    memory="bereits freigegebene Mitteilungen",
    made="{office}, {day}",
    how=(
        "Korrigieren Sie unmittelbar in der Spalte mit der Übersetzung; Änderungen werden nachverfolgt.",
        "Fragen und Zweifel schreiben Sie als Kommentar oder in die Spalte mit den Anmerkungen.",
        "Ändern Sie weder die Nummern noch den Ausgangstext, und lassen Sie die Zeilen in der Tabelle.",
        "Speichern Sie dann, und senden Sie die Datei zurück.",
    ),
    confidential="Vertraulich",
    colours="Farben:",
    flagged="zu prüfen",
    missing="zu übersetzen",
    locked="nicht ändern",
    number="Nr.",
    source="Ausgangstext",
    target="Übersetzung, zu korrigieren",
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
    proposal="Vorschlag",
    quoted="„{text}“",
    to_translate="Zu übersetzen.",
    reviewed="Schon durchgesehen.",
    machine="Maschinell übersetzt, nicht durchgesehen.",
    from_memory="Aus einem ähnlichen Satz ({score} %). Unterschiede zum damaligen Ausgangstext:",
    known="Aus einer freigegebenen Mitteilung.",
    changed="Der Ausgangstext ist seit der letzten Durchsicht geändert:",
    suggestion="Damals durchgesehene Übersetzung:",
    other="Andere maschinelle Übersetzung:",
    terms="Begriffe:",
    quotation="Wörtliche Rede.",
    comment="Frage von {person}:",
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
