"""How French writes values: 5 000 · 3,5 millions d’euros · 1er novembre 2019 · 15 h 30."""

import re
from decimal import Decimal
from functools import cache

from pipeline.locales.quantities import B, Reader, alternatives
from pipeline.model.quantity import Clock

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv", "février févr fév", "mars", "avril avr", "mai", "juin", "juillet juil", "août", "septembre sept",
            "octobre oct", "novembre nov", "décembre déc",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_SHORT = "janv févr fév avr juil sept oct nov déc".split()
_WEEKDAYS = {
    name: number for number, name in enumerate("lundi mardi mercredi jeudi vendredi samedi dimanche".split())
}
_SCALES = {
    "million": 10**6,
    "millions": 10**6,
    "milliard": 10**9,
    "milliards": 10**9,
    "billion": 10**12,
    "billions": 10**12,
}
_UNITS = {
    written: symbol
    for symbol, words in {
        "%": "%|pour cent|p. 100", "‰": "‰|pour mille", "pt": "point|points|point de pourcentage|points de pourcentage",
        "EUR": "€|euro|euros|eur", "ct": "centime|centimes|cent|cents",
        "CHF": "franc suisse|francs suisses|franc|francs|chf", "USD": "dollar|dollars|usd|$", "GBP": "livre|livres|£|gbp",
        "km/h": "km/h|kilomètre-heure|kilomètres-heure|kilomètres à l'heure|kilomètres par heure",
        "km²": "km²|kilomètre carré|kilomètres carrés", "m²": "m²|mètre carré|mètres carrés",
        "m³": "m³|mètre cube|mètres cubes", "km": "km|kilomètre|kilomètres", "cm": "cm|centimètre|centimètres",
        "mm": "mm|millimètre|millimètres", "m": "m|mètre|mètres", "ha": "ha|hectare|hectares", "t": "t|tonne|tonnes",
        "kg": "kg|kilogramme|kilogrammes|kilo|kilos", "g": "g|gramme|grammes", "l": "l|litre|litres",
        "kWh": "kWh|kilowattheure|kilowattheures", "MWh": "MWh|mégawattheure|mégawattheures",
        "GWh": "GWh|gigawattheure|gigawattheures", "TWh": "TWh|térawattheure|térawattheures",
        "kW": "kW|kilowatt|kilowatts", "MW": "MW|mégawatt|mégawatts", "GW": "GW|gigawatt|gigawatts",
        "Mbit/s": "Mbit/s|mégabits par seconde", "Gbit/s": "Gbit/s|gigabits par seconde",
        "°C": "°C|degré|degrés|degrés celsius", "h": "h|heure|heures", "min": "min|minute|minutes",
        "m/s": "m/s|mètre par seconde|mètres par seconde", "kB": "ko", "MB": "Mo", "GB": "Go", "TB": "To",
        "hl": "hl|hectolitre|hectolitres", "s": "s|seconde|secondes", "d": "jour|jours|journée|journées", "wk": "semaine|semaines", "mo": "mois",
        "yr": "an|ans|année|années",
    }.items()
    for written in words.split("|")
}  # fmt: skip
_CARDINALS = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit"
    " dix-neuf vingt"
).split()
_TENS = {"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60}
_ORDINALS = (
    "deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième onzième douzième treizième"
    " quatorzième quinzième seizième dix-septième dix-huitième dix-neuvième vingtième"
).split()
_NUMBERS = {
    **{word: number for number, word in enumerate(_CARDINALS)},
    **_TENS,
    **{f"{ten}-{one}": value + number for ten, value in _TENS.items() for number, one in enumerate(_CARDINALS[:10]) if number > 1},
    **{f"{ten} et un": value + 1 for ten, value in _TENS.items()},
    "soixante-dix": 70, "quatre-vingts": 80, "quatre-vingt": 80, "quatre-vingt-dix": 90,
    **{word: number for number, word in enumerate(_ORDINALS, 2)},
    **{f"{word}s": number for number, word in enumerate(_ORDINALS, 2)},
    "premier": 1, "première": 1, "premiers": 1, "premières": 1, "second": 2, "seconde": 2, "secondes": 2,
    "cent": 100, "cents": 100, "deux cents": 200, "trois cents": 300, "cinq cents": 500, "mille": 1000,
    "huitaine": 8, "dizaine": 10, "dizaines": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30,
    "quarantaine": 40, "cinquantaine": 50, "soixantaine": 60, "centaine": 100, "centaines": 100,
    "millier": 1000, "milliers": 1000, "une": 1, "semestriel": 6, "trimestriel": 3,
}  # fmt: skip
_SAID = {word: number for word, number in _NUMBERS.items() if word not in {"un", "une"}}

_NUMBER = rf"\d{{1,3}}(?:{B}\d{{3}})+(?:,\d+)?|\d{{1,3}}(?:[.’']\d{{3}})+(?:,\d+)?|\d+(?:[.,]\d+)?"
_WEEKDAY = rf"(?P<weekday>(?:{alternatives(_WEEKDAYS)})s?)"
_MONTH_NAME = rf"(?:{alternatives(name for name in _MONTHS if name not in _SHORT)})(?!\w)|(?:{'|'.join(_SHORT)})\."


def _read_number(written: str) -> Decimal | None:
    """Return the value of a number; a full stop is a decimal mark: `5.000` says 5 in French, not 5 000."""
    plain = re.sub(rf"{B}|[’']", "", written).replace(",", ".")
    return Decimal(plain) if plain.count(".") <= 1 else None


@cache
def french_reader() -> Reader:
    """Return how French writes values."""
    year = rf"(?:{B}+(?P<year>\d{{4}})(?!\d))?"
    link = rf"{B}*(?:,|et|ou|au|à|–|-|/|&){B}*(?:et{B}+|au{B}+|du{B}+|le{B}+)*"
    unit = rf"(?:(?P<unit>{alternatives(_UNITS)})(?![\w²³/]))"
    of = rf"(?:{B}*(?:d[’']|de{B}+))?"
    day = r"(?P<day>1er|1ᵉʳ|\d{1,2})"
    word_scale = "|".join(("un", "une", *_CARDINALS[2:13]))
    return Reader(
        days=re.compile(
            rf"(?<![\w.,])(?:{_WEEKDAY},?{B}+(?:le{B}+)?)?{day}{B}+(?P<month>{_MONTH_NAME}){year}"
            rf"|(?<![\w.,/])(?:{_WEEKDAY.replace('weekday', 'weekday2')},?{B}+(?:le{B}+)?)?(?P<day2>\d{{1,2}})[/.](?P<month2>\d{{1,2}})[/.](?P<year2>\d{{4}})(?!\d)"
            rf"|(?<![\w])(?P<month3>{_MONTH_NAME}){B}+(?P<year3>\d{{4}})(?!\d)"
            rf"|(?<![\w-])(?P<month4>{_MONTH_NAME})(?!-)"
            rf"|(?<![\w]){_WEEKDAY.replace('weekday', 'weekday5')}(?!\w)",
            re.IGNORECASE,
        ),
        more_days=re.compile(
            rf"(?:{_WEEKDAY},?{B}+(?:le{B}+)?)?(?<![\d.,])(?P<day>\d{{1,2}})(?:er)?{link}(?:(?:{'|'.join(_WEEKDAYS)}),?{B}+)?\Z",
            re.IGNORECASE,
        ),
        clocks=re.compile(
            rf"(?<![\w.,:])(?P<hour>\d{{1,2}}){B}*(?:h|heures?){B}*(?P<minute>\d{{2}})(?!\d)"
            rf"|(?<![\w.,:])(?P<hour2>\d{{1,2}}){B}*h(?![\w/])"
            rf"|(?:(?<=à\s)|(?<=dès\s)|(?<=vers\s)|(?<=avant\s)|(?<=après\s)|(?<=et\s)|(?<=entre\s)|(?<=de\s)|(?<=partir\sde\s)"
            rf"|(?<=jusqu[’']à\s))(?P<hour3>\d{{1,2}}){B}*heures?(?!\w)(?!{B}(?:de|d[’']|par|sur|plus|après|avant))"
            rf"|(?<![\w.,:])(?P<hour4>\d{{1,2}}):(?P<minute4>\d{{2}})(?![\d:])",
            re.IGNORECASE,
        ),
        more_hours=re.compile(
            rf"(?<![\w.,:])(?P<hour>\d{{1,2}})(?:h(?P<minute>\d{{2}}))?{B}*(?:à|et|ou|–|-){B}*\Z"
        ),
        amounts=re.compile(
            rf"(?:(?<![\w])(?P<before>EUR|€|CHF|USD|\$|£){B}*)?"
            rf"(?<![\w.,])(?P<number>{_NUMBER})(?:er|re|ers|res|e|es|ᵉ|ᵉʳ|ème|èmes|nd|nde)?(?![^\W\d_])"
            rf"(?:{B}+(?P<scale>millions?|milliards?|billions?)(?!\w){of})?(?:(?:{B}|-)*{unit})?"
            rf"|(?<!\w)(?P<number2>{word_scale}){B}+(?:demi-)?(?P<scale2>millions?|milliards?)(?!\w){of}(?:{B}*{unit.replace('unit', 'unit2')})?"
            rf"|(?<![\w.,])(?P<number3>\d+(?:,\d+)?)(?P<unit3>km|kg|ha|m|MW|kW|kWh|GW|cm|mm)(?!\w)",
            re.IGNORECASE,
        ),
        words=re.compile(rf"(?<![\w-])(?P<word>{alternatives((*_SAID, 'midi', 'minuit'))})(?![\w])", re.IGNORECASE),
        months=_MONTHS,
        weekdays=_WEEKDAYS,
        scales=_SCALES,
        units=_UNITS,
        numbers=_NUMBERS,
        moments={"midi": Clock(hour=12), "minuit": Clock(hour=0)},
        number=_read_number,
        roman=re.compile(r"(?<!\w)(?P<roman>[IVXLC]+)(?=(?:er|e|ᵉ|re)?(?!\w))"),
    )
