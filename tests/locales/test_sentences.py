"""Sentences of official prose, German and French: the cases stand in two text files beside this one."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.locales import get
from pipeline.locales.sentences import parse_abbreviations

HERE = Path(__file__).parent
LISTS = HERE.parent.parent / "templates" / "lists"
ABBREVIATIONS = {
    tag: parse_abbreviations((LISTS / f"abbreviations.{tag}.txt").read_text(encoding="utf-8"))
    for tag in ("de", "fr")
}


def cases(tag: str) -> list[list[str]]:
    text = (HERE / f"segmentation_{tag}.txt").read_text(encoding="utf-8")
    blocks = [block.strip().splitlines() for block in text.split("\n\n")]
    return [block for block in blocks if not block[0].startswith("#")]


def cut(text: str, tag: str) -> list[str]:
    return [text[start:end] for start, end in get(tag).sentences(text, ABBREVIATIONS[tag])]


@pytest.mark.parametrize("sentences", cases("de"), ids=lambda case: case[0][:40])
def test_german(sentences: list[str]) -> None:
    assert cut(" ".join(sentences), "de") == sentences


@pytest.mark.parametrize("sentences", cases("fr"), ids=lambda case: case[0][:40])
def test_french(sentences: list[str]) -> None:
    assert cut(" ".join(sentences), "fr") == sentences


def test_the_sets_are_as_large_as_they_claim() -> None:
    assert sum(map(len, cases("de"))) >= 150
    assert sum(map(len, cases("fr"))) >= 60


def test_a_line_break_ends_a_sentence_whatever_stands_before_it() -> None:
    assert cut("Erste Zeile\nzweite Zeile", "de") == ["Erste Zeile", "zweite Zeile"]


def test_an_abbreviation_of_the_office_is_respected() -> None:
    text = "Das Rh.-Sch. Amt öffnet. Es ist Montag."
    assert len(get("de").sentences(text, frozenset())) == 3
    assert len(get("de").sentences(text, parse_abbreviations("Rh.-Sch.  # unser Amt\n"))) == 2


@pytest.mark.parametrize("tag", ["de", "fr"])
@given(text=st.text(alphabet='aZé .!?…„“«»"0179)(\n\u00a0:', max_size=60))
def test_sentences_cover_every_character_but_blanks_in_order(tag: str, text: str) -> None:
    spans = get(tag).sentences(text, ABBREVIATIONS[tag])
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    assert edges == sorted(edges)
    assert all(not text[end:start].strip() for end, start in zip(edges[::2], edges[1::2], strict=True))
