"""`python -m benchmarks.publishing`: what making the files costs, beside tools an office would otherwise use."""

import importlib.util
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.figures import COMMUNIQUE, Figure, bare_script, print_figures, ratio, sample_workspace
from pipeline.runner.press import Press
from pipeline.runner.publishing import build_release
from pipeline.workspace import Workspace

RELEASES = 700
WARM = 50
"""Releases after which everything that is shared has been made."""
_HEADLESS = ("--headless", "--convert-to", "pdf", "--outdir")
PAGE = 4096
"""Bytes; what Linux counts memory in."""


def main() -> None:
    """Print every figure beside its limit."""
    with tempfile.TemporaryDirectory() as folder:
        print_figures(tuple(_figures(Path(folder))))


def _figures(folder: Path) -> Iterator[Figure]:
    workspace = sample_workspace(folder)
    release = next(path.parent.name for path in sorted((workspace / "releases").glob("*/media")))
    dist = workspace / "releases" / release / "dist"
    build = (*COMMUNIQUE, "-w", str(workspace), "build", release)
    bare = bare_script(folder, build, dist)
    yield ratio("cold bilingual build / bare script", build, bare, limit=0.65, fresh=dist)
    subprocess.run(build, check=True, capture_output=True)
    for name, command in _others(folder, workspace / "releases" / release, dist):
        yield ratio(
            f"cold bilingual build / {name}",
            build,
            command,
            limit=20 if name.startswith("typst") else 1,
            fresh=dist,
        )
    yield from _many(workspace, release)


def _others(folder: Path, release: Path, dist: Path) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield what other tools need for two PDFs, and for two Word files where they make such."""
    kept = folder / "kept"
    shutil.copytree(dist, kept)
    if shutil.which("soffice"):
        files = [str(path) for path in sorted(kept.glob("*.docx"))]
        yield "LibreOffice: PDFs of our Word files", ("soffice", *_HEADLESS, str(kept), *files)
    if shutil.which("pandoc"):
        source = release / "source.md"
        steps = [
            f"pandoc -s --metadata title=x {source} -o {kept}/{number}.{kind}"
            for number in range(2)
            for kind in ("docx", "html")
        ]
        steps += [
            f"{sys.executable} -m weasyprint -q {kept}/{number}.html {kept}/{number}.pdf" for number in range(2)
        ]
        yield "pandoc and WeasyPrint", ("sh", "-c", " && ".join(steps))
    if importlib.util.find_spec("typst"):
        calls = "; ".join(
            f"typst.compile({_typst(text)!r}, output={str(kept / text.stem)!r})" for text in _texts(folder)
        )
        yield "typst: bare paragraphs, PDFs only", (sys.executable, "-c", f"import typst; {calls}")


def _texts(folder: Path) -> Sequence[Path]:
    return sorted((folder / "pages").glob("*.txt"))


def _typst(text: Path) -> str:
    """Write the paragraphs of a release as a typst file beside them, and return its path."""
    lines = text.read_text(encoding="utf-8").splitlines()
    made = text.with_suffix(".typ")
    made.write_text(
        "\n\n".join(f"#text({json.dumps(line, ensure_ascii=False)})" for line in lines), encoding="utf-8"
    )
    return str(made)


def _many(root: Path, release: str) -> Iterator[Figure]:
    """Yield time and memory of many releases built by one process."""
    workspace = Workspace.find(root)
    press = Press(workspace, datetime.now(UTC))
    times, sizes = [], []
    for _ in range(RELEASES):
        shutil.rmtree(workspace.dist(release))
        start = time.process_time()
        build_release(workspace, release, press, lambda: None)
        times.append(time.process_time() - start)
        sizes.append(_resident())
    growth = (statistics.median(sizes[-WARM:]) - statistics.median(sizes[WARM : 2 * WARM])) / (RELEASES - 2 * WARM)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    warm = 1000 * statistics.median(times[WARM:])
    detail = f"{RELEASES} releases, one process"
    yield Figure(
        name="memory that a release leaves behind", measured=growth / 1000, limit=5, unit="kB", detail=detail
    )
    yield Figure(name="peak memory", measured=peak, limit=110, unit="MB", detail=f"{detail}, with this benchmark")
    yield Figure(name="CPU of a warm bilingual release", measured=warm, limit=400, unit="ms", detail="no ratio")


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * PAGE


if __name__ == "__main__":
    main()
