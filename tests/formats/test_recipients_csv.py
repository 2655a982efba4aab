"""Recipients as tables of any spreadsheet."""

import contextlib
import io
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import FormatError
from pipeline.formats.recipient_rows import COLUMNS, Row
from pipeline.formats.recipients_csv import MAX_ROW, dump, rows
from pipeline.model.recipient import Recipient


def read(data: bytes | str) -> list[Row]:
    return list(rows(io.BytesIO(data.encode() if isinstance(data, str) else data), path="p.csv"))


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_tables_of_any_spreadsheet_are_read(delimiter: str, encoding: str, end: str) -> None:
    text = f"E-Mail{delimiter}Name{end}zoe@example.org{delimiter}Zoé Müller{end}{delimiter}{end}{end}"
    (row,) = read(text.encode(encoding))
    assert (row.line, row.cells) == (2, {"address": "zoe@example.org", "name": "Zoé Müller"})


@pytest.mark.parametrize(
    "header",
    [
        "address;name;language;lists;source;legal basis;date;objection;embargo",
        "E-Mail-Adresse;NAME;Sprache;Verteiler;Quelle;Rechtsgrundlage;Datum;Widerspruch;Sperrfrist",
        "Adresse électronique;Nom;Langue;Listes;Provenance;Base légale;Depuis;Opposition;Embargo",
        "Courriel;nom complet;LANGUE;liste_de_diffusion;source;legal_basis;date;opposition;embargo_ok",
    ],
)
def test_columns_are_named_in_any_of_three_languages(header: str) -> None:
    (row,) = read(header + "\n1;2;3;4;5;6;7;8;9\n")
    columns = ("address", "name", "language", "lists", "source", "legal_basis", "date", "objection", "embargo")
    assert row.cells == dict(zip(columns, "123456789", strict=True))


@pytest.mark.parametrize("said", ["sep=;\r\n", '"sep=;"\r\n', "SEP=;\n"])
def test_a_table_may_say_what_parts_it(said: str) -> None:
    (row,) = read(f"{said}address;name\r\na@example.org;Muster, Eva\r\n")
    assert (row.line, row.cells["name"]) == (3, "Muster, Eva")


def test_quoted_cells_hold_separators_and_line_breaks() -> None:
    first, second = read('address,name\n"a@example.org","Eva\nMuster, ""EM"""\nb@example.org,Jean\n')
    assert first.cells["name"] == 'Eva\nMuster, "EM"'
    assert (first.line, second.line) == (2, 4)


def test_missing_cells_at_the_end_are_empty_and_surplus_ones_are_a_problem() -> None:
    short, long = read("address;name;source\na@example.org\nb@example.org;Eva;x;y\n")
    assert (short.cells, short.problem) == ({"address": "a@example.org"}, None)
    assert long.problem is not None
    assert "has 4 cells" in long.problem


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b"name\nEva\n", "p.csv:1: the first line must name the columns, “address” among them"),
        (b"address;phone\n", "p.csv:1: there is no column “phone”"),
        (b"address;e-mail\n", "p.csv:1: has two columns for “address”"),
        (b"address\n" + b'"' + b"x" * 20_000, "is no table"),
        (b'address\n"a"b\n', "p.csv:2: is no table"),
        (b"address\n" + b"a;" * MAX_ROW, "in a row of over"),
        (b"address,name\n" + b'"\n",' * MAX_ROW, "in a row of over"),
        (b'"address\n', "the first line must name"),
    ],
)
def test_what_is_no_table_of_recipients_is_told_with_its_line(data: bytes, message: str) -> None:
    with pytest.raises(FormatError) as caught:
        read(data)
    assert message in str(caught.value)


@given(st.binary(max_size=400) | st.binary(max_size=200).map(lambda data: b"address;name\n" + data))
def test_any_bytes_are_rows_or_one_clear_error(data: bytes) -> None:
    with contextlib.suppress(FormatError):
        read(data)


def test_a_table_opens_in_a_spreadsheet_and_is_written_piece_by_piece() -> None:
    someone = Recipient(
        address="zoe@example.org",
        name="Muster; Zoé",
        language="fr",
        lists=("landtag", "presse"),
        source="Messe",
        legal_basis="consent",
        since=date(2026, 1, 31),
    )
    first, *_ = dump(someone for _ in range(1_000))
    assert first.startswith(b"\xef\xbb\xbfaddress;name;")
    (row,) = read(b"".join(dump([someone])))
    assert (row.cells["name"], row.cells["lists"], row.cells["embargo"]) == (
        "Muster; Zoé",
        "landtag | presse",
        "no",
    )


def test_every_column_and_every_name_of_one_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "recipients.md").read_text(encoding="utf-8")
    tables = [re.findall(r"^\| `(\w+)` \|(.*)\|$", part, re.MULTILINE) for part in page.split("## Taking in")]
    assert [name for name, _ in tables[0]] == list(COLUMNS)
    for column, names in tables[1]:
        for name in (column, *names.split(",")):
            header = name if column == "address" else f"address;{name}"
            (row,) = read(f"{header}\n{';'.join('x' for _ in header.split(';'))}\n")
            assert column in row.cells, name
    assert [column for column, _ in tables[1]] == list(COLUMNS)
