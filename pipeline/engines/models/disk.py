"""Files of models: large ones, hashed as they are read, and every failure of the disk in one line."""

import contextlib
import errno
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import WorkspaceError

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


@contextlib.contextmanager
def reported(path: Path, action: str) -> Iterator[None]:
    """Turn an operating system error into one line: what could not be done, with which file, and why.

    Raises:
        WorkspaceError: in place of any OSError of the block.
    """
    try:
        yield
    except OSError as error:
        why = (error.strerror or "unknown reason").lower()
        if error.errno in _FULL:
            why = "there is no space left; free some and run the command again"
        raise WorkspaceError(f"{path}: cannot be {action}: {why}") from None


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file as 64 hexadecimal digits.

    Raises:
        WorkspaceError: it cannot be read.
    """
    with reported(path, "read"), path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def settle(folder: Path) -> None:
    """Make all files of `folder` durable, so that a later rename of the folder never outlives their content."""
    for path in (*folder.iterdir(), folder):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
