"""The sets that quality is measured on: well-formed, and right in what can be computed."""

import re
from collections.abc import Iterator
from datetime import date

import pytest

from benchmarks.quality.data import HERE, GoodPair, good_pairs, paragraphs
from benchmarks.quality.faults import Fault, FaultKind, seeded
from benchmarks.quality.measure import Share, segmentation, stripped, typography
from pipeline.formats.termbase_table import parse
from pipeline.locales import get

PAIRS = good_pairs()
FAULTS = seeded(PAIRS)
YEAR = 2026
"""Of dates that name none."""

MONTHS = {"de": "|".join(get("de").months), "fr": "|".join(get("fr").months)}
WEEKDAYS = {
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
}
NAMED = {
    "de": rf"\b({'|'.join(WEEKDAYS['de'])}|(?:Mo|Di|Mi|Do|Fr|Sa|So)(?=\.))\.?,? (?:dem )?",
    "fr": rf"\b({'|'.join(WEEKDAYS['fr'])}) ",
}
DATES = {
    "de": rf"{NAMED['de']}(\d{{1,2}})\. ({MONTHS['de']})(?: (\d{{4}}))?",
    "fr": rf"{NAMED['fr']}(\d{{1,2}})(?:er)?\u00a0({MONTHS['fr']})(?: (\d{{4}}))?",
}


def dates(text: str, tag: str) -> Iterator[tuple[int, date]]:
    for weekday, day, month, year in re.findall(DATES[tag], text):
        number = get(tag).months.index(month) + 1
        names = [name.startswith(weekday) for name in WEEKDAYS[tag]]
        yield names.index(True), date(int(year or YEAR), number, int(day))


def test_there_are_pairs_enough() -> None:
    assert len(PAIRS) >= 220


@pytest.mark.parametrize("field", ["id", "de", "fr"])
def test_nothing_stands_there_twice(field: str) -> None:
    values = [getattr(pair, field) for pair in PAIRS]
    assert sorted(values) == sorted(set(values))


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.id)
def test_a_pair_is_clean_text_in_its_language(pair: GoodPair) -> None:
    for text in (pair.de, pair.fr):
        assert text == text.strip() != ""
        assert not re.search(r"[\"']|\.\.\.|  ", text)
    assert not re.search("[«»’\u202f\u00a0]", pair.de)
    assert not re.search(r"[„‚‘ßäÄ]", re.sub("«[^»]*»|Talstraße|Europastraße|Länder|Steinbergtunnel", "", pair.fr))


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.id)
def test_the_typography_of_a_signed_text_is_left_alone(pair: GoodPair) -> None:
    assert get("fr").typography(pair.fr) == ()


def test_weekdays_agree_with_their_dates() -> None:
    found = [(pair.id, *item) for pair in PAIRS for tag in DATES for item in dates(getattr(pair, tag), tag)]
    assert len(found) > 30
    assert [(where, str(day)) for where, weekday, day in found if day.weekday() != weekday] == []


def test_dates_with_a_weekday_are_the_same_in_both_languages() -> None:
    assert [pair.id for pair in PAIRS if [*dates(pair.de, "de")] != [*dates(pair.fr, "fr")]] == []


def test_weekdays_of_the_segmentation_set_agree_with_their_dates() -> None:
    found = list(dates((HERE / "sentences.de.txt").read_text(encoding="utf-8"), "de"))
    assert len(found) >= 4
    assert [str(day) for weekday, day in found if day.weekday() != weekday] == []


@pytest.mark.parametrize(("tag", "least"), [("de", 150), ("fr", 60)])
def test_the_segmentation_sets_are_large_enough_and_run_on_in_paragraphs(tag: str, least: int) -> None:
    blocks = paragraphs(tag)
    assert sum(map(len, blocks)) >= least
    assert sum(map(len, blocks)) / len(blocks) > 4
    assert all(line == line.strip() != "" for block in blocks for line in block)


@pytest.mark.parametrize("share", [*segmentation(), *typography()], ids=lambda share: share.name)
def test_sentences_and_typography_keep_their_limits(share: Share) -> None:
    assert share.met, share.details


def test_stripped_french_has_nothing_of_its_typography_left() -> None:
    assert stripped("«\u00a0L’été…\u00a0», dit-il\u202f!") == '"L\'été...", dit-il!'
    assert not re.search("[\u00a0\u202f«»“”’…]", "".join(stripped(pair.fr) for pair in PAIRS))


@pytest.mark.parametrize("kind", FaultKind)
def test_every_kind_of_fault_is_seeded_often(kind: FaultKind) -> None:
    assert sum(fault.kind is kind for fault in FAULTS) >= 15


def test_a_fault_differs_from_its_original() -> None:
    assert [fault.id for fault in FAULTS if fault.bad in {fault.good, ""}] == []


def test_faults_are_the_same_every_time_and_named_apart() -> None:
    assert seeded(PAIRS) == FAULTS
    assert len({fault.id for fault in FAULTS}) == len(FAULTS)


@pytest.mark.parametrize(
    ("good", "kind", "bad"),
    [
        ("Le 12\u00a0mai, 1\u202f250 élèves", FaultKind.DIGIT, ["Le 12\u00a0mai, 1\u202f251 élèves"]),
        ("sur 3\u00a0km", FaultKind.UNIT, ["sur 3\u00a0m"]),
        ("le 1er\u00a0mai", FaultKind.DATE, ["le 2\u00a0mai", "le 1er\u00a0juin"]),
        ("à 23\u00a0h\u00a030", FaultKind.HOUR, ["à 0\u00a0h\u00a030"]),
        ("2\u00a0millions", FaultKind.MILLION, ["2\u00a0milliards"]),
        ("1\u202f304\u202f512 habitants", FaultKind.THOUSANDS, ["1.304.512 habitants"]),
        ("Mme Ahlbrink", FaultKind.NAME, ["Mme Ahlbirnk"]),
        ("Ce n’est pas sûr.", FaultKind.NEGATION, ["Ce est sûr."]),
        ("Ahlbrink arrive demain", FaultKind.LEFTOVER, ["Ahlbrink arrive kommen"]),
    ],
)
def test_a_fault_is_one_change(good: str, kind: FaultKind, bad: list[str]) -> None:
    pair = GoodPair(id="P", de="Ahlbrink wird nicht kommen", fr=good)
    found: list[Fault] = [fault for fault in seeded((pair,)) if fault.kind is kind]
    assert [fault.bad for fault in found] == bad


def test_the_termbase_of_the_set_can_be_read() -> None:
    assert len(parse((HERE / "terms.csv").read_bytes(), path="terms.csv").concepts) >= 30
