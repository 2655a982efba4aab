"""Style sheets, read with every fault told: the library itself leaves out what it does not understand."""

import contextlib
import logging
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pipeline.engines.pdf.library import library
from pipeline.errors import ConfigError

MAX_BYTES = 1_000_000
LONGEST_QUOTE = 100
"""Signs of a sheet that an error repeats."""

_PLACE = re.compile(r" at (?P<line>\d+):\d+")
_IGNORED = re.compile(r"\w+ `(?P<what>.*?)\s*` at \d+:\d+, (?P<why>.*?)\.?\Z", re.DOTALL)
_SELECTOR = re.compile(r"Invalid or unsupported selector, '(?P<selector>.*?)'", re.DOTALL)
_RULE = re.compile(r"<AtRule (?P<rule>@[\w-]+)|'\s*(?P<piece>.*?)\s*'", re.DOTALL)
"""How the library words a fault."""
_CHARSET = re.compile(r'\A@charset "[^"]*";')
"""What some editors put first; sheets of ours are UTF-8."""
_TOKEN = re.compile(
    r"(?P<comment>/\*.*?(?:\*/|\Z))|\"(?:\\.|[^\"\\\n])*\"?|'(?:\\.|[^'\\\n])*'?|url\((?!\s*[\"'])[^)]*\)|\\."
    r"|(?P<open>[({\[])|(?P<close>[)}\]])",
    re.DOTALL,
)
_FORBIDDEN = (
    (
        re.compile(r"(?<![\w-])opacity\s*:(?!\s*(?:1(?:\.0+)?|100%)\s*[;}!])[^;}]*"),
        "screen readers lose what it makes transparent; choose a lighter colour instead",
    ),
    (
        re.compile(r"device-cmyk\([^)]*\)?"),
        "the archive standard takes no colours of a printing press here; write it as #rrggbb",
    ),
)
"""What the library understands and no file of ours can have.

Text that `opacity` is applied to is drawn apart from the page, where its place in the structure is lost
(ISO 14289-1, 7.1); colours of a press contradict the colour space of the file (ISO 19005-3, 6.2.4.3).
"""
_CLOSING = {"(": ")", "[": "]", "{": "}"}


def read_sheet(folders: Sequence[Path], name: str) -> str:
    """Return the style sheet `name` from the first template folder that has it.

    Raises:
        ConfigError: there is none, or it is too large or no UTF-8.
    """
    for folder in folders:
        if (folder / name).is_file():
            data = (folder / name).read_bytes()
            break
    else:
        raise ConfigError(f"templates/{name}: is missing; reinstall the program or put it there")
    if len(data) > MAX_BYTES:
        raise ConfigError(f"templates/{name}: is larger than 1 MB; a style sheet is text alone")
    try:
        return _CHARSET.sub("", data.decode("utf-8-sig"), count=1)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"templates/{name}:{line}: is not UTF-8; save it as UTF-8") from None


def parsed(text: str, name: str, fonts: Any, fetcher: Any) -> Any:
    """Return a style sheet as the library takes it.

    Args:
        text: the sheet.
        name: below the folder `templates`, for errors.
        fonts: the library's font configuration.
        fetcher: what answers its requests.

    Raises:
        ConfigError: something in it would have no effect; the line is told, and how many more faults there are.
    """
    from weasyprint.urls import FatalURLFetchingError

    faults = [*_unclosed(text), *_forbidden(text)]
    if not faults:
        with warnings() as said:
            try:
                sheet = library().CSS(string=text, base_url="communique:", url_fetcher=fetcher, font_config=fonts)
            except FatalURLFetchingError as error:
                message = f"templates/{name}: asks for “{error}”; a style sheet can take in nothing else"
                raise ConfigError(message) from None
        found = [_fault(message, text) for message in said]
        faults = [fault for fault in found if fault[0]] or [(1, words) for _, words in found]
    if not faults:
        return sheet
    (line, fault), *others = sorted(faults)
    more = f" (and {len(others)} more: line {', '.join(str(number) for number, _ in others[:9])})" if others else ""
    raise ConfigError(f"templates/{name}:{line}: {fault}{more}; correct it there")


@contextlib.contextmanager
def warnings() -> Iterator[list[str]]:
    """Collect what the library warns of, message by message."""
    said: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    logger, collector = logging.getLogger("weasyprint"), Collector(logging.WARNING)
    logger.addHandler(collector)
    try:
        yield said
    finally:
        logger.removeHandler(collector)


def check_used(said: Sequence[str]) -> None:
    """Make sure that everything in the style of a page had an effect when the page was set.

    Args:
        said: what the library warned of meanwhile.

    Raises:
        ConfigError: something had none: the page's own style is wrong, or a variable has no fitting value.
    """
    match = next(filter(None, map(_IGNORED.match, said)), None)
    if match is not None:
        line, what = _PLACE.search(match[0]), _short(match["what"])
        where = f"in line {line['line']} " if line else ""
        message = f"“{what}” {where}of its style: {match['why']}; look for a misspelt variable, “var(--…)”"
        raise ConfigError(f"the page (pdf/release.html, the design’s design.css, pdf/release.css): {message}")


def _fault(message: str, text: str) -> tuple[int, str]:
    """Return the line, 0 where it is not known, and the words of a fault."""
    if match := _SELECTOR.match(message):
        selector = match["selector"].strip()
        line = text.count("\n", 0, max(text.find(selector), 0)) + 1
        return line, f"“{_short(selector)}” selects nothing that there is"
    place = _PLACE.search(message)
    line = int(place["line"]) if place else 0
    if match := _IGNORED.match(message):
        return line, f"“{_short(match['what'])}”: {match['why']}"
    if "EOF reached" in message:
        return line, "something is unfinished; it has the form “name: value;” or “name { … }”"
    if match := _RULE.search(message):
        return line, f"“{_short(match['rule'] or match['piece'])}” is not understood"
    return line, message.rstrip(".")


def _forbidden(text: str) -> Iterator[tuple[int, str]]:
    """Yield what the library would take and a file of ours cannot have."""
    bare = re.sub(r"/\*.*?\*/", lambda comment: re.sub(r"[^\n]", " ", comment[0]), text, flags=re.DOTALL)
    for pattern, why in _FORBIDDEN:
        for match in pattern.finditer(bare):
            yield bare.count("\n", 0, match.start()) + 1, f"“{_short(match[0])}”: {why}"


def _unclosed(text: str) -> Iterator[tuple[int, str]]:
    """Yield the line of the bracket or comment that is never closed, or that closes nothing.

    By the rules of CSS the end of the file closes what is open: everything from there on would be taken for a part
    of the rule that lacks its brace.
    """
    opened: list[tuple[str, int]] = []
    for token in _TOKEN.finditer(text):
        line = text.count("\n", 0, token.start()) + 1
        if token["comment"] and not re.fullmatch(r"/\*.*\*/", token["comment"], re.DOTALL):
            yield line, "the comment is never closed with “*/”"
        elif token["open"]:
            opened.append((token["open"], line))
        elif token["close"]:
            if not opened or _CLOSING[opened[-1][0]] != token["close"]:
                yield line, f"“{token['close']}” closes nothing"
                return
            opened.pop()
    if opened:
        bracket, line = opened[-1]
        yield line, f"“{bracket}” is never closed with “{_CLOSING[bracket]}”"


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= LONGEST_QUOTE else f"{words[: LONGEST_QUOTE - 1]}…"
