"""Text in any usual encoding is read; what is no text is refused in one line that says what to do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import FormatError
from pipeline.formats.decode import decode

TEXT = "Grüße aus Mörsbach: „Wir öffnen um 9.00 Uhr“ – das kostet 5 €."


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16"),
        ("utf-16-be", "utf-16"),
        ("cp1252", "windows-1252"),
    ],
)
def test_each_encoding_is_recognised(encoding: str, told: str) -> None:
    decoded = decode(TEXT.encode(encoding), "brief.txt")
    assert (decoded.text, decoded.encoding) == (TEXT, told)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b" \r\n\t ", "is empty"),
        (bytes(range(256)) * 4, "no text file"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "no text file"),
        (TEXT.encode()[:2] + TEXT.encode()[2:4][:1], "breaks off"),
        (b"\xff\xfeG\x00r", "breaks off"),
        (b"a" * 50_000_000, "has 50 MB"),
    ],
    ids=["empty", "blank", "binary", "picture", "cut in UTF-8", "cut in UTF-16", "50 MB"],
)
def test_what_cannot_be_text_is_refused_in_one_line(data: bytes, words: str) -> None:
    with pytest.raises(FormatError, match=words) as caught:
        decode(data, "brief.txt")
    assert str(caught.value).startswith("brief.txt: ")
    assert "\n" not in str(caught.value)


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_one_clear_error(data: bytes) -> None:
    told = "text"
    try:
        decode(data, "x")
    except FormatError as error:
        told = str(error)
    assert told
    assert "\n" not in told
