"""Review: a person's decisions on segments, each kept with name and time."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from pipeline.errors import GateError, WorkspaceError
from pipeline.model.bitext import Bitext, Edit, Origin, OriginKind, Segment, State
from pipeline.model.inline import Inlines


def edit(bitext: Bitext, segment: str, target: Inlines, *, by: str, at: datetime) -> Bitext:
    """Return `bitext` with `target` as the person's wording of `segment`, which is then reviewed.

    Raises:
        WorkspaceError: there is no such segment.
    """
    _known(bitext, {segment})
    return bitext.map_segments(lambda item: _edited(item, target, by, at) if item.id == segment else item)


def accept(bitext: Bitext, segments: Collection[str], *, by: str, at: datetime) -> Bitext:
    """Return `bitext` with the targets of `segments` accepted as they stand.

    Already reviewed segments are left as they are.

    Raises:
        WorkspaceError: one of the segments does not exist.
        GateError: one of them has no target to accept.
    """
    _known(bitext, segments)
    empty = [item.id for item in bitext.segments() if item.id in segments and item.state is State.INITIAL]
    if empty:
        raise GateError(
            f"{', '.join(empty)} cannot be accepted: not translated yet; write the text with “review edit”"
        )
    return bitext.map_segments(
        lambda item: (
            _edited(item, item.target, by, at) if item.id in segments and item.state is State.TRANSLATED else item
        )
    )


def _edited(segment: Segment, target: Inlines, by: str, at: datetime) -> Segment:
    change = Edit(by=by, at=at, before=segment.target, after=target)
    origin = segment.origin or Origin(kind=OriginKind.HUMAN, at=at, by=by)
    return replace(
        segment,
        target=target,
        state=State.REVIEWED,
        origin=origin,
        history=(*segment.history, change),
        failure=None,
    )


def _known(bitext: Bitext, segments: Collection[str]) -> None:
    unknown = sorted(set(segments) - {item.id for item in bitext.segments()})
    if unknown:
        names = ", ".join(unknown)
        raise WorkspaceError(
            f"{bitext.release} has no segment {names}; see “communique review list {bitext.release}”"
        )
