"""A page is set in the packaged fonts and the office's own; those of the system have no part in it."""

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from pipeline.engines.pdf import PdfWriter
from pipeline.engines.pdf_check import validate
from pipeline.errors import ConfigError, FontError, FormatError
from pipeline.formats.fonts import font_file
from pipeline.formats.page import to_html
from pipeline.model.edition import Design, Edition
from pipeline.model.inline import inlines
from pipeline.templating import environment, packaged_templates
from tests.engines.pdf_releases import edition
from tests.formats.made_fonts import LATIN, made_font


def folders(tmp_path: Path, **fonts: bytes) -> list[Path]:
    """Return the template folders of an office that has these fonts."""
    (tmp_path / "fonts").mkdir()
    for name, data in fonts.items():
        (tmp_path / "fonts" / f"{name}.ttf").write_bytes(data)
    return [tmp_path, packaged_templates()]


def made(title: str = "Titel", **fonts: str) -> Edition:
    page = edition(1)
    design = Design(name="modern", **fonts)
    letterhead = replace(page.letterhead, name="Haus", body="Land", design=design)
    return replace(page, release=replace(page.release, title=inlines(title), blocks=()), letterhead=letterhead)


def written(where: list[Path], page: Edition) -> bytes:
    return PdfWriter(where).write(to_html(page, environment(where)), page)


def families(pdf: bytes) -> set[str]:
    """Return the embedded families, as their names begin."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        dictionaries = [item for item in file.objects if isinstance(item, pikepdf.Dictionary)]
        names = [str(item.FontName) for item in dictionaries if item.get("/Type") == "/FontDescriptor"]
    return {name.partition("+")[2] for name in names}


def test_a_font_of_the_offices_own_is_embedded_and_the_file_keeps_both_standards(tmp_path: Path) -> None:
    where = folders(tmp_path, regular=made_font("Haus Sans"), bold=made_font("Haus Sans", weight=700))
    pdf = written(where, made(text_font="Haus Sans", heading_font="Haus Sans"))
    assert validate(pdf, "haus.pdf") == ()
    assert {name.rpartition("-Bold")[0] or name for name in families(pdf)} >= {"Haus-Sans"}
    assert pdf == written(where, made(text_font="Haus Sans", heading_font="Haus Sans"))


@pytest.mark.parametrize("family", ["Source Serif Pro", "Source Sans Pro", "Roboto"])
def test_a_packaged_font_takes_the_place_of_the_designs(family: str) -> None:
    found = families(written([packaged_templates()], made(text_font=family, heading_font=family)))
    assert found
    assert all(name.startswith(family.replace(" ", "-")) for name in found)


def test_a_font_with_postscript_outlines_is_embedded_too(tmp_path: Path) -> None:
    where = folders(tmp_path)
    light = font_file("SourceSansPro-Regular").with_name("SourceSansPro-Light.otf").read_bytes()
    (tmp_path / "fonts" / "light.otf").write_bytes(renamed(light, "Amtsschrift"))
    pdf = written(where, made(text_font="Amtsschrift", heading_font="Amtsschrift"))
    assert validate(pdf, "amt.pdf") == ()
    assert any("Amtsschrift" in name for name in families(pdf))


def renamed(font: bytes, family: str) -> bytes:
    from fontTools.ttLib import TTFont

    with TTFont(io.BytesIO(font)) as opened:
        for number in (1, 16):
            opened["name"].setName(family, number, 3, 1, 0x409)
        file = io.BytesIO()
        opened.save(file)
    return file.getvalue()


def test_a_sign_that_only_the_offices_font_has_is_printed(tmp_path: Path) -> None:
    where = folders(tmp_path, haus=made_font("Haus Sans", signs=f"{LATIN}漢"))
    assert "Haus-Sans" in families(written(where, made("Titel 漢")))
    with pytest.raises(FontError, match=r"U\+6F22"):
        written([packaged_templates()], made("Titel 漢"))


def test_a_sign_that_the_chosen_font_lacks_comes_from_the_next_one(tmp_path: Path) -> None:
    where = folders(tmp_path, haus=made_font("Haus Sans", signs="AB "))
    pdf = written(where, made("ABC", text_font="Haus Sans", heading_font="Haus Sans"))
    assert {name.partition("-Semi")[0] for name in families(pdf)} >= {"Haus-Sans", "Source-Serif-Pro"}


def test_a_font_of_the_system_steps_in_neither_for_signs_nor_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, nothing = made(), [packaged_templates()]
    expected = written(nothing, page)
    (tmp_path / "system").mkdir()
    for name, family in (("a", "Source Sans Pro"), ("b", "Source Serif Pro"), ("c", "DejaVu Sans")):
        signs = f"{LATIN}終"
        (tmp_path / "system" / f"{name}.ttf").write_bytes(made_font(family, weight=600, signs=signs, wide=300))
    configuration = tmp_path / "fonts.conf"
    configuration.write_text(f"<fontconfig><dir>{tmp_path / 'system'}</dir></fontconfig>", encoding="utf-8")
    monkeypatch.setenv("FONTCONFIG_FILE", str(configuration))
    assert written(nothing, page) == expected
    with pytest.raises(FontError, match=r"U\+7D42"):
        written(nothing, made("Titel 終"))


def test_an_unknown_font_and_a_damaged_one_are_told_before_anything_is_set(tmp_path: Path) -> None:
    with pytest.raises(
        ConfigError, match=r"design\.text_font: there is no font “Arial” \(known: “Source Serif Pro”"
    ):
        written([packaged_templates()], made(text_font="Arial"))
    with pytest.raises(FormatError, match=r"^templates/fonts/haus\.ttf: cannot be read as a font"):
        PdfWriter(folders(tmp_path, haus=b"\0\1\0\0 damaged"))


def test_a_family_with_quotes_in_its_name_stays_a_name(tmp_path: Path) -> None:
    name = 'Haus"; } body { display: none'
    pdf = written(folders(tmp_path, haus=made_font(name)), made(text_font=name, heading_font=name))
    assert validate(pdf, "haus.pdf") == ()
