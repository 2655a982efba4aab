"""How German writes values: 5.000 · 3,5 Mio. Euro · 12. November 2019 · 15.30 Uhr."""

import re
from decimal import Decimal
from functools import cache

from pipeline.locales.quantities import B, Reader, alternatives
from pipeline.model.quantity import Clock

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jänner jan", "februar feb", "märz mär", "april apr", "mai", "juni jun",
            "juli jul", "august aug", "september sept sep", "oktober okt", "november nov", "dezember dez",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_SHORT = "jan feb mär apr jun jul aug sept sep okt nov dez".split()
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "montag mo",
            "dienstag di",
            "mittwoch mi",
            "donnerstag do",
            "freitag fr",
            "samstag sonnabend sa",
            "sonntag so",
        )
    )
    for name in names.split()
}
_SCALES = {
    "tsd": 1_000,
    "mio": 10**6, "million": 10**6, "millionen": 10**6,
    "mrd": 10**9, "milliarde": 10**9, "milliarden": 10**9,
    "billion": 10**12, "billionen": 10**12,
}  # fmt: skip
_UNITS = {
    written: symbol
    for symbol, words in {
        "%": "%|prozent|v. h", "‰": "‰|promille", "pt": "prozentpunkt|prozentpunkte|prozentpunkten",
        "EUR": "€|euro|euros|eur", "ct": "cent", "CHF": "franken|chf|fr", "USD": "us-dollar|dollar|usd|$",
        "GBP": "pfund|gbp|£",
        "km/h": "km/h|stundenkilometer|stundenkilometern", "km²": "km²|quadratkilometer|quadratkilometern|qkm",
        "m²": "m²|quadratmeter|quadratmetern|qm", "m³": "m³|kubikmeter|kubikmetern",
        "km": "km|kilometer|kilometern|kilometers", "cm": "cm|zentimeter|zentimetern",
        "mm": "mm|millimeter|millimetern", "m": "m|meter|metern", "ha": "ha|hektar",
        "t": "t|tonne|tonnen", "kg": "kg|kilogramm|kilo", "g": "g|gramm", "l": "l|liter|litern",
        "kWh": "kWh|kilowattstunde|kilowattstunden", "MWh": "MWh|megawattstunde|megawattstunden",
        "GWh": "GWh|gigawattstunde|gigawattstunden", "TWh": "TWh|terawattstunde|terawattstunden",
        "kW": "kW|kilowatt", "MW": "MW|megawatt", "GW": "GW|gigawatt", "Mbit/s": "Mbit/s|MBit/s", "Gbit/s": "Gbit/s",
        "m/s": "m/s|meter pro sekunde", "kB": "kB|kilobyte", "MB": "MB|megabyte", "GB": "GB|gigabyte", "TB": "TB|terabyte",
        "hl": "hl|hektoliter|hektolitern",
        "°C": "°C|grad celsius|grad", "h": "h|std|stunde|stunden", "min": "min|minute|minuten",
        "s": "s|sek|sekunde|sekunden", "d": "tag|tage|tagen|tages", "wk": "woche|wochen",
        "mo": "monat|monate|monaten|monats", "yr": "jahr|jahre|jahren|jahres",
    }.items()
    for written in words.split("|")
}  # fmt: skip
_CARDINALS = (
    "null", "", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf", "dreizehn",
    "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn", "zwanzig",
)  # fmt: skip
_TENS = {"dreißig": 30, "vierzig": 40, "fünfzig": 50, "sechzig": 60, "siebzig": 70, "achtzig": 80, "neunzig": 90}
_ORDINALS = (
    "", "erst", "zweit", "dritt", "viert", "fünft", "sechst", "siebt", "acht", "neunt", "zehnt", "elft", "zwölft",
    "dreizehnt", "vierzehnt", "fünfzehnt", "sechzehnt", "siebzehnt", "achtzehnt", "neunzehnt", "zwanzigst",
)  # fmt: skip
_ONES = ("ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun")
_NUMBERS = {
    **{word: number for number, word in enumerate(_CARDINALS) if word},
    **{f"{one}und{ten}": number + i for ten, number in {"zwanzig": 20, **_TENS}.items() for i, one in enumerate(_ONES, 1)},
    **_TENS,
    **{f"{word}e{end}": number for number, word in enumerate(_ORDINALS) if word for end in ("", "r", "s", "n", "m")},
    "hundert": 100, "einhundert": 100, "zweihundert": 200, "dreihundert": 300, "fünfhundert": 500, "tausend": 1000,
    "dutzend": 12, "beide": 2, "beiden": 2, "beider": 2, "eine": 1, "einer": 1, "einen": 1, "ein": 1,
    "eineinhalb": 1, "anderthalb": 1,
    "halbjährlich": 6, "vierteljährlich": 3,
}  # fmt: skip
_SAID = {word: number for word, number in _NUMBERS.items() if word not in {"ein", "eine", "einer", "einen"}}

_NUMBER = rf"\d{{1,3}}(?:[.’']\d{{3}})+(?:,\d+)?|\d{{1,3}}(?:{B}\d{{3}})+(?:,\d+)?|\d+(?:[.,]\d+)?"
_WEEKDAY = (
    rf"(?P<weekday>(?:{alternatives(name for name in _WEEKDAYS if len(name) > 2)})s?|(?:Mo|Di|Mi|Do|Fr|Sa|So)\.)"
)
_MONTH_NAME = rf"(?:{alternatives(name for name in _MONTHS if name not in _SHORT)})(?!\w)|(?:{'|'.join(_SHORT)})\."


def _read_number(written: str) -> Decimal | None:
    grouped = re.fullmatch(rf"(\d{{1,3}}(?:(?:[.’']|{B})\d{{3}})+)(?:,(\d+))?", written)
    if grouped:
        return Decimal(re.sub(r"\D", "", grouped[1]) + (f".{grouped[2]}" if grouped[2] else ""))
    return Decimal(written.replace(",", "."))


@cache
def german_reader() -> Reader:
    """Return how German writes values."""
    year = rf"(?:{B}+(?P<year>\d{{4}})(?!\d))?"
    link = rf"(?:\.{B}*(?:,|und|bis|oder|sowie|–|-|/|&){B}*(?:und{B}+|bis{B}+)?(?:zum{B}+|zu{B}+|am{B}+|den{B}+|dem{B}+)?)"
    unit = rf"(?:(?P<unit>{alternatives(_UNITS)})(?![\w²³/]))"
    word_scale = r"ein(?:e[rn]?)?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf"
    return Reader(
        days=re.compile(
            rf"(?<![\w.,])(?:{_WEEKDAY},?{B}+(?:(?:dem|den|der){B}+)?)?"
            rf"(?:(?P<day>\d{{1,2}})\.{B}*)(?P<month>{_MONTH_NAME}){year}"
            rf"|(?<![\w.,]){_WEEKDAY.replace('weekday', 'weekday2')},?{B}+(?P<day2>\d{{1,2}})\.{B}?(?P<month2>\d{{1,2}})\."
            rf"(?P<year2>\d{{4}}|\d{{2}})?(?!\d)"
            rf"|(?<![\w.,])(?P<day3>\d{{1,2}})\.{B}?(?P<month3>\d{{1,2}})\.(?:{B}?(?P<year3>\d{{4}}|\d{{2}}(?![\d.,]))(?!\d)|(?!{B}?\d))"
            rf"|(?<![\w])(?P<month4>{_MONTH_NAME}){B}+(?P<year4>\d{{4}})(?!\d)"
            rf"|(?<![\w-])(?P<month5>{_MONTH_NAME})(?!-)"
            rf"|(?<![\w]){_WEEKDAY.replace('weekday', 'weekday8')}(?!\w)",
            re.IGNORECASE,
        ),
        more_days=re.compile(
            rf"(?:{_WEEKDAY},?{B}+(?:(?:dem|den|der){B}+)?)?(?<![\d.,])(?P<day>\d{{1,2}}){link}(?:\w+,?{B}+)?\Z",
            re.IGNORECASE,
        ),
        clocks=re.compile(
            rf"(?<![\w.,:])(?P<hour>\d{{1,2}})(?:[.:](?P<minute>\d{{2}}))?{B}*Uhr\b(?:{B}+(?P<minute2>\d{{2}})(?!\d))?"
            rf"|(?<![\w.,:])(?P<hour2>\d{{1,2}}):(?P<minute3>\d{{2}})(?![\d:])"
        ),
        more_hours=re.compile(
            rf"(?<![\w.,:])(?P<hour>\d{{1,2}})(?:[.:](?P<minute>\d{{2}}))?{B}*(?:bis|und|oder|–|-){B}*\Z"
        ),
        amounts=re.compile(
            rf"(?:(?<![\w])(?P<before>EUR|€|CHF|USD|US-Dollar|\$|£){B}*)?"
            rf"(?<![\w.,])(?P<number>{_NUMBER})(?:-?er(?!\w))?(?![^\W\d_])"
            rf"(?:{B}*-?(?P<scale>(?:Tsd|Mio|Mrd)\.|Millionen|Million|Milliarden|Milliarde|Billionen|Billion)(?!\w))?"
            rf"(?:{B}*-?{unit})?"
            rf"|(?<!\w)(?P<number2>{word_scale}){B}+(?P<scale2>Millionen|Million|Milliarden|Milliarde)(?!\w)"
            rf"(?:{B}+{unit.replace('unit', 'unit2')})?"
            rf"|(?<![\w.,])(?P<number3>\d+(?:,\d+)?)(?P<unit3>{alternatives(('km', 'kg', 'ha', 'm', 'MW', 'kW', 'kWh', 'GW', 'cm', 'mm'))})(?!\w)",
            re.IGNORECASE,
        ),
        words=re.compile(
            rf"(?<![\w-])(?P<word>{alternatives((*_SAID, 'mittag', 'mittags', 'mitternacht'))})(?!\w)",
            re.IGNORECASE,
        ),
        months=_MONTHS,
        weekdays=_WEEKDAYS,
        scales=_SCALES,
        units=_UNITS,
        numbers=_NUMBERS,
        moments={"mittag": Clock(hour=12), "mittags": Clock(hour=12), "mitternacht": Clock(hour=0)},
        number=_read_number,
        roman=re.compile(r"(?<!\w)(?P<roman>[IVXLC]+)(?=\.|\b)(?!\w)"),
    )
