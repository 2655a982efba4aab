"""Taking in what came back: every correction merged or listed as a conflict, every doubt kept for a person."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from pipeline.model.bitext import Bitext, Edit, Segment, State
from pipeline.model.exchange import Export, Return, Returned, Sent
from pipeline.model.inline import Inlines
from pipeline.model.review import Comment, Conflict
from pipeline.stages.review.decide import decided
from pipeline.stages.review.merge import merge_texts
from pipeline.stages.review.remarks import Delivery, homeless, new_comments


class Outcome(StrEnum):
    """What became of a segment that came back."""

    UNCHANGED = "unchanged"
    KNOWN = "known"
    """A correction that was taken in before."""
    CONFIRMED = "confirmed"
    """A person put the very text there that was sent."""
    CORRECTED = "corrected"
    MERGED = "merged"
    """Corrected here as well; both corrections stand now, and a person reads the sentence once more."""
    LATE = "late"
    """Its source was rewritten since; the correction is kept, and shown where the new sentence is translated."""
    CONFLICT = "conflict"
    COMMENTED = "commented"
    """The text came back as it was sent, with a comment."""
    DOUBTFUL = "doubtful"
    """What came back cannot be put in its place with certainty; it waits as a comment for an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of one segment."""

    segment: str | None
    """None for what belongs to no single segment."""
    outcome: Outcome
    before: Inlines = ()
    """The target that stood here."""
    after: Inlines = ()
    """The target that stands here now; in a conflict, what came back."""
    by: str = ""
    """Who corrected it."""
    comments: tuple[Comment, ...] = ()
    """New ones; those with a doubt among them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A bitext with a return taken in."""

    bitext: Bitext
    results: tuple[Result, ...]
    """One for each segment of the export, in its order; then one for what belongs to none, if there is any."""
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taken:
    """A segment after its return was taken in."""

    segment: Segment
    outcome: Outcome
    by: str = ""
    conflict: Conflict | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Exchange:
    """What all segments of a return have in common."""

    via: str
    """Name and key of the export."""
    sent_at: datetime
    delivery: Delivery


def receive(bitext: Bitext, export: Export, returned: Return, delivery: Delivery) -> Received:
    """Return `bitext` with everything taken in that came back; the same return once more changes nothing.

    A segment's text is merged three ways: as it was sent, as it came back, as it stands here.

    Args:
        bitext: the translation as it stands.
        export: what was sent.
        returned: what came back of it.
        delivery: who sent it, in which file, when it is taken in.
    """
    standing = {item.id: item for item in (*bitext.segments(), *bitext.archived)}
    archived = {item.id for item in bitext.archived}
    backs = {item.segment: item for item in returned.segments}
    strays = (*returned.strays, *homeless(returned, export, standing))
    comments = new_comments(bitext, replace(returned, strays=strays), delivery)
    exchange = _Exchange(via=f"{export.name} {export.key}", sent_at=export.at, delivery=delivery)
    listed = {(item.segment, item.theirs) for item in bitext.conflicts}
    conflicts: list[Conflict] = []
    results: list[Result] = []
    for sent in export.segments:
        own = tuple(item for item in comments if item.segment == sent.segment)
        current, back = standing.get(sent.segment), backs.get(sent.segment)
        if current is None or back is None:
            results.append(_result(None, own, segment=sent.segment))
            continue
        if (sent.segment, back.target) in listed:
            taken = _Taken(segment=current, outcome=Outcome.KNOWN)
        else:
            taken = _take(current, sent, back, exchange)
        if taken.outcome in {Outcome.CORRECTED, Outcome.MERGED, Outcome.CONFLICT} and sent.segment in archived:
            taken = replace(taken, outcome=Outcome.LATE)
        standing[sent.segment] = taken.segment
        conflicts += [taken.conflict] if taken.conflict else []
        results.append(_result(taken, own, segment=sent.segment, before=current.target))
    sent_ids = {item.segment for item in export.segments}
    if elsewhere := tuple(item for item in comments if item.segment not in sent_ids):
        results.append(_result(None, elsewhere, segment=None))
    merged = replace(
        bitext.map_segments(lambda item: standing[item.id]),
        archived=tuple(standing[item.id] for item in bitext.archived),
        comments=(*bitext.comments, *comments),
        conflicts=(*bitext.conflicts, *conflicts),
    )
    return Received(bitext=merged, results=tuple(results), notices=returned.notices)


def _take(current: Segment, sent: Sent, back: Returned, exchange: _Exchange) -> _Taken:
    """Return one segment with what came back of it."""
    delivery, via = exchange.delivery, exchange.via
    by = delivery.authors(back.changes)
    earlier = [item for item in current.history if item.via == via]
    if back.target == sent.target:
        if back.confirmed and current.target == sent.target and current.state is State.TRANSLATED:
            return _edited(
                current, Edit(by=by, at=delivery.at, before=current.target, after=current.target, via=via)
            )
        return _Taken(segment=current, outcome=Outcome.UNCHANGED)
    if any(back.target == (item.proposed or item.after) for item in earlier):
        return _Taken(segment=current, outcome=Outcome.KNOWN)
    base = _base(sent, earlier, by)
    merged = merge_texts(base, back.target, current.target)
    if merged is None:
        conflict = Conflict(
            segment=current.id, base=base, theirs=back.target, by=by, at=delivery.at, file=delivery.file
        )
        return _Taken(segment=current, outcome=Outcome.CONFLICT, by=by, conflict=conflict)
    proposed = back.target if merged != back.target else ()
    change = Edit(by=by, at=delivery.at, before=current.target, after=merged, via=via, proposed=proposed)
    taken = _edited(current, change)
    if proposed and any(item.at >= exchange.sent_at for item in current.history):
        # Two people changed different words of one sentence. Nobody has read the sentence that comes of it.
        read_again = replace(taken.segment, state=State.TRANSLATED)
        return replace(taken, segment=read_again, outcome=Outcome.MERGED)
    return taken


def _edited(segment: Segment, change: Edit) -> _Taken:
    outcome = Outcome.CONFIRMED if change.before == change.after else Outcome.CORRECTED
    return _Taken(segment=decided(segment, change), outcome=outcome, by=change.by)


def _base(sent: Sent, earlier: Iterable[Edit], by: str) -> Inlines:
    """Return what the reviewer began with: a second version of the same file goes on from the first one."""
    own = [item.proposed or item.after for item in earlier if item.by == by]
    return own[-1] if own else sent.target


def _result(
    taken: _Taken | None, comments: tuple[Comment, ...], *, segment: str | None, before: Inlines = ()
) -> Result:
    outcome = taken.outcome if taken else Outcome.UNCHANGED
    if outcome is Outcome.UNCHANGED and comments:
        outcome = Outcome.DOUBTFUL if any(item.doubt for item in comments) else Outcome.COMMENTED
    if taken is None:
        return Result(segment=segment, outcome=outcome, comments=comments)
    after = taken.conflict.theirs if taken.conflict else taken.segment.target
    return Result(segment=segment, outcome=outcome, before=before, after=after, by=taken.by, comments=comments)
