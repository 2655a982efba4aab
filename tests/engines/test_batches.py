"""What is sent together, what becomes of it, and that every character finds its place again."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.engines.answers import refusal
from pipeline.engines.batches import Batch, Limits, in_batches
from pipeline.engines.guard import Guard, Patience
from pipeline.engines.transport import StatusError
from pipeline.errors import TranslationError, TranslationFault
from pipeline.model.issue import Span
from pipeline.model.translation import Failed, Passage, Result, Translated

LIMITS = Limits(count=3, size=60, longest=25)


class Service:
    """Remembers the batches; puts what is protected between brackets."""

    def __init__(self) -> None:
        self.batches: list[tuple[str, ...]] = []

    def __call__(self, batch: Batch, _: Sequence[str]) -> Sequence[Result]:
        self.batches.append(tuple(passage.text for passage in batch))
        return [Translated(text=marked(passage)) for passage in batch]


def marked(passage: Passage) -> str:
    text = passage.text
    for span in reversed(passage.keep):
        text = f"{text[: span.start]}[{text[span.start : span.end]}]{text[span.end :]}"
    return text


def guard() -> Guard:
    return Guard(patience=Patience(threads=2), sleep=lambda _: None, jitter=lambda: 1.0)


def run(service: object, *passages: Passage | str, limits: Limits = LIMITS) -> list[Result]:
    items = [item if isinstance(item, Passage) else Passage(text=item) for item in passages]
    return list(in_batches(items, limits=limits, guard=guard(), ask=service))  # type: ignore[arg-type]  # any callable


@given(st.lists(st.text(st.sampled_from("ab .\n\u00a01"), max_size=80), max_size=12))
def test_every_character_comes_back_in_its_place_within_the_limits(texts: list[str]) -> None:
    service = Service()
    for text, result in zip(texts, run(service, *texts), strict=True):
        assert isinstance(result, Failed) or result.text == text
    sent = [text for batch in service.batches for text in batch]
    assert len(sent) == len(set(sent))
    assert all(text == text.strip() and len(text) <= 25 for text in sent)
    assert all(len(batch) <= 3 and sum(map(len, batch)) <= 60 for batch in service.batches)


def test_protection_moves_with_the_text_also_over_a_cut() -> None:
    text = " Eins zwei. Drei vier fünf sechs sieben."
    spans = (Span(start=1, end=5), Span(start=text.index("vier"), end=text.index(" sieben")))
    (result,) = run(Service(), Passage(text=text, keep=spans), limits=Limits(count=9, size=99, longest=16))
    assert result == Translated(text=" [Eins] zwei. Drei [vier fünf] [sechs] sieben.")


def test_the_same_text_with_other_protection_is_another_passage() -> None:
    service = Service()
    protected = Passage(text="Ja.", keep=(Span(start=0, end=2),))
    assert run(service, "Ja.", protected, "Ja.") == [
        Translated(text="Ja."),
        Translated(text="[Ja]."),
        Translated(text="Ja."),
    ]
    assert service.batches == [("Ja.", "Ja.")]


def test_only_a_status_halves_a_batch() -> None:
    asked: list[int] = []

    def refuse(batch: Batch, _: object) -> Sequence[Result]:
        asked.append(len(batch))
        raise TranslationError("sent too much", fault=TranslationFault.REFUSED)

    assert run(refuse, "a", "b", "c") == [refusal("sent too much")] * 3
    assert asked == [3]

    def status(batch: Batch, _: object) -> Sequence[Result]:
        asked.append(len(batch))
        raise StatusError("status 400", fault=TranslationFault.REFUSED, status=400)

    assert run(status, "a", "b", "c") == [refusal("status 400")] * 3
    assert asked == [3, 3, 1, 2, 1, 1]


def test_a_bad_answer_is_asked_for_again_as_often_as_the_limits_say_and_told_why() -> None:
    asked: list[tuple[tuple[str, ...], tuple[str, ...]]] = []

    def answer(batch: Batch, reasons: tuple[str, ...]) -> Sequence[Result]:
        asked.append((tuple(passage.text for passage in batch), reasons))
        return [refusal("bad") if passage.text == "b" else Translated(text="ok") for passage in batch]

    limits = Limits(count=3, size=60, longest=25, tries=3)
    assert run(answer, "a", "b", limits=limits) == [Translated(text="ok"), refusal("bad")]
    assert asked == [(("a", "b"), ()), (("b",), ("bad",)), (("b",), ("bad",))]


@pytest.mark.parametrize("fault", [TranslationFault.UNREACHABLE, TranslationFault.BUSY])
def test_a_service_that_is_lost_is_given_up_for_all_batches(fault: TranslationFault) -> None:
    calls: list[object] = []

    def lost(batch: Batch, _: object) -> Sequence[Result]:
        calls.append(batch)
        raise TranslationError("is gone", fault=fault)

    assert run(lost, *(f"text {number}" for number in range(60))) == [Failed(reason="is gone", fault=fault)] * 60
    assert len(calls) <= 12
