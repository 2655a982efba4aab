"""What Python's zipfile meets in damaged or hostile archives, told as one error."""

import contextlib
import lzma
import zlib
from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile

from pipeline.errors import FormatError

_DAMAGE = (
    BadZipFile,
    zlib.error,
    lzma.LZMAError,
    OSError,  # bzip2 says it so
    EOFError,
    NotImplementedError,  # packed in a way, or by a version, that it does not know
    RuntimeError,  # encrypted
    ValueError,  # among them names that are no text
)
"""All of it, as found by changing bytes of archives packed in every way."""


@contextlib.contextmanager
def damage_told(message: str, path: Path | str) -> Iterator[None]:
    """Turn whatever a damaged archive leads to into one error.

    Args:
        message: what it is, and what to do.
        path: the archive, as the user knows it.

    Raises:
        FormatError: in place of any error of `zipfile` in the block.
    """
    try:
        yield
    except _DAMAGE:
        raise FormatError(message, path=path) from None
