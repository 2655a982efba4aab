"""`python -m benchmarks.offline`: our offline engine beside the bare CTranslate2 call, in turn on the same batches.

The model is the tests' tiny one with as many layers as OPUS-MT's, but fewer numbers in each: what stands around the
model weighs more here than beside a real one.
"""

import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from pipeline.engines.models.install import take_model
from pipeline.engines.models.known import Card
from pipeline.engines.models.loaded import Decoding, LoadedModel
from pipeline.engines.models.store import ModelStore
from pipeline.engines.offline import OfflineEngine
from pipeline.model.translation import Passage, Request
from tests.engines.tiny_model import build_opus

RUNS = 9
DEPTH = 6
LIMIT = 0.9
"""Of the bare call's sentences per second."""

_WORDS = "Die neue Brücke öffnet morgen in Alvenz und Der Fluss bleibt ruhig".split()


def main() -> None:
    """Print the figure beside its limit; exits 1 if it is missed."""
    with tempfile.TemporaryDirectory() as folder:
        card = Card(id="tiny", source="de", target="fr", licence="CC0-1.0", attribution="made for tests")
        store = ModelStore(Path(folder) / "store")
        take_model(store, build_opus(Path(folder) / "opus", depth=DEPTH), card, at=datetime.now(UTC))
        engine = OfflineEngine(name="offline", store=store, card=card, judge=lambda *_: 0)
        ratio, ours = measured(engine, LoadedModel.load(store, card, engine.decoding), sentences(200))
    mark = "ok" if ratio >= LIMIT else "MISSED"
    print(f"offline engine / bare CTranslate2  {ratio:.2f} ×  limit {LIMIT:.2f}  {mark}  {ours:.0f} sentences/s")
    sys.exit(0 if ratio >= LIMIT else 1)


def sentences(count: int) -> tuple[str, ...]:
    """Return different sentences of different lengths."""
    return tuple(
        " ".join(_WORDS[(number + step) % len(_WORDS)] for step in range(4 + number % 21)) + f" {number}."
        for number in range(count)
    )


def measured(engine: OfflineEngine, model: LoadedModel, texts: tuple[str, ...]) -> tuple[float, float]:
    """Return the median ratio of throughputs, and our sentences per second."""
    request = Request(passages=tuple(Passage(text=text) for text in texts), source="de", target="fr")
    windows = list(grouped([model.tokens(text) for text in texts], engine.decoding))
    pairs = []
    for number in range(RUNS + 1):
        start = time.perf_counter()
        for answers in [model.ask(window) for window in windows]:
            for answer in answers:
                answer.pending.result()
        middle = time.perf_counter()
        results = sum(1 for _ in engine.translate(request))
        end = time.perf_counter()
        if number:  # the first pair loads the engine's model
            pairs.append((middle - start, end - middle, results))
    ratio = statistics.median(bare / own for bare, own, _ in pairs)
    return ratio, statistics.median(results / own for _, own, results in pairs)


def grouped(tokens: list[list[str]], decoding: Decoding) -> "list[list[list[str]]]":
    """Return the tokens in the windows that the engine makes of them."""
    windows: list[list[list[str]]] = [[]]
    for sentence in tokens:
        windows[-1].append(sentence)
        if sum(map(len, windows[-1])) >= decoding.window:
            windows.append([])
    return windows


if __name__ == "__main__":
    main()
