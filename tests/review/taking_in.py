"""A return taken in through the one merge, held against what must then stand in the bitext."""

import random
from collections.abc import Iterator
from dataclasses import replace

from pipeline.model.bitext import Bitext, Segment
from pipeline.model.exchange import Export, Return
from pipeline.model.inline import inlines, merge, plain
from pipeline.stages.review.receive import receive
from pipeline.stages.review.remarks import Delivery
from tests.review.edits import Expected
from tests.review.outcome import Fault, Finding, letters
from tests.review.sheets import AT

DELIVERY = Delivery(sender="Claire Vasseur <c.vasseur@example.org>", file="0" * 64, at=AT)
OURS = "Ici, "
MEANWHILE = 4
"""Segments that are corrected here while the document is away."""


def merged(bitext: Bitext, export: Export, returned: Return, expected: Expected, seed: int) -> Iterator[Finding]:
    """Yield what is wrong after `returned` is taken into `bitext`, some of which has changed meanwhile."""
    rng = random.Random(seed)  # noqa: S311 (repeatable samples, no secret)
    chosen = set(rng.sample([item.segment for item in export.segments], MEANWHILE))
    standing = bitext.map_segments(lambda item: _corrected(item) if item.id in chosen else item)
    after = receive(standing, export, returned, DELIVERY).bitext
    before = {item.id: item for item in standing.segments()}
    sent = {item.segment: item.target for item in export.segments}
    theirs = {**expected.certain, **expected.unsure}
    came = {item.segment for item in returned.segments}
    conflicts = {item.segment: item.theirs for item in after.conflicts}
    for item in after.segments():
        now, ours = letters(item.target), letters(before[item.id].target)
        wanted = letters(theirs[item.id].text) if item.id in theirs and item.id in came else letters(sent[item.id])
        if item.id in conflicts:
            fine = now == ours and item.id in chosen and letters(conflicts[item.id]) == wanted
        elif item.id in chosen and wanted != letters(sent[item.id]):
            fine = now == (*letters(inlines(OURS)), (" ", None), *wanted)
        else:
            fine = now == (ours if item.id in chosen else wanted)
        if not fine:
            detail = f"{plain(item.target)!r} stands here after {plain(sent[item.id])!r} was sent"
            yield Finding(fault=Fault.LOST, segment=item.id, detail=detail)
    kept = "\n".join(comment.text for comment in after.comments)
    for text in (*(item.text for item in returned.strays), *(item.text for item in returned.remarks)):
        if text not in kept:
            yield Finding(fault=Fault.LOST, segment=None, detail=f"not among the comments: {text!r}")
    if receive(after, export, returned, DELIVERY).bitext != after:
        yield Finding(fault=Fault.MISPLACED, segment=None, detail="the same file taken in twice changes something")


def _corrected(segment: Segment) -> Segment:
    return replace(segment, target=merge((*inlines(OURS), *segment.target)))
