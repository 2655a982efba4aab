"""The structure of a PDF as a tree of plain values, between the laid-out pages and the file."""

from dataclasses import dataclass, field
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A stretch of content: the number under which it stands on a page, pages counted from 0."""

    page: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """An area of a page that does something: the piece of a link on one line."""

    page: int
    entry: Any
    """The library's dictionary of it."""


@dataclass(slots=True, kw_only=True, eq=False)
class Node:
    """An element of the structure; it grows while pages are read, as an element may run on over several."""

    tag: str
    """Type of the element as ISO 32000-1, 14.8.4 names it, or one of `ROLES`."""
    page: int = 0
    """Where it begins."""
    lang: str | None = None
    alt: str | None = None
    actual: str | None = None
    """What its content stands for, where that is not what it shows."""
    attributes: tuple[tuple[str, str], ...] = ()
    """Names and written values, the first being the owner (`O`)."""
    kids: list["Kid"] = field(default_factory=list)


Kid: TypeAlias = Node | Mark | Annotation

ROLES = {"Aside": "Sect", "Em": "Span", "Strong": "Span"}
"""Types of PDF 2.0 that say more than those of PDF 1.7, and what they are in the latter."""
