"""Every sign that is printed is in our own fonts; what is not is named with its place."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import locales
from pipeline.config import load_settings
from pipeline.errors import FontError
from pipeline.formats.fonts import COMMON, FACES, check_glyphs, covered_by, families, font_file
from pipeline.model.edition import Edition
from pipeline.model.inline import inlines
from pipeline.model.release import Paragraph, Release
from pipeline.stages.render import Paper, source_edition

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
