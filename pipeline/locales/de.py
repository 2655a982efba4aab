"""German: sentences, typography, dates, labels. Rules after DIN 5008 and the Duden where not said otherwise."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from pipeline.locales.cues import Cues, cue
from pipeline.locales.inflection import Inflection
from pipeline.locales.labels import Label
from pipeline.locales.negation import GERMAN
from pipeline.locales.quotes import QuoteStyle, quotes
from pipeline.locales.sentences import SentenceRules, cut_sentences
from pipeline.locales.typography import BLANKS, NBSP, Rule, edits, rule
from pipeline.model.inline import TextEdit
from pipeline.model.quantity import Quantity, Value

if TYPE_CHECKING:
    from pipeline.locales.quantities import Reader

_MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip

_CUES = Cues(
    contact=cue(r"(?:presse)?kontakt|pressestelle|ansprechpartner(?:in)?|rückfragen"),
    embargo=cue(r"(?:sperrfrist|embargo|frei ab)\b[:\s]*(.*)"),
    number=cue(
        r"(?:(?:medien|presse)(?:information|mitteilung)\s*)?(?:nr\.?\s*)?(\d{1,4}\s*/\s*\d{2,4})"
        r"|(?:medien|presse)(?:information|mitteilung)\s*(?:nr\.?\s*)?(\d{1,4})"
    ),
    about=cue(r"über (?:uns|die|das|den|der)\b[^.!?]{0,80}"),
    weekday=cue(r"(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)\b"),
    not_a_name=cue(r"(?:tel|telefon|fax|mobil|mail|e-mail|www|internet)\b"),
    function_words=frozenset("der die das und für mit ein eine ist von zu im am den dem auf nicht".split()),
    letters=re.compile("[äöüßÄÖÜ]"),
    openers=frozenset(
        "der die das des dem den ein eine einen einem einer und oder in im am an auf aus bei beim mit nach von"
        " vom vor zu zum zur für über unter durch um als wie rahmen".split()
    ),
    negation=GERMAN,
    twice=frozenset("der die das dem den sie ihr ihnen sich zu".split()),
    saying=cue(
        r"\b(?:sag|erklär|beton|ergänz|äußer|mein|lob|forder|warn|versicher|bilanzier|resümier|würdig|berichte)"
        r"(?:te?n?|en)\b"
        r"|\b(?:unterstr(?:eicht|ich|ichen)|hob|hebt|fügte?|teilte|kündigte|laut|zufolge|heißt es|hieß es)\b|, so\b"
    ),
    determiners=frozenset(
        "der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner zum zur im am vom"
        " beim ins ans unser unsere unseren unserem unserer ihr ihre ihren ihrem ihrer sein seine seinen seinem"
        " seiner dieser diese dieses diesen diesem jede jeder jedes jeden jedem alle allen viele mehr".split()
    ),
    borrowed=frozenset(
        "maire mairie commune département départements région arrondissement préfecture préfet préfète communiqué"
        " métropole".split()
    ),
)

_LABELS: Mapping[Label, str] = MappingProxyType(
    {
        Label.KIND: "Medieninformation",
        Label.NUMBER: f"Nr.{NBSP}{{number}}",
        Label.EMBARGO: "Sperrfrist: {moment}",
        Label.IMMEDIATE: "Zur sofortigen Veröffentlichung",
        Label.CONTACT: "Pressekontakt",
        Label.ABOUT: "Über uns",
        Label.PHOTO: "Foto:",
        Label.PHONE: "Tel.",
        Label.END: "Ende",
        Label.PAGE: "Seite {page} von {pages}",
        Label.DRAFT: "ENTWURF",
        Label.DRAFT_SOURCE: "Entwurf: noch nicht freigegeben. Bitte nicht weitergeben.",
        Label.DRAFT_UNTRANSLATED: "Entwurf: noch nicht übersetzt. Bitte nicht weitergeben.",
        Label.DRAFT_MACHINE: "Entwurf: maschinelle Übersetzung, nicht geprüft. Bitte nicht weitergeben.",
        Label.DRAFT_REVIEWED: "Entwurf: Übersetzung geprüft, noch nicht freigegeben. Bitte nicht weitergeben.",
        Label.UNTRANSLATED: "[nicht übersetzt]",
        Label.UNTRANSLATED_ONE: "Ein Textteil von {total} ist nicht übersetzt; er steht in der Ausgangssprache da.",
        Label.UNTRANSLATED_MANY: (
            "{count} von {total} Textteilen sind nicht übersetzt; sie stehen in der Ausgangssprache da."
        ),
        Label.REPLACES: "Korrektur (Fassung {version}) – ersetzt die Fassung vom {day}.",
        Label.CORRECTED: "Berichtigt:",
        Label.WITHDRAWN: "Zurückgezogen – bitte nicht verwenden. Die Medieninformation vom {day} gilt nicht mehr.",
        Label.README_FILES: "Dateien auf Deutsch",
        Label.README_PDF: "die gesetzte Medieninformation, zum Lesen und Drucken",
        Label.README_DOCX: "derselbe Text zum Weiterverarbeiten",
        Label.README_TXT: "derselbe Text ohne Gestaltung, zum Einfügen",
        Label.README_NINJS: "Datensatz für Agenturen und Redaktionssysteme (IPTC ninjs)",
        Label.README_JSON_LD: "Angaben für Websites und Suchmaschinen (schema.org)",
        Label.README_CHECK: "So prüfen Sie, ob alle Dateien unverändert sind:",
        Label.README_SEAL: (
            "Das elektronische Siegel manifest.json.p7s gilt für alle Dateien dieses Pakets. Mit einem "
            "Zertifikat, dem Sie vertrauen (ca.pem), prüfen Sie auch, von wem sie stammen:"
        ),
    }
)


@cache
def _rules() -> tuple[Rule, ...]:
    return (
        Rule(name="quotes", find=quotes(QuoteStyle(outer=("„", "“"), inner=("‚", "‘")))),
        rule("apostrophe", r"(?<=\w)['´`](?=\w)", "’"),
        rule("ellipsis", r"(?<!\.)\.\.\.(?!\.)", "…"),
        rule("blanks", r"(?<=\S) {2,}(?=\S)", " "),
        rule("quotes", rf"(?<=[„‚])(?:{BLANKS})+(?=\S)|(?<=[^\s„‚])(?:{BLANKS})+(?=[“‘](?:\W|$))", ""),
        rule("dash", r"(?<=[^\W\d_]) - (?=[^\W\d_])", " – "),
        rule("punctuation", rf"(?<=\w)(?:{BLANKS})+(?=[;!?:,](?:\s|$))", ""),
        rule("percent", rf"(?<=\d)(?:{BLANKS})*(?=[%‰€])", NBSP),
        rule("date", rf"(?<=\d\.){BLANKS}(?=(?:{'|'.join(_MONTHS)})(?!\w))", NBSP),
        rule("number", rf"(?<!\w)(Nr\.|§|Abs\.|Art\.|Dr\.|Prof\.){BLANKS}(?=[A-ZÄÖÜ\d])", rf"\1{NBSP}"),
        rule("abbreviation", rf"(?<!\w)([zudiv]\.){BLANKS}?(?=(?:[BaÄhEdR]|a|ä)\.)", rf"\1{NBSP}"),
        rule("time", rf"(?<=\d){BLANKS}(?=(?:Uhr|Euro|Mio\.|Mrd\.|km|kg)(?!\w))", NBSP),
    )


def _reader() -> "Reader":
    from pipeline.locales.quantities_de import german_reader

    return german_reader()


@dataclass(frozen=True, slots=True)
class German:
    """The German locale."""

    tag: str
    cues: ClassVar[Cues] = _CUES
    months: ClassVar[tuple[str, ...]] = _MONTHS
    inflection: ClassVar[Inflection] = Inflection(
        algorithm="german", before=("innen", "in"), genitive="s", capital_nouns=True, compounds=True
    )

    def sentences(self, text: str, abbreviations: frozenset[str]) -> tuple[tuple[int, int], ...]:
        """Return the sentences of `text` as offsets; see `Locale`."""
        return cut_sentences(text, SentenceRules(ordinal_stop=True), abbreviations)

    def typography(self, text: str) -> Sequence[TextEdit]:
        """Return the edits that German typography asks for; see `Locale`."""
        return edits(text, _rules())

    def quantities(self, text: str) -> tuple[Quantity, ...]:
        """Return the numbers, dates and times of `text`; see `Locale`."""
        return _reader().quantities(text)

    def rewrite(self, written: str, value: Value) -> str | None:
        """Return `value` written the way `written` is; see `Locale`."""
        return _reader().rewrite(written, value)

    def label(self, label: Label) -> str:
        """Return a fixed label."""
        return _LABELS[label]

    def day(self, day: date) -> str:
        """Return a date: `12. November 2019`."""
        return f"{day.day}.{NBSP}{_MONTHS[day.month - 1]} {day.year}"

    def moment(self, moment: datetime) -> str:
        """Return a date and time of day: `12. November 2019, 12.00 Uhr`."""
        return f"{self.day(moment.date())}, {moment.hour}.{moment.minute:02d}{NBSP}Uhr"

    def date_line(self, place: str | None, day: date | None) -> str | None:
        """Return `Saarbrücken, 1. November 2019`, or what there is of it."""
        return ", ".join([*([place] if place else []), *([self.day(day)] if day else [])]) or None

    def integer(self, number: int) -> str:
        """Return a number in groups of three, parted by full stops."""
        return f"{number:,}".replace(",", ".").replace("-", "−")
