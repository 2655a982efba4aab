"""`python -m benchmarks.newsroom`: a site of many releases, made at once, and made again after one change."""

import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.figures import Figure, print_figures, sample_workspace
from pipeline.runner.bundling import bundle_release
from pipeline.runner.newsroom import build_site
from pipeline.runner.press import Press
from pipeline.runner.publishing import build_release
from pipeline.workspace import Workspace

RELEASES = 2000
SAMPLE = "2026-10-08-grenzbus-linie-40"
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def main(releases: int = RELEASES) -> None:
    """Print every figure beside its limit."""
    with tempfile.TemporaryDirectory() as folder:
        print_figures(tuple(_figures(Path(folder), releases)))


def _figures(folder: Path, releases: int) -> Iterator[Figure]:
    root = sample_workspace(folder)
    workspace = Workspace.find(root)
    press = Press(workspace, NOW)
    build_release(workspace, SAMPLE, press, lambda: None)
    bundle_release(workspace, SAMPLE, press, by="Bench", at=NOW)
    for number in range(1, releases):
        _copy(workspace, f"2026-10-08-linie-{number:05d}")
    detail = f"{releases} releases, two languages"
    yield Figure(name="site made", measured=_seconds(workspace), limit=60, unit="s", detail=detail)
    yield Figure(
        name="site made again, nothing changed", measured=_seconds(workspace), limit=1.5, unit="s", detail=""
    )
    (workspace.folder(SAMPLE) / "versions" / "1" / "source.md").touch()
    yield Figure(
        name="site made again after one change", measured=_seconds(workspace), limit=1.5, unit="s", detail=""
    )


def _copy(workspace: Workspace, release: str) -> None:
    """Make a release that differs from the sample by its name only."""
    source, target = workspace.folder(SAMPLE), workspace.folder(release)
    shutil.copytree(source / "versions", target / "versions")
    for path in (*target.glob("versions/1/*.md"), *target.glob("versions/1/*.json")):
        path.write_text(path.read_text(encoding="utf-8").replace(SAMPLE, release), encoding="utf-8")
    shutil.copy(target / "versions" / "1" / "source.md", target)


def _seconds(workspace: Workspace) -> float:
    start = time.perf_counter()
    build_site(workspace, NOW)
    return time.perf_counter() - start


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
