"""JSON text to a mapping, with every damage told in one line."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.errors import FormatError


def load_mapping(text: str, *, path: Path | str | None, advice: str = "") -> Mapping[str, Any]:
    """Return the mapping that `text` holds.

    Args:
        text: JSON.
        path: the file, for errors; None where the caller names it.
        advice: what a person can do about a damaged file.

    Raises:
        FormatError: not JSON, nested too deeply, a key twice, half a character, or no mapping.
    """
    try:
        data = json.loads(text, object_pairs_hook=_without_doubles)
        # JSON can escape half of a surrogate pair, which no file can hold.
        json.dumps(data, ensure_ascii=False).encode("utf-8")
    except json.JSONDecodeError as error:
        raise FormatError(f"is damaged JSON ({error.msg}){advice}", path=path, line=error.lineno) from None
    except (ValueError, RecursionError) as error:
        reason = "half a character" if isinstance(error, UnicodeError) else error
        raise FormatError(f"is damaged JSON ({reason}){advice}", path=path) from None
    if not isinstance(data, Mapping):
        raise FormatError(f"holds no named values{advice}", path=path)
    return data


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        raise ValueError("a key stands twice")
    return data


def without_empty(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record without the keys that say nothing: None, empty texts and empty lists."""
    return {key: value for key, value in data.items() if value not in (None, "", [])}
