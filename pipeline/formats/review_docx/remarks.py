"""The remarks beside a segment: what a reviewer should know before trusting its translation."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.formats.review_docx.styles import Look
from pipeline.formats.review_docx.text import difference, paragraph, said
from pipeline.locales.review_words import ReviewWords
from pipeline.model.bitext import OriginKind, State
from pipeline.model.difference import word_diff
from pipeline.model.exchange import ReviewRow
from pipeline.model.inline import plain
from pipeline.model.issue import Issue, Severity, Span

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

LONGEST = 60
"""Characters of a passage that are quoted; it is marked in its place anyway."""

_SEVERITY = {Severity.ERROR: Look.ERROR, Severity.WARNING: Look.DOUBT, Severity.INFO: Look.QUIET}


def remarks(row: ReviewRow, words: ReviewWords) -> "Iterator[BaseOxmlElement]":
    """Yield the remarks on a segment as paragraphs, in the reviewer's language; at least an empty one.

    Args:
        row: the segment, and what is known about it.
        words: of the reviewer's language.
    """
    made = [*_standing(row, words), *_doubts(row, words), *_hints(row, words)]
    yield from made or [paragraph(Look.REMARK)]


def _standing(row: ReviewRow, words: ReviewWords) -> "Iterator[BaseOxmlElement]":
    """Yield what the text is: missing, reviewed, a machine's, or an approved one for this or a similar sentence."""
    segment, origin = row.segment, row.segment.origin
    if segment.state is State.INITIAL:
        yield paragraph(Look.REMARK, said(words.to_translate, Look.ERROR))
    elif segment.state in {State.REVIEWED, State.FINAL}:
        yield paragraph(Look.REMARK, said(f"✓ {words.reviewed}", Look.GOOD))
    elif origin is not None and origin.kind is OriginKind.TM:
        if origin.matched:
            told = words.from_memory.format(score=origin.score or 100)
            yield paragraph(Look.REMARK, said(f"{told} ", Look.DOUBT))
            pieces = word_diff(plain(origin.matched), plain(segment.source))
            yield paragraph(Look.REMARK, *difference(pieces))
        else:
            yield paragraph(Look.REMARK, said(words.known, Look.QUIET))
    else:
        yield paragraph(Look.REMARK, said(words.machine, Look.QUIET))
    if row.former is not None:
        yield paragraph(Look.REMARK, said(f"{words.changed} ", Look.DOUBT), *difference(row.former.changes))
        yield paragraph(Look.REMARK, said(f"{words.suggestion} ", Look.QUIET), said(plain(row.former.target)))


def _doubts(row: ReviewRow, words: ReviewWords) -> "Iterator[BaseOxmlElement]":
    """Yield what the checks found, and what somebody asked before."""
    for issue in row.issues:
        if issue.check in {"untranslated", "attribution"} and row.segment.state is State.INITIAL:
            continue
        yield paragraph(Look.REMARK, *_finding(issue, row, words))
    for comment in row.comments:
        asked = said(f"{comment.id} · {words.comment.format(person=comment.by.partition(' <')[0])} ", Look.DOUBT)
        yield paragraph(Look.REMARK, asked, said(comment.text))


def _finding(issue: Issue, row: ReviewRow, words: ReviewWords) -> "Iterator[BaseOxmlElement]":
    weight = {Severity.ERROR: words.error, Severity.WARNING: words.warning, Severity.INFO: words.info}
    name = words.checks.get(issue.check, issue.check)
    yield said(f"{name} ({weight[issue.severity]})", _SEVERITY[issue.severity])
    source = _quoted(plain(row.segment.source), issue.source)
    target = _quoted(plain(row.segment.target), issue.target)
    if quoted := " → ".join(filter(None, (source, target))):
        yield said(f" {quoted}")
    if issue.fix:
        yield said(f" · {words.proposal} ", Look.QUIET)
        yield said(", ".join(f"“{edit.new}”" for edit in issue.fix), Look.NEW)
    if not quoted:
        yield said(f" {issue.message}")


def _quoted(text: str, spans: tuple[Span, ...]) -> str:
    passages = (text[span.start : span.end].strip() for span in spans)
    return ", ".join(f"“{passage}”" for passage in passages if 0 < len(passage) <= LONGEST)


def _hints(row: ReviewRow, words: ReviewWords) -> "Iterator[BaseOxmlElement]":
    """Yield what may help: that somebody is quoted, terms, another engine's version."""
    if row.quotation:
        yield paragraph(Look.REMARK, said(words.quotation, Look.QUIET))
    if row.terms:
        pairs = " · ".join(f"{pair.source} → {pair.target}" for pair in row.terms)
        yield paragraph(Look.REMARK, said(f"{words.terms} ", Look.QUIET), said(pairs))
    origin = row.segment.origin
    if origin is not None and origin.other and row.segment.state is State.TRANSLATED:
        yield paragraph(Look.REMARK, said(f"{words.other} ", Look.QUIET), said(origin.other))
