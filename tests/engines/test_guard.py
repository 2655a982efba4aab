"""What a guard does with a service that is there, busy, lost or never was there."""

import threading
from collections.abc import Callable, Sequence

from hypothesis import given
from hypothesis import strategies as st

from pipeline.engines.guard import Guard, Patience
from pipeline.errors import TranslationError, TranslationFault
from pipeline.model.translation import Failed, Result, Translated


class Service:
    """Counts what it is asked, and answers by a rule; None is a translation."""

    def __init__(self, rule: Callable[[str, int], TranslationFault | None]) -> None:
        self.rule = rule
        self.asked: list[str] = []
        self.waits: list[float] = []
        self.most_at_once = 0
        self.running = 0
        self.lock = threading.Lock()

    def __call__(self, text: str) -> str:
        with self.lock:
            self.asked.append(text)
            count = self.asked.count(text)
            self.running += 1
            self.most_at_once = max(self.most_at_once, self.running)
        try:
            fault = self.rule(text, count)
        finally:
            with self.lock:
                self.running -= 1
        if fault:
            raise TranslationError(f"is {fault}", fault=fault)
        return text.upper()

    def guard(self, patience: Patience | None = None) -> Guard:
        return Guard(patience=patience or Patience(), sleep=self.waits.append, jitter=lambda: 1.0)


def results(guard: Guard, service: Service, texts: Sequence[str]) -> list[Result]:
    return list(guard.translate(texts, service))


def sentences(count: int) -> list[str]:
    return [f"satz {number}" for number in range(count)]


@given(st.lists(st.sampled_from(["eins", "zwei", "—", "", "drei", " 4 "])), st.integers(1, 5))
def test_answers_come_in_the_order_of_the_texts_each_asked_once(texts: list[str], threads: int) -> None:
    service = Service(lambda *_: None)
    assert results(service.guard(Patience(threads=threads)), service, texts) == [
        Translated(text=text.upper()) for text in texts
    ]
    assert sorted(service.asked) == sorted({text for text in texts if any(map(str.isalpha, text))})


def test_nothing_is_asked_before_somebody_wants_an_answer() -> None:
    service = Service(lambda *_: None)
    service.guard().translate(["eins"], service)
    assert service.asked == []


def test_several_texts_are_asked_at_once_but_no_more_than_the_threads_allowed() -> None:
    meeting = threading.Barrier(4, timeout=10)

    def rule(text: str, _: int) -> None:
        if text != "satz 0":
            meeting.wait()

    service = Service(rule)
    assert all(isinstance(item, Translated) for item in results(service.guard(), service, sentences(13)))
    assert service.most_at_once == 4


def test_a_service_that_never_answered_is_tried_once_for_all_texts_of_all_calls() -> None:
    service = Service(lambda *_: TranslationFault.UNREACHABLE)
    guard = service.guard()
    for _ in range(3):
        answers = results(guard, service, ["—", "12", *sentences(50)])
        assert answers[2:] == [Failed(reason="is unreachable", fault=TranslationFault.UNREACHABLE)] * 50
    assert service.asked == ["satz 0"]
    assert service.waits == []


def test_a_connection_that_breaks_once_after_answers_costs_no_text() -> None:
    service = Service(lambda text, count: TranslationFault.UNREACHABLE if (text, count) == ("satz 7", 1) else None)
    assert all(isinstance(item, Translated) for item in results(service.guard(), service, sentences(20)))
    assert service.waits == [1.0]


def test_a_service_lost_on_the_way_is_given_up_after_its_tries() -> None:
    service = Service(lambda text, _: None if text == "satz 0" else TranslationFault.UNREACHABLE)
    first, *others = results(service.guard(Patience(threads=1)), service, sentences(20))
    assert first == Translated(text="SATZ 0")
    assert others == [Failed(reason="is unreachable", fault=TranslationFault.UNREACHABLE)] * 19
    assert service.asked == ["satz 0", "satz 1", "satz 1", "satz 1"]


def test_waits_double_while_a_service_is_busy() -> None:
    service = Service(lambda _, count: TranslationFault.BUSY if count < 4 else None)
    assert results(service.guard(Patience(tries=4, first_wait=0.5)), service, ["eins"]) == [Translated(text="EINS")]
    assert service.waits == [0.5, 1.0, 2.0]


def test_a_service_busy_now_and_then_is_not_given_up() -> None:
    service = Service(lambda text, _: TranslationFault.BUSY if int(text.split()[1]) % 3 == 0 else None)
    answers = results(service.guard(Patience(threads=1)), service, sentences(30))
    assert sum(isinstance(item, Translated) for item in answers) == 20


def test_a_refused_text_is_not_asked_again_and_costs_no_other_one() -> None:
    service = Service(lambda text, _: TranslationFault.REFUSED if text == "satz 0" else None)
    first, *others = results(service.guard(), service, sentences(5))
    assert first == Failed(reason="is refused", fault=TranslationFault.REFUSED)
    assert others == [Translated(text=text.upper()) for text in sentences(5)[1:]]
    assert service.asked.count("satz 0") == 1


def test_no_thread_is_left_when_the_reader_stops_early() -> None:
    service = Service(lambda *_: None)
    before = threading.active_count()
    answers = service.guard().translate(sentences(500), service)
    assert next(answers) == Translated(text="SATZ 0")
    answers.close()  # type: ignore[attr-defined]  # it is a generator, as every reader that stops early closes
    assert threading.active_count() == before
