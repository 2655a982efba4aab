"""The translation memory at a million segments: `python -m benchmarks.memory [--segments N]`.

Look-ups alternate with a comparison of the same text with all others by rapidfuzz, which is also what says which
matches there are to be found. Filling and reading each have a process of their own, so that memory is theirs alone.
"""

import argparse
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.press_text import segment, variant
from pipeline import locales
from pipeline.memory.entries import Document, of_bitext
from pipeline.memory.lookup import TranslationMemory
from pipeline.memory.store import Store
from pipeline.model.bitext import Approval, Bitext, Segment, State, Unit
from pipeline.model.inline import inlines
from pipeline.model.texts import TextKind

QUERIES = 200
PER_DOCUMENT = 1_000
TODAY = date(2026, 11, 23)
LEAST = 70
SHOWN = 5


def main() -> None:
    """Print every figure beside its limit, or, called by itself, do one step and print what it measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--segments", type=int, default=1_000_000)
    parser.add_argument("--step", nargs=2, metavar=("NAME", "FOLDER"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.step:
        name, folder = arguments.step
        print(json.dumps(STEPS[name](Path(folder))))
        return
    with tempfile.TemporaryDirectory() as folder:
        rows = list(figures(Path(folder), arguments.segments))
    width = max(len(row.name) for row in rows)
    for row in rows:
        mark = "ok" if row.met else "MISSED"
        figure = f"{row.measured:>9.3f} {row.unit:<3} limit {row.limit:>8.3f}"
        print(f"{row.name:<{width}}  {figure}  {mark:<7} {row.detail}")
    sys.exit(0 if all(row.met for row in rows) else 1)


def figures(folder: Path, count: int) -> Iterator[Figure]:
    """Yield all figures of a memory of `count` segments."""
    texts = list(dict.fromkeys(segment(number) for number in range(count)))
    queries = _queries(texts)
    (folder / "texts").write_text("\n".join(texts), encoding="utf-8")
    (folder / "queries").write_text("\n".join(queries), encoding="utf-8")
    detail = f"{len(texts):,} segments, {statistics.fmean(map(len, texts)):.0f} characters each on average"
    filled = _step("fill", folder)
    peak = f"{detail}; {filled['peak']:.0f} MB at most, mapped files included"
    yield Figure(name="filling", measured=filled["seconds"], limit=30, unit="s", detail=peak)
    read = _step("read", folder)
    yield Figure(name="opening", measured=read["opening"], limit=50, unit="ms", detail="modules loaded before")
    detail = f"after {QUERIES} look-ups; {read['mapped']:.0f} MB mapped"
    yield Figure(name="private memory", measured=read["private"], limit=100, unit="MB", detail=detail)
    detail = f"alone in its process; median {read['median']:.1f} ms, the first {read['first']:.0f} ms"
    yield Figure(name="look-up, 95 of 100", measured=read["p95"], limit=8, unit="ms", detail=detail)
    yield from _against_all(folder, texts, queries)
    yield Figure(name="1,000 more", measured=_step("add", folder)["seconds"], limit=1, unit="s", detail="")
    nothing = "the documents are those of before"
    yield Figure(name="nothing new", measured=_step("again", folder)["seconds"], limit=1, unit="s", detail=nothing)


def _step(name: str, folder: Path) -> dict[str, float]:
    command = (sys.executable, "-m", "benchmarks.memory", "--step", name, str(folder))
    measured: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return measured


def _against_all(folder: Path, texts: Sequence[str], queries: Sequence[str]) -> Iterator[Figure]:
    """Compare look-ups with what looking at every text finds, and how long that takes."""
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.process import cdist

    store, memory = _memory(folder)
    ours, theirs = [], []
    found = there = 0
    for number, query in enumerate(queries):
        began = time.perf_counter()
        memory.lookup(inlines(query), before=None, after=None, limit=SHOWN)
        between = time.perf_counter()
        scores = cdist([query], texts, scorer=Levenshtein.normalized_similarity, score_cutoff=LEAST / 100)[0]
        if number:  # the first warms the disk cache
            ours.append(between - began)
            theirs.append(time.perf_counter() - between)
        best = sorted((round(float(score), 6) for score in scores[scores > 0]), reverse=True)[:SHOWN]
        near = store.index.nearest(query, LEAST, SHOWN)
        mine = [round(Levenshtein.normalized_similarity(query, item.text), 6) for item in near]
        there += len(best)
        found += sum(one >= other for one, other in zip(mine, best, strict=False))
    store.close()
    ratio = statistics.median(one / other for one, other in zip(ours, theirs, strict=True))
    median, p95, all_of_them = (
        1000 * figure
        for figure in (statistics.median(ours), statistics.quantiles(ours, n=20)[-1], statistics.median(theirs))
    )
    detail = f"{median:.1f} ms (95 of 100: {p95:.1f}) / {all_of_them:.0f} ms"
    yield Figure(name="look-up / comparing with all", measured=ratio, limit=1 / 40, unit="×", detail=detail)
    detail = f"{found} of {there} matches of {LEAST} % and more in the first {SHOWN}"
    yield Figure(name="not found", measured=100 * (1 - found / there), limit=1, unit="%", detail=detail)


def _queries(texts: Sequence[str]) -> list[str]:
    rng = random.Random(7)  # noqa: S311 (repeatable samples, no secret)
    return [variant(rng.choice(texts), rng) for _ in range(QUERIES)]


def _memory(folder: Path) -> tuple[Store, TranslationMemory]:
    store = Store(folder / "tm.sqlite")
    return store, TranslationMemory(store, locales=(locales.get("de"), locales.get("fr")), today=TODAY)


def _fill(folder: Path) -> dict[str, float]:
    """Make the memory from nothing; the time that making the sample's own values takes is taken off."""
    texts = (folder / "texts").read_text(encoding="utf-8").splitlines()
    batches = [texts[first : first + PER_DOCUMENT] for first in range(0, len(texts), PER_DOCUMENT)]
    documents = [_document(f"{number:06d}", batch) for number, batch in enumerate(batches)]
    began = time.perf_counter()
    for number, batch in enumerate(batches):
        _bitext(str(number), batch)
    own = time.perf_counter() - began
    figures = _synced(folder, documents)
    return {**figures, "seconds": figures["seconds"] - own}


def _add(folder: Path) -> dict[str, float]:
    """Add a document to the memory there is."""
    return _synced(folder, [*_known(folder), _document("more", [segment(-number) for number in range(1, 1_001)])])


def _again(folder: Path) -> dict[str, float]:
    """Bring the memory in step where nothing has changed."""
    return _synced(folder, [*_known(folder), _document("more", [])])


def _synced(folder: Path, documents: Sequence[Document]) -> dict[str, float]:
    began = time.perf_counter()
    store = Store(folder / "tm.sqlite")
    report = store.sync(documents)
    store.close()
    seconds = time.perf_counter() - began
    if report.problems:
        sys.exit("\n".join(report.problems))
    return {"seconds": seconds, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000}


def _known(folder: Path) -> list[Document]:
    with (folder / "texts").open(encoding="utf-8") as stream:
        count = sum(1 for _ in stream)
    return [_document(f"{number:06d}", []) for number in range(-(-count // PER_DOCUMENT))]


def _document(name: str, texts: Sequence[str]) -> Document:
    return Document(key=name, digest=name, source="de", target="fr", load=lambda: of_bitext(_bitext(name, texts)))


def _bitext(name: str, texts: Sequence[str]) -> Bitext:
    segments = tuple(
        Segment(id=f"S{number:03d}", source=inlines(text), target=inlines(text.upper()), state=State.FINAL)
        for number, text in enumerate(texts, 1)
    )
    approval = Approval(by="Eva", at=datetime(2026, 11, 1, tzinfo=UTC), source_hash="", target_hash="")
    unit = Unit(path="body", kind=TextKind.PARAGRAPH, segments=segments)
    return Bitext(release=name, source_locale="de", target_locale="fr", units=(unit,), approval=approval)


def _read(folder: Path) -> dict[str, float]:
    """Look up texts in a fresh process."""
    import sqlite3  # noqa: F401 (loaded before the clock starts)

    import numpy as np  # noqa: F401 (as above)
    import rapidfuzz.process  # noqa: F401 (as above)

    queries = (folder / "queries").read_text(encoding="utf-8").splitlines()
    began = time.perf_counter()
    store, memory = _memory(folder)
    store.index.open()
    opening = time.perf_counter() - began
    seconds = []
    for query in queries:
        began = time.perf_counter()
        memory.lookup(inlines(query), before=None, after=None, limit=SHOWN)
        seconds.append(time.perf_counter() - began)
    rollup = dict(line.split(":") for line in Path("/proc/self/smaps_rollup").read_text().splitlines()[1:])
    sizes = {name: int(value.split()[0]) / 1000 for name, value in rollup.items()}
    # Clean pages are those of mapped files, which the system takes back at will.
    private = sizes["Private_Dirty"]
    return {
        "opening": 1000 * opening,
        "first": 1000 * seconds[0],
        "median": 1000 * statistics.median(seconds),
        "p95": 1000 * statistics.quantiles(seconds, n=20)[-1],
        "private": private,
        "mapped": sizes["Rss"] - private,
    }


STEPS: dict[str, Callable[[Path], dict[str, float]]] = {"fill": _fill, "add": _add, "again": _again, "read": _read}

if __name__ == "__main__":
    main()
