"""What stands between the drafting stage and a service that may be slow, busy, lying or gone.

A `Guard` asks a service for many texts: the first alone, to see whether it is there at all, then several at once,
answers in order. It tries again where that makes sense and gives up for good where it does not.
"""

import contextlib
import random
import threading
import time
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Self, TypeVar

from pipeline.errors import TranslationError, TranslationFault
from pipeline.model.translation import Failed, Result, Translated

Job = TypeVar("Job", bound=Hashable)
Done = TypeVar("Done")

Ask = Callable[[str], str]
"""Asks the service for one text; raises TranslationError."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How hard to try."""

    threads: int = 4
    tries: int = 3
    """How often one text is asked for while the service is busy, or no longer reached after it once answered."""
    first_wait: float = 1.0
    """Seconds before the second try; doubled for each further one."""
    busy_limit: int = 3
    """Texts in a row that may stay untranslated because the service is busy before it is given up."""


@dataclass(slots=True)
class Guard:
    """Watches over one service; remembers over all calls of a run whether it was given up.

    Args:
        patience: how hard to try.
        sleep: waits so many seconds.
        jitter: returns a factor around 1 for waits, so that several runs do not knock in step.
    """

    patience: Patience
    sleep: Callable[[float], None]
    jitter: Callable[[], float]
    _given_up: Failed | None = None
    _answered: bool = False
    _busy: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def on_the_clock(cls, patience: Patience) -> Self:
        """Return a guard that really waits."""
        return cls(patience=patience, sleep=time.sleep, jitter=_jitter)

    def translate(self, texts: Sequence[str], ask: Ask) -> Iterator[Result]:
        """Yield one result per text, in order; equal texts are asked for once."""
        distinct = list(dict.fromkeys(texts))
        # While nobody knows whether the service is there, one text asks for all.
        distinct.sort(key=lambda text: not has_letters(text))
        with self.started(distinct, lambda text: self._one(text, ask)) as answers:
            for text in texts:
                yield answers[text].result()

    @contextlib.contextmanager
    def started(self, jobs: Sequence[Job], work: Callable[[Job], Done]) -> Iterator[Mapping[Job, Future[Done]]]:
        """Have `work` done for each of the `jobs`: the first alone, then several at once.

        When the context is left, no job is begun any more.
        """
        with ThreadPoolExecutor(self.patience.threads) as pool:
            try:
                first = {job: pool.submit(work, job) for job in jobs[:1]}
                wait(first.values())
                yield first | {job: pool.submit(work, job) for job in jobs[1:]}
            finally:
                pool.shutdown(wait=False, cancel_futures=True)

    def attempt(self, work: Callable[[], Done]) -> Done | Failed:
        """Return what `work` returns, tried again where that makes sense, or why the service was given up.

        Raises:
            TranslationError: the service is there and refused.
        """
        for attempt in range(self.patience.tries):
            if self._given_up is not None:
                return self._given_up
            try:
                answer = work()
            except TranslationError as error:
                if error.fault is TranslationFault.REFUSED:
                    raise
                failure = Failed(reason=str(error), fault=error.fault)
            else:
                self._answered, self._busy = True, 0
                return answer
            if failure.fault is TranslationFault.UNREACHABLE and not self._answered:
                break
            if attempt + 1 < self.patience.tries:
                self.sleep(self.patience.first_wait * 2**attempt * self.jitter())
        return self._give_up(failure) if failure.fault is TranslationFault.UNREACHABLE else self._too_busy(failure)

    def _one(self, text: str, ask: Ask) -> Result:
        if not has_letters(text):
            return Translated(text=text)
        try:
            answer = self.attempt(lambda: ask(text))
        except TranslationError as error:
            return Failed(reason=str(error), fault=error.fault)
        return answer if isinstance(answer, Failed) else Translated(text=answer)

    def _give_up(self, failure: Failed) -> Failed:
        with self._lock:
            self._given_up = self._given_up or failure
            return self._given_up

    def _too_busy(self, failure: Failed) -> Failed:
        with self._lock:
            self._busy += 1
            if self._busy >= self.patience.busy_limit:
                self._given_up = self._given_up or failure
        return failure


def has_letters(text: str) -> bool:
    """Return whether there is anything to translate in `text`."""
    return any(character.isalpha() for character in text)


def _jitter() -> float:
    return random.uniform(0.7, 1.3)  # noqa: S311 (spreads waits, guards nothing)
