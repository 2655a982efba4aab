"""The content of a `source` or `target` as a flat row of tokens: stretches of characters and inline codes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, islice
from typing import TYPE_CHECKING

from pipeline.model.member_names import printable

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
X = f"{{{NAMESPACE}}}"

MAX_TOKENS = 10_000
"""Of one text."""

_LONGEST_LABEL = 40


class UnreadableCodeError(ValueError):
    """A code whose meaning nobody can know; the message is a sentence for people."""


class Mark(StrEnum):
    """What a token is."""

    TEXT = "text"
    OPEN = "open"
    CLOSE = "close"
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of characters, or one end of a code."""

    mark: Mark
    value: str
    """The characters, or the code's id."""


def tokens(parent: "_Element") -> tuple[Token, ...]:
    """Return the text in `parent` and its codes, in order; what tools mark in a text (`mrk`) is its text.

    Raises:
        UnreadableCodeError: a code of a kind that is never sent, or more codes than any text has.
    """
    several = tuple(islice(_tokens(parent), MAX_TOKENS + 1))
    if len(several) > MAX_TOKENS:
        raise UnreadableCodeError("More inline codes than any text has")
    found: list[Token] = []
    for text, group in groupby(several, key=lambda token: token.mark is Mark.TEXT):
        if not text:
            found += group
        elif joined := "".join(token.value for token in group):
            found.append(Token(Mark.TEXT, joined))
    return tuple(found)


def words(found: Iterable[Token]) -> str:
    """Return the characters of a text, whatever its codes mean; every code that stands alone is a line break."""
    return "".join("\n" if token.mark is Mark.ALONE else token.value for token in found if _counts(token))


def unknown(name: str, number: str) -> str:
    """Return what is the matter with a code of which no text that was sent knows, as it may be shown."""
    shown = " ".join(printable(part[:_LONGEST_LABEL]) for part in (f"<{name}>", number) if part)
    return f"An inline code that was not sent: {shown}"


def _tokens(parent: "_Element") -> Iterator[Token]:
    yield Token(Mark.TEXT, parent.text or "")
    for child in parent.iterchildren():
        name, number = str(child.tag).removeprefix(X), child.get("id", "")
        if name == "g":
            yield Token(Mark.OPEN, number)
            yield from _tokens(child)
            yield Token(Mark.CLOSE, number)
        elif name == "x":
            yield Token(Mark.ALONE, number)
        elif name == "mrk":
            yield from _tokens(child)
        else:
            raise UnreadableCodeError(unknown(name, number))
        yield Token(Mark.TEXT, child.tail or "")


def _counts(token: Token) -> bool:
    return token.mark in {Mark.TEXT, Mark.ALONE}
