"""Text in LibreOffice: which of its characters stand, and which are there only to be deleted."""

from collections.abc import Iterator
from typing import Any, TypeAlias

Uno: TypeAlias = Any
"""An object of LibreOffice's: there are no types for them."""

DELETED = "Delete"


def places(text: Uno) -> list[int]:
    """Return where each character that is not deleted stands, in steps of a cursor, and where the text ends."""
    steps = list(_characters(text))
    return [place for place, (_, stands) in enumerate(steps) if stands] + [len(steps)]


def standing(text: Uno) -> str:
    """Return the text without tracked deletions."""
    return "".join(character for character, stands in _characters(text) if stands)


def _characters(text: Uno) -> Iterator[tuple[str, bool]]:
    """Yield what a cursor steps over, one by one, and whether it is a character that stands."""
    deleted = False
    for number, paragraph in enumerate(_each(text)):
        if number:
            yield "\n", not deleted
        for portion in _each(paragraph):
            kind = portion.TextPortionType
            if kind == "Redline" and portion.RedlineType == DELETED:
                deleted = portion.IsStart
            elif kind == "AnnotationEnd":
                yield "", False  # the sign that holds a comment
            else:
                yield from ((character, not deleted) for character in portion.String)


def _each(container: Uno) -> Iterator[Uno]:
    items = container.createEnumeration()
    while items.hasMoreElements():
        yield items.nextElement()
