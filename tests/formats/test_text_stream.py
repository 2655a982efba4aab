"""Files of any encoding, read as a stream."""

import io

import pytest

from pipeline.errors import FormatError
from pipeline.formats.text_stream import lines

LONG = "address;name\r\n" + "eva@example.org;Eva\r\n" * 9_000
LATE = LONG + "zoe@example.org;Zoé Müller\r\n"
"""All of it is ASCII for longer than a sample is."""


def read(data: bytes, longest: int = 1_000) -> str:
    return "".join(lines(io.BytesIO(data), longest=longest, path="x.csv"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("text", ["Zoé;Straße\r\nx", LATE], ids=["short", "late"])
def test_the_encoding_is_found_wherever_the_first_umlaut_stands(text: str, encoding: str) -> None:
    assert read(text.encode(encoding)) == text


def test_a_long_line_comes_in_pieces() -> None:
    stream = io.BytesIO(b"a" * 25)
    assert [len(piece) for piece in lines(stream, longest=10, path="x.csv")] == [10, 10, 5]
    assert not stream.closed, "whoever opened it closes it"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "x.csv: is empty"),
        (b" \r\n", "x.csv: is empty"),
        (b"PK\x03\x04\0\0", "save it as “CSV UTF-8”"),
        ("Zoé".encode()[:-1], "breaks off in the middle of a character"),
        (b"x" + b"\n" * 2_000_001, "more than 2000000 lines"),
        (b"\xff\xfea", "is not UTF-16 throughout"),
    ],
    ids=["empty", "blank", "binary", "cut", "lines", "odd"],
)
def test_what_is_no_text_is_told(data: bytes, message: str) -> None:
    with pytest.raises(FormatError) as caught:
        read(data)
    assert message in str(caught.value)
