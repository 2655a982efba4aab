"""What a table or an address book says of recipients, checked cell by cell; docs/recipients.md has the columns."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from pipeline.formats.mail_address import mail_address
from pipeline.model.recipient import Recipient

MAX_CELL = 500
"""Characters of the longest name, source or legal basis."""
MAX_LISTS = 50
MAX_LIST = 60
"""Characters of the name of a list."""

SEPARATORS = "|;,"
"""Between the lists of one recipient; so no list has one of them in its name."""

_OPTIONS: Mapping[str, str] = MappingProxyType(
    {
        "language": "--language",
        "lists": "--list",
        "source": "--source",
        "legal_basis": "--legal-basis",
        "date": "--date",
    }
)
"""What a row must say besides its address, and the option that says it for all rows."""

_FORMULA = ("=", "+", "-", "@")
_SIGNS = " ".join(_FORMULA)
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_DATES = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y")
_YES = frozenset("yes ja oui true wahr vrai 1 x".split())
_NO = frozenset("no nein non false falsch faux 0".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table, or one card, by the names of our columns."""

    line: int
    cells: Mapping[str, str]
    problem: str | None = None
    """Why it cannot be read at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with a row, and what to do."""

    line: int
    column: str | None
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A row without faults."""

    line: int
    recipient: Recipient
    tells_embargo: bool
    """Whether it says anything about embargoes; if not, what is known stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What rows are held against."""

    languages: tuple[str, ...]
    """Tags of the editions there are."""
    today: date
    defaults: Mapping[str, str] = field(default_factory=dict)
    """Cells for rows that leave them empty."""


def read(row: Row, rules: Rules) -> Entry | tuple[Fault, ...]:
    """Return what a row says, or everything that is wrong with it."""
    if row.problem:
        return (Fault(line=row.line, column=None, message=row.problem),)
    faults: list[Fault] = []
    values: dict[str, Any] = {}
    for column, parse in _PARSERS.items():
        try:
            longest = MAX_LISTS * (MAX_LIST + 3) if column == "lists" else MAX_CELL
            text = _clean(row.cells.get(column, ""), longest) or _clean(rules.defaults.get(column, ""), longest)
            values[column] = _value(column, text, parse, rules)
        except ValueError as error:
            faults.append(Fault(line=row.line, column=column, message=str(error)))
    if faults:
        return tuple(faults)
    embargo, since = values.pop("embargo"), values.pop("date")
    recipient = Recipient(since=since, embargo_ok=bool(embargo), **values)
    return Entry(line=row.line, recipient=recipient, tells_embargo=embargo is not None)


def list_names(text: str) -> tuple[str, ...]:
    """Return the names of lists in a cell: sorted, in small letters, so that `Presse` and `presse` are one.

    Raises:
        ValueError: there are too many, or one has a name that cannot be.
    """
    for separator in SEPARATORS[1:]:
        text = text.replace(separator, SEPARATORS[0])
    names = sorted({" ".join(name.split()).lower() for name in text.split(SEPARATORS[0])} - {""})
    if len(names) > MAX_LISTS:
        raise ValueError(f"names {len(names)} lists; {MAX_LISTS} are possible")
    for name in names:
        if len(name) > MAX_LIST or name.startswith(_FORMULA):
            raise ValueError(
                f"“{name[:MAX_LIST]}” cannot name a list: up to {MAX_LIST} characters, the first none of {_SIGNS}"
            )
    return tuple(names)


def day(text: str, today: date) -> date:
    """Return a day as in ISO 8601, or as spreadsheets write it in German (23.11.2026) and French (23/11/2026).

    Raises:
        ValueError: it is no such day, or still to come.
    """
    for pattern in _DATES:
        try:
            found = datetime.strptime(text, pattern).date()  # noqa: DTZ007 (a day has no time zone)
        except ValueError:
            continue
        if found > today:
            raise ValueError(f"is {found.isoformat()}, which is still to come; correct it")
        return found
    raise ValueError(f"“{text}” is no day; write it 2026-11-23, 23.11.2026 or 23/11/2026")


def _clean(text: str, longest: int) -> str:
    """Return a cell in composed characters (NFC) without needless blanks.

    Raises:
        ValueError: it is too long, could break out of the line of a mail header, or would run as a formula in the
            spreadsheet that opens an export.
    """
    if len(text) > longest:
        raise ValueError(f"is longer than {longest} characters; shorten it")
    if any(unicodedata.category(character) in _INVISIBLE for character in text):
        raise ValueError("holds a line break or another invisible sign; write it on one line, without")
    text = " ".join(unicodedata.normalize("NFC", text).split())
    if text.startswith(_FORMULA):
        raise ValueError(f"begins with “{text[0]}”, which spreadsheets take for a formula; leave that sign out")
    return text


def _value(column: str, text: str, parse: Callable[[str, Rules], object], rules: Rules) -> object:
    if text:
        return parse(text, rules)
    if option := _OPTIONS.get(column):
        raise ValueError(f"is missing; fill it in, or give {option} for all rows without it")
    if column == "address":
        raise ValueError("is missing; fill it in, or take the row out")
    return None


def _language(text: str, rules: Rules) -> str:
    """Return the tag of the edition: `fr` and `fr-BE` both find a workspace's only French one."""
    wanted = text.lower().replace("_", "-")
    same = [tag for tag in rules.languages if tag.lower() == wanted]
    primary = wanted.partition("-")[0]
    near = [tag for tag in rules.languages if tag.lower().partition("-")[0] == primary]
    if same or len(near) == 1:
        return (same or near)[0]
    raise ValueError(f"“{text}” is no language of this workspace; write one of: {', '.join(rules.languages)}")


def _lists(text: str, _: Rules) -> tuple[str, ...]:
    names = list_names(text)
    if not names:
        raise ValueError("names no list; give at least one")
    return names


def _yes_or_no(text: str, _: Rules) -> bool:
    word = text.lower()
    if word not in _YES | _NO:
        raise ValueError(f"“{text}” is neither yes nor no; write yes, ja or oui, or leave it empty")
    return word in _YES


_PARSERS: Mapping[str, Callable[[str, Rules], object]] = MappingProxyType(
    {
        "address": lambda text, _: mail_address(text),
        "name": lambda text, _: text,
        "language": _language,
        "lists": _lists,
        "source": lambda text, _: text,
        "legal_basis": lambda text, _: text,
        "date": lambda text, rules: day(text, rules.today),
        "objection": lambda text, rules: day(text, rules.today),
        "embargo": _yes_or_no,
    }
)

COLUMNS = tuple(_PARSERS)
"""In the order in which they are written."""
