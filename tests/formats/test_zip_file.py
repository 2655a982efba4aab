"""A ZIP file says nothing about when, where and by whom it was made, beyond what it was told."""

import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import FormatError
from pipeline.formats.zip_file import write_zip

MADE = datetime(2026, 3, 2, 9, 30, 14, tzinfo=UTC)


def members_of(data: bytes) -> list[ZipInfo]:
    with ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        return archive.infolist()


def test_members_come_out_in_the_order_given() -> None:
    names = ["z.txt", "a.txt", "ordner/ä.txt"]
    assert [info.filename for info in members_of(write_zip([(name, b"") for name in names], MADE))] == names


def test_every_member_has_the_time_and_the_rights_of_a_plain_unix_file() -> None:
    (info,) = members_of(write_zip([("a.txt", b"text")], MADE))
    assert info.date_time == (2026, 3, 2, 9, 30, 14)
    assert info.create_system == 3
    assert info.external_attr >> 16 == stat.S_IFREG | 0o644
    assert (info.extra, info.comment) == (b"", b"")


def test_the_time_is_utc_whatever_zone_it_was_given_in() -> None:
    berlin = MADE.astimezone(timezone(timedelta(hours=1)))
    assert write_zip([("a", b"x")], berlin) == write_zip([("a", b"x")], MADE)
    assert write_zip([("a", b"x")], MADE.replace(tzinfo=None)) == write_zip([("a", b"x")], MADE)


@pytest.mark.parametrize(
    ("year", "stamp"), [(1949, (1980, 1, 1, 0, 0, 0)), (1980, (1980, 5, 6, 7, 8, 8)), (2107, (2107, 5, 6, 7, 8, 8)),
                        (2200, (2107, 12, 31, 23, 59, 58))]
)  # fmt: skip
def test_years_that_zip_cannot_say_become_the_nearest_it_can(year: int, stamp: tuple[int, ...]) -> None:
    (info,) = members_of(write_zip([("a", b"")], datetime(year, 5, 6, 7, 8, 9, tzinfo=UTC)))
    assert info.date_time == stamp


def test_members_are_stored_unless_asked_otherwise() -> None:
    text = b"Drucksache " * 1000
    (stored,) = members_of(write_zip([("a", text)], MADE))
    (deflated,) = members_of(write_zip([("a", text)], MADE, compress=True))
    assert (stored.compress_type, stored.compress_size) == (ZIP_STORED, len(text))
    assert deflated.compress_type == ZIP_DEFLATED
    assert deflated.compress_size < len(text) / 50


@pytest.mark.parametrize("name", ["../a", "/a", "C:a", "a\\b", "", "a/../b", "con.txt", "a\x07", "a\u202eb"])
def test_a_name_that_leads_elsewhere_or_nowhere_is_refused(name: str) -> None:
    with pytest.raises(FormatError, match="rename the file"):
        write_zip([(name, b"")], MADE)


@pytest.mark.parametrize("names", [("a.txt", "a.txt"), ("Plan.pdf", "plan.PDF"), ("e\u0301.txt", "é.txt")])
def test_two_names_for_one_file_are_refused(names: tuple[str, str]) -> None:
    with pytest.raises(FormatError, match="one and the same file"):
        write_zip([(name, b"") for name in names], MADE)


@given(st.lists(st.binary(max_size=200), max_size=6), st.booleans())
def test_what_was_put_in_comes_out(contents: list[bytes], compress: bool) -> None:
    members = [(f"{number}.bin", content) for number, content in enumerate(contents)]
    data = write_zip(members, MADE, compress=compress)
    with ZipFile(BytesIO(data)) as archive:
        assert [(info.filename, archive.read(info)) for info in archive.infolist()] == members


PROGRAM = """
import sys
from datetime import datetime, UTC
from pipeline.formats.zip_file import write_zip
made = datetime(2026, 3, 2, 9, 30, 14, tzinfo=UTC)
sys.stdout.buffer.write(write_zip([("b.txt", b"text " * 50), ("a.txt", b"")], made, compress=True))
"""


def test_another_process_in_another_time_zone_writes_the_same_bytes() -> None:
    there = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={"TZ": "Pacific/Auckland", "PYTHONHASHSEED": "7"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        check=True,
    )
    assert there.stdout == write_zip([("b.txt", b"text " * 50), ("a.txt", b"")], MADE, compress=True)
