"""Which texts of many share most with one text: an index of trigrams, kept as arrays that a file can hold.

The texts of a block stand in the order of their lengths, so that those long enough and short enough to be alike
are neighbours. For each bucket of trigrams the block lists the texts that hold one. A query looks at the buckets
with the shortest lists first and stops when it has seen enough: the frequent ones tell next to nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers: TypeAlias = NDArray[np.uint32]

ROWS = 1 << 16
"""Texts of one block: their places fit two bytes."""

SEEN = 400_000
"""List items that one query looks at."""

_BUCKET_BITS = 18
"""262,144 buckets: German or French text has some twenty thousand trigrams, so few share one."""

_GROUP_BITS = 12
"""Texts are sorted in groups of 4,096, whose places fit beside the bucket into four bytes: that sorts fast."""

_HEAD = 2
"""Figures before the arrays of a block: texts, list items."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The trigrams of up to `ROWS` texts."""

    ids: "Numbers"
    """By place in the block."""
    lengths: "Numbers"
    """Characters by place, ascending."""
    offsets: "Numbers"
    """Where the list of each bucket begins; one more for the end of the last."""
    places: "NDArray[np.uint16]"
    """All lists one after the other, each ascending."""


def pack(texts: Sequence[tuple[int, str]]) -> "Numbers":
    """Return the block of texts with their ids, as one array; `texts` are at most `ROWS`."""
    import numpy as np

    rows = sorted(texts, key=lambda row: len(row[1]))
    groups = [
        _sorted_pairs([text for _, text in rows[first : first + (1 << _GROUP_BITS)]])
        for first in range(0, len(rows), 1 << _GROUP_BITS)
    ]
    offsets = np.zeros((1 << _BUCKET_BITS) + 1, np.int64)
    for pairs in groups:
        offsets[1:] += _counts(pairs)
    np.cumsum(offsets, out=offsets)
    places = np.zeros(offsets[-1] + offsets[-1] % 2, np.uint16)
    free = offsets[:-1].copy()
    for number, pairs in enumerate(groups):
        count = _counts(pairs)
        # The pairs of a group stand by bucket already: each moves by as much as its bucket does.
        moved = np.repeat(free - (np.cumsum(count) - count), count)
        moved += np.arange(len(pairs))
        places[moved] = (pairs & ((1 << _GROUP_BITS) - 1)) + (number << _GROUP_BITS)
        free += count
    head = (len(rows), offsets[-1], *(row[0] for row in rows), *(len(row[1]) for row in rows))
    return np.concatenate((np.array(head, np.uint32), offsets.astype(np.uint32), places.view(np.uint32)))


def _counts(pairs: "Numbers") -> "NDArray[np.int64]":
    import numpy as np

    return np.bincount(pairs >> _GROUP_BITS, minlength=1 << _BUCKET_BITS)


def unpack(packed: "Numbers") -> Block:
    """Return the block in an array made by `pack`; nothing is copied.

    Raises:
        ValueError: the array is not as long as its head says, or something else altogether.
    """
    import numpy as np

    rows, items = (int(figure) for figure in packed[:_HEAD])
    starts = np.cumsum([_HEAD, rows, rows, (1 << _BUCKET_BITS) + 1, (items + 1) // 2])
    if packed.dtype != np.uint32 or packed.shape != (starts[-1],) or rows > ROWS:
        raise ValueError("no block of trigrams")
    parts = [packed[low:high] for low, high in pairwise(starts)]
    return Block(ids=parts[0], lengths=parts[1], offsets=parts[2], places=parts[3].view(np.uint16)[:items])


def most_alike(blocks: Sequence[Block], text: str, lengths: tuple[int, int], want: int) -> list[int]:
    """Return the ids of the `want` texts that share most of the rarer trigrams of `text`.

    Args:
        blocks: where to look.
        text: what to look for.
        lengths: characters of the shortest and longest text that counts.
        want: how many to return at most.
    """
    import numpy as np

    buckets = np.unique(_sorted_pairs([text]) >> _GROUP_BITS)
    if not blocks or not len(buckets):
        return []
    starts, ends = (np.array([block.offsets[buckets + step] for block in blocks]) for step in (0, 1))
    sizes = (ends - starts).sum(axis=0, dtype=np.int64)
    rarest = np.argsort(sizes, kind="stable")
    rarest = rarest[: 1 + int(np.searchsorted(np.cumsum(sizes[rarest]), SEEN))]
    shared = [
        _shared(block, low[rarest], high[rarest], lengths)
        for block, low, high in zip(blocks, starts, ends, strict=True)
    ]
    texts_with = np.sum([np.bincount(counts, minlength=len(rarest) + 1) for _, counts in shared], axis=0)
    texts_with_more = np.cumsum(texts_with[::-1])[::-1] - texts_with
    least = max(1, int(np.argmax(texts_with_more < want)))
    ids, counts = (
        np.concatenate(parts) for parts in zip(*(_at_least(least, *part) for part in shared), strict=True)
    )
    return [int(number) for number in ids[np.argsort(-counts, kind="stable")[:want]]]


def _shared(
    block: Block, starts: "Numbers", ends: "Numbers", lengths: tuple[int, int]
) -> tuple["Numbers", "NDArray[np.int64]"]:
    """Return the ids of the texts of the right lengths and how many of the lists each stands in."""
    import numpy as np

    first, last = np.searchsorted(block.lengths, lengths[0]), np.searchsorted(block.lengths, lengths[1], "right")
    lists = [block.places[low:high] for low, high in zip(starts.tolist(), ends.tolist(), strict=True)]
    counts = np.bincount(np.concatenate(lists), minlength=len(block.ids))
    return block.ids[first:last], counts[first:last]


def _at_least(least: int, ids: "Numbers", counts: "NDArray[np.int64]") -> tuple["Numbers", "NDArray[np.int64]"]:
    import numpy as np

    kept = np.flatnonzero(counts >= least)
    return ids[kept], counts[kept]


def _sorted_pairs(texts: Sequence[str]) -> "Numbers":
    """Return every (bucket, place in `texts`) once, ascending, the bucket in the upper bits."""
    import numpy as np

    joined = "".join(f" {text} \0" for text in texts)
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    owners = np.repeat(np.arange(len(texts), dtype=np.uint32), [len(text) + 3 for text in texts])
    # Three odd factors and a last one that spreads what they leave in the lower bits.
    mixed = (
        codes[:-2] * np.uint32(0x9E3779B1) + codes[1:-1] * np.uint32(0x85EBCA77) + codes[2:] * np.uint32(0xC2B2AE3D)
    )
    mixed = (mixed ^ (mixed >> np.uint32(15))) * np.uint32(0x27D4EB2F)
    pairs = (mixed >> np.uint32(32 - _BUCKET_BITS) << np.uint32(_GROUP_BITS)) | owners[:-2]
    pairs = pairs[(codes[:-2] != 0) & (codes[1:-1] != 0) & (codes[2:] != 0)]
    pairs.sort()
    fresh: Numbers = pairs[np.diff(pairs, prepend=~pairs[:1]) != 0]
    return fresh
