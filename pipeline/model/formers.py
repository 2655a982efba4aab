"""What a segment said before its source was rewritten, as the archive knows it."""

from collections.abc import Iterator

from pipeline.model.bitext import Bitext, Segment, State


def formers(bitext: Bitext, segment: Segment) -> Iterator[Segment]:
    """Yield the archived segments whose place `segment` took, the latest first."""
    if segment.former is None:
        return
    archived = {item.id: item for item in bitext.archived}
    # Taken out of the archive one by one: a file that somebody edited by hand may lead in a circle.
    former = archived.pop(segment.former, None)
    while former is not None:
        yield former
        former = archived.pop(former.former or "", None)


def reviewed_former(bitext: Bitext, segment: Segment) -> Segment | None:
    """Return the latest of the segments whose place `segment` took that has a text from a person's hand or eye."""
    return next((item for item in formers(bitext, segment) if _is_reviewed(item)), None)


def _is_reviewed(segment: Segment) -> bool:
    """Return whether a person decided for this target; two people's corrections merged are theirs as well."""
    decided = segment.state in {State.REVIEWED, State.FINAL}
    return bool(segment.target) and (decided or bool(segment.history and segment.history[-1].after))
