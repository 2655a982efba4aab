"""French: typography by profile, dates, labels.

The rules are those of the Lexique of the Imprimerie nationale where nothing else is said.
"""

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
from pipeline.locales.negation import FRENCH
from pipeline.locales.quotes import QuoteStyle, quotes
from pipeline.locales.sentences import SentenceRules, cut_sentences
from pipeline.locales.typography import BLANKS, NBSP, NNBSP, Rule, blank_before, edits, rule
from pipeline.model.inline import TextEdit
from pipeline.model.quantity import Quantity, Value

if TYPE_CHECKING:
    from pipeline.locales.quantities import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Spacing:
    """Which blank stands where; empty for none."""

    colon: str = NBSP
    high: str = NNBSP
    """Before `; ! ?`."""
    guillemets: str = NBSP
    percent: str = NBSP
    thousands: str = NNBSP
    grouped_from: int = 4
    """How many digits a number has at least whose thousands are set apart."""


PROFILES: Mapping[str, Spacing] = MappingProxyType(
    {
        "fr": Spacing(),
        "fr-FR": Spacing(),
        "fr-BE": Spacing(),
        "fr-LU": Spacing(),
        # Guide du typographe (Lausanne): a narrow blank before high punctuation and the colon, none inside « ».
        "fr-CH": Spacing(colon=NNBSP, guillemets="", percent="", grouped_from=5),
        # Code de rédaction interinstitutionnel, 10.1: punctuation closes up; a no-break space in figures.
        "fr-EU": Spacing(colon="", high="", guillemets="", thousands=NBSP),
    }
)

_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_MONTH = f"(?:{'|'.join(_MONTHS)})"
_UNIT = (
    r"(?:euros?|francs?|millions?|milliards?|€|km/h|km²|km|m²|m³|mm|cm|m|ha|kg|g|t|l|kWh|MWh|GWh|kW|MW|GW|h|min|s"
    r"|°C|Go|Mo|ko)(?!\w)"
)
_TITLE = r"(?:M\.|MM\.|Mme|Mmes|Mlle|Dr|Pr|Me|Mgr|n°|N°|art\.|p\.|§)"

_CUES = Cues(
    contact=cue(r"contacts?(?: presse)?\b|service de presse"),
    embargo=cue(r"(?:sous )?embargo\b(?:[:\s]*jusqu[’']au)?[:\s]*(.*)"),
    number=cue(r"(?:communiqué(?: de presse)?\s*)?(?:n°\s*)?(\d{1,4}\s*/\s*\d{2,4})"),
    about=cue(r"à propos\b[^.!?]{0,80}"),
    weekday=cue(r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b"),
    not_a_name=cue(r"(?:tél|téléphone|fax|mobile|mail|courriel|www|site)\b"),
    function_words=frozenset(
        "de des du la le les et à au aux en pour sur un une dans est qui que par avec l d".split()
    ),
    letters=re.compile("[àâçèéêëîïôœùûÀÂÇÈÉÊËÎÏÔŒÙÛ]"),
    openers=frozenset(
        "de des du la le les l d et ou à au aux en pour sur un une dans par avec sous entre cadre".split()
    ),
    negation=FRENCH,
    twice=frozenset("vous nous faire en a".split()),
    saying=cue(
        r"\b(?:déclar|affirm|expliqu|ajout|soulign|précis|rappell?|indiqu|annonc|estim|assur|résum|confi|insist|salu"
        r"|félicit)(?:e|é|ait|ent)\b|\b(?:dit|disait|disent|conclut?|poursuit|poursuivi|selon|d’après)\b"
    ),
    determiners=frozenset(
        "le la les l un une des du de d au aux ce cet cette ces mon ma mes son sa ses notre nos votre vos leur"
        " leurs chaque plusieurs tout toute tous toutes".split()
    ),
    borrowed=frozenset(
        "land länder bundestag bundesrat landtag bundeswehr bundesliga mittelstand energiewende autobahn lied"
        " leitmotiv ersatz hinterland kanzler internet brexit covid".split()
    ),
)

_LABELS: Mapping[Label, str] = MappingProxyType(
    {
        Label.KIND: "Communiqué de presse",
        Label.NUMBER: f"N°{NBSP}{{number}}",
        Label.EMBARGO: "Sous embargo jusqu’au {moment}",
        Label.IMMEDIATE: "Pour diffusion immédiate",
        Label.CONTACT: "Contact presse",
        Label.ABOUT: "À propos",
        Label.PHOTO: f"Photo{NBSP}:",
        Label.PHONE: "Tél.",
        Label.END: "Fin",
        Label.PAGE: "page {page} sur {pages}",
        Label.DRAFT: "BROUILLON",
        Label.DRAFT_SOURCE: f"Brouillon{NBSP}: texte non encore validé. Ne pas diffuser.",
        Label.DRAFT_UNTRANSLATED: f"Brouillon{NBSP}: texte non encore traduit. Ne pas diffuser.",
        Label.DRAFT_MACHINE: f"Brouillon{NBSP}: traduction automatique non relue. Ne pas diffuser.",
        Label.DRAFT_REVIEWED: f"Brouillon{NBSP}: traduction relue, non encore validée. Ne pas diffuser.",
        Label.UNTRANSLATED: "[non traduit]",
        Label.UNTRANSLATED_ONE: "Un passage sur {total} n’est pas traduit et figure dans la langue d’origine.",
        Label.UNTRANSLATED_MANY: (
            "{count} passages sur {total} ne sont pas traduits et figurent dans la langue d’origine."
        ),
        Label.REPLACES: f"Rectificatif (version{NBSP}{{version}}) – annule et remplace la version du {{day}}.",
        Label.CORRECTED: f"Rectification{NBSP}:",
        Label.WITHDRAWN: "Annulé – merci de ne pas utiliser. Le communiqué du {day} est retiré.",
        Label.README_FILES: "Fichiers en français",
        Label.README_PDF: "le communiqué mis en page, prêt à imprimer",
        Label.README_DOCX: "le même texte, à reprendre dans un traitement de texte",
        Label.README_TXT: "le texte sans mise en forme, à copier-coller",
        Label.README_NINJS: "données pour les agences et les systèmes éditoriaux (IPTC ninjs)",
        Label.README_JSON_LD: "données pour les sites web et les moteurs de recherche (schema.org)",
        Label.README_CHECK: f"Pour vérifier qu’aucun fichier n’a été modifié{NBSP}:",
        Label.README_SEAL: (
            "Le cachet électronique manifest.json.p7s couvre tous les fichiers de ce dossier. Pour vérifier "
            f"aussi de qui ils émanent, avec un certificat auquel vous faites confiance (ca.pem){NBSP}:"
        ),
    }
)


@cache
def _rules(tag: str) -> tuple[Rule, ...]:
    space = PROFILES[tag]
    return (
        Rule(name="quotes", find=quotes(QuoteStyle(outer=("«", "»"), inner=("“", "”")))),
        rule("apostrophe", rf"(?<=[^\W\d_]){BLANKS}?['’´`]{BLANKS}(?=[^\W\d_])(?<=[dljmnstcuDLJMNSTCU]..)", "’"),
        rule("apostrophe", r"(?<=\w)['´`‘](?=\w)", "’"),
        rule("apostrophe", rf"(?<![\w’])([dljmnstc]|qu)(?!’\w){BLANKS}?[’'´`]{BLANKS}?(?=[^\W\d_])", r"\1’"),
        rule("ellipsis", r"(?<!\.)\.\.\.(?!\.)", "…"),
        rule("blanks", r"(?<=\S) {2,}(?=\S)", " "),
        rule("dash", r" - (?<=[^\W\d_] - )(?=[^\W\d_])", " – "),
        rule("guillemets", rf"«(?:{BLANKS})*(?=[^\s»])", "«" + space.guillemets),
        blank_before("guillemets", "»", space.guillemets, behind=r"[^\s«]"),
        blank_before("colon", r":(?=\s|$|[»”)])", space.colon, behind=r"[^\s:(«\[]"),
        blank_before("high punctuation", r"[;!?](?=[\s;!?.…»”)\]]|$)", space.high, behind=r"[^\s;!?(«\[¿¡]"),
        blank_before("percent", "[%‰]", space.percent, behind=r"\d"),
        blank_before("euro", "€", NBSP, behind=r"\d"),
        rule("time", rf"(?<![\d,.])(\d{{1,2}})(?:{BLANKS})*h(?:{BLANKS})*(\d{{2}})(?!\d)", rf"\1{NBSP}h{NBSP}\2"),
        rule(
            "thousands",
            rf"{BLANKS}(?=\d{{3}}(?!\d))"
            r"(?:(?<=(?<![\d+])\d.)|(?<=(?<![\d+])\d\d.)|(?<=(?<!\d)\d{3}.))",
            space.thousands,
        ),
        rule("first of the month", rf"1(?<![\d,.]1)(?:er)?{BLANKS}(?={_MONTH}(?!\w))", f"1er{NBSP}"),
        rule("date", rf"(?<=\d){BLANKS}(?={_MONTH}(?!\w))", NBSP),
        rule("unit", rf"(?<=\d){BLANKS}(?={_UNIT})", NBSP),
        rule("title", rf"(?<!\w)({_TITLE}){BLANKS}(?=[A-ZÀ-Ý\d])", rf"\1{NBSP}"),
        rule("numeral", rf"(?<=[a-zà-ÿ]){BLANKS}(?=[IVX]{{1,5}}(?:er)?(?![\w’-])(?!\.\w))", NBSP),
        rule("century", rf"(?<=[IVX]e){BLANKS}(?=siècle)", NBSP),
    )


@cache
def _reader(tag: str) -> "Reader":
    from pipeline.locales.quantities_fr import french_reader

    return french_reader(French(tag).integer)


@dataclass(frozen=True, slots=True)
class French:
    """The French locale in one profile."""

    tag: str
    cues: ClassVar[Cues] = _CUES
    months: ClassVar[tuple[str, ...]] = _MONTHS
    inflection: ClassVar[Inflection] = Inflection(algorithm="french", before=("s", ""))

    def sentences(self, text: str, abbreviations: frozenset[str]) -> tuple[tuple[int, int], ...]:
        """Return the sentences of `text` as offsets; see `Locale`."""
        return cut_sentences(text, SentenceRules(ordinal_stop=False), abbreviations)

    def typography(self, text: str) -> Sequence[TextEdit]:
        """Return the edits that French typography asks for; see `Locale`."""
        return edits(text, _rules(self.tag))

    def quantities(self, text: str) -> tuple[Quantity, ...]:
        """Return the numbers, dates and times of `text`; see `Locale`."""
        return _reader(self.tag).quantities(text)

    def rewrite(self, written: str, value: Value) -> str | None:
        """Return `value` written the way `written` is; see `Locale`."""
        return _reader(self.tag).rewrite(written, value)

    def label(self, label: Label) -> str:
        """Return a fixed label."""
        return _LABELS[label]

    def day(self, day: date) -> str:
        """Return a date: `12 novembre 2019`, `1er novembre 2019` (first of the month only)."""
        number = "1er" if day.day == 1 else str(day.day)
        return f"{number}{NBSP}{_MONTHS[day.month - 1]} {day.year}"

    def moment(self, moment: datetime) -> str:
        """Return a date and time of day: `12 novembre 2019 à 12 h 00`."""
        return f"{self.day(moment.date())} à {moment.hour}{NBSP}h{NBSP}{moment.minute:02d}"

    def date_line(self, place: str | None, day: date | None) -> str | None:
        """Return `Sarrebruck, le 1er novembre 2019`, or what there is of it."""
        parts = [*([place] if place else []), *([f"le {self.day(day)}"] if day else [])]
        return ", ".join(parts) or None

    def integer(self, number: int) -> str:
        """Return a number in groups of three."""
        digits = str(abs(number))
        if len(digits) < PROFILES[self.tag].grouped_from:
            return str(number)
        grouped = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", PROFILES[self.tag].thousands, digits)
        return f"−{grouped}" if number < 0 else grouped
