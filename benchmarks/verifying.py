"""`python -m benchmarks.verifying`: how fast a press kit with large pictures is checked, by the whole command."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

from benchmarks.figures import COMMUNIQUE, Figure, print_figures, sample_workspace
from pipeline.formats import manifest as manifest_json
from pipeline.model.manifest import MANIFEST_NAME, README_NAME
from pipeline.runner.bundling import bundle_release
from pipeline.runner.press import Press
from pipeline.runner.publishing import build_release
from pipeline.stages.bundle import bundle
from pipeline.workspace import Workspace

RELEASE = "2026-10-08-grenzbus-linie-40"
PICTURES, BYTES = 40, 10_000_000
ROUNDS = 5
"""Turns; the best counts, as others use this machine, too."""


def main(pictures: int = PICTURES) -> None:
    """Print every figure beside its limit."""
    with tempfile.TemporaryDirectory() as folder:
        print_figures(tuple(_figures(Path(folder), pictures)))


def _figures(folder: Path, pictures: int) -> Iterator[Figure]:
    path = _large_kit(folder, pictures)
    size = path.stat().st_size
    command = (*COMMUNIQUE, "verify", str(path))
    seconds = min(_seconds(command) for _ in range(ROUNDS))
    detail = f"{size / 1e6 / seconds:.0f} MB/s: {size / 1e6:.0f} MB in {seconds:.2f} s, best of {ROUNDS}"
    yield Figure(name="verify, per 100 MB", measured=seconds * 1e8 / size, limit=1.0, unit="s", detail=detail)


def _large_kit(folder: Path, pictures: int) -> Path:
    """Return a press kit of a sample release to which many pictures were added."""
    workspace = Workspace.find(sample_workspace(folder))
    at = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    press = Press(workspace, at)
    build_release(workspace, RELEASE, press, lambda: None)
    path, _ = bundle_release(workspace, RELEASE, press, by="Bench", at=at)
    with ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    manifest = manifest_json.parse(files.pop(MANIFEST_NAME), path=path)
    del files[README_NAME]
    files |= {f"media/{number:03d}.jpg": os.urandom(BYTES) for number in range(pictures)}
    path.write_bytes(bundle(manifest, files, ()).data)
    return path


def _seconds(command: tuple[str, ...]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
