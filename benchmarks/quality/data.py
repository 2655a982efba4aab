"""The texts that quality is measured on: they stand in the files beside this module."""

from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
LISTS = HERE.parent.parent / "templates" / "lists"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodPair:
    """A German sentence and the French one that a press attaché would sign for it.

    Dates with a weekday but no year are those of 2026.
    """

    id: str
    de: str
    fr: str


def good_pairs() -> tuple[GoodPair, ...]:
    """Return all pairs in the order of the file: quotations that go over two sentences stand next to each other."""
    lines = (HERE / "pairs.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines]
    return tuple(GoodPair(**dict(zip(rows[0], row, strict=True))) for row in rows[1:])


def paragraphs(language: str) -> tuple[tuple[str, ...], ...]:
    """Return the paragraphs of a segmentation set, each as its true sentences; a blank joins them to the input."""
    text = (HERE / f"sentences.{language}.txt").read_text(encoding="utf-8")
    return tuple(tuple(block.splitlines()) for block in text.strip().split("\n\n"))


def abbreviations(language: str) -> str:
    """Return the packaged list of abbreviations as it stands in its file."""
    return (LISTS / f"abbreviations.{language}.txt").read_text(encoding="utf-8")
