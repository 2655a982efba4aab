"""Releases whose drafts people corrected: in each line the source, the draft, and what stands there now."""

from collections.abc import Sequence
from datetime import UTC, datetime

from pipeline.model.bitext import Bitext, Edit, Origin, OriginKind, Segment, State, Unit
from pipeline.model.inline import inlines
from pipeline.model.texts import TextKind

AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
LEA = "Léa Roy <lea@example.org>"

Line = tuple[str, str, str]

ASSOCIATION: tuple[Line, ...] = (
    (
        "Der Zweckverband betreibt die neue Buslinie.",
        "L’association exploite la nouvelle ligne de bus.",
        "Le syndicat intercommunal exploite la nouvelle ligne de bus.",
    ),
    (
        "Das Land fördert den Zweckverband mit zwei Millionen Euro.",
        "Le Land soutient l’association à hauteur de deux millions d’euros.",
        "Le Land soutient le syndicat intercommunal à hauteur de deux millions d’euros.",
    ),
    (
        "Nach Angaben des Zweckverbandes fahren täglich 1.200 Menschen mit.",
        "Selon les données de l’association, 1 200 personnes l’empruntent chaque jour.",
        "Selon les données du syndicat intercommunal, 1 200 personnes l’empruntent chaque jour.",
    ),
)
"""One term, three times, in three inflections."""

LEFT: tuple[Line, ...] = (
    (
        "Der Verein sammelt Spenden für das Hochwassergebiet.",
        "L’association collecte des dons pour la zone inondée.",
        "L’association collecte des dons pour la zone inondée.",
    ),
    (
        "Das Land hilft den Gemeinden.",
        "Le Land aide les communes.",
        "Le Land aide les communes.",
    ),
    (
        "Das Land baut eine Brücke.",
        "Le pays construit un pont.",
        "Le Land construit un pont.",
    ),
    (
        "Die Brücke ist fertig.",
        "Le pont est prêt.",
        "Le pont est achevé.",
    ),
)
"""Where the same wording is right, and corrections that happen once."""


def bitext(release: str, lines: Sequence[Line], *, state: State = State.REVIEWED) -> Bitext:
    return Bitext(
        release=release,
        source_locale="de",
        target_locale="fr",
        units=(
            Unit(
                path="blocks.0",
                kind=TextKind.PARAGRAPH,
                segments=tuple(segment(number, line, state) for number, line in enumerate(lines, 1)),
            ),
        ),
        next_number=len(lines) + 1,
    )


def segment(number: int, line: Line, state: State = State.REVIEWED) -> Segment:
    source, before, after = map(inlines, line)
    return Segment(
        id=f"S{number:03d}",
        source=source,
        target=after,
        state=state,
        origin=Origin(kind=OriginKind.MT, at=AT, by="offline:opus", raw=line[1]),
        history=(Edit(by=LEA, at=AT, before=before, after=after),),
    )
