"""Clutter: lines that stand around an article on a news page, by the office's own list."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.model.inline import plain
from pipeline.model.intake import RawBlock, RawKind, Removal


@dataclass(frozen=True, slots=True)
class ClutterList:
    """The entries of the list, bare of case, punctuation and blanks."""

    whole: dict[str, str]
    beginnings: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, text: str) -> "ClutterList":
        """Return the list in `text`: one entry per line, `#` begins a comment, a final `…` means “begins with”."""
        entries = [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
        whole = {bare(entry): entry for entry in entries if not entry.endswith("…")}
        beginnings = tuple((bare(entry), entry) for entry in entries if entry.endswith("…") and bare(entry))
        return cls(whole=whole, beginnings=beginnings)

    def entry_for(self, line: str) -> str | None:
        """Return the entry that `line` falls under, or None."""
        words = bare(line)
        if not words:
            return None
        if words in self.whole:
            return self.whole[words]
        return next((entry for start, entry in self.beginnings if f"{words} ".startswith(f"{start} ")), None)


def bare(line: str) -> str:
    """Return the words of a line, small, one blank between them."""
    return " ".join(re.findall(r"\w+", line.lower().replace("\u00ad", "")))


def remove_clutter(
    blocks: Iterable[RawBlock], clutter: ClutterList
) -> tuple[tuple[RawBlock, ...], tuple[Removal, ...]]:
    """Return the blocks that are no clutter, and what was removed by which entry."""
    kept: list[RawBlock] = []
    removed: list[Removal] = []
    for block in blocks:
        entry = None if block.kind is RawKind.TABLE else clutter.entry_for(plain(block.text))
        if entry is None:
            kept.append(block)
        else:
            reason = f"list entry “{entry}”"
            removed.append(Removal(text=plain(block.text).strip(), reason=reason, line=block.line))
    return tuple(kept), tuple(removed)
