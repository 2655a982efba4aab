"""Check 5: web addresses, e-mail addresses and telephone numbers."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from pipeline.checks.base import Check, Pair, each
from pipeline.locales.contacts import Contact, ContactKind, contacts
from pipeline.model.inline import TextEdit
from pipeline.model.issue import Issue, Severity, Span

_LANGUAGE = re.compile(r"(?<=[/=.?&_-])(?:de|fr|en)(?=[/.?&#_-]|$)|(?<=://)(?:de|fr|en)(?=\.)", re.IGNORECASE)
_MIN_DIGITS = 6
"""Digits that a telephone number has at least without its country code."""


def _find(pair: Pair) -> Iterator[Issue]:
    for kind in ContactKind:
        sides = (pair.source, pair.target)
        here, there = ([item for item in contacts(text) if item.kind is kind] for text in sides)
        missing = [item for item in here if not any(_same(item, other) for other in there)]
        extra = [item for item in there if not any(_same(item, other) for other in here)]
        certain = len(missing) == len(extra) == 1
        for one, other in zip_longest(missing, extra):
            yield _issue(pair, one, other, certain=certain)


def _issue(pair: Pair, here: Contact | None, there: Contact | None, *, certain: bool) -> Issue:
    other_language = here is not None and there is not None and _bare(here) == _bare(there)
    fix = here is not None and there is not None and certain and not other_language
    return Issue(
        check=CHECK.name,
        severity=Severity.WARNING if other_language else Severity.ERROR,
        segment=pair.segment.id,
        message=_message(here, there, other_language=other_language),
        source=(Span(start=here.start, end=here.end),) if here else (),
        target=(Span(start=there.start, end=there.end),) if there else (),
        fix=(TextEdit(start=there.start, end=there.end, new=here.text, rule=CHECK.name),)
        if fix and here and there
        else (),
    )


def _message(here: Contact | None, there: Contact | None, *, other_language: bool) -> str:
    if here and there:
        question = ": does the page exist in that language?" if other_language else ""
        return f"the {here.kind} “{here.text}” has become “{there.text}”{question}"
    if here:
        return f"the {here.kind} “{here.text}” is missing in the translation"
    return f"the {there.kind} “{there.text}” does not stand in the source" if there else ""


def _same(one: Contact, other: Contact) -> bool:
    """Return whether two addresses lead to the same place."""
    match one.kind:
        case ContactKind.MAIL:
            return one.text.lower() == other.text.lower()
        case ContactKind.URL:
            return _page(one.text) == _page(other.text)
        case ContactKind.PHONE:
            return _same_number(one.text, other.text)


def _page(address: str) -> str:
    bare = address.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
    server, slash, path = bare.partition("/")
    return server.lower() + slash + path


def _bare(contact: Contact) -> str:
    """Return an address without what names a language in it."""
    return _LANGUAGE.sub("", contact.text) if contact.kind is ContactKind.URL else contact.text


def _same_number(one: str, other: str) -> bool:
    """Return whether two numbers reach the same telephone: 0681 501-1234 is +49 681 501-1234 from abroad."""
    numbers = [re.sub(r"\D", "", number.replace("(0)", "")) for number in (one, other)]
    abroad = [number.startswith(("+", "00")) for number in (one, other)]
    if abroad[0] == abroad[1]:
        return numbers[0].removeprefix("00") == numbers[1].removeprefix("00")
    inland, whole = (numbers[1], numbers[0]) if abroad[0] else (numbers[0], numbers[1])
    inland = inland.removeprefix("0")
    return len(inland) >= _MIN_DIGITS and whole.endswith(inland)


CHECK = Check(
    name="contacts",
    title="Web addresses, e-mail addresses and telephone numbers",
    rule=(
        "They stand in the translation exactly as in the source; blanks and hyphens in telephone numbers aside. "
        "The French page of the same address (/de/ → /fr/) is a warning, so that somebody opens it once."
    ),
    example="presse@waldringen.example → « press@waldringen.example »: nobody reads that.",
    severity=Severity.ERROR,
    find=each(_find),
)
