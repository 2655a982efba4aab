"""Review sheets of the sample releases, with everything a review document shows beside the text."""

import random
from dataclasses import replace
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path

from pipeline import locales
from pipeline.formats.bitext_json import parse
from pipeline.formats.review_docx.write import write_review
from pipeline.model.bitext import Bitext, Segment, Unit, segment_id
from pipeline.model.difference import word_diff
from pipeline.model.exchange import Door, Export, Former, ReviewRow, ReviewSheet, Sent
from pipeline.model.inline import inlines, merge, plain
from pipeline.model.issue import Issue, Severity
from pipeline.model.review import Comment
from pipeline.model.texts import TextKind
from pipeline.model.translation import TermPair

RELEASES = Path(__file__).parent.parent.parent / "releases"
AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def bitexts() -> tuple[Bitext, ...]:
    """Return the bitexts of all sample releases."""
    return tuple(parse(path.read_text(encoding="utf-8"), path=path) for path in sorted(RELEASES.glob("*/fr.json")))


def export(bitext: Bitext, number: int = 1) -> Export:
    """Return all segments of `bitext` as sent to a reviewer."""
    return Export(
        release=bitext.release,
        source_locale=bitext.source_locale,
        target_locale=bitext.target_locale,
        number=number,
        door=Door.DOCX,
        by="Eva Muster <eva@example.org>",
        at=AT,
        segments=tuple(Sent(segment=item.id, source=item.source, target=item.target) for item in bitext.segments()),
    )


def sheet(bitext: Bitext, *, plainly: bool = False) -> ReviewSheet:
    """Return what a review document of `bitext` shows; some rows carry more than their text, unless `plainly`."""
    rows = tuple(
        ReviewRow(segment=segment, kind=unit.kind, quotation=unit.kind is TextKind.QUOTE)
        for unit in bitext.units
        for segment in unit.segments
    )
    if not plainly:
        rng = random.Random(bitext.release)  # noqa: S311 (repeatable samples, no secret)
        rows = tuple(_laden(row, rng) for row in rows)
    return ReviewSheet(
        export=export(bitext),
        title=inlines("Fortbildungswoche für Führungskräfte"),
        office=(("de", "Staatskanzlei Waldringen"), ("fr", "Chancellerie d’État de Valdraine")),
        embargo=AT.replace(hour=16),
        confidential=True,
        engines=("memory", "deep-translator:google"),
        rows=rows,
    )


def _laden(row: ReviewRow, rng: random.Random) -> ReviewRow:
    """Return `row` with a finding, a term, a former wording or an old comment, or as it is."""
    segment = row.segment
    match rng.randrange(6):
        case 0:
            message = "“27” stands in the German text and not in the French one."
            issue = Issue(check="numbers", severity=Severity.ERROR, segment=segment.id, message=message)
            return replace(row, issues=(issue,))
        case 1:
            return replace(row, terms=(TermPair(source="Staatskanzlei", target="chancellerie d’État"),))
        case 2:
            old = plain(segment.source).replace("November", "Oktober") + " Nichts weiter."
            changes = word_diff(old, plain(segment.source))
            return replace(row, former=Former(source=inlines(old), target=segment.target, changes=changes))
        case 3:
            asked = Comment(
                id="C001", segment=segment.id, by="Luc Ferrandier", at=None, text="Est-ce le nom officiel ?"
            )
            return replace(row, comments=(asked,))
        case _:
            return row


def document(sheet: ReviewSheet) -> bytes:
    """Return the review document of `sheet`."""
    return write_review(sheet, locales.get(sheet.export.source_locale), locales.get(sheet.export.target_locale))


def long_bitext(count: int) -> Bitext:
    """Return a release of `count` segments: those of the sample releases over and over, numbered."""
    units = [(unit.kind, segment) for bitext in bitexts() for unit in bitext.units for segment in unit.segments]
    made = []
    for number, (kind, segment) in zip(range(1, count + 1), cycle(units), strict=False):
        source, target = (
            inlines(f"{number}. ") + text if text else () for text in (segment.source, segment.target)
        )
        own = Segment(id=segment_id(number), source=merge(source), target=merge(target), state=segment.state)
        made.append(Unit(path=f"blocks.{number}", kind=kind, segments=(own,)))
    return replace(bitexts()[0], units=tuple(made), next_number=count + 1, approval=None)
