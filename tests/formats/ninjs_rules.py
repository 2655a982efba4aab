"""The rules of ninjs 3.1 that our records rely on, in our own words; the standard refuses every other name."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias
from urllib.parse import urlsplit

Rule: TypeAlias = "Callable[[Any], bool] | Things | list[Rule]"
"""What a value must be: of a form, a thing with named parts, or a list of such."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Things:
    """A thing with named parts, some of them required."""

    parts: Mapping[str, Rule]
    required: frozenset[str] = frozenset()
    either: frozenset[str] = frozenset()
    """Exactly one of these is there."""


def faults(data: Any, rule: Rule, where: str = "record") -> Iterator[str]:
    """Yield what in `data` breaks `rule`, with its place."""
    if isinstance(rule, list):
        if not isinstance(data, list):
            yield f"{where} is no list"
            return
        for number, item in enumerate(data):
            yield from faults(item, rule[0], f"{where}[{number}]")
    elif isinstance(rule, Things):
        if not isinstance(data, dict):
            yield f"{where} has no parts"
            return
        yield from (f"{where}.{name} is missing" for name in sorted(rule.required - set(data)))
        if rule.either and len(rule.either & set(data)) != 1:
            yield f"{where} must have one of {sorted(rule.either)}"
        for name, value in data.items():
            if name in rule.parts:
                yield from faults(value, rule.parts[name], f"{where}.{name}")
            else:
                yield f"{where}.{name} is unknown"
    elif not rule(data):
        yield f"{where} is {data!r}"


def text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def count(value: Any) -> bool:
    return isinstance(value, int) and value >= 0


def address(value: Any) -> bool:
    """Return whether a value is a URI (RFC 3986): a scheme, and no sign that would have to be escaped."""
    return (
        text(value)
        and re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9._~:/?#@!$&'()*+,;=-]|%[0-9A-F]{2})+", value)
        is not None
    )


def web_address(value: Any) -> bool:
    return address(value) and bool(urlsplit(value).hostname)


def item_name(value: Any) -> bool:
    """Return whether a value is `urn:newsml:HOST:YYYYMMDD:NUMBER:LANGUAGE`, or the name of a picture of it."""
    form = r"urn:newsml:[a-z0-9.-]+:\d{8}:[^:\s]+:[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*(:[^:\s]+)?"
    return address(value) and re.fullmatch(form, value) is not None and day(value.split(":")[3])


def day(value: str) -> bool:
    try:
        return bool(date.fromisoformat(value))
    except ValueError:
        return False


def moment(value: Any) -> bool:
    """Return whether a value is a date and time with its zone (RFC 3339)."""
    form = r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?[+-]\d{2}:\d{2}"
    return (
        text(value) and re.fullmatch(form, value) is not None and datetime.fromisoformat(value).tzinfo is not None
    )


def one_of(*values: str) -> Callable[[Any], bool]:
    return lambda value: value in values


VALUE = Things(parts={"role": text, "contentType": text, "value": text}, required=frozenset({"value"}))
IDENTIFIER = Things(parts={"role": text, "value": text})
CONTACT = Things(
    parts={
        "type": text,
        "role": text,
        "lang": text,
        "value": text,
        "address": Things(parts={"lines": [text]}),
    },
    either=frozenset({"value", "address"}),
)
ASSOCIATED = Things(
    parts={
        "name": text,
        "rel": text,
        "uri": item_name,
        "type": one_of("text", "picture"),
        "language": text,
        "altIds": [IDENTIFIER],
        "descriptions": [VALUE],
        "by": text,
    },
    required=frozenset({"name", "uri"}),
)
RECORD = Things(
    parts={
        "uri": item_name,
        "standard": Things(parts={"name": text, "version": text, "schema": web_address}),
        "type": one_of("text"),
        "representationType": one_of("full", "partial"),
        "language": text,
        "version": text,
        "versionCreated": moment,
        "embargoedUntil": moment,
        "pubStatus": one_of("usable", "withheld", "canceled"),
        "title": text,
        "edNote": text,
        "headlines": [VALUE],
        "bodies": [VALUE],
        "by": text,
        "located": text,
        "places": [Things(parts={"name": text, "rel": text})],
        "infoSources": [Things(parts={"name": text, "role": text, "contactInfo": [CONTACT]})],
        "altIds": [IDENTIFIER],
        "subjects": [Things(parts={"name": text, "rel": text})],
        "digitalSourceType": Things(parts={"name": text, "uri": web_address}),
        "associations": [ASSOCIATED],
        "renditions": [
            Things(
                parts={"name": text, "href": web_address, "contentType": text, "sizeInBytes": count},
                required=frozenset({"name"}),
            )
        ],
    },
    required=frozenset({"uri", "standard", "language", "pubStatus", "versionCreated", "headlines", "bodies"}),
)
"""The standard requires `uri` alone; a record of ours always has the others, too."""
