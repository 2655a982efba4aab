"""Sources that are like a text: found by trigrams in files beside the memory, the newest few by looking at each."""

import contextlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from pipeline.memory.database import Database
from pipeline.memory.trigrams import ROWS, Block, most_alike, pack, unpack

SCANNED = 4_096
"""Newest sources that are in no block yet: comparing a text with all of them takes a millisecond."""

CANDIDATES = 400
"""Sources compared with a text because they share many trigrams with it."""

MAX_LENGTH = 5_000
"""Characters beyond which nothing similar is looked for: such a text is no sentence, and comparing takes long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A source of the memory that is like a text."""

    id: int
    text: str
    percent: int
    """Likeness, rounded down: 100 is the same text."""


@dataclass(slots=True)
class Index:
    """The sources of a memory.

    Args:
        database: where they are.
        scanned: as many may be in no block.
    """

    database: Database
    scanned: int = SCANNED
    _blocks: tuple[Block, ...] | None = None
    _newest: list[tuple[int, str]] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        """Where the files of the blocks are: `tm.index` beside `tm.sqlite`."""
        return self.database.path.with_suffix(".index")

    def complete(self) -> bool:
        """Return whether all files are sound and few sources are in none."""
        self.open()
        (blocks,) = self.database.rows("SELECT count(*) FROM block") or [(0,)]
        return len(self._blocks or ()) == blocks[0] and len(self._newest) <= self.scanned

    def refresh(self, *, shrunk: bool) -> None:
        """Put new sources into blocks where they have become many; `shrunk` says that some are gone.

        Raises:
            OSError, sqlite3.Error: the files cannot be written.
        """
        self._blocks = None
        if shrunk:
            self._drop_if_hollow()
        while self._grow():
            pass

    def open(self) -> None:
        """Open the files; done by the first search too."""
        import numpy as np

        # Given back at once: from now on the C library keeps freed memory of this size for the next search. Asking
        # the system for it again and again would take as long as the search itself.
        np.empty(1 << 24, np.uint8)
        blocks: list[Block] = []
        last = 0
        for last_id, _, file in self.database.rows("SELECT last, rows, file FROM block ORDER BY last"):
            block = self._block(file)
            if block is None:
                break
            blocks.append(block)
            last = last_id
        self._blocks = tuple(blocks)
        self._newest = self.database.rows("SELECT id, plain FROM source WHERE id > ?", (last,))

    def nearest(self, text: str, least: int, limit: int) -> list[Near]:
        """Return up to `limit` sources at least `least` percent like `text`, best first.

        Likeness is what is left of the longer text's characters after the edits that make one of the other
        (Levenshtein). Both sides are `normalised`; capitals count.
        """
        if not text or len(text) > MAX_LENGTH:
            return []
        if self._blocks is None:
            self.open()
        lengths = (-(-len(text) * least // 100), len(text) * 100 // least)
        ids = most_alike(self._blocks or (), text, lengths, CANDIDATES)
        marks = ",".join("?" * len(ids))
        rows = self.database.rows(f"SELECT id, plain FROM source WHERE id IN ({marks})", ids)  # noqa: S608 (marks only)
        rows += (row for row in self._newest if lengths[0] <= len(row[1]) <= lengths[1])
        return ranked(text, rows, least)[:limit]

    def _block(self, file: str) -> Block | None:
        """Return a block from its file, mapped into memory; None where that is missing or damaged."""
        import numpy as np

        with contextlib.suppress(OSError, ValueError):
            return unpack(np.asarray(np.load(self.folder / file, mmap_mode="r", allow_pickle=False)))
        return None

    def _grow(self) -> bool:
        """Make one block if the sources in none are too many; return whether there may be more."""
        with self.database.writing() as connection:
            blocks = connection.execute("SELECT last, rows, file FROM block ORDER BY last").fetchall()
            sound = [self._block(file) is not None for _, _, file in blocks]
            kept = blocks[: sound.index(False)] if False in sound else blocks
            sql = "SELECT id, plain FROM source WHERE id > ? ORDER BY id LIMIT ?"
            waiting = connection.execute(sql, (kept[-1][0] if kept else 0, self.scanned + 1)).fetchall()
            if len(waiting) <= self.scanned and len(kept) == len(blocks):
                return False
            if kept and kept[-1][1] < ROWS:
                kept.pop()
            last = kept[-1][0] if kept else 0
            connection.execute("DELETE FROM block WHERE last > ?", (last,))
            rows = connection.execute(sql, (last, ROWS)).fetchall()
            if rows:
                name = self._write(rows)
                connection.execute("INSERT INTO block VALUES (?, ?, ?)", (rows[-1][0], len(rows), name))
                kept.append((rows[-1][0], len(rows), name))
            # Under the lock of this transaction nobody else has a file that is not yet in the table.
            self._remove_all_but({file for _, _, file in kept})
            return len(rows) == ROWS

    def _write(self, rows: Sequence[tuple[int, str]]) -> str:
        import numpy as np

        self.folder.mkdir(exist_ok=True)
        name = f"{uuid4().hex}.npy"
        with (self.folder / name).open("wb") as stream:
            np.save(stream, pack(rows), allow_pickle=False)
            stream.flush()
            os.fsync(stream.fileno())
        return name

    def _remove_all_but(self, kept: set[str]) -> None:
        for path in self.folder.glob("*.npy"):
            if path.name not in kept:
                # A reader elsewhere may hold it; it is tried again next time.
                with contextlib.suppress(OSError):
                    path.unlink()

    def _drop_if_hollow(self) -> None:
        """Forget the blocks where more than half of their sources are gone."""
        with self.database.writing() as connection:
            (live,) = connection.execute("SELECT count(*) FROM source").fetchone()
            (held,) = connection.execute("SELECT coalesce(sum(rows), 0) FROM block").fetchone()
            if live < held // 2:
                connection.execute("DELETE FROM block")


def ranked(text: str, rows: Sequence[tuple[int, str]], least: int) -> list[Near]:
    """Return those of `rows` that are like enough, best first; of equals the newer one first."""
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.process import cdist

    if not rows:
        return []
    longest = max(len(text), *(len(row[1]) for row in rows))
    worst = (100 - least) * longest // 100
    distances = cdist([text], [row[1] for row in rows], scorer=Levenshtein.distance, score_cutoff=worst)[0].tolist()
    found = []
    for (number, other), distance in zip(rows, distances, strict=True):
        length = max(len(text), len(other))
        # Whole numbers: just at the limit, fractions would round to either side.
        if 100 * distance <= (100 - least) * length:
            found.append((distance / length, -number, other, 100 * (length - distance) // length))
    return [Near(id=-number, text=other, percent=percent) for _, number, other, percent in sorted(found)]
