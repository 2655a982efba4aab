"""A small review sheet."""

from datetime import UTC, datetime

from pipeline import locales
from pipeline.formats.review_docx.write import write_review
from pipeline.model.bitext import Origin, OriginKind, Segment, State
from pipeline.model.exchange import Door, Export, ReviewRow, ReviewSheet, Sent
from pipeline.model.inline import Inlines, Run, inlines
from pipeline.model.texts import TextKind

AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TEXTS: tuple[tuple[Inlines, Inlines], ...] = (
    (inlines("Neue Brücke eröffnet"), inlines("Un nouveau pont ouvert")),
    (
        (Run(text="Das "), Run(text="Land", bold=True), Run(text=" baut eine Brücke.")),
        (Run(text="Le "), Run(text="Land", bold=True), Run(text=" construit un pont.")),
    ),
    (inlines("Sie ist 80 Meter lang."), inlines("Il est long de 80 mètres\u00a0; il est neuf.")),
    (inlines("Sie kostet viel."), ()),
    (
        (Run(text="Mehr unter "), Run(text="www.example.org", href="https://www.example.org/")),
        (Run(text="En savoir plus\u00a0: "), Run(text="www.example.org", href="https://www.example.org/")),
    ),
)


def sheet(texts: tuple[tuple[Inlines, Inlines], ...] = TEXTS) -> ReviewSheet:
    segments = tuple(
        Segment(
            id=f"S{number:03d}",
            source=source,
            target=target,
            state=State.TRANSLATED if target else State.INITIAL,
            origin=Origin(kind=OriginKind.MT, at=AT, by="offline:tiny") if target else None,
        )
        for number, (source, target) in enumerate(texts, 1)
    )
    export = Export(
        release="2026-11-23-bruecke",
        source_locale="de",
        target_locale="fr",
        number=1,
        door=Door.DOCX,
        by="Eva Muster <eva@example.org>",
        at=AT,
        segments=tuple(Sent(segment=item.id, source=item.source, target=item.target) for item in segments),
    )
    return ReviewSheet(
        export=export,
        title=texts[0][0],
        office=(("de", "Staatskanzlei"), ("fr", "Chancellerie d’État")),
        embargo=None,
        confidential=False,
        engines=("offline:tiny",),
        rows=tuple(ReviewRow(segment=item, kind=TextKind.PARAGRAPH) for item in segments),
    )


def document(shown: ReviewSheet) -> bytes:
    return write_review(shown, locales.get("de"), locales.get("fr"))
