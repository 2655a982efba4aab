"""Headings as everything that is published shows them: screen readers count their levels and read their words."""

from collections.abc import Sequence

from pipeline.model.inline import plain
from pipeline.model.release import Block, Heading


def leveled(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with headings that say something and never skip a level (WCAG 2.2, technique G141)."""
    level = 1
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            if not plain(block.text).strip():
                continue
            level = min(block.level, level + 1)
            found.append(Heading(level=level, text=block.text))
        else:
            found.append(block)
    return found
