"""A person's decisions on segments, each kept with name and time."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime

from pipeline.errors import GateError, WorkspaceError
from pipeline.model.bitext import Bitext, Edit, Origin, OriginKind, Segment, State
from pipeline.model.inline import Inlines, plain
from pipeline.model.issue import text_key
from pipeline.model.review import Answer, Choice, Comment, Settlement, SignOff


def edit(bitext: Bitext, segment: str, target: Inlines, *, by: str, at: datetime) -> Bitext:
    """Return `bitext` with `target` as the person's wording of `segment`, which is then reviewed.

    Raises:
        WorkspaceError: there is no such segment.
    """
    return _changed(
        bitext, segment, lambda item: decided(item, Edit(by=by, at=at, before=item.target, after=target))
    )


def accept(bitext: Bitext, segments: Collection[str], *, by: str, at: datetime) -> Bitext:
    """Return `bitext` with the targets of `segments` accepted as they stand.

    Already reviewed segments are left as they are.

    Raises:
        WorkspaceError: one of the segments does not exist.
        GateError: one of them has no target to accept, or a conflict that a person must settle.
    """
    _known(bitext, segments)
    chosen = [item for item in bitext.segments() if item.id in segments]
    empty = [item.id for item in chosen if item.state is State.INITIAL]
    if empty:
        raise GateError(
            f"{', '.join(empty)} cannot be accepted: not translated yet; write the text with “review edit”"
        )
    return bitext.map_segments(
        lambda item: (
            decided(item, Edit(by=by, at=at, before=item.target, after=item.target))
            if item.id in segments and item.state is State.TRANSLATED
            else item
        )
    )


def reject(bitext: Bitext, segment: str, *, reason: str, by: str, at: datetime) -> Bitext:
    """Return `bitext` with `segment` open again: its target is not used, and is kept in the history.

    Raises:
        WorkspaceError: there is no such segment.
        GateError: it has no target to reject.
    """

    def rejected(item: Segment) -> Segment:
        if item.state is State.INITIAL:
            raise GateError(f"{item.id} cannot be rejected: it is not translated yet")
        change = Edit(by=by, at=at, before=item.target, after=())
        return replace(
            item,
            target=(),
            state=State.INITIAL,
            history=(*item.history, change),
            failure=f"rejected by {by}: {reason}",
        )

    return _changed(bitext, segment, rejected)


def sign_off(bitext: Bitext, segments: Collection[str], *, by: str, at: datetime) -> Bitext:
    """Return `bitext` with the quotations in `segments` signed off as they stand.

    Raises:
        WorkspaceError: one of the segments does not exist.
        GateError: one of them was not reviewed yet.
    """
    _known(bitext, segments)
    chosen = [item for item in bitext.segments() if item.id in segments]
    early = [item.id for item in chosen if item.state in {State.INITIAL, State.TRANSLATED}]
    if early:
        raise GateError(f"{', '.join(early)}: correct or accept the translation first, then sign it off")
    fresh = (
        SignOff(segment=item.id, text=text_key(plain(item.source), plain(item.target)), by=by, at=at)
        for item in chosen
    )
    kept = (item for item in bitext.signoffs if item.segment not in segments)
    return replace(bitext, signoffs=(*kept, *fresh))


def is_signed_off(bitext: Bitext, segment: Segment) -> bool:
    """Return whether a person answers for the quotation in `segment` as it stands."""
    text = text_key(plain(segment.source), plain(segment.target))
    return any((item.segment, item.text) == (segment.id, text) for item in bitext.signoffs)


def answer(bitext: Bitext, comment: str, text: str, *, by: str, at: datetime) -> Bitext:
    """Return `bitext` with `text` as the answer that settles a comment.

    Raises:
        WorkspaceError: there is no such comment.
        GateError: it was answered before.
    """
    found = next((item for item in bitext.comments if item.id == comment), None)
    if found is None:
        raise WorkspaceError(
            f"{bitext.release} has no comment {comment}; see “communique review comments {bitext.release}”"
        )
    if found.answer is not None:
        raise GateError(f"{comment} was answered already, by {found.answer.by}; nothing was changed")
    settled = replace(found, answer=Answer(by=by, at=at, text=text))
    return replace(bitext, comments=tuple(settled if item.id == comment else item for item in bitext.comments))


def settle(bitext: Bitext, segment: str, choice: Choice, text: Inlines, *, by: str, at: datetime) -> Bitext:
    """Return `bitext` with the oldest open conflict of `segment` settled.

    Args:
        bitext: the translation.
        segment: id.
        choice: whose words stand from now on.
        text: these words, for a third wording; else unused.
        by: who decides.
        at: when.

    Raises:
        WorkspaceError: there is no such segment, or no open conflict in it.
    """
    conflict = next((item for item in bitext.conflicts if item.segment == segment and item.settled is None), None)
    if conflict is None:
        raise WorkspaceError(f"{bitext.release}: there is no open conflict in {segment}; nothing was changed")

    def resolved(item: Segment) -> Segment:
        after = {Choice.THEIRS: conflict.theirs, Choice.OURS: item.target, Choice.EDITED: text}[choice]
        return decided(item, Edit(by=by, at=at, before=item.target, after=after))

    settled = replace(conflict, settled=Settlement(by=by, at=at, choice=choice))
    conflicts = tuple(settled if item is conflict else item for item in bitext.conflicts)
    return replace(_changed(bitext, segment, resolved), conflicts=conflicts)


def decided(segment: Segment, change: Edit) -> Segment:
    """Return `segment` as a person's change leaves it: reviewed, the change in its history."""
    origin = segment.origin or Origin(kind=OriginKind.HUMAN, at=change.at, by=change.by)
    return replace(
        segment,
        target=change.after,
        state=State.REVIEWED,
        origin=origin,
        history=(*segment.history, change),
        failure=None,
    )


def open_comments(bitext: Bitext) -> tuple[Comment, ...]:
    """Return the comments that wait for an answer."""
    return tuple(item for item in bitext.comments if item.answer is None)


def _changed(bitext: Bitext, segment: str, change: Callable[[Segment], Segment]) -> Bitext:
    _known(bitext, {segment})
    return bitext.map_segments(lambda item: change(item) if item.id == segment else item)


def _known(bitext: Bitext, segments: Collection[str]) -> None:
    unknown = sorted(set(segments) - {item.id for item in bitext.segments()})
    if unknown:
        names = ", ".join(unknown)
        raise WorkspaceError(
            f"{bitext.release} has no segment {names}; see “communique review list {bitext.release}”"
        )
