"""An office's own fonts: what is read of them, and which cannot be used."""

from io import BytesIO
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import FormatError
from pipeline.formats.fonts import font_file
from pipeline.formats.own_fonts import MAX_BYTES, MAX_FILES, own_fonts, read_face
from tests.formats.made_fonts import made_font

NAME = "templates/fonts/Haus.ttf"
REGULAR = made_font("Haus Sans")


def put(templates: Path, **files: bytes) -> Path:
    folder = templates / "fonts"
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / name.replace("_", ".")).write_bytes(data)
    return templates


@pytest.mark.parametrize(
    ("weight", "italic", "said"),
    [(400, False, (400, "normal")), (620, True, (600, "italic")), (1, False, (100, "normal"))],
)
def test_family_weight_style_and_signs_are_read(weight: int, italic: bool, said: tuple[int, str]) -> None:
    face = read_face(made_font("Haus  Sans", weight=weight, italic=italic, signs="Aß"), NAME)
    assert (face.family, face.weight, face.style) == ("Haus Sans", *said)
    assert face.signs == {"A", "ß"}


def test_fonts_with_postscript_outlines_are_read_too() -> None:
    face = read_face(font_file("SourceSansPro-Semibold").with_suffix(".otf").read_bytes(), NAME)
    assert (face.family, face.weight, face.style) == ("Source Sans Pro", 600, "normal")


def test_the_fonts_of_a_folder_come_in_order_and_other_files_are_left_alone(tmp_path: Path) -> None:
    bold, italic = made_font("Haus Sans", weight=700), made_font("Haus Sans", italic=True)
    put(tmp_path, a_ttf=bold, b_OTF=italic, c_ttf=REGULAR, d_ttf=made_font("Amt"), OFL_txt=b"licence")
    faces = [(face.family, face.weight, face.style) for face in own_fonts((tmp_path,))]
    assert faces == [
        ("Amt", 400, "normal"),
        ("Haus Sans", 400, "italic"),
        ("Haus Sans", 400, "normal"),
        ("Haus Sans", 700, "normal"),
    ]


def test_no_folder_means_no_fonts(tmp_path: Path) -> None:
    assert own_fonts((tmp_path, tmp_path / "no")) == ()


# --- what cannot be used


def variable() -> bytes:
    with TTFont(BytesIO(REGULAR)) as font:
        builder = FontBuilder(font=font)
        builder.setupFvar([("wght", 100, 400, 900, "Weight")], [])
        file = BytesIO()
        font.save(file)
    return file.getvalue()


def without(table: str) -> bytes:
    with TTFont(BytesIO(REGULAR)) as font:
        for name in (table, "loca") if table == "glyf" else (table,):
            del font[name]
        file = BytesIO()
        font.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "cannot be read as a font"),
        (b"no font at all", "cannot be read as a font"),
        (REGULAR[:-900], "is cut off"),
        (REGULAR[:200], "cannot be read as a font|is cut off"),
        (without("OS/2"), "cannot be read as a font"),
        (without("glyf"), "has no outlines"),
        (variable(), "is a variable font; put the single styles"),
        (made_font(" "), "does not say the name of its family"),
    ],
)
def test_damaged_and_other_fonts_are_refused_in_one_line(data: bytes, message: str) -> None:
    with pytest.raises(FormatError, match=rf"^{NAME}: ({message})[^\n]*$"):
        read_face(data, NAME)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(REGULAR) - 1), st.binary(min_size=1, max_size=40))
def test_whatever_is_damaged_is_read_or_refused_by_name(place: int, junk: bytes) -> None:
    damaged = REGULAR[:place] + junk + REGULAR[place + len(junk) :]
    said = NAME
    try:
        read_face(damaged, NAME)
    except FormatError as error:
        said = str(error)
    assert said.startswith(NAME)


@pytest.mark.parametrize("fs_type", [0x0002, 0x0100, 0x0200, 0x0104])
def test_a_font_that_its_maker_does_not_let_into_pdfs_is_refused(fs_type: int) -> None:
    with pytest.raises(FormatError, match="may not be put into a PDF"):
        read_face(made_font("Haus", fs_type=fs_type), NAME)


@pytest.mark.parametrize("fs_type", [0, 0x0004, 0x0008, 0x0006])
def test_one_that_may_be_embedded_to_view_print_or_edit_is_taken(fs_type: int) -> None:
    """Where several ways are named, the one that allows most counts (OpenType specification, OS/2, fsType)."""
    assert read_face(made_font("Haus", fs_type=fs_type), NAME).family == "Haus"


def test_two_of_the_same_kind_are_named(tmp_path: Path) -> None:
    put(tmp_path, a_ttf=REGULAR, b_ttf=REGULAR)
    with pytest.raises(
        FormatError, match=r"^templates/fonts/b\.ttf: .*same weight and style as templates/fonts/a\.ttf"
    ):
        own_fonts((tmp_path,))


@pytest.mark.parametrize("kind", ["woff", "woff2", "ttc"])
def test_web_fonts_and_collections_are_refused_by_name(tmp_path: Path, kind: str) -> None:
    put(tmp_path, **{f"a_{kind}": b"x"})
    with pytest.raises(FormatError, match=rf"^templates/fonts/a\.{kind}: .*as \.ttf or \.otf"):
        own_fonts((tmp_path,))


def test_size_and_number_are_bounded(tmp_path: Path) -> None:
    put(tmp_path, a_ttf=b"\0" * (MAX_BYTES + 1))
    with pytest.raises(FormatError, match="larger than 5 MB"):
        own_fonts((tmp_path,))
    put(tmp_path, **{f"{number}_ttf": b"" for number in range(MAX_FILES)})
    with pytest.raises(FormatError, match="at most 60"):
        own_fonts((tmp_path,))
