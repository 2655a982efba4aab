"""Reviewers edit at random, as Word writes it; every edit comes back, or is left to a person with its text."""

from collections import Counter
from dataclasses import replace

import pytest

from pipeline.model.exchange import Return
from pipeline.model.inline import inlines
from tests.review.by_word import edited
from tests.review.campaign import Copy, copies
from tests.review.desk import script
from tests.review.edits import Edit, Kind
from tests.review.outcome import Fault, findings

SCRIPTS = 200


@pytest.fixture(scope="module")
def all_copies() -> tuple[Copy, ...]:
    return copies()


@pytest.mark.parametrize("seed", range(SCRIPTS))
def test_every_edit_comes_back_or_is_left_to_a_person(seed: int, all_copies: tuple[Copy, ...]) -> None:
    made, faults = all_copies[seed % len(all_copies)].played(seed)
    assert faults == (), made.label


@pytest.mark.parametrize("seed", range(20))
def test_a_row_that_was_moved_keeps_its_edits_and_comments(seed: int, all_copies: tuple[Copy, ...]) -> None:
    copy = all_copies[1]
    made = script(copy.export, seed, kinds=(Kind.TYPE, Kind.COMMENT, Kind.MOVE_ROW, Kind.MOVE_ROW))
    assert copy.judged(made, edited(copy.sent, made.edits)) == (), made.label


def test_the_scripts_do_everything_tracked_and_untracked(all_copies: tuple[Copy, ...]) -> None:
    edits = [edit for seed in range(SCRIPTS) for edit in script(all_copies[seed % 3].export, seed).edits]
    done = Counter((edit.kind, edit.track) for edit in edits)
    assert {key: count for key in Kind for track in (True, False) if (count := done[key, track]) < 5} == {}


def test_a_script_can_be_repeated_by_its_number(all_copies: tuple[Copy, ...]) -> None:
    export = all_copies[0].export
    assert script(export, 7) == script(export, 7)
    assert script(export, 7) != script(export, 8)


def unedited(copy: Copy) -> Return:
    return copy.read(copy.sent)


def test_a_document_that_nobody_edited_comes_back_as_it_was_sent(all_copies: tuple[Copy, ...]) -> None:
    for copy in all_copies:
        back = unedited(copy)
        assert {item.segment: item.target for item in back.segments} == {
            item.segment: item.target for item in copy.export.segments
        }
        assert (back.remarks, back.strays, back.notices) == ((), (), ())
        assert all(item.changes == () for item in back.segments)


class TestTheComparisonSees:
    """What it is for: a reader that did one of these things would be found out."""

    @pytest.fixture
    def copy(self, all_copies: tuple[Copy, ...]) -> Copy:
        return all_copies[1]

    def faults(self, copy: Copy, back: Return, *kinds: Kind) -> set[Fault]:
        made = script(copy.export, 1, kinds=kinds or (Kind.BOLD,))
        return {finding.fault for finding in findings(back, made.expected)}

    def test_a_lost_edit(self, copy: Copy) -> None:
        for kind in (Kind.TYPE, Kind.BOLD, Kind.NOTE, Kind.INSERT_ROW):
            assert Fault.LOST in self.faults(copy, unedited(copy), kind)

    def test_a_lost_segment(self, copy: Copy) -> None:
        back = unedited(copy)
        assert Fault.LOST in self.faults(copy, replace(back, segments=back.segments[1:]), Kind.NOTE)

    def test_a_misplaced_text(self, copy: Copy) -> None:
        back = unedited(copy)
        first, second, *others = back.segments
        swapped = (replace(first, target=second.target), replace(second, target=first.target), *others)
        assert Fault.MISPLACED in self.faults(copy, replace(back, segments=swapped), Kind.NOTE)

    def test_a_guessed_segment(self, copy: Copy) -> None:
        assert Fault.GUESSED in self.faults(copy, unedited(copy), Kind.DELETE_ROW)

    def test_a_made_up_word(self, copy: Copy) -> None:
        back = unedited(copy)
        first, *others = back.segments
        altered = (replace(first, target=inlines("Autre chose.")), *others)
        assert Fault.LOST in self.faults(copy, replace(back, segments=altered), Kind.NOTE)


def test_edits_name_what_a_person_needs_to_repeat_them(all_copies: tuple[Copy, ...]) -> None:
    made = script(all_copies[0].export, 3, kinds=(Kind.TYPE,))
    assert made.label.startswith("script 3: type S0")
    assert isinstance(made.edits[0], Edit)
