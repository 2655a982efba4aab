"""What a reviewer is sent: the segments as they stand, each with everything known about it."""

from collections.abc import Collection, Iterable
from datetime import datetime

from pipeline.model.bitext import Bitext, OriginKind, Segment, State
from pipeline.model.exchange import Door, Export, Former, ReviewRow, ReviewSheet, Sent
from pipeline.model.inline import plain
from pipeline.model.issue import Issue
from pipeline.model.release import Localized, Release
from pipeline.stages.review.decide import open_comments
from pipeline.terms.index import TermIndex
from pipeline.terms.required import term_pairs

MEMORY = "memory"
"""Who made the draft of a segment that an approved release said before."""


def export(bitext: Bitext, *, number: int, door: Door, by: str, at: datetime) -> Export:
    """Return what is sent of `bitext`, as the base that its return is merged against."""
    return Export(
        release=bitext.release,
        source_locale=bitext.source_locale,
        target_locale=bitext.target_locale,
        number=number,
        door=door,
        by=by,
        at=at,
        segments=tuple(Sent(segment=item.id, source=item.source, target=item.target) for item in bitext.segments()),
    )


def sheet(
    release: Release,
    bitext: Bitext,
    sent: Export,
    *,
    office: Localized,
    issues: Iterable[Issue],
    formers: dict[str, Former],
    quotations: Collection[str],
    terms: TermIndex,
) -> ReviewSheet:
    """Return everything that a reviewer is shown.

    Args:
        release: the source.
        bitext: the translation that was exported.
        sent: the export.
        office: name of the office per language.
        issues: what the checks find.
        formers: by segment, what it said before its source was rewritten.
        quotations: segments in which somebody is quoted.
        terms: the termbase that holds for this translation.
    """
    found = [item for item in issues if item.waiver is None]
    waiting = open_comments(bitext)
    rows = tuple(
        ReviewRow(
            segment=segment,
            kind=unit.kind,
            issues=tuple(item for item in found if item.segment == segment.id),
            terms=term_pairs(terms, [plain(segment.source)]),
            former=formers.get(segment.id),
            comments=tuple(item for item in waiting if item.segment == segment.id),
            quotation=segment.id in quotations,
        )
        for unit in bitext.units
        for segment in unit.segments
    )
    return ReviewSheet(
        export=sent,
        title=release.title,
        office=office.texts,
        embargo=release.embargo,
        confidential=release.confidential,
        engines=tuple(dict.fromkeys(_maker(item) for item in bitext.segments() if item.state is not State.INITIAL)),
        rows=rows,
    )


def _maker(segment: Segment) -> str:
    origin = segment.origin
    if origin is None or origin.kind is OriginKind.TM:
        return MEMORY
    return origin.by
