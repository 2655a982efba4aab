"""Who decided on a segment, and whether together with many others; used by several checks."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import TypeAlias

from pipeline.model.bitext import Bitext, Edit, Segment, State

REVIEWED = frozenset({State.REVIEWED, State.FINAL})

Moment: TypeAlias = tuple[str, datetime]
"""A person and a time."""


def accepted_unchanged(edit: Edit) -> bool:
    """Return whether `edit` let the target stand as it was."""
    return edit.before == edit.after


def moment(edit: Edit) -> Moment:
    """Return who decided, and when."""
    return edit.by, edit.at


def acceptances(bitext: Bitext) -> Mapping[Moment, tuple[Segment, ...]]:
    """Return the segments whose text was accepted as it stood, by who accepted them when."""
    found: dict[Moment, list[Segment]] = defaultdict(list)
    for segment in bitext.segments():
        for at in {moment(edit) for edit in segment.history if accepted_unchanged(edit)}:
            found[at].append(segment)
    return {at: tuple(segments) for at, segments in found.items()}
