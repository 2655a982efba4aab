"""Every sign that is printed is in our own fonts; what is not is named with its place."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import locales
from pipeline.config import load_settings
from pipeline.errors import ConfigError, FontError, FormatError
from pipeline.formats.fonts import COMMON, FACES, check_families, check_glyphs, covered_by, families, font_file
from pipeline.formats.own_fonts import read_face
from pipeline.model.edition import Design, Edition
from pipeline.model.inline import inlines
from pipeline.model.release import Paragraph, Release
from pipeline.stages.render import Paper, source_edition
from tests.formats.made_fonts import made_font

PAPER = Paper(settings=load_settings(Path(__file__).parents[2] / "communique.toml"), logo=None, pictures=())


def edition(text: str) -> Edition:
    release = Release(id="r", language="de", title=inlines("Titel"), blocks=(Paragraph(text=inlines(text)),))
    return source_edition(release, locales.get("de"), PAPER, approved=True)


def test_every_face_has_its_file() -> None:
    assert all(font_file(face).is_file() for face in FACES)


def test_the_common_signs_really_are_in_the_fonts() -> None:
    together = frozenset().union(*map(covered_by, families()))
    assert {sign for sign in COMMON - {"\n"} if sign not in together} == set()


@pytest.mark.parametrize("text", ["Zoë – ‚Œuvre‘ 5\u202f000\u00a0€", "Ελλάδα", "Київ", "weich\u00adtrennen"])
def test_usual_text_passes(text: str) -> None:
    check_glyphs(edition(text))


@pytest.mark.parametrize(
    ("sign", "name"), [("漢", "U+6F22"), ("😀", "U+1F600 GRINNING FACE"), ("ا", "U+0627 ARABIC")]
)
def test_a_sign_without_a_glyph_is_named_with_its_place(sign: str, name: str) -> None:
    with pytest.raises(FontError) as caught:
        check_glyphs(edition(f"Text {sign}"))
    assert name in str(caught.value)
    assert "r, de" in str(caught.value)
    assert "release, blocks 1, text 1" in str(caught.value)


def test_labels_and_contacts_are_checked_too() -> None:
    page = edition("Text")
    with pytest.raises(FontError, match="labels, end"):
        check_glyphs(replace(page, labels=replace(page.labels, end="終")))


# --- the office's own

HAUS = read_face(made_font("Haus Sans", signs="A漢"), "templates/fonts/haus.ttf")
ITALIC = read_face(made_font("Haus Sans", italic=True, signs="A終"), "templates/fonts/haus-italic.ttf")


def test_the_offices_fonts_stand_in_after_the_packaged_ones() -> None:
    assert families((HAUS, ITALIC)) == ("Source Serif Pro", "Source Sans Pro", "Roboto", "Haus Sans")


def test_signs_of_the_offices_fonts_can_be_printed() -> None:
    check_glyphs(edition("漢"), (HAUS,))
    with pytest.raises(FontError, match=r"U\+7D42"):
        check_glyphs(edition("漢終"), (HAUS,))


@pytest.mark.parametrize("family", ["Haus Sans", "Source Sans Pro", "Roboto", None])
def test_any_family_that_is_there_can_be_chosen(family: str | None) -> None:
    check_families(Design(text_font=family, heading_font=family), (HAUS,))


@pytest.mark.parametrize("key", ["text_font", "heading_font"])
def test_a_family_that_is_not_there_is_named_with_those_that_are(key: str) -> None:
    message = rf"^communique\.toml: design\.{key}: there is no font “Arial” \(known: .*“Haus Sans”\); put"
    with pytest.raises(ConfigError, match=message):
        check_families(Design(**{key: "Arial"}), (HAUS,))


def test_a_family_without_an_upright_style_is_refused() -> None:
    with pytest.raises(FormatError, match=r"^templates/fonts/haus-italic\.ttf: is italic; put the upright"):
        check_families(Design(), (ITALIC,))


def test_a_family_that_comes_along_is_not_replaced_by_another_of_its_name() -> None:
    with pytest.raises(FormatError, match=r"^templates/fonts/r\.ttf: is “Roboto”, which comes with the program"):
        check_families(Design(), (read_face(made_font("Roboto"), "templates/fonts/r.ttf"),))
