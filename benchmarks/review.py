"""Review documents there and back: `python -m benchmarks.review [--scripts N] [--office N]`.

Reviewers who edit at random are played in Word's own XML and in a real LibreOffice; counted is what does not come
back as it was left. Then a long document with corrections in most rows is taken in, in a process of its own, beside
one that only loads the XML library.
"""

import argparse
import json
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure
from pipeline.formats.review_docx.read import open_review
from pipeline.stages.review.receive import Outcome, receive
from tests.review.by_office import steps
from tests.review.by_word import edited
from tests.review.campaign import Copy, copies
from tests.review.desk import Desk, script
from tests.review.edits import IN_OFFICE, LAST, Kind
from tests.review.libreoffice import Job, Office, libreoffice, missing
from tests.review.outcome import Fault, Finding
from tests.review.sheets import document, export, long_bitext, sheet
from tests.review.taking_in import DELIVERY

SEGMENTS = 400
PAGES = 40
RUNS = 5
SHOWN = 5
BARE = "import lxml.etree; print(*open('/proc/self/status'))"


def main() -> None:
    """Print every figure beside its limit, or, called by itself, take a document in and print what that took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scripts", type=int, default=1_000)
    parser.add_argument("--office", type=int, default=36)
    parser.add_argument("--take", nargs=2, type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.take:
        print(json.dumps(_take(*arguments.take)))
        return
    with tempfile.TemporaryDirectory() as folder:
        rows = [*played(arguments.scripts), *opened(arguments.office, Path(folder)), *taken_in(Path(folder))]
    width = max(len(row.name) for row in rows)
    for row in rows:
        mark = "ok" if row.met else "MISSED"
        figure = f"{row.measured:>8.2f} {row.unit:<3} limit {row.limit:>7.2f}"
        print(f"{row.name:<{width}}  {figure}  {mark:<7} {row.detail}")
    sys.exit(0 if all(row.met for row in rows) else 1)


def played(count: int) -> Iterator[Figure]:
    """Yield what goes wrong in `count` scripts written as Word writes them."""
    everyone = copies()
    edits, wrong = 0, []
    for seed in range(count):
        made, found = everyone[seed % len(everyone)].played(seed)
        edits += len(made.edits)
        wrong += [(made.label, finding) for finding in found]
    yield from _counted("Word", f"{count:,} scripts, {edits:,} edits", wrong)


def opened(count: int, folder: Path) -> Iterator[Figure]:
    """Yield what goes wrong in `count` scripts in LibreOffice: a third each with tracking on, off, and both."""
    if lacks := missing():
        print(f"left out: {lacks}")
        return
    edits, wrong = 0, []
    everyone = copies()
    with libreoffice(folder) as office:
        for seed in range(count):
            copy = everyone[seed % len(everyone)]
            track = (True, False, None)[seed // len(everyone) % 3]
            made = script(copy.export, seed, kinds=(*IN_OFFICE, LAST), track=track)
            data = _edited(office, copy, list(steps(made.edits)), folder)
            edits += len(made.edits)
            wrong += [(made.label, finding) for finding in copy.judged(made, data)]
    yield from _counted("LibreOffice", f"{count:,} scripts, {edits:,} edits", wrong)


def taken_in(folder: Path) -> Iterator[Figure]:
    """Yield time and memory of taking in a long document."""
    bitext = long_bitext(SEGMENTS)
    sent, back = folder / "long.docx", folder / "back.docx"
    sent.write_bytes(document(sheet(bitext)))
    desk = Desk(export(bitext), random.Random(1))  # noqa: S311 (repeatable samples, no secret)
    desk.at_hand.clear()  # everywhere alike
    for _ in range(SEGMENTS):
        desk.do(Kind.TYPE)
    back.write_bytes(edited(sent.read_bytes(), desk.edits))
    itself = (sys.executable, "-m", "benchmarks.review", "--take", str(sent), str(back))
    full = [json.loads(_run(*itself)) for _ in range(RUNS)]
    bare = [_peak(_run(sys.executable, "-c", BARE)) for _ in range(RUNS)]
    pages = _pages(sent)
    seconds = statistics.median(item["seconds"] for item in full)
    corrected = full[0]["corrected"]
    detail = f"{SEGMENTS} segments, {corrected} corrected, {pages or 'unknown number of'} pages, median of {RUNS}"
    yield Figure(name="taking in", measured=seconds, limit=1, unit="s", detail=detail)
    peak, idle = statistics.median(item["peak"] for item in full), statistics.median(bare)
    above = f"{peak:.0f} MB at most, {idle:.0f} MB of it Python and lxml"
    yield Figure(name="memory", measured=peak - idle, limit=150, unit="MB", detail=above)
    if pages:
        yield Figure(name="pages wanting", measured=max(PAGES - pages, 0), limit=0, unit="", detail=f"of {PAGES}")


def _counted(name: str, detail: str, wrong: list[tuple[str, Finding]]) -> Iterator[Figure]:
    for label, finding in wrong[:SHOWN]:
        print(f"{finding.fault} {finding.segment}: {finding.detail}\n    {label}")
    counts = Counter(finding.fault for _, finding in wrong)
    for fault in Fault:
        yield Figure(name=f"{name}: {fault}", measured=counts[fault], limit=0, unit="", detail=detail)


def _edited(office: Office, copy: Copy, wanted: list[dict[str, object]], folder: Path) -> bytes:
    sent, back = folder / "sent.docx", folder / "back.docx"
    sent.write_bytes(copy.sent)
    office.do(Job(open=sent, steps=wanted, save=back))
    return back.read_bytes()


def _pages(path: Path) -> int | None:
    """Return how many pages LibreOffice makes of a document, or None where it or poppler is missing."""
    if missing() or shutil.which("pdfinfo") is None:
        return None
    profile = f"-env:UserInstallation={(path.parent / 'pages').as_uri()}"
    _run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(path.parent), str(path))
    facts = _run("pdfinfo", str(path.with_suffix(".pdf"))).splitlines()
    return next(int(line.split()[1]) for line in facts if line.startswith("Pages:"))


def _run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=180).stdout


def _peak(status: str) -> float:
    """Return the most memory a process ever had, in megabytes.

    `getrusage` will not do: a process inherits that figure from the one it was started by.
    """
    return next(int(line.split()[1]) / 1000 for line in status.splitlines() if line.strip().startswith("VmHWM:"))


def _take(sent: Path, back: Path) -> dict[str, float]:
    """Take the document `back` in."""
    bitext = long_bitext(SEGMENTS)
    base = export(bitext)
    began = time.perf_counter()
    returned = open_review(back.read_bytes(), back.name).read(base, sent.read_bytes())
    received = receive(bitext, base, returned, DELIVERY)
    seconds = time.perf_counter() - began
    corrected = sum(item.outcome is Outcome.CORRECTED for item in received.results)
    return {"seconds": seconds, "peak": _peak(Path("/proc/self/status").read_text()), "corrected": corrected}


if __name__ == "__main__":
    main()
