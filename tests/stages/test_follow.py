"""What became of a translation whose source was changed, and what a merely typographic change leaves as it was."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pipeline import locales
from pipeline.errors import GateError
from pipeline.formats.inline_markdown import parse_inline
from pipeline.model.bitext import Bitext, Edit, Segment, State
from pipeline.model.difference import Piece, PieceKind
from pipeline.model.digest import is_approved, text_keys
from pipeline.model.inline import inlines, plain
from pipeline.model.issue import Waiver
from pipeline.model.release import Paragraph, Release
from pipeline.stages.approve import approve
from pipeline.stages.follow import Fate, follow_minor, last_reviewed, restored, source_changes
from pipeline.stages.review.decide import accept, is_signed_off, sign_off
from pipeline.stages.segment import segment

AT = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
LEA = "Léa Roy <lea@example.org>"

BUS = 'Der Bus fährt am 13. Dezember "erstmals" über die Brücke.'
QUOTE = 'Die Ministerin sagte: "Das ist ein guter Tag für alle."'
PRICE = "Die Fahrt kostet 2 Euro."


def release_of(*paragraphs: str, day: int = 4) -> Release:
    blocks = tuple(Paragraph(text=parse_inline(text)) for text in paragraphs)
    return Release(id="r", language="de", title=inlines("Neuer Bus"), date=date(2026, 5, day), blocks=blocks)


def cut(release: Release, previous: Bitext | None = None) -> Bitext:
    return segment(
        release,
        target="fr",
        split=lambda text: locales.get("de").sentences(text, frozenset()),
        previous=previous,
    )


def reviewed(bitext: Bitext) -> Bitext:
    empty = {item.id for item in bitext.segments() if item.state is State.INITIAL}
    filled = bitext.map_segments(
        lambda item: (
            replace(item, target=inlines(f"fr {item.id}"), state=State.TRANSLATED) if item.id in empty else item
        )
    )
    return accept(filled, tuple(empty), by=LEA, at=AT)


BEFORE = release_of(f"{BUS} {QUOTE}", PRICE)
MINOR = release_of(f"{BUS} {QUOTE}".replace(' "', " „").replace('"', "“").replace("Tag ", "Tag  "), PRICE)


def approved() -> Bitext:
    waivers = tuple(
        Waiver(
            check="numbers", segment=name, text=text_keys(reviewed(cut(BEFORE)))[name], reason="ok", by=LEA, at=AT
        )
        for name in ("S002", None)
    )
    stale = replace(waivers[0], check="dates", text="0" * 16)
    decided = replace(sign_off(reviewed(cut(BEFORE)), ["S003"], by=LEA, at=AT), waivers=(*waivers, stale))
    return approve(BEFORE, decided, by="Max Muster <max@example.org>", at=AT)


def test_every_sentence_is_told_what_became_of_it() -> None:
    before = reviewed(cut(release_of(BUS, QUOTE, PRICE, "Kinder fahren kostenlos mit.")))
    after = cut(release_of(PRICE, BUS.replace("13.", "14."), QUOTE, "Anmeldung: keine."), before)
    found = source_changes(before, after)
    assert [
        (item.fate, item.before and item.before.id, item.after and item.after.id, item.reopens, item.archives)
        for item in found
    ] == [
        (Fate.UNCHANGED, "S001", "S001", False, False),
        (Fate.MOVED, "S004", "S004", False, False),
        (Fate.REWRITTEN, "S002", "S006", True, True),
        (Fate.UNCHANGED, "S003", "S003", False, False),
        (Fate.ADDED, None, "S007", False, False),
        (Fate.REMOVED, "S005", None, False, True),
    ]
    assert found[2].pieces[1:3] == (
        Piece(kind=PieceKind.DELETED, text="13"),
        Piece(kind=PieceKind.INSERTED, text="14"),
    )


def test_what_was_never_translated_is_rewritten_too_and_reopens_nothing() -> None:
    before = cut(release_of(PRICE))
    (_, change) = source_changes(before, cut(release_of(PRICE.replace("2", "3")), before))
    assert (change.fate, change.reopens, change.archives) == (Fate.REWRITTEN, False, False)


def test_a_rewritten_sentence_shows_what_it_said_when_a_person_last_looked() -> None:
    before = reviewed(cut(release_of(BUS)))
    once = cut(release_of(BUS.replace("13.", "14.")), before).map_segments(
        lambda item: replace(item, target=inlines("machine"), state=State.TRANSLATED) if item.id == "S003" else item
    )
    twice = cut(release_of(BUS.replace("13.", "15.")), once)
    former = last_reviewed(twice, twice.segment("S004"))
    assert former is not None
    assert (plain(former.source), plain(former.target)) == (BUS, "fr S002")
    assert "15" in {piece.text for piece in former.changes if piece.kind is PieceKind.INSERTED}
    assert last_reviewed(twice, twice.segment("S001")) is None


def test_a_text_merged_of_two_corrections_counts_as_reviewed_and_a_rejected_one_does_not() -> None:
    edit = Edit(by=LEA, at=AT, before=(), after=inlines("fr"))
    merged = Segment(id="S001", source=inlines("A"), target=inlines("fr"), state=State.TRANSLATED, history=(edit,))
    rejection = replace(edit, before=inlines("autre"), after=())
    rejected = Segment(id="S002", source=inlines("B"), history=(rejection,), former="S001")
    redrafted = replace(rejected, target=inlines("encore"), state=State.TRANSLATED)
    now = Segment(id="S003", source=inlines("C"), former="S002")
    for second in (rejected, redrafted):
        bitext = replace(cut(release_of()), archived=(merged, second))
        former = last_reviewed(bitext, now)
        assert former is not None
        assert plain(former.source) == "A"


def test_a_file_that_leads_in_a_circle_ends() -> None:
    archived = (Segment(id="S001", source=inlines("A"), former="S001"),)
    bitext = replace(cut(release_of()), archived=archived)
    assert last_reviewed(bitext, Segment(id="S002", source=inlines("B"), former="S001")) is None


def test_typography_is_followed_and_everything_people_decided_holds() -> None:
    before = approved()
    followed, changes = follow_minor(before, cut(MINOR, before), MINOR)

    assert [item.after.id for item in changes if item.after] == ["S005", "S006"]
    assert all(item.typographic for item in changes)
    assert [replace(item, source=(), tail="") for item in followed.segments()] == [
        replace(item, source=(), tail="") for item in before.segments()
    ]
    assert plain(followed.segment("S003").source) == "Die Ministerin sagte: „Das ist ein guter Tag  für alle.“"
    assert (followed.archived, followed.next_number) == (before.archived, before.next_number)
    assert not is_approved(MINOR, before)
    assert is_approved(MINOR, followed)
    assert is_signed_off(followed, followed.segment("S003"))
    keys = text_keys(followed)
    assert [item.text == keys[item.segment] for item in followed.waivers] == [True, True, False]
    assert cut(MINOR, followed) == followed


def test_what_no_change_concerns_stays_exactly_as_it_is() -> None:
    before = approved()
    assert follow_minor(before, cut(BEFORE, before), BEFORE) == (before, ())


def test_another_blank_between_two_sentences_is_a_minor_change_too() -> None:
    before, after = approved(), release_of(f"{BUS}  {QUOTE}", PRICE)
    followed, changes = follow_minor(before, cut(after, before), after)
    assert changes == ()
    assert is_approved(after, followed)


@pytest.mark.parametrize(
    ("after", "reason"),
    [
        (
            release_of(f"{BUS} {QUOTE}", "Die Fahrt kostet 3 Euro."),
            "S004 rewritten: “Die Fahrt kostet [-2][+3] Euro.”",
        ),
        (release_of(f"{BUS} {QUOTE}"), "S004 removed: “[-Die Fahrt kostet 2 Euro.]”"),
        (release_of(f"{BUS} {QUOTE}", PRICE, "Neu ist das Depot."), "S005 added: “[+Neu ist das Depot.]”"),
        (release_of(PRICE, f"{BUS} {QUOTE}"), "S004 moved: “Die Fahrt kostet 2 Euro.”"),
        (release_of(f"{BUS} {QUOTE}", f"**{PRICE}**"), "S004 rewritten: “Die Fahrt kostet 2 Euro.”"),
    ],
)
def test_any_other_change_is_refused_and_named(after: Release, reason: str) -> None:
    before = approved()
    with pytest.raises(GateError, match="more than its typography") as refused:
        follow_minor(before, cut(after, before), after)
    assert refused.value.reasons == (reason,)


def test_of_many_changes_the_first_are_named() -> None:
    before = reviewed(cut(release_of(*(f"Satz {number} steht da." for number in range(30)))))
    after = release_of(*(f"Satz {number} fällt weg." for number in range(30)))
    with pytest.raises(GateError) as refused:
        follow_minor(before, cut(after, before), after)
    assert (len(refused.value.reasons), refused.value.reasons[-1]) == (21, "and 10 more")


def test_another_date_ends_the_approval_though_the_sentences_are_followed() -> None:
    before, after = approved(), replace(MINOR, date=date(2026, 5, 5))
    followed, _ = follow_minor(before, cut(after, before), after)
    assert not is_approved(after, followed)
    assert {item.state for item in followed.segments()} == {State.FINAL}


def test_an_approval_of_an_earlier_version_cannot_be_carried_over() -> None:
    before = approved()
    assert before.approval is not None
    before = replace(before, approval=replace(before.approval, wording=None))
    with pytest.raises(GateError, match="earlier version"):
        follow_minor(before, cut(MINOR, before), MINOR)


def drafted_since(release: Release, before: Bitext) -> Bitext:
    """Return what `before` becomes if the source changes to `release` and is drafted, and nobody reviews it."""
    return cut(release, before).map_segments(
        lambda item: (
            replace(item, target=inlines("machine"), state=State.TRANSLATED)
            if item.state is State.INITIAL
            else item
        )
    )


def test_a_typographic_change_can_still_be_followed_after_a_draft() -> None:
    before = approved()
    since = drafted_since(MINOR, drafted_since(MINOR, before))
    assert [item.id for item in since.segments()] == ["S001", "S005", "S006", "S004"]
    followed, changes = follow_minor(since, cut(MINOR, since), MINOR)
    assert [(item.before.id, item.typographic) for item in changes if item.before] == [
        ("S002", True),
        ("S003", True),
    ]
    assert is_approved(MINOR, followed)
    assert is_signed_off(followed, followed.segment("S003"))
    assert [(item.id, item.former) for item in followed.archived] == [("S005", None), ("S006", None)]
    assert followed.next_number == 7


def test_a_sentence_that_came_back_after_a_draft_can_be_as_it_was_reviewed() -> None:
    before = approved()
    since = drafted_since(BEFORE, drafted_since(release_of(f"{BUS} {QUOTE}"), before))
    followed, changes = follow_minor(since, cut(BEFORE, since), BEFORE)
    assert [(item.fate, item.typographic) for item in changes] == [(Fate.REWRITTEN, True)]
    assert is_approved(BEFORE, followed)


def test_what_a_person_decided_since_is_not_taken_back() -> None:
    since = accept(drafted_since(MINOR, approved()), ["S005", "S006"], by=LEA, at=AT)
    assert restored(since) == since


def test_what_is_restored_leaves_no_trace_to_nowhere() -> None:
    one = reviewed(cut(release_of("Die Brücke öffnet am Montag - endlich.")))
    two = reviewed(cut(release_of("Die Brücke öffnet am Dienstag - endlich."), one))
    three = drafted_since(release_of("Die Brücke öffnet am Dienstag – endlich."), two)
    back = restored(three)
    assert [(item.id, item.former) for item in back.segments()] == [("S001", None), ("S003", "S002")]
    assert [(item.id, item.former) for item in back.archived] == [("S002", None), ("S004", "S002")]
