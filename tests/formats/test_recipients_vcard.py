"""Recipients as cards of any address book."""

import contextlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import FormatError
from pipeline.formats.recipient_rows import Row
from pipeline.formats.recipients_vcard import MAX_LINE, MAX_LINES, rows


def read(data: bytes | str) -> list[Row]:
    return list(rows(io.BytesIO(data.encode() if isinstance(data, str) else data), path="p.vcf"))


def card(*lines: str) -> str:
    return "\r\n".join(("BEGIN:VCARD", *lines, "END:VCARD", ""))


def only(*lines: str) -> dict[str, str]:
    (row,) = read(card(*lines))
    assert row.problem is None, row.problem
    return dict(row.cells)


def test_a_card_of_version_4() -> None:
    assert only(
        "VERSION:4.0",
        "FN:Zoé Muster",
        "EMAIL;TYPE=home;PREF=2:zoe@privat.example",
        'EMAIL;TYPE="work,voice";PREF=1:zoe@example.org',
        "LANG;PREF=2:de",
        "LANG;PREF=1:fr",
        "CATEGORIES:presse,Landtag",
        "NOTE:not ours to keep",
    ) == {"address": "zoe@example.org", "name": "Zoé Muster", "language": "fr", "lists": "presse|Landtag"}


def test_a_card_of_version_3() -> None:
    found = only(
        "VERSION:3.0",
        "FN:Muster\\, Eva",
        "item1.EMAIL;TYPE=INTERNET:eva@privat.example",
        "item2.email;type=internet,pref:eva@",
        " example.org",
        "item2.X-ABLabel:Redaktion",
    )
    assert (found["address"], found["name"], found["language"]) == ("eva@example.org", "Muster, Eva", "")


def test_a_card_of_version_2_1() -> None:
    found = only(
        "VERSION:2.1",
        "FN;CHARSET=UTF-8;ENCODING=quoted-printable:J=C3=BCrgen =",
        "M=C3=BCller",
        "EMAIL;INTERNET:a@example.org",
        "EMAIL;PREF;INTERNET:b@example.org",
    )
    assert (found["name"], found["address"]) == ("Jürgen Müller", "b@example.org")


def test_without_a_preference_the_first_address_counts() -> None:
    assert only("EMAIL:a@example.org", "EMAIL:b@example.org")["address"] == "a@example.org"


def test_cards_in_another_encoding_with_pictures_and_cards_in_cards() -> None:
    text = card(
        "FN:Jürgen",
        "PHOTO;ENCODING=b:" + "A" * 3 * MAX_LINE,
        *([" " + "B" * 75] * 500),
        "AGENT:",
        "BEGIN:VCARD",
        "EMAIL:agent@example.org",
        "END:VCARD",
        "EMAIL:j@example.org",
    )
    first, second = read((text + "\r\n" + card("EMAIL:z@example.org")).encode("cp1252"))
    assert (first.cells["name"], first.cells["address"], first.line) == ("Jürgen", "j@example.org", 1)
    assert (second.cells["address"], second.line) == ("z@example.org", text.count("\n") + 2)


def test_a_line_break_in_a_value_is_left_for_the_check_of_its_cell() -> None:
    assert only("FN:Eva\\nBcc: x@example.org")["name"] == "Eva\nBcc: x@example.org"
    assert only("FN;ENCODING=QUOTED-PRINTABLE:Eva=0D=0ABcc: x")["name"] == "Eva\r\nBcc: x"


@pytest.mark.parametrize(
    "line",
    [
        "EMAIL" + ";A=1,2=3" * 30 + '"',
        "EMAIL" + ";" * 5_000,
        "EMAIL;X" + "=a" * 2_000 + '"',
        "EMAIL;X" + ",a" * 2_000 + '":',
        "FN;ENCODING=QUOTED-PRINTABLE;CHARSET=KLINGON:x",
        "FN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=FF",
        "FN;ENCODING=QUOTED-PRINTABLE,B:x",
        "FN:" + "x" * MAX_LINE,
    ],
)
def test_a_line_that_cannot_be_read_is_a_problem_of_its_card_and_costs_no_time(line: str) -> None:
    bad, good = read(card(line) + card("EMAIL:a@example.org"))
    assert good.cells["address"] == "a@example.org"
    assert "cannot be read" in (bad.problem or "")


def test_a_card_of_too_many_lines_is_a_problem() -> None:
    (row,) = read(card(*["EMAIL:a@example.org"] * (MAX_LINES + 1)))
    assert "more than 200 lines" in (row.problem or "")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("BEGIN:VCARD\nFN:Eva\n", "p.vcf:1: this card does not end"),
        ("BEGIN:VCALENDAR\nEND:VCALENDAR\n", "p.vcf:1: is in no card"),
        ("END:VCARD\n", "p.vcf:1: is in no card"),
        ("", "p.vcf: is empty"),
        ("BEGIN:VCARD\n" * 50_000, "p.vcf:1: this card does not end"),
    ],
)
def test_what_is_no_address_book_is_told(text: str, message: str) -> None:
    with pytest.raises(FormatError) as caught:
        read(text)
    assert message in str(caught.value)


PIECES = st.sampled_from(
    [b"BEGIN:VCARD\n", b"END:VCARD\n", b"EMAIL;PREF=1:a@example.org\n", b"FN;ENCODING=QUOTED-PRINTABLE:=C3=\n",
     b"LANG", b"CATEGORIES:a\\,b,c\n", b";", b":", b"=", b'"', b",", b" ", b"\n", b"\xe4"]
)  # fmt: skip


@given(st.lists(PIECES | st.binary(max_size=8), max_size=30).map(b"".join))
def test_any_bytes_are_cards_or_one_clear_error(data: bytes) -> None:
    with contextlib.suppress(FormatError):
        read(b"BEGIN:VCARD\n" + data)
