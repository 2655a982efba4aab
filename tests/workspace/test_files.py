"""Files are read within bounds and written whole; every failure is one line that says which file and why."""

import errno
import os
import stat
from pathlib import Path

import pytest

from pipeline.errors import FormatError, WorkspaceError
from pipeline.workspace.files import inside, read_bytes, read_text, reported, write_bytes


def test_what_is_written_is_read_back_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "new" / "file.txt"
    write_bytes(path, b"one")
    write_bytes(path, b"two")
    assert read_bytes(path, 100) == b"two"
    assert [entry.name for entry in path.parent.iterdir()] == ["file.txt"]


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "file.txt"
    path.mkdir()
    (path / "inside").write_text("kept")
    with pytest.raises(WorkspaceError, match=r"file\.txt: cannot be written"):
        write_bytes(path, b"x")
    assert (path / "inside").read_text() == "kept"
    assert [entry.name for entry in tmp_path.iterdir()] == ["file.txt"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_named() -> None:
    with (
        pytest.raises(WorkspaceError, match="the disk is full"),
        reported(Path("x"), "written"),
        open("/dev/full", "wb", buffering=0) as stream,  # noqa: PTH123 (unbuffered, so that the error comes here)
    ):
        stream.write(b"x")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EROFS, "the disk is read-only"),
        (errno.EACCES, "permission denied"),
        (errno.EIO, "input/output error"),
    ],
)
def test_each_reason_is_told_in_plain_words(number: int, words: str) -> None:
    with pytest.raises(WorkspaceError, match=words), reported(Path("x"), "written"):
        raise OSError(number, os.strerror(number))


def test_too_large_files_pipes_and_folders_are_refused(tmp_path: Path) -> None:
    large = tmp_path / "large"
    large.write_bytes(b"x" * 11)
    with pytest.raises(FormatError, match="too large"):
        read_bytes(large, 10)
    os.mkfifo(tmp_path / "pipe")
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)
    with pytest.raises(FormatError, match="not a regular file"):
        read_bytes(tmp_path / "pipe", 10)
    with pytest.raises(FormatError, match="not a regular file"):
        read_bytes(tmp_path, 10)
    with pytest.raises(WorkspaceError, match="no such file"):
        read_bytes(tmp_path / "missing", 10)


def test_text_that_is_not_utf8_is_refused_with_the_place(tmp_path: Path) -> None:
    path = tmp_path / "latin.md"
    path.write_bytes("Grüße".encode("latin-1"))
    with pytest.raises(FormatError, match=r"not UTF-8 \(byte 2\)"):
        read_text(path, 100)


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    folder, secret = tmp_path / "release", tmp_path / "secret"
    folder.mkdir()
    secret.write_text("x")
    (folder / "link").symlink_to(secret)
    (folder / "own").write_text("y")
    assert inside(folder, folder / "own") == folder / "own"
    with pytest.raises(WorkspaceError, match="leads out"):
        inside(folder, folder / "link")
