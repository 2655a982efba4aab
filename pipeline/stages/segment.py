"""Segmentation: a release's texts cut into sentences, with ids that stay when the text around them changes."""

import difflib
from collections.abc import Callable, Iterator
from dataclasses import replace

from pipeline.model.bitext import Bitext, Segment, State, Unit, segment_id
from pipeline.model.inline import Inlines, cut, plain
from pipeline.model.release import Release
from pipeline.model.texts import TextKind, TextPlace, texts

Split = Callable[[str], tuple[tuple[int, int], ...]]
"""Cuts a text into sentences: (start, end) character offsets, without the white space between."""

_WHOLE = frozenset({TextKind.TITLE, TextKind.SUBTITLE, TextKind.HEADING, TextKind.CELL, TextKind.ROLE})
"""Kinds that are never cut: a full stop in them ends no sentence."""


def segment(release: Release, *, target: str, split: Split, previous: Bitext | None = None) -> Bitext:
    """Return the bitext of `release`, keeping from `previous` everything whose source is unchanged.

    A segment whose source text is unchanged keeps its id, target, state and history, also when it was moved.
    A new or rewritten source gets a new id and no target; what it replaces goes to `archived` if it has a target.

    Args:
        release: the source.
        target: the language to translate into, as in the settings.
        split: cuts a text of the source language into sentences.
        previous: the bitext as it stands, or None for a first draft.
    """
    units = tuple(_unit(place, split) for place in texts(release, target))
    if previous is None:
        previous = Bitext(release=release.id, source_locale=release.language, target_locale=target)
    old = tuple(previous.segments())
    new = tuple(item for unit in units for item in unit.segments)
    kept = _kept(old, new)
    numbers = iter(range(previous.next_number, previous.next_number + len(new)))
    settled = [
        replace(old[kept[index]], tail=item.tail) if index in kept else replace(item, id=segment_id(next(numbers)))
        for index, item in enumerate(new)
    ]
    gone = (item for index, item in enumerate(old) if index not in set(kept.values()))
    return replace(
        previous,
        units=tuple(_refilled(units, iter(settled))),
        archived=(*previous.archived, *(item for item in gone if item.state is not State.INITIAL)),
        next_number=previous.next_number + len(new) - len(kept),
    )


def _unit(place: TextPlace, split: Split) -> Unit:
    text = plain(place.text)
    spans = ((0, len(text)),) if place.kind in _WHOLE else split(text)
    starts = [start for start, _ in spans[1:]]
    segments = tuple(
        Segment(id="", source=cut(place.text, start, end), tail=text[end:following] if following else "")
        for (start, end), following in zip(spans, [*starts, None], strict=True)
    )
    return Unit(path=place.path, kind=place.kind, segments=segments)


def _kept(old: tuple[Segment, ...], new: tuple[Segment, ...]) -> dict[int, int]:
    """Return which new segment (index) carries on which old one: first in order, then those that were moved."""
    old_keys: list[Inlines] = [item.source for item in old]
    new_keys: list[Inlines] = [item.source for item in new]
    kept: dict[int, int] = {}
    for block in difflib.SequenceMatcher(None, old_keys, new_keys, autojunk=False).get_matching_blocks():
        kept.update({block.b + step: block.a + step for step in range(block.size)})
    free: dict[Inlines, list[int]] = {}
    taken = set(kept.values())
    for index, key in enumerate(old_keys):
        if index not in taken:
            free.setdefault(key, []).append(index)
    for index, key in enumerate(new_keys):
        if index not in kept and free.get(key):
            kept[index] = free[key].pop(0)
    return kept


def _refilled(units: tuple[Unit, ...], settled: Iterator[Segment]) -> Iterator[Unit]:
    for unit in units:
        yield replace(unit, segments=tuple(next(settled) for _ in unit.segments))
