"""What is measured: what checks find and wrongly find, what typography restores, where sentences are cut."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from benchmarks.quality.data import GoodPair, abbreviations, good_pairs, paragraphs
from benchmarks.quality.faults import Fault, FaultKind, seeded
from pipeline.checks.base import Check, Subject
from pipeline.locales import Locale, get
from pipeline.locales.sentences import parse_abbreviations
from pipeline.model.bitext import Bitext, Origin, OriginKind, Segment, State, Unit, segment_id
from pipeline.model.inline import apply_edits, inlines, plain
from pipeline.model.issue import Issue, Severity
from pipeline.model.termbase import Termbase
from pipeline.model.texts import TextKind
from pipeline.terms.index import TermIndex

_AT_ONCE, _AROUND = 30, 90
"""Faults in one release, and good translations around them."""

RELEASE = "2026-01-01-quality"
_ORIGIN = Origin(kind=OriginKind.MT, at=datetime(2026, 1, 1, tzinfo=UTC), by="benchmark")


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many of how many, and what to look at where it is not as it should be."""

    name: str
    hits: int
    total: int
    at_least: float | None = None
    """Percent that must be reached."""
    at_most: float | None = None
    """Percent that must not be passed."""
    details: tuple[str, ...] = ()

    @property
    def percent(self) -> float:
        """The share in percent; 100 of nothing."""
        return 100 * self.hits / self.total if self.total else 100.0

    @property
    def met(self) -> bool:
        """Whether the share keeps its limits."""
        return (self.at_least is None or self.percent >= self.at_least) and (
            self.at_most is None or self.percent <= self.at_most
        )


def checked(checks: Sequence[Check], termbase: Termbase) -> Iterator[Share]:
    """Yield what `checks` find in good pairs, where every finding is a false one, and in seeded faults.

    Args:
        checks: as in `pipeline.checks.registry`.
        termbase: names and terms of the pairs; may be empty.
    """
    terms = TermIndex(termbase, source="de", target="fr")
    pairs = good_pairs()
    yield from _false_findings(pairs, checks, terms)
    yield from _found_faults(seeded(pairs), checks, terms)


def _false_findings(pairs: Sequence[GoodPair], checks: Sequence[Check], terms: TermIndex) -> Iterator[Share]:
    found = _findings([(pair.de, pair.fr) for pair in pairs], checks, terms)
    for severity, limit in ((Severity.ERROR, 0.5), (Severity.WARNING, 3.0)):
        wrong = [
            (pair, issue)
            for pair, issues in zip(pairs, found, strict=True)
            for issue in issues
            if issue.severity is severity
        ]
        yield Share(
            name=f"segments with a false {severity}",
            hits=len({pair.id for pair, _ in wrong}),
            total=len(pairs),
            at_most=limit,
            details=tuple(f"{pair.id} {issue.check}: {issue.message}" for pair, issue in wrong),
        )


def _found_faults(faults: Sequence[Fault], checks: Sequence[Check], terms: TermIndex) -> Iterator[Share]:
    missed: dict[FaultKind, list[Fault]] = {
        kind: list(_missed([fault for fault in faults if fault.kind is kind], checks, terms)) for kind in FaultKind
    }
    totals = {kind: sum(fault.kind is kind for fault in faults) for kind in FaultKind}
    for kind in FaultKind:
        details = tuple(f"{fault.id}: {fault.bad}" for fault in missed[kind])
        total = totals[kind]
        yield Share(name=f"found: {kind}", hits=total - len(details), total=total, details=details)
    for severity, limit in ((Severity.ERROR, 98.0), (Severity.WARNING, None)):
        kinds = {fault.kind for fault in faults if fault.severity is severity}
        total = sum(totals[kind] for kind in kinds)
        hits = total - sum(len(missed[kind]) for kind in kinds)
        yield Share(name=f"found: all of class {severity}", hits=hits, total=total, at_least=limit)


def _missed(faults: Sequence[Fault], checks: Sequence[Check], terms: TermIndex) -> Iterator[Fault]:
    """Yield the faults of which nothing is said that was not said of the good translation, or too mildly.

    A few faults at a time stand among many good translations, as in a release: some checks compare its segments.
    """
    for start in range(0, len(faults), _AT_ONCE):
        chunk = faults[start : start + _AT_ONCE]
        sources = {fault.source for fault in chunk}
        around = [(pair.de, pair.fr) for pair in good_pairs() if pair.de not in sources][:_AROUND]
        before = _findings([*around, *((fault.source, fault.good) for fault in chunk)], checks, terms)
        after = _findings([*around, *((fault.source, fault.bad) for fault in chunk)], checks, terms)
        for fault, old, new in zip(chunk, before[len(around) :], after[len(around) :], strict=True):
            enough = {Severity.ERROR, fault.severity}
            known = {(issue.check, issue.message) for issue in old}
            if not any(issue.severity in enough and (issue.check, issue.message) not in known for issue in new):
                yield fault


def _findings(
    texts: Sequence[tuple[str, str]], checks: Sequence[Check], terms: TermIndex
) -> tuple[tuple[Issue, ...], ...]:
    """Return what the checks find in each pair of texts; all pairs are one release, in order."""
    bitext = Bitext(
        release=RELEASE,
        source_locale="de",
        target_locale="fr",
        units=tuple(_unit(number, *pair) for number, pair in enumerate(texts, start=1)),
    )
    subject = Subject(bitext=bitext, locales=(get("de"), get("fr")), terms=terms)
    by_segment: Mapping[str, list[Issue]] = {segment.id: [] for segment in bitext.segments()}
    for check in checks:
        for issue in check.find(subject):
            if issue.segment is not None:
                by_segment[issue.segment].append(issue)
    return tuple(map(tuple, by_segment.values()))


def _unit(number: int, source: str, target: str) -> Unit:
    segment = Segment(
        id=segment_id(number),
        source=inlines(source),
        target=inlines(target),
        state=State.TRANSLATED,
        origin=_ORIGIN,
    )
    return Unit(path=f"body.{number}", kind=TextKind.PARAGRAPH, segments=(segment,))


def typography() -> Iterator[Share]:
    """Yield how many French lines come back exactly once their typography was taken away, and stay so."""
    french = get("fr")
    lines = [pair.fr for pair in good_pairs()]
    restored = [_set(stripped(line), french) for line in lines]
    wrong = tuple(f"{line} ≠ {new}" for line, new in zip(lines, restored, strict=True) if line != new)
    yield Share(
        name="typography restored", hits=len(lines) - len(wrong), total=len(lines), at_least=99.0, details=wrong
    )
    moved = tuple(line for line in (*lines, *restored) if french.typography(line))
    total = len(lines) + len(restored)
    yield Share(name="typography left alone", hits=total - len(moved), total=total, at_least=100.0, details=moved)


def stripped(text: str) -> str:
    """Return `text` as engines write French: straight quotes and apostrophes, no blank before punctuation."""
    text = re.sub("«\u00a0|\u00a0»|[“”]", '"', text)
    text = re.sub("[\u00a0\u202f](?=[:;!?%])", "", text)
    return re.sub("[\u00a0\u202f]", " ", text).replace("’", "'").replace("…", "...")


def _set(text: str, locale: Locale) -> str:
    return plain(apply_edits(inlines(text), locale.typography(text)))


def segmentation() -> Iterator[Share]:
    """Yield how many sentences of each set are cut right at both ends."""
    for language in ("de", "fr"):
        known = parse_abbreviations(abbreviations(language))
        right = missed = 0
        details: list[str] = []
        for paragraph in paragraphs(language):
            got = set(get(language).sentences(" ".join(paragraph), known))
            wrong = [sentence for sentence in _spans(paragraph) if sentence not in got]
            right += len(paragraph) - len(wrong)
            missed += len(wrong)
            details += [" ".join(paragraph)[start:end] for start, end in wrong]
        yield Share(
            name=f"sentences cut right, {language}",
            hits=right,
            total=right + missed,
            at_least=99.0,
            details=tuple(details),
        )


def _spans(paragraph: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where each sentence stands once all are joined by blanks."""
    start = 0
    for sentence in paragraph:
        yield start, start + len(sentence)
        start += len(sentence) + 1
