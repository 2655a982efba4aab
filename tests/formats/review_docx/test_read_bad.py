"""A file that is no return, or a damaged or hostile one, is refused with one line, whatever it does."""

import contextlib
import io
import zipfile

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import FormatError
from pipeline.formats.review_docx.read import open_review
from tests.formats.review_docx.sheets import document, sheet
from tests.formats.review_docx.word import DOCUMENT, NUMBER, TARGET, Word

SHEET = sheet()
SENT = document(SHEET)


def with_part(name: str, data: bytes) -> bytes:
    file = io.BytesIO(SENT)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(name, data)
    return file.getvalue()


def foreign() -> bytes:
    made = Document()
    made.add_paragraph("S001")
    table = made.add_table(2, 4)
    table.cell(1, 0).text = "S001"
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


@pytest.mark.filterwarnings("ignore:Duplicate name")  # writing one is the point
@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "is protected by a password"),
        (SENT[: len(SENT) // 2], "is damaged or not complete"),
        (SENT[:5000] + b"\xff" * 200 + SENT[5200:], "is damaged"),
        (foreign(), "is no review document of this program"),
        (with_part("word/vbaProject.bin", b"macro"), "carries macros"),
        (with_part("word/huge.xml", b" " * 30_000_000), "unpacks to far more"),
        (with_part("customXml/item9.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "declares XML entities"),
        (with_part("customXml/item9.xml", b"<a><b></a>"), r"is damaged \(customXml/item9.xml\)"),
        (with_part("customXml/item9.xml", b"<a>" * 300 + b"</a>" * 300), "is damaged"),
    ],
)
def test_it_is_refused_in_one_line(data: bytes, message: str) -> None:
    with pytest.raises(FormatError, match=rf"^retour\.docx: .*{message}") as told:
        open_review(data, "retour.docx")
    assert "\n" not in str(told.value)


@pytest.mark.filterwarnings("ignore:Duplicate name")  # writing one is the point
def test_a_part_that_is_there_twice_is_refused() -> None:
    with pytest.raises(FormatError, match="holds a part twice"):
        open_review(with_part(DOCUMENT, b"<x/>"), "retour.docx")


def test_two_documents_in_one_say_two_things() -> None:
    other = b'<review xmlns="urn:communique:review:1" release="other" target="fr" number="1" key="0123456789ab"/>'
    with pytest.raises(FormatError, match=r"two things of itself \(2026-11-23-bruecke fr-01 and other fr-01\)"):
        open_review(with_part("customXml/item9.xml", other), "retour.docx")


@pytest.mark.parametrize("column", [NUMBER, TARGET])
def test_a_table_that_lost_a_column_is_refused(column: int) -> None:
    edited = Word(SENT, tracking=False)
    edited.delete_column(column)
    with pytest.raises(FormatError, match="table of numbered rows is gone, or has lost a column"):
        open_review(edited.save(), "retour.docx").read(SHEET.export, SENT)


def test_a_table_that_is_gone_is_refused() -> None:
    edited = Word(SENT, tracking=False)
    table = edited.table()
    table.getparent().remove(table)
    with pytest.raises(FormatError, match="table of numbered rows is gone"):
        open_review(edited.save(), "retour.docx").read(SHEET.export, SENT)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(SENT) - 1), st.integers(1, 255))
def test_a_flipped_byte_anywhere_is_refused_or_changes_nothing(place: int, flip: int) -> None:
    data = bytearray(SENT)
    data[place] ^= flip
    back = None
    with contextlib.suppress(FormatError):
        back = open_review(bytes(data), "retour.docx").read(SHEET.export, SENT)
    assert back is None or len(back.segments) == len(SHEET.export.segments)
