"""Every string in a value, with its place: for checks that concern all text alike, whatever it stands in."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]
"""Names of fields and positions in tuples (from 0), from the value that is searched down to the string."""


def strings(value: object) -> Iterator[tuple[Path, str]]:
    """Yield the place and content of each string in `value`: dataclasses and tuples, nested."""
    if isinstance(value, str):
        yield (), value
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from (((index, *path), text) for path, text in strings(item))
    elif is_dataclass(value):
        for field in fields(value):
            yield from (((field.name, *path), text) for path, text in strings(getattr(value, field.name)))


def place(path: Path) -> str:
    """Return `path` in words: `release, blocks 3, text`; positions counted from 1."""
    words: list[str] = []
    for step in path:
        if isinstance(step, int) and words:
            words[-1] += f" {step + 1}"
        else:
            words.append(str(step))
    return ", ".join(words)
