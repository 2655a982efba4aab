"""Recipients as an address book writes them: vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350).

vobject reads single lines. Which lines make a card is decided here, one by one, so that an address book of any size
needs little memory; and a line reaches vobject only if it is well-formed, since its patterns take exponential time
on others.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from pipeline.errors import FormatError
from pipeline.formats.recipient_rows import SEPARATORS, Row
from pipeline.formats.text_stream import lines

if TYPE_CHECKING:
    from vobject.base import ContentLine

MAX_LINE = 10_000
"""Characters of a line that is read; pictures are longer, and skipped."""
MAX_LINES = 200
"""Lines of one card that are of use here."""

_USED = frozenset({"EMAIL", "FN", "LANG", "CATEGORIES"})
_NAME = re.compile(r"(?:[\w-]+\.)?([\w-]+)(?=[;:])", re.ASCII)
_PARAMETER = r';[\w-]+(?:=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)?'
_WELL_FORMED = re.compile(rf"((?:[\w-]+\.)?[\w-]+(?:{_PARAMETER})*):(.*)", re.ASCII | re.DOTALL)
_LOWEST = 101
"""Behind all ranks of RFC 6350, section 5.3: 1 is the first choice, 100 the last."""


def rows(stream: BinaryIO, *, path: str) -> Iterator[Row]:
    """Yield each card as a row: the preferred address, the name, the preferred language, categories as lists.

    Args:
        stream: the file, which can be read from its beginning.
        path: what the user calls it.

    Raises:
        FormatError: it is no address book, or a card does not end.
    """
    depth = begun = 0
    kept: list[str] = []
    for number, line in _logical(_physical(stream, path)):
        match line.replace(" ", "").strip().upper():
            case "BEGIN:VCARD":
                depth += 1
                if depth == 1:
                    begun, kept = number, []
            case "END:VCARD" if depth:
                depth -= 1
                if not depth:
                    yield _row(begun, kept)
            case "":
                pass
            case _ if not depth:
                raise FormatError("is in no card; export the file anew", path=path, line=number)
            case _ if depth == 1 and len(kept) <= MAX_LINES and _is_used(line):
                kept.append(line)
    if depth or not begun:
        message = "this card does not end; get the whole file" if depth else "holds no card"
        raise FormatError(message, path=path, line=begun or None)


def _physical(stream: BinaryIO, path: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of the file with their numbers; of those that are too long, the beginning."""
    number, ended = 0, True
    for piece in lines(stream, longest=MAX_LINE + 1, path=path):
        if ended:
            number += 1
            yield number, piece.rstrip("\r\n")
        ended = piece.endswith(("\n", "\r"))


def _logical(physical: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Yield lines whole: folds undone (RFC 2426, section 2.6), soft breaks of quoted-printable joined."""
    begun, line = 0, ""
    for number, part in physical:
        soft = line.endswith("=") and "QUOTED-PRINTABLE" in line.partition(":")[0].upper()
        if not soft and not part.startswith((" ", "\t")):
            yield begun, line
            begun, line = number, part
        elif len(line) <= MAX_LINE:
            line = line[:-1] + part if soft else line + part[1:]
    yield begun, line


def _is_used(line: str) -> bool:
    name = _NAME.match(line)
    return name is not None and name[1].upper() in _USED


def _row(begun: int, kept: list[str]) -> Row:
    """Return a card as a row; where one of its lines cannot be read, with that problem."""
    if len(kept) > MAX_LINES:
        return Row(line=begun, cells={}, problem=f"has more than {MAX_LINES} lines of addresses; take some out")
    found: dict[str, list[ContentLine]] = {name: [] for name in _USED}
    for text in kept:
        line = _parsed(text)
        if line is None:
            problem = f"the line “{text[:40]}” cannot be read; correct it in the address book"
            return Row(line=begun, cells={}, problem=problem)
        found[line.name].append(line)
    categories = (part for line in found["CATEGORIES"] for part in _parts(line.value))
    return Row(
        line=begun,
        cells={
            "address": _preferred(found["EMAIL"]),
            "name": _preferred(found["FN"]),
            "language": _preferred(found["LANG"]),
            "lists": SEPARATORS[0].join(categories),
        },
    )


def _parsed(text: str) -> "ContentLine | None":
    """Return a line with its parameters and its value decoded, or None where that is not possible."""
    from vobject.base import VObjectError, textLineToContentLine

    parts = _WELL_FORMED.fullmatch(text)
    if parts is None or len(text) > MAX_LINE:
        return None
    try:
        # Names mean the same in small letters, but vobject knows `QUOTED-PRINTABLE` in capitals only.
        return textLineToContentLine(f"{parts[1].upper()}:{parts[2]}")
    except (VObjectError, ValueError, LookupError, TypeError):
        # What vobject lets through of encodings that do not exist, or that the value is not in.
        return None


def _preferred(found: "list[ContentLine]") -> str:
    """Return the value of the line that is preferred most, else of the first."""
    return _unescaped(min(found, key=_rank).value.strip()) if found else ""


def _rank(line: "ContentLine") -> int:
    """Return how early a line comes: by `PREF=1` (4.0), `TYPE=pref` (3.0) or `PREF` (2.1)."""
    if "PREF" in (*line.params.get("TYPE", ()), *line.singletonparams):
        return 0
    number = "".join(line.params.get("PREF", ())[:1])
    return int(number) if re.fullmatch(r"[1-9][0-9]?|100", number) else _LOWEST


def _parts(value: str) -> list[str]:
    """Return the parts of a value that commas part, but for commas behind a backslash."""
    return [_unescaped(part) for part in re.findall(r"(?:\\.|[^\\,])+", value, re.DOTALL)]


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text, flags=re.DOTALL)
