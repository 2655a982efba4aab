"""Which of a model's answers is taken."""

import pytest

from pipeline.engines.hypotheses import Hypothesis, best
from pipeline.errors import TranslationError

SOURCE = "Die Brücke öffnet am 5. Mai."


def offers(*texts: str, step: float = 0.1) -> list[Hypothesis]:
    """Return hypotheses, the model's favourite first."""
    return [Hypothesis(text, -step * rank, ended=True) for rank, text in enumerate(texts)]


def wrong_day(_source: str, target: str) -> int:
    return int("5" not in target)


def test_fewest_findings_win() -> None:
    assert best(SOURCE, offers("Le pont ouvre le 6 mai.", "Le pont ouvre le 5 mai."), wrong_day).endswith("5 mai.")


def test_among_equals_the_model_decides() -> None:
    texts = ("Le pont ouvre le 5 mai.", "Le pont ouvrira le 5 mai.")
    assert best(SOURCE, offers(*texts), wrong_day) == texts[0]


def test_an_answer_the_model_hardly_believes_is_no_second_opinion() -> None:
    texts = ("Le pont ouvre le 6 mai.", "5")
    assert best(SOURCE, offers(*texts, step=8), wrong_day) == texts[0]


def test_a_faulty_answer_makes_way_for_the_next() -> None:
    assert best(SOURCE, offers("très très très très très", "Le pont ouvre."), wrong_day) == "Le pont ouvre."


@pytest.mark.parametrize(
    ("source", "target", "reason"),
    [
        (SOURCE, "", "empty"),
        (SOURCE, "  ", "empty"),
        (SOURCE, "Le pont du du du du du du pays", "repeats itself"),
        (SOURCE, "à la fin de " * 6, "repeats itself"),
        ("Wir bauen die neue Brücke.", "Wir bauen die neue Brücke.", "as it was"),
        ("Wir bauen die neue Brücke.", "Nous bauen die neue Pont.", "as it was"),
    ],
)
def test_what_is_no_translation_is_refused(source: str, target: str, reason: str) -> None:
    with pytest.raises(TranslationError, match=reason):
        best(source, offers(target), wrong_day)


@pytest.mark.parametrize("text", ["Eva Muster, Alvenz", "www.alvenz.example", "Forum Waldringen 2026", "5 km"])
def test_names_and_addresses_may_stay(text: str) -> None:
    assert best(text, offers(text), wrong_day) == text


def test_an_answer_that_was_cut_off_is_refused() -> None:
    with pytest.raises(TranslationError, match="did not come to an end"):
        best(SOURCE, [Hypothesis("Le pont", 0.0, ended=False)], wrong_day)
