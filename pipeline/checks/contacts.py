"""Check 5: web addresses, e-mail addresses and telephone numbers."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from pipeline.checks.base import Check, Pair, each
from pipeline.model.issue import Issue, Severity, Span

_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_WEB = re.compile(
    r"(?<![\w@.-])(?:https?://|www\.)[^\s«»“”„<>]*[^\s«»“”„<>.,;:!?)\]]"
    r"|(?<![\w@.-])(?:[a-z0-9-]+\.)+(?:de|fr|lu|be|ch|eu|org|com|net|info)(?![\w-])(?:/[^\s«»“”„<>)]*[^\s«»“”„<>.,;:!?)])?"
)
_PHONE = re.compile(
    r"(?<![\w+,.])(?:\+\d{1,3}|0)[ \u00a0\u202f/().–-]{0,3}\d(?:[ \u00a0\u202f/().–-]{0,3}\d){5,14}(?!\d)"
)
_LANGUAGE = re.compile(r"(?<=[/=.?&])(?:de|fr|en)(?=[/.?&]|$)|(?<=://)(?:de|fr|en)(?=\.)")


def _find(pair: Pair) -> Iterator[Issue]:
    yield from _compared(pair, _WEB, "address", _web)
    yield from _compared(pair, _MAIL, "e-mail address", str.lower)
    yield from _compared(pair, _PHONE, "telephone number", _phone)


def _compared(pair: Pair, pattern: re.Pattern[str], what: str, bare: Callable[[str], str]) -> Iterator[Issue]:
    here, there = (list(pattern.finditer(text)) for text in (pair.source, pair.target))
    wanted, got = (Counter(bare(match[0]) for match in found) for found in (here, there))
    missing = [match for match in here if bare(match[0]) not in got]
    extra = [match for match in there if bare(match[0]) not in wanted]
    for match in missing:
        wrong = extra.pop(0) if extra else None
        only_language = wrong is not None and _LANGUAGE.sub("", match[0]) == _LANGUAGE.sub("", wrong[0])
        message = f"the {what} “{match[0]}” " + (
            f"has become “{wrong[0]}”" if wrong else "is missing in the translation"
        )
        severity = Severity.WARNING if only_language else Severity.ERROR
        yield _issue(pair, message, severity, here=[match], there=[wrong] if wrong else [])
    for match in extra:
        yield _issue(
            pair, f"the {what} “{match[0]}” does not stand in the source", Severity.ERROR, here=[], there=[match]
        )


def _issue(
    pair: Pair, message: str, severity: Severity, *, here: Iterable[re.Match[str]], there: Iterable[re.Match[str]]
) -> Issue:
    return Issue(
        check=CHECK.name,
        severity=severity,
        segment=pair.segment.id,
        message=message,
        source=tuple(Span(start=match.start(), end=match.end()) for match in here),
        target=tuple(Span(start=match.start(), end=match.end()) for match in there),
    )


def _web(address: str) -> str:
    return address.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/").lower()


def _phone(number: str) -> str:
    """Return a telephone number's digits; (0) behind a country code is not dialled."""
    return re.sub(r"\D", "", number.replace("(0)", ""))


CHECK = Check(
    name="contacts",
    title="Web addresses, e-mail addresses and telephone numbers",
    rule=(
        "They stand in the translation exactly as in the source; blanks and hyphens in telephone numbers aside. The "
        "French page of the same address (/de/ → /fr/) is a warning, so that somebody opens it once."
    ),
    example="presse@waldringen.example → « press@waldringen.example »: nobody reads that.",
    severity=Severity.ERROR,
    find=each(_find),
)
