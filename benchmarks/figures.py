"""What is measured: whole processes, in turn with what they are compared to, the median of several runs."""

import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.quality.data import good_pairs
from benchmarks.quality.measure import stripped
from pipeline.locales import get
from pipeline.locales.typography import PARAGRAPH_BREAK

ROOT = Path(__file__).parent.parent
RUNS = 7
_MEASURING = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
COMMUNIQUE = (sys.executable, "-m", "pipeline")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A measured figure and its limit, both in `unit`."""

    name: str
    measured: float
    limit: float
    unit: str
    detail: str

    @property
    def met(self) -> bool:
        """Whether the figure keeps its limit."""
        return self.measured <= self.limit


def figures(folder: Path) -> Iterator[Figure]:
    """Yield all figures; `folder` is empty and may be filled."""
    workspace = sample_workspace(folder)
    release = next(path.parent.name for path in sorted((workspace / "releases").glob("*/media")))
    build = (*COMMUNIQUE, "-w", str(workspace), "build", release)
    dist = workspace / "releases" / release / "dist"

    yield ratio("--help / import click", (*COMMUNIQUE, "--help"), (sys.executable, "-c", "import click"), limit=2.0)
    subprocess.run(build, check=True, capture_output=True)
    yield ratio("build where nothing changed / --help", build, (*COMMUNIQUE, "--help"), limit=2.0)
    shutil.rmtree(dist)
    yield Figure(name="memory of one build", measured=peak_megabytes(build), limit=200, unit="MB", detail="peak")
    for name, text in _megabytes():
        yield Figure(
            name=f"typography of 1 MB, {name}", measured=_set_seconds(text), limit=1.0, unit="s", detail="CPU"
        )


def print_figures(rows: Sequence[Figure]) -> None:
    """Print figures as a table and end the process: exit code 1 if one is missed."""
    width = max(len(row.name) for row in rows)
    for row in rows:
        mark = "ok" if row.met else "MISSED"
        figure = f"{row.measured:>8.2f} {row.unit:<3} limit {row.limit:>7.2f}"
        print(f"{row.name:<{width}}  {figure}  {mark:<7} {row.detail}")
    sys.exit(0 if all(row.met for row in rows) else 1)


def _megabytes() -> Iterator[tuple[str, str]]:
    """Yield a megabyte of French as it should be and one without any of its typography, in paragraphs."""
    lines = [pair.fr for pair in good_pairs()]
    right = PARAGRAPH_BREAK.join(lines * (1_000_000 // sum(map(len, lines)) + 1))[:1_000_000]
    yield "set already", right
    yield "bare", stripped(right)


def _set_seconds(text: str) -> float:
    french = get("fr")
    times = []
    for _ in range(3):
        start = time.process_time()
        french.typography(text)
        times.append(time.process_time() - start)
    return min(times)


def sample_workspace(folder: Path) -> Path:
    """Return a copy of the samples as a workspace of their own, nothing of it built."""
    workspace = folder / "workspace"
    workspace.mkdir()
    for name in ("communique.toml", "releases", "memory"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, workspace / name, ignore=shutil.ignore_patterns("dist"))
        elif source.exists():
            shutil.copy(source, workspace / name)
    (workspace / "templates").mkdir()
    shutil.copy(ROOT / "templates" / "logo.svg", workspace / "templates" / "logo.svg")
    return workspace


def bare_script(folder: Path, build: Sequence[str], dist: Path) -> tuple[str, ...]:
    """Return a command that makes the same four files with the bare libraries: what a naive script would do.

    It sets the very HTML that our templates make, with WeasyPrint's defaults, and writes the same paragraphs with
    python-docx's default template.
    """
    pages = folder / "pages"
    pages.mkdir()
    subprocess.run(build, check=True, capture_output=True)
    shutil.rmtree(dist)
    dump = (sys.executable, "-m", "benchmarks.dump_pages", str(folder / "workspace"), dist.parent.name, str(pages))
    subprocess.run(dump, check=True, cwd=ROOT)
    return (sys.executable, str(ROOT / "benchmarks" / "bare_script.py"), str(pages))


def ratio(
    name: str, ours: Sequence[str], theirs: Sequence[str], *, limit: float, fresh: Path | None = None
) -> Figure:
    """Return the median of the ratios of run pairs; `fresh` is deleted before each of our runs."""
    pairs = []
    for number in range(RUNS + 1):
        if fresh is not None:
            shutil.rmtree(fresh, ignore_errors=True)
        pair = (_seconds(ours), _seconds(theirs))
        if number:  # the first pair warms the disk cache
            pairs.append(pair)
    ours_ms, theirs_ms = (1000 * statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(mine / other for mine, other in pairs)
    detail = f"{ours_ms:.0f} ms / {theirs_ms:.0f} ms, median of {RUNS}"
    return Figure(name=name, measured=ratio, limit=limit, unit="×", detail=detail)


def _seconds(command: Sequence[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    return time.perf_counter() - start


def peak_megabytes(command: Sequence[str]) -> float:
    """Return the most memory that a command ever took, which has to succeed."""
    # Linux counts for a process what its parent took when it was started: a small one is put between.
    measured = subprocess.run(
        (sys.executable, "-c", _MEASURING, *command), check=True, capture_output=True, cwd=ROOT
    )
    return int(measured.stdout.split()[-1]) / 1000
