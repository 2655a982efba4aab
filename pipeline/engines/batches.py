"""Many passages in few requests: what is sent together, and what becomes of each where a request fails."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from pipeline.engines.deep_translator import split_text
from pipeline.engines.guard import Guard, has_letters
from pipeline.engines.transport import StatusError
from pipeline.errors import TranslationError, TranslationFault
from pipeline.model.issue import Span
from pipeline.model.translation import Failed, Passage, Result, Translated

Batch: TypeAlias = tuple[Passage, ...]
Ask: TypeAlias = Callable[[Batch, tuple[str, ...]], Sequence[Result]]
"""Asks the service for a batch and returns a result for each passage. The second argument says why the last answer
to these passages was refused. Raises TranslationError where there is no answer at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one request may hold."""

    count: int
    """Passages."""
    size: int
    """Of all passages together, as `measure` counts."""
    longest: int
    """Characters of one passage; longer ones are cut at sentences."""
    measure: Callable[[str], int] = len
    tries: int = 1
    """How often a passage is asked for whose answer was no translation."""


def in_batches(passages: Sequence[Passage], *, limits: Limits, guard: Guard, ask: Ask) -> Iterator[Result]:
    """Yield one result per passage, in order.

    Equal passages are asked for once; white space at the edges and texts without letters are not sent.
    """
    parts = [_parts(passage, limits.longest) for passage in passages]
    distinct: dict[object, Passage] = {}
    for part in (part for own in parts for part in own if isinstance(part, Passage)):
        distinct.setdefault(_key(part), part)
    batches = tuple(_batches(distinct.values(), limits))
    places = {_key(passage): (batch, index) for batch in batches for index, passage in enumerate(batch)}
    with guard.started(batches, lambda batch: _asked(batch, (), guard, ask, limits.tries)) as answers:

        def result(part: Passage | Result) -> Result:
            if not isinstance(part, Passage):
                return part
            batch, index = places[_key(part)]
            return answers[batch].result()[index]

        for own in parts:
            yield _joined([result(part) for part in own])


def _parts(passage: Passage, limit: int) -> list[Passage | Result]:
    """Return what is asked for and, as it is, what stands around and between it."""
    text = passage.text.strip()
    start = passage.text.find(text)
    try:
        pieces = split_text(text, limit)
    except TranslationError as error:
        return [Failed(reason=str(error), fault=error.fault)]
    parts: list[Passage | Result] = [Translated(text=passage.text[:start])]
    for piece in pieces:
        end = start + len(piece)
        keep = tuple(
            Span(start=max(span.start, start) - start, end=min(span.end, end) - start)
            for span in passage.keep
            if span.start < end and span.end > start
        )
        asked = has_letters(piece)
        parts.append(replace(passage, text=piece, keep=keep) if asked else Translated(text=piece))
        start = end
    return [*parts, Translated(text=passage.text[start:])]


def _key(passage: Passage) -> object:
    return passage.text, passage.keep


def _batches(passages: Iterable[Passage], limits: Limits) -> Iterator[Batch]:
    batch: list[Passage] = []
    size = 0
    for passage in passages:
        own = limits.measure(passage.text)
        if batch and (len(batch) == limits.count or size + own > limits.size):
            yield tuple(batch)
            batch, size = [], 0
        batch.append(passage)
        size += own
    if batch:
        yield tuple(batch)


def _asked(batch: Batch, reasons: tuple[str, ...], guard: Guard, ask: Ask, tries: int) -> Sequence[Result]:
    """Return a result for each passage of `batch`.

    Where the service refuses the batch as such, its halves are asked for, so that one text costs no other. Answers
    that are no translations are asked for again.
    """
    try:
        answers = guard.attempt(lambda: ask(batch, reasons))
    except StatusError as error:
        if len(batch) == 1:
            return [Failed(reason=str(error), fault=error.fault)]
        halves = batch[: len(batch) // 2], batch[len(batch) // 2 :]
        return [result for half in halves for result in _asked(half, reasons, guard, ask, tries)]
    except TranslationError as error:
        answers = Failed(reason=str(error), fault=error.fault)
    results: list[Result] = [answers] * len(batch) if isinstance(answers, Failed) else list(answers)
    bad = {index: reason for index, result in enumerate(results) if (reason := _bad(result))}
    if bad and tries > 1:
        left = tuple(batch[index] for index in bad)
        again = _asked(left, tuple(dict.fromkeys(bad.values())), guard, ask, tries - 1)
        for index, result in zip(bad, again, strict=True):
            results[index] = result
    return results


def _bad(result: Result) -> str | None:
    return result.reason if isinstance(result, Failed) and result.fault is TranslationFault.REFUSED else None


def _joined(results: Sequence[Result]) -> Result:
    failures = (result for result in results if isinstance(result, Failed))
    return next(failures, None) or Translated(
        text="".join(result.text for result in results if isinstance(result, Translated))
    )
