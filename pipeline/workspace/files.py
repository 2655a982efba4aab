"""Files read within bounds and written whole: no reader sees half a file, no failure costs the old one."""

import contextlib
import errno
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.errors import FormatError, WorkspaceError

_WHY = {
    errno.ENOSPC: "the disk is full; free some space and run the command again",
    errno.EDQUOT: "your disk quota is used up; free some space and run the command again",
    errno.EROFS: "the disk is read-only; choose a folder you may write to",
    errno.EACCES: "permission denied; ask whoever looks after this folder",
    errno.EPERM: "permission denied; ask whoever looks after this folder",
    errno.ENOENT: "there is no such file or folder",
    errno.EISDIR: "it is a folder, not a file",
    errno.ENOTDIR: "a part of its path is a file, not a folder",
    errno.ENAMETOOLONG: "its name is too long",
    errno.ELOOP: "its links go in a circle",
}


@contextlib.contextmanager
def reported(path: Path, action: str) -> Iterator[None]:
    """Turn an operating system error into one line: what could not be done, with which file, and why.

    Raises:
        WorkspaceError: in place of any OSError of the block.
    """
    try:
        yield
    except OSError as error:
        why = _WHY.get(error.errno or 0, (error.strerror or "unknown reason").lower())
        raise WorkspaceError(f"{path}: cannot be {action}: {why}") from None


def read_bytes(path: Path, limit: int) -> bytes:
    """Return the content of `path`, at most `limit` bytes.

    Raises:
        WorkspaceError: the file cannot be read.
        FormatError: it is larger than `limit`, or no regular file.
    """
    with reported(path, "read"):
        # A pipe or device would block or never end; only files and what a link to a file shows are read.
        if path.exists() and not path.is_file():
            raise FormatError("is not a regular file", path=path)
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    if len(data) > limit:
        raise FormatError(f"is larger than {limit / 1e6:.0f} MB, too large for what it should be", path=path)
    return data


def read_text(path: Path, limit: int) -> str:
    """Return the text of a UTF-8 file of at most `limit` bytes; errors as in `read_bytes`."""
    try:
        return read_bytes(path, limit).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(f"is not UTF-8 (byte {error.start}); save it as UTF-8", path=path) from None


def write_bytes(path: Path, data: bytes) -> None:
    """Write `data` to `path` atomically; errors as in `write_pieces`."""
    write_pieces(path, (data,))


def write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """Write `pieces` one behind the other to `path`: temporary file beside it, fsync, rename. Folders are made.

    Raises:
        WorkspaceError: it cannot be written; what stood there before is untouched.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    with reported(path, "written"):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with part.open("wb") as stream:
                for piece in pieces:
                    stream.write(piece)
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                part.unlink()
            raise
        sync_folder(path.parent)


def put_bytes(path: Path, data: bytes) -> bool:
    """Write what can be made again at any time, if it differs from what is there; return whether it did.

    It is written whole or not at all, but not forced to the disk.

    Raises:
        WorkspaceError: it cannot be written.
    """
    with reported(path, "written"):
        if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        part.write_bytes(data)
        part.replace(path)
    return True


def sync_folder(folder: Path) -> None:
    """Make a rename or a new file in `folder` durable, where the file system knows how."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise
    finally:
        os.close(handle)


def inside(folder: Path, path: Path) -> Path:
    """Return `path` if it is in `folder` after all links are followed.

    Raises:
        WorkspaceError: a link leads out of the folder.
    """
    with reported(path, "read"):
        if not path.resolve().is_relative_to(folder.resolve()):
            raise WorkspaceError(f"{path}: leads out of {folder} by a link; put the file itself there")
    return path
