"""The versions of a release that were published, in `releases/<id>/versions/1/` and so on."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.workspace.files import inside, read_bytes, reported, write_bytes

MAX_FILE = 200_000_000
SOURCE, BUNDLE = "source.md", "bundle.zip"


@dataclass(frozen=True, slots=True)
class Versions:
    """The folder of a release's published versions."""

    folder: Path

    def numbers(self) -> tuple[int, ...]:
        """Return the numbers of all that were published, the newest first."""
        with reported(self.folder, "read"):
            names = [path.name for path in self.folder.iterdir()] if self.folder.is_dir() else []
        return tuple(sorted((int(name) for name in names if name.isascii() and name.isdigit()), reverse=True))

    def newest(self) -> int | None:
        """Return the number of the newest, or None where none was published."""
        return next(iter(self.numbers()), None)

    def keep(self, version: int, files: Mapping[str, bytes]) -> None:
        """Keep the files of a version as they were published; what is there of it already is replaced."""
        for name, data in files.items():
            path = self.folder / str(version) / name
            if not path.exists() or read_bytes(path, MAX_FILE) != data:
                write_bytes(path, data)

    def path(self, version: int) -> Path:
        """Return the folder of a version."""
        return self.folder / str(version)

    def read(self, version: int, name: str) -> bytes | None:
        """Return a file of a version, or None where it has none of that name."""
        path = self.folder / str(version) / name
        return read_bytes(inside(self.folder, path), MAX_FILE) if path.exists() else None
