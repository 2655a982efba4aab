"""What typography would still change is told with the edits that change it, and nothing else."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.checks.spacing import CHECK
from pipeline.model.inline import Inlines, apply_edits, inlines
from pipeline.model.issue import Issue
from tests.checks.conftest import Look
from tests.checks.releases import bitext, changed, issues, typeset


def test_each_rule_is_one_finding_with_all_its_places(look: Look) -> None:
    target = 'Oui! Non! Il a dit: "d\'accord".'
    found = {issue.message.partition("(")[2].partition(")")[0]: issue for issue in look(CHECK, "Ja.", target)}
    assert {"high punctuation", "apostrophe"} <= set(found)
    assert [(edit.start, edit.new) for edit in found["high punctuation"].fix] == [(3, "\u202f"), (8, "\u202f")]
    assert len(found["high punctuation"].target) == 2


@pytest.mark.parametrize(
    ("target", "pair"),
    [
        ("Le prix : 50 %.", ("de", "fr")),
        ("`a: b!`", ("de", "fr")),
        ("Voir [„Heute und morgen“]{lang=de}", ("de", "fr")),
        ("https://example.org/a?b=c", ("de", "fr")),
        ("Deux  blancs", ("de", "fr")),
        ("Das kostet 50 %.", ("fr", "de")),
    ],
)
def test_what_is_right_or_none_of_its_business_is_left_alone(
    look: Look, target: str, pair: tuple[str, str]
) -> None:
    assert look(CHECK, "…", target if target[0] in "`hV" else typeset(target, pair[1]), pair=pair) == ()


def test_a_quotation_is_set_as_a_whole_not_sentence_by_sentence() -> None:
    sentences = typeset("« Un. Nous disons “oui”. »", "fr")
    first, second = sentences[:5], sentences[6:]
    assert issues(CHECK, bitext([("„Eins.", first), ("Wir sagen ‚ja‘.“", second)])) == ()


@example(text="1  »1«1")
@given(text=st.text(alphabet="aél 1:;!?«»\"'%.\u00a0", min_size=1, max_size=20).filter(str.strip))
def test_all_fixes_together_leave_nothing_to_fix(text: str) -> None:
    wrong = inlines(" ".join(text.split(" ")).strip())
    edits = sorted((edit for issue in found_in(wrong) for edit in issue.fix), key=lambda edit: edit.start)
    assert found_in(apply_edits(wrong, edits)) == ()


def found_in(target: Inlines) -> tuple[Issue, ...]:
    return issues(CHECK, changed(bitext([("x", "y")]), lambda item: replace(item, target=target)))
