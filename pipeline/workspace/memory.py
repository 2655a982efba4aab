"""The `memory/` folder of a workspace: termbase, imported memories, and what is made from them."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.workspace.files import inside, read_bytes, reported, write_bytes

if TYPE_CHECKING:
    from pipeline.model.termbase import Termbase

MAX_TERMS = 10_000_000


@dataclass(frozen=True, slots=True)
class MemoryFolder:
    """A folder that need not exist: then nothing is known yet."""

    root: Path

    @property
    def terms(self) -> Path:
        """The termbase, as a table that a spreadsheet opens."""
        return self.root / "terms.csv"

    @property
    def database(self) -> Path:
        """The translation memory; made anew from releases and TMX files where it is missing."""
        return self.root / "tm.sqlite"

    @property
    def cache(self) -> Path:
        """What engines answered, so that no text is paid for or sent twice."""
        return self.root / "cache.sqlite"

    def imported(self) -> tuple[Path, ...]:
        """Return the TMX files that were imported, sorted."""
        with reported(self.root, "read"):
            return tuple(sorted(self.root.glob("*.tmx"))) if self.root.is_dir() else ()

    def load_termbase(self) -> "Termbase":
        """Return the termbase; empty where there is none.

        Raises:
            FormatError: its table cannot be understood.
        """
        if not self.terms.exists():
            from pipeline.model.termbase import Termbase

            return Termbase()
        from pipeline.formats import termbase_table

        shown = os.path.relpath(self.terms)
        return termbase_table.parse(read_bytes(inside(self.root, self.terms), MAX_TERMS), path=shown)

    def save_termbase(self, termbase: "Termbase", languages: tuple[str, ...]) -> None:
        """Write the termbase, with a column for each of `languages`, the source's first."""
        from pipeline.formats import termbase_table

        write_bytes(self.terms, termbase_table.dump(termbase, languages).encode())
