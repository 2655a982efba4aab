"""A rewritten sentence is known again, and not taken for another."""

from itertools import permutations
from pathlib import Path

import pytest

from pipeline.model.alignment import ALIKE, align
from pipeline.model.bitext import Segment
from pipeline.model.inline import inlines

LINES = (Path(__file__).parent / "rewritten_de.txt").read_text(encoding="utf-8").splitlines()
TEXTS = [line for line in LINES if line and not line.startswith("#")]
PAIRS = list(zip(TEXTS[::2], TEXTS[1::2], strict=True))


def segments(*texts: str) -> list[Segment]:
    return [Segment(id="", source=inlines(text)) for text in texts]


def rewritten(old: list[str], new: list[str]) -> dict[int, int]:
    return dict(align(segments(*old), segments(*new)).rewritten)


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_an_edited_sentence_is_recognised_in_its_place(before: str, after: str) -> None:
    assert rewritten(["Anfang.", before, "Ende."], ["Anfang.", after, "Ende."]) == {1: 1}


def test_an_unrelated_sentence_is_hardly_ever_taken_for_an_edited_one() -> None:
    taken = [(a, d) for (a, _), (_, d) in permutations(PAIRS, 2) if rewritten([a], [d])]
    assert len(taken) <= 2, f"{len(taken)} of {len(PAIRS) * (len(PAIRS) - 1)} from {ALIKE} percent on"


def test_a_release_rewritten_throughout_is_aligned_sentence_by_sentence() -> None:
    found = rewritten([before for before, _ in PAIRS], [after for _, after in PAIRS])
    assert found == {index: index for index in range(len(PAIRS))}


def test_table_rows_that_are_all_alike_stay_in_order() -> None:
    old = [f"Im Jahr {2000 + number} kamen {number * 37} Gäste." for number in range(30)]
    new = [f"Im Jahr {2000 + number} kamen {number * 41 + 5} Gäste." for number in range(30)]
    assert rewritten(old, new) == {index: index for index in range(30)}


def test_what_was_inserted_between_rewritten_sentences_takes_nobodys_place() -> None:
    old = [PAIRS[0][0], PAIRS[1][0]]
    new = [PAIRS[0][1], "Die Feuerwehr rückte nachts aus.", PAIRS[1][1]]
    assert rewritten(old, new) == {0: 0, 2: 1}


def test_a_sentence_that_was_moved_and_edited_is_found_elsewhere() -> None:
    old = [PAIRS[0][0], "Eins bleibt.", "Zwei bleibt."]
    new = ["Eins bleibt.", "Zwei bleibt.", PAIRS[0][1]]
    found = align(segments(*old), segments(*new))
    assert found.rewritten == {2: 0}
    assert found.kept == {0: 1, 1: 2}


def test_a_sentence_that_was_only_moved_is_kept() -> None:
    found = align(segments("A eins.", "B zwei.", "C drei."), segments("C drei.", "A eins.", "B zwei."))
    assert found.kept == {0: 2, 1: 0, 2: 1}
    assert found.moved == {0}
    assert not found.rewritten


def test_of_a_sentence_cut_in_two_the_part_most_alike_carries_on() -> None:
    whole = "Die Brücke bleibt im Juni gesperrt und eine Umleitung über Wiesenweiler ist ausgeschildert."
    parts = ["Die Brücke bleibt gesperrt.", "Eine Umleitung über Wiesenweiler ist ausgeschildert."]
    assert rewritten([whole], parts) == {1: 0}
    assert rewritten(parts, [whole]) == {0: 1}


def test_a_long_text_rewritten_throughout_takes_no_more_than_its_neighbourhood() -> None:
    old = [f"Satz Nummer {number} handelt von der Sache {number * number}." for number in range(1500)]
    new = [text.replace("handelt von", "betrifft") for text in old]
    found = rewritten(old, new)
    assert len(found) == 1500
    assert sum(found[index] == index for index in found) >= 1490
