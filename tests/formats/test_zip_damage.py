"""Whatever is wrong with an archive, and however it was packed: one error that says what to do."""

import random
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile

import pytest

from pipeline.errors import FormatError
from pipeline.formats.office_package import open_package
from pipeline.formats.zip_damage import damage_told


def packed(method: int) -> bytes:
    rng = random.Random(method)  # noqa: S311 (repeatable samples, no secret)
    file = BytesIO()
    with ZipFile(file, "w", method) as archive:
        archive.writestr("word/document.xml", rng.randbytes(2000) + b"x" * 3000)
        archive.writestr("ü.xml", "y")
    return file.getvalue()


@pytest.mark.parametrize("method", [ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA])
def test_damage_of_every_kind_is_told_and_nothing_else_happens(method: int) -> None:
    whole, rng, told = packed(method), random.Random(1), []  # noqa: S311 (repeatable samples, no secret)
    for _ in range(500):
        data = bytearray(whole)
        for _ in range(rng.randrange(1, 8)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        try:
            with damage_told("is damaged", "a.zip"), ZipFile(BytesIO(bytes(data))) as archive:
                for item in archive.infolist():
                    archive.read(item)
        except FormatError as error:
            told.append(str(error))
    assert len(told) > 100
    assert set(told) == {"a.zip: is damaged"}


@pytest.mark.parametrize("method", [ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA])
def test_a_damaged_word_file_is_one_clear_error(method: int) -> None:
    data = bytearray(packed(method))
    data[100:300] = b"\xff" * 200
    with pytest.raises(FormatError, match="is damaged or not complete"):
        open_package(bytes(data), "a.docx")


def test_errors_of_our_own_pass() -> None:
    with pytest.raises(FormatError, match="another"), damage_told("is damaged", "a.zip"):
        raise FormatError("another")
