"""A small translation, sent to a reviewer and sent back."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from pipeline.model.bitext import Bitext, Origin, OriginKind, Segment, State, Unit
from pipeline.model.exchange import Change, ChangeKind, Door, Export, Remark, Return, Returned, Stray
from pipeline.model.inline import inlines, plain
from pipeline.model.texts import TextKind
from pipeline.stages.review.receive import Received, receive
from pipeline.stages.review.remarks import Delivery
from pipeline.stages.review.send import export

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SENT = AT + timedelta(hours=1)
BACK = AT + timedelta(hours=5)
LUC = "Luc Ferrandier <l.ferrandier@example.org>"
EVA = "Eva Muster <eva@example.org>"

PAIRS = (
    ("Das Land baut eine Brücke.", "Le Land construit un pont."),
    ("Sie ist 80 Meter lang.", "Il est long de 80 mètres."),
    ("Sie kostet viel.", ""),
)


def drafted() -> Bitext:
    segments = tuple(
        Segment(
            id=f"S{number:03d}",
            source=inlines(source),
            tail=" ",
            target=inlines(target),
            state=State.TRANSLATED if target else State.INITIAL,
            origin=Origin(kind=OriginKind.MT, at=AT, by="offline:tiny") if target else None,
        )
        for number, (source, target) in enumerate(PAIRS, 1)
    )
    unit = Unit(path="blocks.0", kind=TextKind.PARAGRAPH, segments=segments)
    return Bitext(release="r", source_locale="de", target_locale="fr", units=(unit,), next_number=4)


def sent(bitext: Bitext) -> Export:
    return export(bitext, number=1, door=Door.DOCX, by=EVA, at=SENT)


def came_back(
    sending: Export,
    texts: Mapping[str, str],
    *,
    author: str | None = "Luc Ferrandier",
    confirmed: tuple[str, ...] = (),
    missing: tuple[str, ...] = (),
    remarks: tuple[Remark, ...] = (),
    strays: tuple[Stray, ...] = (),
) -> Return:
    """Return what came back: the words of `texts` by segment, everything else as it was sent."""
    segments = tuple(
        Returned(
            segment=item.segment,
            target=inlines(texts.get(item.segment, plain(item.target))),
            changes=(Change(kind=ChangeKind.INSERTED, by=author, at=None, text="…"),)
            if item.segment in texts and author
            else (),
            confirmed=item.segment in confirmed,
        )
        for item in sending.segments
        if item.segment not in missing
    )
    return Return(ticket=sending.ticket, segments=segments, remarks=remarks, strays=strays)


def taken_in(
    bitext: Bitext, sending: Export, back: Return, *, sender: str | None = None, at: datetime = BACK
) -> Received:
    return receive(bitext, sending, back, Delivery(sender=sender, file="f" * 64, at=at))
