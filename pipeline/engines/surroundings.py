"""What of a release an engine is shown around the passages it translates."""

from collections.abc import Sequence

_HEAD = 2
"""Texts at the top that always help: title and subtitle say what it is all about."""


def surroundings(context: Sequence[str], texts: Sequence[str], limit: int) -> tuple[str, ...]:
    """Return texts of a release, in reading order, of at most `limit` characters together.

    All of them where they fit; else the top and then what stands nearest to the passages.

    Args:
        context: all texts of the release.
        texts: the passages, parts of some of them.
        limit: characters, two for the gap behind each text among them.
    """
    places = [index for index, unit in enumerate(context) if any(text in unit for text in texts)] or [0]
    first, last = places[0], places[-1]

    def distance(index: int) -> int:
        return -1 if index < _HEAD else max(first - index, index - last, 0)

    shown: set[int] = set()
    for index in sorted(range(len(context)), key=distance):
        size = len(context[index]) + 2
        if size <= limit:
            shown.add(index)
            limit -= size
    return tuple(context[index] for index in sorted(shown))
