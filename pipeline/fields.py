"""Reading untyped records (TOML, YAML front matter, JSON) into values, with errors a person can act on.

A `Fields` walks one mapping. Each key is asked for with its kind; `close()` then refuses what nobody asked for
and names the nearest key that exists.
"""

import difflib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

E = TypeVar("E", bound=StrEnum)

Lines = Mapping[tuple[str | int, ...], int]
"""1-based line of each key path, where the format tells."""

Refusal = Callable[[str, int | None], Exception]
"""Makes the error for a message and a line."""


@dataclass(slots=True)
class Fields:
    """One mapping being read.

    Args:
        data: the mapping, with plain scalars, lists and mappings inside.
        refuse: makes the error to raise.
        lines: where the keys stand.
        path: keys from the document's root to this mapping.
    """

    data: Mapping[str, Any]
    refuse: Refusal
    lines: Lines = field(default_factory=dict)
    path: tuple[str | int, ...] = ()
    _known: list[str] = field(default_factory=list)

    def text(self, key: str) -> str | None:
        """Return a non-empty string, or None where the key is absent or null."""
        value = self._take(key)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip():
            raise self.error(key, "must be a text that is not empty")
        return value

    def required_text(self, key: str) -> str:
        """Return a non-empty string."""
        value = self.text(key)
        if value is None:
            raise self.error(key, "is missing")
        return value

    def blanks(self, key: str) -> str:
        """Return a string of white space only; empty where the key is absent."""
        value = self._take(key)
        if value is None:
            return ""
        if not isinstance(value, str) or value.strip():
            raise self.error(key, "must hold white space only")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of non-empty strings; empty where the key is absent."""
        values = self._list(key)
        for value in values:
            if not isinstance(value, str) or not value.strip():
                raise self.error(key, "must be a list of texts")
        return tuple(values)

    def flag(self, key: str) -> bool:
        """Return a truth value; false where the key is absent. YAML gives `true` and `false` as words."""
        value = self._take(key)
        if value is None:
            return False
        if isinstance(value, bool):
            return value
        if value in {"true", "false"}:
            return str(value) == "true"
        raise self.error(key, "must be true or false")

    def number(self, key: str, *, default: int) -> int:
        """Return a whole number."""
        value = self._take(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.error(key, "must be a whole number")
        return value

    def decimal(self, key: str) -> Decimal | None:
        """Return a number that is not negative, or None where the key is absent."""
        value = self._take(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | Decimal) or not 0 <= value < 10**9:
            raise self.error(key, "must be a number that is not negative")
        return Decimal(value)

    def day(self, key: str) -> date | None:
        """Return a calendar date, written `2026-11-23`."""
        value = self.text(key)
        if value is None:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise self.error(key, "must be a date written 2026-11-23") from None

    def moment(self, key: str) -> datetime | None:
        """Return an aware time, written `2026-11-23 12:00 Europe/Berlin` or ISO 8601 with an offset."""
        value = self.text(key)
        if value is None:
            return None
        when, _, zone = value.rpartition(" ")
        try:
            if when and zone and not zone[0].isdigit():
                moment = datetime.fromisoformat(when).replace(tzinfo=ZoneInfo(zone))
            else:
                moment = datetime.fromisoformat(value)
        except (ValueError, ZoneInfoNotFoundError, OSError):
            moment = None
        if moment is None or moment.tzinfo is None:
            raise self.error(key, "must be a time with its zone, such as 2026-11-23 12:00 Europe/Berlin")
        return moment

    def local_moment(self, key: str) -> datetime | None:
        """Return a time without a zone, written `2026-11-23T12:00:00`, or None where the key is absent."""
        value = self.text(key)
        if value is None:
            return None
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is not None:
            raise self.error(key, "must be a time without a zone, such as 2026-11-23T12:00:00")
        return moment

    def required_moment(self, key: str) -> datetime:
        """Return an aware time, written as for `moment`."""
        moment = self.moment(key)
        if moment is None:
            raise self.error(key, "is missing")
        return moment

    def member(self, key: str, kind: type[E]) -> E:
        """Return a member of an enumeration, written as its value."""
        text = self.required_text(key)
        if text not in {member.value for member in kind}:
            raise self.error(key, f"must be one of {', '.join(kind)}")
        return kind(text)

    def record(self, key: str) -> "Fields | None":
        """Return a nested mapping, or None where the key is absent."""
        value = self._take(key)
        return None if value is None else self._nested(key, value, (key,))

    def records(self, key: str) -> Iterator["Fields"]:
        """Yield the mappings of a list."""
        for index, value in enumerate(self._list(key)):
            yield self._nested(key, value, (key, index))

    def names(self) -> tuple[str, ...]:
        """Return all keys of a mapping whose names are the user's own, and count them as known."""
        self._known += self.data
        return tuple(self.data)

    def close(self) -> None:
        """Refuse every key that was not asked for."""
        for key in self.data:
            if key not in self._known:
                near = difflib.get_close_matches(str(key), self._known, n=1, cutoff=0.5)
                hint = f"did you mean “{near[0]}”?" if near else f"known here: {', '.join(sorted(self._known))}"
                raise self.error(key, f"is not a known key; {hint}")

    def error(self, key: str | int, message: str) -> Exception:
        """Return the error for `key`, with its full name and line."""
        path = (*self.path, key)
        name = ".".join(str(part) for part in path)
        return self.refuse(f"“{name}” {message}", self.lines.get(path, self.lines.get(self.path)))

    def _take(self, key: str) -> Any:
        self._known.append(key)
        return self.data.get(key)

    def _list(self, key: str) -> list[Any]:
        value = self._take(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.error(key, "must be a list")
        return value

    def _nested(self, key: str, value: object, step: tuple[str | int, ...]) -> "Fields":
        if not isinstance(value, Mapping):
            raise self.error(key, "must hold named values")
        return Fields(value, self.refuse, self.lines, (*self.path, *step))
