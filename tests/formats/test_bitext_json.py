"""The bitext survives its file; a damaged file is refused with one line that says what to do."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import FormatError
from pipeline.formats.bitext_json import dump, parse
from pipeline.model.bitext import Approval, Bitext, Edit, Origin, OriginKind, Segment, State, Unit
from pipeline.model.inline import Inlines, Run, inlines
from pipeline.model.issue import Waiver
from pipeline.model.review import Answer, Choice, Comment, Conflict, Settlement, SignOff
from pipeline.model.texts import TextKind

AT = datetime(2026, 11, 23, 12, 0, tzinfo=timezone(timedelta(hours=1)))
FULL = Bitext(
    release="r",
    source_locale="de",
    target_locale="fr",
    next_number=4,
    approval=Approval(
        by="Eva Muster <eva@example.org>", at=AT, source_hash="a" * 64, target_hash="b" * 64, wording="c" * 64
    ),
    units=(
        Unit(
            path="blocks.0",
            kind=TextKind.PARAGRAPH,
            segments=(
                Segment(
                    id="S001",
                    source=(Run(text="Das "), Run(text="Land", bold=True), Run(text=".")),
                    tail=" ",
                    target=inlines("Le Land."),
                    state=State.FINAL,
                    origin=Origin(
                        kind=OriginKind.MT, at=AT, by="deep-translator:google", version="1", raw="Le Land ."
                    ),
                    history=(
                        Edit(by="Eva", at=AT, before=inlines("Le land."), after=inlines("Le Land.")),
                        Edit(
                            by="Luc",
                            at=AT,
                            before=inlines("Le Land."),
                            after=inlines("Le Land voisin."),
                            via="fr-01 3f9a0c77d2e1",
                            proposed=inlines("Le land voisin."),
                        ),
                    ),
                ),
                Segment(
                    id="S004",
                    source=inlines("Vier Brücken."),
                    target=inlines("Trois ponts."),
                    state=State.TRANSLATED,
                    origin=Origin(
                        kind=OriginKind.TM,
                        at=AT,
                        by="2025-11-18-x#S004",
                        score=87,
                        matched=inlines("Drei Brücken."),
                        other="Quatre ponts.",
                    ),
                ),
                Segment(
                    id="S002",
                    source=inlines("Zwei."),
                    former="S003",
                    failure="deep-translator:google: no connection",
                ),
            ),
        ),
    ),
    waivers=(Waiver(check="numbers", segment="S004", text="0f" * 8, reason="So gesagt.", by="Eva", at=AT),),
    comments=(
        Comment(
            id="C001",
            segment="S004",
            by="Luc",
            at=datetime(2026, 11, 23, 9, 30),  # noqa: DTZ001 (Word says no zone)
            text="Vraiment quatre ?\nÀ vérifier.",
            quoted="Trois",
            file="d" * 64,
            answer=Answer(by="Eva", at=AT, text="Oui."),
        ),
        Comment(id="C002", segment=None, by="unknown", at=None, text="Une ligne de plus.", doubt="A row was added"),
    ),
    conflicts=(
        Conflict(
            segment="S004",
            base=inlines("Trois ponts."),
            theirs=inlines("Les trois ponts."),
            by="Luc",
            at=AT,
            file="d" * 64,
            settled=Settlement(by="Eva", at=AT, choice=Choice.OURS),
        ),
        Conflict(segment="S001", base=(), theirs=inlines("Le Land."), by="Luc", at=AT, file="d" * 64),
    ),
    signoffs=(SignOff(segment="S001", text="0f" * 8, by="Eva", at=AT),),
    archived=(Segment(id="S003", source=inlines("Alt."), target=inlines("Ancien."), state=State.REVIEWED),),
)


def test_every_field_survives() -> None:
    assert parse(dump(FULL), path="fr.json") == FULL


words = st.text("aé «»*_[]\u00a0\u202f’!", min_size=1, max_size=12).filter(lambda text: text == text.strip())
texts: st.SearchStrategy[Inlines] = words.map(inlines)


@given(st.lists(st.tuples(texts, st.one_of(st.just(()), texts), st.sampled_from(["", " ", "\n"])), max_size=4))
def test_any_texts_survive(rows: list[tuple[Inlines, Inlines, str]]) -> None:
    segments = tuple(
        Segment(
            id=f"S{number:03d}",
            source=source,
            target=target,
            tail=tail,
            state=State.TRANSLATED if target else State.INITIAL,
        )
        for number, (source, target, tail) in enumerate(rows)
    )
    bitext = Bitext(
        release="r",
        source_locale="de",
        target_locale="fr",
        units=(Unit(path="title", kind=TextKind.TITLE, segments=segments),),
    )
    assert parse(dump(bitext), path="fr.json") == bitext


def test_every_time_keeps_its_zone() -> None:
    approval = parse(dump(FULL), path="fr.json").approval
    assert approval is not None
    assert approval.at.utcoffset() == timedelta(hours=1)
    assert approval.at == datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


def changed(**changes: object) -> str:
    return json.dumps({**json.loads(dump(FULL)), **changes})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "damaged JSON"),
        (dump(FULL)[:200], "damaged JSON"),
        ("[1]", "no named values"),
        ('{"a": 1, "a": 2}', "a key stands twice"),
        ("[" * 100_000, "damaged JSON"),
        (changed(format="other"), "not a bitext"),
        (changed(version=2), "update the program"),
        (changed(relase="r"), "did you mean “release”"),
        (changed(units=[{"path": "title", "kind": "heading"}], archived=[], approval=1), "named values"),
        (dump(FULL).replace('"S002"', '"S001"'), "S001 twice"),
        (dump(FULL).replace('"state": "final"', '"state": "finished"'), "must be one of initial, translated"),
        (dump(FULL).replace('"state": "initial"', '"state": "final"'), "does not agree"),
        (dump(FULL).replace("+01:00", ""), "zone"),
    ],
)
def test_a_damaged_file_is_refused_by_name(text: str, message: str) -> None:
    with pytest.raises(FormatError, match=message) as caught:
        parse(text, path="fr.json")
    assert str(caught.value).startswith("fr.json")
    assert "\n" not in str(caught.value)
