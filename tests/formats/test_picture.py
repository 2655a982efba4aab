"""Pictures of every kind taken in for pages: known by what they are, and refused in one clear line."""

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pipeline.errors import FormatError
from pipeline.formats.picture import prepared

NAME = "media/bild.png"
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><path d="M0 0h9v9z"/></svg>'


def saved(kind: str, size: tuple[int, int] = (40, 30)) -> bytes:
    """Return a picture of some colours in a format."""
    file = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(file, kind)
    return file.getvalue()


WHOLE = {"PNG": saved("PNG"), "JPEG": saved("JPEG"), "SVG": DRAWING}


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (saved("PNG"), "image/png"),
        (saved("JPEG"), "image/jpeg"),
        (DRAWING, "image/svg+xml"),
        (b"\xef\xbb\xbf\n" + DRAWING, "image/svg+xml"),
        (DRAWING.decode().encode("utf-16"), "image/svg+xml"),
    ],
)
def test_a_picture_is_known_by_what_is_in_it(data: bytes, media_type: str) -> None:
    found = prepared(data, "whatever.gif")
    assert found.media_type == media_type
    assert found.notes == ()
    again = prepared(found.data, "whatever.gif")
    assert (again.media_type, again.width, again.height) == (media_type, found.width, found.height)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (saved("GIF"), "is a GIF"),
        (saved("BMP"), "is a BMP"),
        (saved("TIFF"), "is a TIFF"),
        (saved("WEBP"), "is a WebP"),
        (b"\0\0\0\x20ftypheic" + bytes(40), "is a HEIC, AVIF or video"),
        (b"%PDF-1.7\n", "is a PDF"),
        (b"\x1f\x8b\x08" + bytes(20), r"is packed \(\.svgz\)"),
        (b"PK\x03\x04" + bytes(20), "is an Office or ZIP file"),
        (b"eine Textdatei", "is no picture we know"),
        (b"<html><body>Nicht gefunden</body></html>", "is no SVG"),
        (b"<svg>", "is no SVG"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40_000_001), "has 40 MB"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_picture_for_pages_is_named(data: bytes, words: str) -> None:
    with pytest.raises(FormatError, match=rf"^media/bild\.png:(?:\d+:)? {words}"):
        prepared(data, NAME)


@pytest.mark.parametrize("kind", list(WHOLE))
@given(part=st.floats(min_value=0.02, max_value=0.95))
def test_a_file_that_breaks_off_is_one_clear_error(kind: str, part: float) -> None:
    whole = WHOLE[kind]
    with pytest.raises(FormatError, match=r"^media/bild\.png:(?:\d+:)? \w.*; .*$"):
        prepared(whole[: int(len(whole) * part)] or b"\n", NAME)


@pytest.mark.parametrize("kind", list(WHOLE))
@given(data=st.data())
def test_a_damaged_file_is_a_picture_or_one_clear_error(kind: str, data: st.DataObject) -> None:
    damaged = bytearray(WHOLE[kind])
    places = st.integers(min_value=0, max_value=len(damaged) - 1)
    for place, value in data.draw(st.dictionaries(places, st.integers(0, 255), min_size=1, max_size=5)).items():
        damaged[place] = value
    assert re.fullmatch(rf"fine|{NAME}:.*; .*", outcome(bytes(damaged)))


def outcome(data: bytes) -> str:
    """Return what a person reads of a picture that was taken in."""
    try:
        prepared(data, NAME)
    except FormatError as error:
        return str(error)
    return "fine"


@pytest.mark.parametrize("kind", list(WHOLE))
def test_equal_files_give_equal_bytes(kind: str) -> None:
    assert prepared(WHOLE[kind], "a") == prepared(WHOLE[kind], "a")
