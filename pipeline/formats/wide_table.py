"""Tables of many columns: which get a page turned on its side, and what fits on a line of their cells."""

import re
from collections.abc import Sequence

from pipeline.errors import FormatError
from pipeline.model.inline import Inlines, plain
from pipeline.model.release import Release, Table

MOST_UPRIGHT, MOST_COLUMNS = 12, 24
"""Columns whose cells still hold a word: on A4 as it stands, and turned on its side."""
UPRIGHT_LINE, SIDEWAYS_LINE = 84, 126
"""Signs that surely fit on a line of a table, which its columns share."""

STYLE = (
    "@page sideways { size: A4 landscape }"
    f" table:has(th:nth-child({MOST_UPRIGHT + 1})) {{ page: sideways; break-after: page }}"
)
"""The turning of pages in the PDF, whatever the office's own style says."""

_WHOLE = re.compile(r"[^\s\u00ad-]+")
"""What stands on one line of its own accord: everything up to a blank, a hyphen or a place to divide a word."""


def is_wide(columns: int) -> bool:
    """Return whether a table of so many columns needs a page turned on its side."""
    return columns > MOST_UPRIGHT


def refuse_wider(release: Release) -> None:
    """Do nothing if every table of `release` fits on a page.

    Raises:
        FormatError: one has more than `MOST_COLUMNS`; it is named by its place and its first headings.
    """
    for number, block in enumerate(release.blocks, 1):
        if isinstance(block, Table) and len(block.header) > MOST_COLUMNS:
            heads = ", ".join(f"“{plain(cell)[:30]}”" for cell in block.header[:3])
            message = (
                f"block {number} of the text is a table of {len(block.header)} columns ({heads} …); {MOST_COLUMNS}"
                " fit on a page turned on its side: make two tables of it, or rows of its columns"
            )
            raise FormatError(message, path=f"{release.id} ({release.language})")


def cell_line(rows: Sequence[Sequence[Inlines]]) -> int:
    """Return how many signs in a row stay together in each cell, so that the whole table fits its page.

    Columns that need little leave what they do not need to the others; so a long amount is rarely broken.

    Args:
        rows: header and rows, with soft hyphens where words may be divided.
    """
    longest = sorted(max(map(longest_whole, column), default=0) for column in zip(*rows, strict=True))
    left = room = SIDEWAYS_LINE if is_wide(len(longest)) else UPRIGHT_LINE
    for columns, length in zip(range(len(longest), 0, -1), longest, strict=True):
        if length * columns > left:
            return left // columns
        left -= length
    return room


def longest_whole(cell: Inlines) -> int:
    """Return how many signs the longest stretch of a cell has that stays on one line."""
    return max((len(part) for part in _WHOLE.findall(plain(cell))), default=0)
