"""What typography changed can be seen and taken back in one step."""

from datetime import UTC, datetime

from pipeline import locales
from pipeline.model.bitext import Bitext, Edit, Origin, OriginKind, Segment, State, Unit
from pipeline.model.inline import inlines, plain
from pipeline.model.texts import TextKind
from pipeline.stages.typography import made, pending, put, turned

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
FRENCH = locales.get("fr")
RAW, SET = 'Il dit : "oui" !', "Il dit\u00a0: «\u00a0oui\u00a0»\u202f!"


def bitext(target: str, raw: str | None, *history: Edit) -> Bitext:
    origin = Origin(kind=OriginKind.MT, at=AT, by="engine", raw=raw)
    segment = Segment(
        id="S001",
        source=inlines("Er sagt: „Ja“!"),
        target=inlines(target),
        state=State.TRANSLATED,
        origin=origin,
        history=history,
    )
    unit = Unit(path="blocks.0", kind=TextKind.PARAGRAPH, segments=(segment,))
    return Bitext(release="r", source_locale="de", target_locale="fr", units=(unit,))


def target(one: Bitext) -> str:
    return plain(next(one.segments()).target)


def test_what_a_draft_set_is_shown_with_the_engines_own_characters() -> None:
    (item,) = made(bitext(SET, RAW), FRENCH)
    assert (plain(item.before), plain(item.after)) == (RAW, SET)


def test_it_is_taken_back_in_one_step_and_can_be_made_again() -> None:
    before = bitext(SET, RAW)
    undone = put(before, [turned(item) for item in made(before, FRENCH)], by="Eva", at=AT)
    assert target(undone) == RAW
    assert next(undone.segments()).history[-1].by == "Eva"
    assert target(put(undone, pending(undone, FRENCH), by="Eva", at=AT)) == SET


def test_what_is_still_to_be_set_names_the_rules() -> None:
    (item,) = pending(bitext(RAW, None), FRENCH)
    assert {"quotes", "colon"} <= set(item.rules)


def test_a_setting_made_by_a_person_is_taken_back_too() -> None:
    once = bitext(RAW, None)
    done = put(once, pending(once, FRENCH), by="Eva", at=AT)
    back = put(done, [turned(item) for item in made(done, FRENCH)], by="Eva", at=AT)
    assert target(back) == RAW


def test_what_a_person_wrote_is_never_taken_back() -> None:
    edit = Edit(by="Eva", at=AT, before=inlines(SET), after=inlines("Elle dit oui."))
    assert made(bitext("Elle dit oui.", RAW, edit), FRENCH) == ()


def test_the_state_of_a_segment_stays() -> None:
    done = put(bitext(RAW, None), pending(bitext(RAW, None), FRENCH), by="Eva", at=AT)
    assert next(done.segments()).state is State.TRANSLATED
