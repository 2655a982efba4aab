"""Characters that XML, and so a Word or PDF/UA file, cannot hold: found before writing, with their place."""

import re
from collections.abc import Iterator

from pipeline.model.strings import Path, strings

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Everything outside `Char` (Extensible Markup Language 1.0, fifth edition, section 2.2)."""

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""What a file may hold and no text does, and what a terminal may obey (ECMA-48, 5.2 and 5.3)."""


def forbidden_characters(value: object) -> Iterator[tuple[Path, str]]:
    """Yield the place and the first forbidden character of each text in `value` that has one.

    Args:
        value: dataclasses and tuples, nested; every string in them is searched.
    """
    for path, text in strings(value):
        if match := _FORBIDDEN.search(text):
            yield path, match[0]
