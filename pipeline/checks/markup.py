"""Links, code, bold and italic: what of a source's formatting its translation must have; part of check 9."""

import re
from collections import Counter
from collections.abc import Callable, Iterator

from pipeline.checks.base import Pair
from pipeline.model.inline import Inlines, Run, merge
from pipeline.model.issue import Issue, Severity, Span

Marked = tuple[str, Span]
"""A formatted passage and where it stands."""


def markup(pair: Pair, check: str) -> Iterator[Issue]:
    """Yield what the target lost of the source's formatting, as issues of `check`."""

    def issue(severity: Severity, message: str, *spans: Span) -> Issue:
        return Issue(check=check, severity=severity, segment=pair.segment.id, message=message, source=spans)

    for address, span in _lost_links(pair):
        yield issue(Severity.ERROR, f"The link to {address} is missing in the translation", span)
    for code, span in _lost_code(pair):
        yield issue(Severity.ERROR, f"“{code}” must stand in the translation as it is", span)
    language = pair.subject.target.tag.partition("-")[0]
    formats: tuple[tuple[str, Callable[[Run], bool]], ...] = (
        ("bold", lambda run: run.bold),
        # A passage in the target's language needs no italics any more where all the text is in it.
        ("italic", lambda run: run.italic and (run.lang or "").partition("-")[0] != language),
    )
    for name, has in formats:
        here, there = _passages(pair.segment.source, has), _passages(pair.segment.target, has)
        if len(there) < len(here):
            spans = (span for _, span in here)
            yield issue(
                Severity.WARNING,
                f"The source has {len(here)} {name}, the translation {len(there) or 'none'}",
                *spans,
            )


def _lost_links(pair: Pair) -> Iterator[Marked]:
    """Yield the links whose address the target lacks, but for the language in it: `/de/bus` is `/fr/bus`."""
    tags = (pair.subject.source.tag, pair.subject.target.tag)
    language = re.compile(rf"\b(?:{'|'.join(tag.partition('-')[0] for tag in tags)})\b")
    there = {language.sub("", run.href) for run in pair.segment.target if run.href}
    for run, span in _runs(pair.segment.source):
        if run.href and language.sub("", run.href) not in there:
            yield run.href, span


def _lost_code(pair: Pair) -> Iterator[Marked]:
    there = Counter(run.text for run in pair.segment.target if run.code)
    for run, span in _runs(pair.segment.source):
        if run.code:
            there[run.text] -= 1
            if there[run.text] < 0:
                yield run.text, span


def _passages(text: Inlines, has: Callable[[Run], bool]) -> list[Marked]:
    """Return the stretches of `text` that have a format, whatever else they have."""
    stretches = _runs(merge(Run(text=run.text, bold=has(run)) for run in text))
    return [(run.text, span) for run, span in stretches if run.bold and any(sign.isalnum() for sign in run.text)]


def _runs(text: Inlines) -> Iterator[tuple[Run, Span]]:
    offset = 0
    for run in text:
        yield run, Span(start=offset, end=offset + len(run.text))
        offset += len(run.text)
