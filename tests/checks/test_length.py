"""A translation is as long as one expects of it, and drops no part."""

import pytest

from pipeline.checks.length import CHECK
from tests.checks.conftest import Look
from tests.checks.releases import bitext, issues, silent_pairs

SOURCE = (
    "Vom 13. Dezember an fährt die Linie 40 montags bis freitags alle 20 Minuten; am Wochenende bleibt es bei "
    "einer Fahrt je Stunde, und in der Nacht kommt eine Spätfahrt hinzu."
)
TARGET = (
    "À partir du 13 décembre, la ligne 40 circulera toutes les 20 minutes du lundi au vendredi ; le week-end, il y "
    "aura toujours un bus par heure, et un service de nuit s’y ajoutera."
)


@pytest.mark.parametrize(
    ("source", "target", "pair"),
    [
        (SOURCE, TARGET.partition(" ;")[0] + ".", ("de", "fr")),
        (SOURCE, TARGET.rpartition(", et")[0].rpartition(" ;")[0] + ".", ("de", "fr")),
        (TARGET, SOURCE.partition(";")[0] + ".", ("fr", "de")),
        (
            "Der Steg ist neu. Die Brücke bleibt, wie sie ist, bis zum Frühjahr.",
            "La passerelle est neuve.",
            ("de", "fr"),
        ),
        ("Der Steg ist neu und wird morgen eröffnet.", f"{TARGET} {TARGET}", ("de", "fr")),
    ],
)
def test_a_part_that_was_dropped_or_added_is_found(
    look: Look, source: str, target: str, pair: tuple[str, str]
) -> None:
    (issue,) = look(CHECK, source, target, pair=pair)
    assert issue.target[0].end == len(target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (SOURCE, TARGET),
        (TARGET, SOURCE),
        ("Ja.", "D’accord, nous le ferons."),
        ("Veränderung", "Évolution"),
        ("1.200", "1 200"),
    ],
)
def test_ordinary_lengths_are_let_pass(look: Look, source: str, target: str) -> None:
    assert look(CHECK, source, target) == ()


def test_every_sentence_of_two_that_was_dropped_is_found() -> None:
    pairs = [pair for pair in silent_pairs() if min(map(len, pair)) >= 40]
    two = list(zip(pairs[::2], pairs[1::2], strict=False))
    dropped = [
        [(f"{one[0]} {other[0]}", one[1] if len(one[1]) < len(other[1]) else other[1])] for one, other in two
    ]
    found = issues(CHECK, bitext(*dropped[:1], *[[pair] for pair in pairs]))
    assert [issue.segment for issue in found] == ["S001"]
    assert sum(bool(issues(CHECK, bitext(item))) for item in dropped) >= 0.98 * len(dropped)
