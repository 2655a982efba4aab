"""Quantities are read into values that compare across languages, and written in the form of others."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.locales import get
from pipeline.model.quantity import Amount, Clock, Day, Value

FRENCH = ("fr", "fr-FR", "fr-BE", "fr-LU", "fr-CH", "fr-EU")


def amount(number: str | int, unit: str = "") -> Amount:
    return Amount(number=Decimal(number), unit=unit)


def read(tag: str, text: str) -> list[tuple[str, Value]]:
    """Return what stands in figures, with the characters it stands in."""
    return [(text[item.start : item.end], item.value) for item in get(tag).quantities(text) if not item.in_words]


def said(tag: str, text: str) -> list[Value]:
    """Return what is said in words."""
    return [item.value for item in get(tag).quantities(text) if item.in_words]


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [
        ("de", "5.000 Gäste", [("5.000", amount(5000))]),
        ("de", "5 000 Gäste", [("5 000", amount(5000))]),
        ("de", "12,5 %", [("12,5 %", amount("12.5", "%"))]),
        ("de", "12,5 Prozent", [("12,5 Prozent", amount("12.5", "%"))]),
        ("de", "3,5 Mio. Euro", [("3,5 Mio. Euro", amount(3_500_000, "EUR"))]),
        ("de", "3,5 Millionen Euro", [("3,5 Millionen Euro", amount(3_500_000, "EUR"))]),
        ("de", "2 Mrd.", [("2 Mrd.", amount(2_000_000_000))]),
        ("de", "1.234,56 €", [("1.234,56 €", amount("1234.56", "EUR"))]),
        ("de", "EUR 20 oder 2.000 Franken",
         [("EUR 20", amount(20, "EUR")), ("2.000 Franken", amount(2000, "CHF"))]),
        ("de", "118 km/h auf 6.400 m²", [("118 km/h", amount(118, "km/h")), ("6.400 m²", amount(6400, "m²"))]),
        ("de", "das 49-Euro-Ticket", [("49-Euro", amount(49, "EUR"))]),
        ("de", "2 bis 3 Mio. Euro", [("2", amount(2_000_000, "EUR")), ("3 Mio. Euro", amount(3_000_000, "EUR"))]),
        ("de", "zum 12. Forum", [("12", amount(12))]),
        ("de", "im Jahr 2026", [("2026", amount(2026))]),
        ("de", "2025/26", [("2025", amount(2025)), ("26", amount(2026))]),
        ("de", "die 1990er-Jahre", [("1990", amount(1990))]),
        ("fr", "5\u202f000 ou 5\u00a0000", [("5\u202f000", amount(5000)), ("5\u00a0000", amount(5000))]),
        ("fr", "12,5\u00a0% ou 12,5 pour cent",
         [("12,5\u00a0%", amount("12.5", "%")), ("12,5 pour cent", amount("12.5", "%"))]),
        ("fr", "3,5 millions d’euros", [("3,5 millions d’euros", amount(3_500_000, "EUR"))]),
        ("fr", "2,6 millions de tonnes", [("2,6 millions de tonnes", amount(2_600_000, "t"))]),
        ("fr", "1,5 million", [("1,5 million", amount(1_500_000))]),
        ("fr", "20 francs suisses", [("20 francs suisses", amount(20, "CHF"))]),
        ("fr", "le 12e forum", [("12e", amount(12))]),
        ("fr", "la 1re et la 2ᵉ", [("1re", amount(1)), ("2ᵉ", amount(2))]),
        ("fr", "2025/26 ou 2025-2026",
         [("2025", amount(2025)), ("26", amount(2026)), ("2025", amount(2025)), ("2026", amount(2026))]),
        ("fr", "les années 90", [("90", amount(1990))]),
    ],
)  # fmt: skip
def test_amounts(tag: str, text: str, expected: list[tuple[str, Value]]) -> None:
    assert read(tag, text) == expected


@pytest.mark.parametrize("text", ["5.000", "5,000"])
def test_german_and_english_thousands_are_little_in_french(text: str) -> None:
    assert read("fr", text) == [(text, amount(5))]


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [
        ("de", "12. November 2019", [("12. November 2019", Day(day=12, month=11, year=2019))]),
        ("de", "12.11.2019", [("12.11.2019", Day(day=12, month=11, year=2019))]),
        ("de", "am 12.11.", [("12.11.", Day(day=12, month=11))]),
        ("de", "am 3. und 4. Oktober", [("3.", Day(day=3, month=10)), ("4. Oktober", Day(day=4, month=10))]),
        ("de", "vom 3. bis 5. Mai 2026",
         [("3.", Day(day=3, month=5, year=2026)), ("5. Mai 2026", Day(day=5, month=5, year=2026))]),
        ("de", "Di., 3. März", [("Di., 3. März", Day(day=3, month=3, weekday=1))]),
        ("de", "Samstag, dem 1. August", [("Samstag, dem 1. August", Day(day=1, month=8, weekday=5))]),
        ("de", "Samstag und Sonntag, 5. und 6. Dezember",
         [("5.", Day(day=5, month=12)), ("6. Dezember", Day(day=6, month=12))]),
        ("de", "im März 2026", [("März 2026", Day(month=3, year=2026))]),
        ("fr", "1er novembre 2019", [("1er novembre 2019", Day(day=1, month=11, year=2019))]),
        ("fr", "mardi 3 mars 2026", [("mardi 3 mars 2026", Day(day=3, month=3, year=2026, weekday=1))]),
        ("fr", "les 3 et 4 octobre", [("3", Day(day=3, month=10)), ("4 octobre", Day(day=4, month=10))]),
        ("fr", "du 3 au 5 mai 2026",
         [("3", Day(day=3, month=5, year=2026)), ("5 mai 2026", Day(day=5, month=5, year=2026))]),
        ("fr", "salles 3 et 4, 5 mai", [("3", amount(3)), ("4", amount(4)), ("5 mai", Day(day=5, month=5))]),
        ("fr", "03/11/2019", [("03/11/2019", Day(day=3, month=11, year=2019))]),
        ("fr", "le 32 mai", [("32 mai", Day(day=32, month=5))]),
    ],
)  # fmt: skip
def test_days(tag: str, text: str, expected: list[tuple[str, Value]]) -> None:
    assert read(tag, text) == expected


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [
        ("de", "15.30 Uhr", [Clock(hour=15, minute=30)]),
        (
            "de",
            "07.30 Uhr, 15:30 Uhr, 15 Uhr",
            [Clock(hour=7, minute=30), Clock(hour=15, minute=30), Clock(hour=15)],
        ),
        ("de", "von 9 bis 17 Uhr", [Clock(hour=9), Clock(hour=17)]),
        ("de", "um 9, 11 und 15 Uhr", [Clock(hour=9), Clock(hour=11), Clock(hour=15)]),
        ("de", "um 8 Uhr abends", [Clock(hour=20)]),
        ("fr", "15\u00a0h\u00a030, 15h30", [Clock(hour=15, minute=30)] * 2),
        ("fr", "à 15 heures, 12 h", [Clock(hour=15), Clock(hour=12)]),
        ("fr", "de 9 à 17 h", [Clock(hour=9), Clock(hour=17)]),
        ("fr", "48 heures de travail", [amount(48, "h")]),
    ],
)
def test_times(tag: str, text: str, expected: list[Value]) -> None:
    assert [value for _, value in read(tag, text)] == expected


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [
        ("de", "zwei, zwölf und zwanzig", [amount(2), amount(12), amount(20)]),
        ("de", "fünfundzwanzig, dreihundert, zwölftausend", [amount(25), amount(300), amount(12_000)]),
        ("de", "die erste und die zwölfte", [amount(1), amount(12)]),
        ("de", "ein Dutzend", [amount(12)]),
        ("de", "eine halbe Million", [amount(500_000)]),
        ("de", "drei Viertel, anderthalb", [amount(75, "%"), amount("1.5")]),
        ("de", "um halb neun, am Mittag", [Clock(hour=8, minute=30), Clock(hour=12)]),
        ("de", "mit einer Million Euro", [amount(1_000_000, "EUR")]),
        ("de", "im März, am Dienstag", [Day(month=3), Day(weekday=1)]),
        ("fr", "deux, douze et vingt", [amount(2), amount(12), amount(20)]),
        ("fr", "quatre-vingt-dix-sept, deux cents", [amount(97), amount(200)]),
        ("fr", "vingt et un, cinq cent mille", [amount(21), amount(500_000)]),
        ("fr", "le premier, la deuxième", [amount(1), amount(2)]),
        ("fr", "une dizaine, une trentaine de kilomètres", [amount(10), amount(30, "km")]),
        ("fr", "midi, minuit", [Clock(hour=12), Clock(hour=0)]),
        ("fr", "un an et demi", [amount("1.5", "a")]),
        ("fr", "au XIXe siècle", [amount(19), amount(100, "a")]),
        ("fr", "24 heures sur 24", [amount(24), amount(24)]),
    ],
)
def test_words_are_marked(tag: str, text: str, expected: list[Value]) -> None:
    assert said(tag, text) == expected
    assert read(tag, text) == []


@pytest.mark.parametrize("tag", ["de", "fr"])
@pytest.mark.parametrize(
    "text",
    [
        "2G", "A320", "Covid-19", "Louis XIV", "Benedikt XIV.", "2.1.3", "’19", "presse2@waldringen.example.org",
        "https://www.waldringen.example.org/2026/05", "+49 69 90009-412", "0681 501-1234", "0800 555 0117",
        "03.87.12.34.56", "www.alve26.example.org", "",
    ],
)  # fmt: skip
def test_names_and_addresses_have_no_value(tag: str, text: str) -> None:
    assert read(tag, text) == []


@pytest.mark.parametrize(
    ("tag", "written", "value", "expected"),
    [
        ("fr", "3 mai 2025", Day(day=1, month=6, year=2026), "1er\u00a0juin 2026"),
        ("fr", "3 mai", Day(day=4, month=5, year=2026), "4\u00a0mai"),
        ("fr", "mardi 3 mars", Day(day=4, month=3, weekday=2), "mercredi 4\u00a0mars"),
        ("fr", "mardi 3 mars", Day(day=4, month=3), "4\u00a0mars"),
        ("fr", "3 mai 2025", Day(day=1, month=6), None),
        ("fr", "mars 2026", Day(month=4, year=2026), None),
        ("fr", "03/11/2019", Day(day=9, month=1, year=2020), "09/01/2020"),
        ("fr", "3,5 millions d’euros", amount(2_500_000, "EUR"), "2,5 millions d’euros"),
        ("fr", "3,5 millions d’euros", amount(3_500_000_000, "EUR"), "3,5 milliards d’euros"),
        ("fr", "3,5 millions d’euros", amount(1_500_000, "EUR"), None),
        ("fr", "3,5 millions d’euros", amount(2_500_001, "EUR"), None),
        ("fr", "5.000", amount(5000), "5\u202f000"),
        ("fr", "1.304.512", amount(1_304_512), "1\u202f304\u202f512"),
        ("fr", "1\u00a0234,56 €", amount("1000.5", "EUR"), "1\u00a0000,50 €"),
        ("fr", "12 m", amount(12, "km"), "12 km"),
        ("fr", "12e", amount(13), "13e"),
        ("fr", "12e", amount(1), None),
        ("fr", "15 h 30", Clock(hour=9, minute=5), "9\u00a0h\u00a005"),
        ("fr", "15 h 30", Clock(hour=9), "9\u00a0h"),
        ("fr", "15 heures", Clock(hour=16), "16\u00a0heures"),
        ("fr", "midi", Clock(hour=15), None),
        ("fr", "20", Clock(hour=15), None),
        ("fr-CH", "850", amount(1250), "1250"),
        ("de", "12. November 2019", Day(day=1, month=3, year=2020), "1.\u00a0März 2020"),
        ("de", "Di., 3. März", Day(day=4, month=3, weekday=2), "Mi., 4.\u00a0März"),
        ("de", "12.11.2019", Day(day=3, month=4, year=2020), "03.04.2020"),
        ("de", "15.30 Uhr", Clock(hour=9), "9.00 Uhr"),
        ("de", "15 Uhr", Clock(hour=9, minute=15), "9.15 Uhr"),
        ("de", "3,5 Mio. Euro", amount(1_500_000, "EUR"), "1,5 Mio. Euro"),
        ("de", "1 Tonne", amount(2, "t"), None),
        ("de", "EUR 20", amount(30), None),
    ],
)
def test_a_value_is_written_in_the_form_of_another(
    tag: str, written: str, value: Value, expected: str | None
) -> None:
    assert get(tag).rewrite(written, value) == expected


AMOUNTS = st.decimals(min_value=0, max_value=10**12, places=2, allow_nan=False)
DAYS = st.dates().map(lambda day: Day(day=day.day, month=day.month, year=day.year, weekday=day.weekday()))
CLOCKS = st.builds(Clock, hour=st.integers(0, 24), minute=st.integers(0, 59))
FORMS = {
    "de": ("5.000", "12,5", "3,5 Mio.", "12", "2026", "12. November 2019", "Dienstag, 3. März 2026", "12.11.2019",
           "15.30 Uhr", "9 Uhr", "14:15"),
    "fr": ("5 000", "12,5", "3,5 millions", "12e", "2026", "12 novembre 2019", "mardi 3 mars 2026", "12/11/2019",
           "15 h 30", "9 h", "14:15", "15 heures"),
}  # fmt: skip


@given(data=st.data(), tag=st.sampled_from(("de", *FRENCH)), value=AMOUNTS | DAYS | CLOCKS)
def test_what_was_rewritten_is_read_as_the_value(
    data: st.DataObject, tag: str, value: Decimal | Day | Clock
) -> None:
    written = data.draw(st.sampled_from(FORMS[tag[:2]]))
    wanted = Amount(number=value) if isinstance(value, Decimal) else value
    new = get(tag).rewrite(written, wanted)
    if new is not None:
        (found,) = get(tag).quantities(new)
        assert (found.start, found.end) == (0, len(new))
        match found.value, wanted:
            case Day() as got, Day() as day:
                assert (got.day, got.month, got.year) == (day.day, day.month, day.year)
                assert got.weekday in {day.weekday, None}
            case got, _:
                assert got == wanted or got == amount(getattr(wanted, "hour", -1), "h")


SIGNS = [
    *"0123459 .,:;-–/()’'%€hm", "12", "2026", "und ", "et ", "3. ", "Mai", "mai ", "Uhr", " h ", "Mio. ",
    "millions d’", "euros", "zwei", "vingt-", "cent ", "XIV", "1er ", "+49 ", "a@b.de", "www.", "\u202f", "\u00a0",
    "\n", "A", "ein ",
]  # fmt: skip


@given(text=st.lists(st.sampled_from(SIGNS), max_size=40).map("".join), tag=st.sampled_from(("de", *FRENCH)))
def test_any_text_is_read_in_order_and_without_overlap(text: str, tag: str) -> None:
    ends = 0
    for item in get(tag).quantities(text):
        assert ends <= item.start < item.end <= len(text)
        assert get(tag).rewrite(text[item.start : item.end], item.value) != ""
        ends = item.end


@pytest.mark.parametrize(
    "piece", ["1", "1.", "1 ", "3. und ", "12 et ", "hundert", "vingt-", "+49 1", "a-", "1-", "(0"]
)
@pytest.mark.parametrize("tag", ["de", "fr"])
def test_long_rows_of_the_same_are_read_in_one_pass(tag: str, piece: str) -> None:
    assert len(get(tag).quantities(piece * 5_000)) <= 10_000
