"""Which sentence became which when a source was rewritten."""

import difflib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pipeline.model.bitext import Segment
from pipeline.model.inline import Inlines, plain

ALIKE = 55
"""Percent of likeness from which on a sentence that stands where another stood is that one, rewritten.

36 of 36 rewritten sentences of the test data are at least as alike, and 13 of 3173 pairs of unrelated texts, most
of them figures in a table.
"""

ALIKE_ELSEWHERE = 70
"""The same for a sentence that stands somewhere else as well: 28 of 36, and 4 of 3173, figures, but one."""

NEIGHBOURS = 100
"""How many sentences before and after the place where it should stand a sentence is looked for."""

COMPARED = 400
"""Characters of a sentence that are compared: enough to know it by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """Which new segment carries on which old one, as indices; each of either at most once."""

    kept: Mapping[int, int]
    """New ones whose source is unchanged."""
    moved: frozenset[int]
    """Those of them that stand in another order now."""
    rewritten: Mapping[int, int]
    """New ones whose source was another, much like it."""


_Pairs: TypeAlias = Sequence[Sequence[tuple[int, int]]]
"""For each new sentence the old ones it is like: place and likeness."""


def align(old: Sequence[Segment], new: Sequence[Segment]) -> Alignment:
    """Return which of `new` carry on which of `old`: unchanged first, then rewritten ones, in order if possible.

    A sentence that was cut in two, or two that became one, are aligned once, where they are most alike.
    """
    matcher = difflib.SequenceMatcher(None, _sources(old), _sources(new), autojunk=False)
    steps = matcher.get_opcodes()
    kept = {
        new_index: old_index
        for kind, low, high, start, end in steps
        if kind == "equal"
        for old_index, new_index in zip(range(low, high), range(start, end), strict=True)
    }
    moved = _moved(old, new, kept)
    kept |= moved
    taken = set(kept.values())
    rewritten: dict[int, int] = {}
    for _, low, high, start, end in steps:
        free_old = [index for index in range(low, high) if index not in taken]
        free_new = [index for index in range(start, end) if index not in kept]
        pairs = _alike(_texts(old, free_old), _texts(new, free_new), ALIKE)
        rewritten |= {free_new[here]: free_old[there] for here, there in _in_order(pairs)}
    taken |= set(rewritten.values())
    free_old = [index for index in range(len(old)) if index not in taken]
    free_new = [index for index in range(len(new)) if index not in kept and index not in rewritten]
    pairs = _alike(_texts(old, free_old), _texts(new, free_new), ALIKE_ELSEWHERE)
    rewritten |= {free_new[here]: free_old[there] for here, there in _best_first(pairs)}
    return Alignment(kept=kept, moved=frozenset(moved), rewritten=rewritten)


def _sources(segments: Iterable[Segment]) -> list[Inlines]:
    return [item.source for item in segments]


def _texts(segments: Sequence[Segment], chosen: Iterable[int]) -> list[str]:
    return [plain(segments[index].source)[:COMPARED] for index in chosen]


def _moved(old: Sequence[Segment], new: Sequence[Segment], kept: Mapping[int, int]) -> dict[int, int]:
    """Return the segments beside those `kept` in order whose source is unchanged as well."""
    taken = set(kept.values())
    free: dict[Inlines, list[int]] = {}
    for index, item in enumerate(old):
        if index not in taken:
            free.setdefault(item.source, []).append(index)
    return {
        index: free[item.source].pop(0)
        for index, item in enumerate(new)
        if index not in kept and free.get(item.source)
    }


def _alike(old: Sequence[str], new: Sequence[str], least: int) -> _Pairs:
    """Return which of `old` each of `new` is like.

    Likeness is the share of common characters, in order or with the words sorted, whichever is more: German moves
    phrases about. A sentence is looked for around the place that it would have if nothing was added or removed.
    """
    if not old or not new:
        return [[] for _ in new]
    from rapidfuzz import fuzz, process

    found: list[list[tuple[int, int]]] = []
    for place, text in enumerate(new):
        middle = place * len(old) // len(new)
        first = max(middle - NEIGHBOURS, 0)
        choices = old[first : middle + NEIGHBOURS + 1]
        likeness: dict[int, int] = {}
        for scorer in (fuzz.ratio, fuzz.token_sort_ratio):
            for _, score, index in process.extract(text, choices, scorer=scorer, score_cutoff=least, limit=None):
                likeness[first + index] = max(round(score), likeness.get(first + index, 0))
        found.append(sorted(likeness.items()))
    return found


@dataclass(frozen=True, slots=True)
class _Chain:
    """Pairs of new and old sentences, both in order, from the last one back; the last one's place among the old."""

    weight: int
    last: int = -1
    pair: tuple[int, int] | None = None
    before: "_Chain | None" = None


def _in_order(pairs: _Pairs) -> Iterator[tuple[int, int]]:
    """Yield (new, old) of the pairs that cross no other and are most alike taken together."""
    # Of chains that end at or before an old sentence only the heaviest counts: `last` and `weight` both rise.
    chains = [_Chain(0)]
    for place, found in enumerate(pairs):
        longer = []
        for index, likeness in found:
            before = chains[bisect_left(chains, index, key=_last) - 1]
            longer.append(_Chain(before.weight + likeness, index, (place, index), before))
        for chain in longer:
            if chains[bisect_right(chains, chain.last, key=_last) - 1].weight >= chain.weight:
                continue
            first = end = bisect_left(chains, chain.last, key=_last)
            while end < len(chains) and chains[end].weight <= chain.weight:
                end += 1
            chains[first:end] = [chain]
    heaviest: _Chain | None = chains[-1]
    while heaviest is not None and heaviest.pair is not None:
        yield heaviest.pair
        heaviest = heaviest.before


def _last(chain: _Chain) -> int:
    return chain.last


def _best_first(pairs: _Pairs) -> Iterator[tuple[int, int]]:
    """Yield (new, old) of the pairs that are most alike, each sentence once, in whatever order they stand."""
    ranked = sorted((-likeness, here, there) for here, found in enumerate(pairs) for there, likeness in found)
    used: tuple[set[int], set[int]] = set(), set()
    for _, here, there in ranked:
        if here not in used[0] and there not in used[1]:
            used[0].add(here)
            used[1].add(there)
            yield here, there
