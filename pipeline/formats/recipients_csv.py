"""Recipients as a table: CSV as any spreadsheet saves it, with a header in English, German or French."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import BinaryIO

from pipeline.errors import FormatError
from pipeline.formats.recipient_rows import COLUMNS, SEPARATORS, Row
from pipeline.formats.text_stream import lines
from pipeline.model.recipient import Recipient

MAX_ROW = 100_000
"""Characters of a row."""
MAX_FIELD = 10_000
"""Characters of a cell; a longer one is the sign of a quotation mark that is never closed."""
DELIMITER = ";"
"""What spreadsheets expect where the comma is in numbers, as in German and French."""

_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "address": "address, e-mail, mail, e-mail address, adresse, e-mail-adresse, mailadresse, courriel,"
        " adresse e-mail, adresse mail, adresse électronique, adresse de courriel",
        "name": "name, full name, vollständiger name, nom, nom complet",
        "language": "language, sprache, langue",
        "lists": "lists, list, listen, liste, listes, verteiler, mailing list, liste de diffusion",
        "source": "source, quelle, herkunft, provenance, origine",
        "legal_basis": "legal basis, rechtsgrundlage, base légale, base juridique, fondement juridique",
        "date": "date, since, datum, seit, depuis",
        "objection": "objection, widerspruch, opposition",
        "embargo": "embargo, embargo ok, sperrfrist",
    }
)
"""Names of each column in a header."""


def _plain(name: str) -> str:
    """Return a name of a column by its letters only: `E-Mail Adresse` and `e-mail-adresse` are the same."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFC", name).lower())


_KNOWN: Mapping[str, str] = MappingProxyType(
    {_plain(name): column for column, names in _NAMES.items() for name in names.split(",")}
)


class _Lines:
    """Lines for the CSV reader, which asks for as many as a row has; none of the rows is longer than `MAX_ROW`."""

    def __init__(self, stream: BinaryIO, path: str) -> None:
        self._lines = lines(stream, longest=MAX_ROW, path=path)
        self._path = path
        self._taken = 0
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self._taken += len(line)
        self.number += 1
        if self._taken >= MAX_ROW:
            message = f"is in a row of over {MAX_ROW} characters; look for a quotation mark that is not closed"
            raise FormatError(message, path=self._path, line=self.number)
        return line

    def begin_row(self) -> None:
        self._taken = 0


def rows(stream: BinaryIO, *, path: str) -> Iterator[Row]:
    """Yield the rows of a table one by one, cells as they stand there; empty rows are left out.

    Args:
        stream: the file, which can be read from its beginning: any encoding, parted by semicolons, commas or tabs.
        path: what the user calls it.

    Raises:
        FormatError: it is no table of recipients.
    """
    source = _Lines(stream, path)
    reader, header = _header(source, path)
    while True:
        source.begin_row()
        line = source.number + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise FormatError(f"is no table ({error})", path=path, line=line) from None
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield _row(line, header, cells)


def dump(recipients: Iterable[Recipient]) -> Iterator[bytes]:
    """Yield a table of recipients piece by piece; `rows` reads it back, and spreadsheets open it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=DELIMITER, lineterminator="\r\n")
    out.write("\ufeff")
    writer.writerow(COLUMNS)
    for item in recipients:
        writer.writerow(_cells(item))
        yield out.getvalue().encode()
        out.seek(0)
        out.truncate()
    yield out.getvalue().encode()


def _header(source: _Lines, path: str) -> tuple[Iterator[list[str]], list[str]]:
    """Return a reader that stands behind the header, and our name of each column."""
    first = next(source, "")
    delimiter = max(DELIMITER + ",\t", key=first.count)
    # Excel itself writes and reads this line, by which a table says what it is parted by.
    if said := re.fullmatch(r'"?sep=([;,\t])"?\s*', first, re.IGNORECASE):
        delimiter, first = said[1], next(source, "")
    csv.field_size_limit(MAX_FIELD)
    try:
        (names,) = csv.reader([first], delimiter=delimiter, strict=True)
    except (csv.Error, ValueError):
        names = []
    header = [_column(name, source.number, path) for name in names]
    if twice := sorted({name for name in header if name and header.count(name) > 1}):
        raise FormatError(f"has two columns for “{twice[0]}”; take one out", path=path, line=source.number)
    if "address" not in header:
        message = f"the first line must name the columns, “address” among them; known are {', '.join(COLUMNS)}"
        raise FormatError(message, path=path, line=source.number or None)
    return csv.reader(source, delimiter=delimiter, strict=True), header


def _column(name: str, line: int, path: str) -> str:
    """Return our name of a column, empty for one without a name.

    An unknown one is refused: what stands in a misspelt “objection” must not be lost, and what is not needed of a
    person is not to be stored.
    """
    found = _KNOWN.get(_plain(name), "")
    if name.strip() and not found:
        message = f"there is no column “{name.strip()[:40]}”; take it out, or rename it: {', '.join(COLUMNS)}"
        raise FormatError(message, path=path, line=line)
    return found


def _row(line: int, header: list[str], cells: list[str]) -> Row:
    # Spreadsheets leave out separators behind the last cell that is filled.
    named = {name: cell for name, cell in zip(header, cells, strict=False) if name}
    beyond = [cell for name, cell in zip(header, cells, strict=False) if not name] + cells[len(header) :]
    problem = None
    if any(cell.strip() for cell in beyond):
        problem = f"has {len(cells)} cells, some without a column; put text that holds the separator in quotes"
    return Row(line=line, cells=named, problem=problem)


def _cells(item: Recipient) -> tuple[str, ...]:
    return (
        item.address,
        item.name or "",
        item.language,
        f" {SEPARATORS[0]} ".join(item.lists),
        item.source,
        item.legal_basis,
        item.since.isoformat(),
        item.objection.isoformat() if item.objection else "",
        "yes" if item.embargo_ok else "no",
    )
