"""Characters that XML cannot hold are found wherever they stand in a value."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.formats.xml_characters import forbidden_characters
from pipeline.model.inline import Run
from pipeline.model.release import Paragraph, Release


@dataclass
class Holder:
    items: tuple[object, ...]


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_control_characters_surrogates_and_noncharacters_are_forbidden(character: str) -> None:
    assert list(forbidden_characters(f"a{character}b")) == [((), character)]


@pytest.mark.parametrize("character", ["\t", "\n", "\r", " ", "\x85", "\u00ad", "\u2028", "\ufdd0", "😀"])
def test_everything_else_is_allowed(character: str) -> None:
    assert list(forbidden_characters(f"a{character}b")) == []


def test_the_place_is_told_from_the_outside_in() -> None:
    release = Release(id="a", language="de", blocks=(Paragraph(text=()), Paragraph(text=(Run(text="x\x0b"),))))
    assert list(forbidden_characters(release)) == [(("blocks", 1, "text", 0, "text"), "\x0b")]


def test_values_that_are_no_text_are_passed_over() -> None:
    assert list(forbidden_characters(Holder((b"\x00", None, 7, True)))) == []


@given(st.text())
def test_what_passes_is_what_the_xml_library_takes(text: str) -> None:
    element = etree.Element("t")
    try:
        element.text = text
        taken = True
    except (ValueError, UnicodeEncodeError):
        taken = False
    assert taken == (not list(forbidden_characters(text)))
