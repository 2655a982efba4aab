"""Characters that XML, and so a Word or PDF/UA file, cannot hold: found before writing, with their place."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Everything outside `Char` (Extensible Markup Language 1.0, fifth edition, section 2.2)."""

Path = tuple[str | int, ...]
"""Names of fields and positions in tuples (from 0), from the value that was searched down to the text."""


def forbidden_characters(value: object) -> Iterator[tuple[Path, str]]:
    """Yield the place and the first forbidden character of each text in `value` that has one.

    Args:
        value: dataclasses and tuples, nested; every string in them is searched.
    """
    if isinstance(value, str):
        if match := _FORBIDDEN.search(value):
            yield (), match[0]
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _below(index, item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _below(field.name, getattr(value, field.name))


def _below(step: str | int, value: object) -> Iterator[tuple[Path, str]]:
    for path, character in forbidden_characters(value):
        yield (step, *path), character
