"""Segments keep their ids and translations when the text around them changes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.bitext import Bitext, Edit, Segment, State
from pipeline.model.inline import Run, inlines, plain
from pipeline.model.release import Heading, Paragraph, Release
from pipeline.stages.segment import segment


def at_full_stops(text: str) -> tuple[tuple[int, int], ...]:
    """Cut at `. `: enough for a stage that takes its sentence rules from outside."""
    spans, start = [], 0
    for part in text.split(". "):
        end = start + len(part) + (0 if start + len(part) == len(text) else 1)
        spans.append((start, end))
        start = end + 1
    return tuple(spans)


def release_of(*paragraphs: str) -> Release:
    return Release(
        id="r", language="de", title=inlines("Titel"), blocks=tuple(Paragraph(text=inlines(p)) for p in paragraphs)
    )


def bitext_of(*paragraphs: str, previous: Bitext | None = None) -> Bitext:
    return segment(release_of(*paragraphs), target="fr", split=at_full_stops, previous=previous)


def translated(bitext: Bitext) -> Bitext:
    return bitext.map_segments(
        lambda item: replace(item, target=inlines(f"fr {plain(item.source)}"), state=State.REVIEWED)
    )


def ids(bitext: Bitext) -> dict[str, str]:
    return {plain(item.source): item.id for item in bitext.segments()}


def test_a_fresh_release_is_numbered_in_reading_order() -> None:
    bitext = bitext_of("Eins. Zwei.", "Drei.")
    assert ids(bitext) == {"Titel": "S001", "Eins.": "S002", "Zwei.": "S003", "Drei.": "S004"}
    assert [item.tail for item in bitext.segments()] == ["", " ", "", ""]


def test_inserting_moving_and_deleting_keeps_every_other_segment() -> None:
    before = translated(bitext_of("Eins. Zwei.", "Drei.", "Vier."))
    after = bitext_of("Vier.", "Neu. Eins. Zwei.", previous=before)

    assert ids(after) == {"Titel": "S001", "Vier.": "S005", "Neu.": "S006", "Eins.": "S002", "Zwei.": "S003"}
    targets = {plain(item.source): plain(item.target) for item in after.segments()}
    assert targets["Vier."] == "fr Vier."
    assert targets["Neu."] == ""
    assert [item.id for item in after.archived] == ["S004"]


def test_a_rewritten_sentence_gets_a_new_id_and_the_old_one_is_archived() -> None:
    before = translated(bitext_of("Eins. Zwei."))
    after = bitext_of("Eins. Zwei anders.", previous=before)
    assert ids(after)["Zwei anders."] == "S004"
    assert [plain(item.target) for item in after.archived] == ["fr Zwei."]
    assert after.segment("S004").former == "S003"


def test_a_new_sentence_takes_nobodys_place() -> None:
    after = bitext_of("Eins. Zwei. Ganz etwas Neues.", previous=translated(bitext_of("Eins. Zwei.")))
    assert after.segment("S004").former is None


def test_rewritten_again_before_it_was_translated_a_sentence_still_knows_what_was_reviewed() -> None:
    before = translated(bitext_of("Die Brücke öffnet am Montag."))
    once = bitext_of("Die Brücke öffnet am Dienstag.", previous=before)
    twice = bitext_of("Die Brücke öffnet am Mittwoch.", previous=once)
    assert [(item.id, item.former) for item in twice.segments()] == [("S001", None), ("S004", "S002")]
    assert [item.id for item in twice.archived] == ["S002"]


def test_rewritten_again_after_it_was_translated_it_leads_back_step_by_step() -> None:
    before = translated(bitext_of("Die Brücke öffnet am Montag."))
    once = translated(bitext_of("Die Brücke öffnet am Dienstag.", previous=before))
    twice = bitext_of("Die Brücke öffnet am Mittwoch.", previous=once)
    assert twice.segment("S004").former == "S003"
    assert [(item.id, item.former) for item in twice.archived] == [("S002", None), ("S003", "S002")]


def test_a_sentence_that_comes_back_as_it_was_knows_its_former_self() -> None:
    before = translated(bitext_of("Die Brücke öffnet am Montag. Alle freuen sich."))
    without = translated(bitext_of("Alle freuen sich.", previous=before))
    again = bitext_of("Die Brücke öffnet am Montag. Alle freuen sich.", previous=without)
    assert again.segment("S004").former == "S002"


def test_a_text_that_was_rejected_is_not_lost_with_its_sentence() -> None:
    before = bitext_of("Die Brücke öffnet am Montag.")
    rejected = Edit(by="Léa Roy", at=datetime(2026, 5, 4, tzinfo=UTC), before=inlines("Non."), after=())
    before = before.map_segments(lambda item: replace(item, history=(rejected,)) if item.id == "S002" else item)
    after = bitext_of("Die Brücke öffnet am Dienstag.", previous=before)
    assert [item.history for item in after.archived] == [(rejected,)]
    assert after.segment("S003").former == "S002"


def test_ids_of_deleted_segments_are_never_given_again() -> None:
    before = translated(bitext_of("Eins. Zwei."))
    without = bitext_of("Eins.", previous=before)
    again = bitext_of("Eins. Neu.", previous=without)
    assert ids(again)["Neu."] == "S004"


def test_a_title_is_one_segment_whatever_stops_it_holds() -> None:
    release = Release(
        id="r",
        language="de",
        title=inlines("Land hilft. Sofort."),
        blocks=(Heading(level=2, text=inlines("A. B. C")),),
    )
    assert len(list(segment(release, target="fr", split=at_full_stops).segments())) == 2


def test_formatting_stays_with_its_sentence() -> None:
    text = (Run(text="Eins ist "), Run(text="fett. Und", bold=True), Run(text=" zwei."))
    release = Release(id="r", language="de", blocks=(Paragraph(text=text),))
    first, second = segment(release, target="fr", split=at_full_stops).segments()
    assert first.source == (Run(text="Eins ist "), Run(text="fett.", bold=True))
    assert second.source == (Run(text="Und", bold=True), Run(text=" zwei."))


sentences = st.lists(st.sampled_from(["A.", "B.", "C.", "D.", "E."]), min_size=1, max_size=5).map(" ".join)
bodies = st.lists(sentences, min_size=1, max_size=4)


@given(bodies, bodies)
def test_after_any_edit_no_translation_is_lost_and_no_id_is_doubled(old: list[str], new: list[str]) -> None:
    before = translated(bitext_of(*old))
    after = bitext_of(*new, previous=before)

    everything = [*after.segments(), *after.archived]
    assert len({item.id for item in everything}) == len(everything)
    assert {item.id for item in before.segments()} <= {item.id for item in everything}
    assert all(plain(item.target) == f"fr {plain(item.source)}" for item in everything if item.target)


@given(bodies)
def test_segmenting_an_unchanged_release_changes_nothing(body: list[str]) -> None:
    before = translated(bitext_of(*body))
    assert bitext_of(*body, previous=before) == before


words = st.lists(
    st.sampled_from(["Bus", "Brücke", "Land", "fährt", "öffnet", "kostet", "Montag", "zwölf"]),
    min_size=2,
    max_size=6,
)
drafts = st.lists(words.map(" ".join), min_size=1, max_size=6, unique=True)
progress = st.lists(st.sampled_from(["empty", "machine", "reviewed", "rejected"]), min_size=7, max_size=7)


def worked_on(bitext: Bitext, stages: Sequence[str]) -> Bitext:
    """Return `bitext` with its segments as far as `stages` say."""
    wanted = dict(zip((item.id for item in bitext.segments()), stages, strict=False))

    def work(item: Segment) -> Segment:
        target, at = inlines(f"fr {item.id}"), datetime(2026, 5, 4, tzinfo=UTC)
        match wanted.get(item.id, "empty"):
            case "machine":
                return replace(item, target=target, state=State.TRANSLATED)
            case "reviewed":
                edit = Edit(by="Léa Roy", at=at, before=target, after=target)
                return replace(item, target=target, state=State.REVIEWED, history=(edit,))
            case "rejected":
                edit = Edit(by="Léa Roy", at=at, before=target, after=())
                return replace(item, target=(), state=State.INITIAL, history=(edit,))
            case _:
                return item

    return bitext.map_segments(work)


@given(st.lists(st.tuples(drafts, progress), min_size=2, max_size=4))
def test_through_any_number_of_rewritings_everything_is_kept_and_traced(
    versions: list[tuple[list[str], list[str]]],
) -> None:
    bitext: Bitext | None = None
    for texts, stages in versions:
        before = bitext
        bitext = bitext_of(*texts, previous=before)
        assert bitext_of(*texts, previous=bitext) == bitext
        archived = {item.id for item in bitext.archived}
        everything = {item.id: item for item in (*bitext.segments(), *bitext.archived)}
        assert len(everything) == len(list(bitext.segments())) + len(archived)
        assert all(item.former is None or item.former in archived for item in everything.values())
        if before is not None:
            work = [item for item in (*before.segments(), *before.archived) if item.target or item.history]
            assert all(everything[item.id] == replace(item, tail=everything[item.id].tail) for item in work)
            unchanged = {item.source: item for item in before.segments()}
            for item in bitext.segments():
                if item.source in unchanged:
                    assert item == replace(unchanged[item.source], tail=item.tail)
        bitext = worked_on(bitext, stages)
