"""What a reviewer should know of a segment before trusting its translation, for every kind of review document."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from pipeline.locales.review_words import ReviewWords
from pipeline.model.bitext import OriginKind, State
from pipeline.model.difference import Piece, PieceKind, word_diff
from pipeline.model.exchange import ReviewRow
from pipeline.model.inline import plain
from pipeline.model.issue import Issue, Severity, Span


class Tone(StrEnum):
    """How a part of a remark is meant."""

    PLAIN = "plain"
    QUIET = "quiet"
    GOOD = "good"
    DOUBT = "doubt"
    ERROR = "error"
    GONE = "gone"
    """Was there before."""
    NEW = "new"
    """Is new, or proposed."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a remark."""

    text: str
    tone: Tone = Tone.PLAIN


Remark: TypeAlias = tuple[Part, ...]
"""One line; its parts together are a sentence that is understood without colours."""

LONGEST = 60
"""Characters of a passage that are quoted; it is marked in its place anyway."""

_SEVERITY = {Severity.ERROR: Tone.ERROR, Severity.WARNING: Tone.DOUBT, Severity.INFO: Tone.QUIET}


def remarks(row: ReviewRow, words: ReviewWords) -> Iterator[Remark]:
    """Yield the remarks on a segment, one line each, in the reviewer's language.

    Args:
        row: the segment, and what is known about it.
        words: of the reviewer's language.
    """
    yield from _standing(row, words)
    yield from _doubts(row, words)
    yield from _hints(row, words)


def _standing(row: ReviewRow, words: ReviewWords) -> Iterator[Remark]:
    """Yield what the text is: missing, reviewed, a machine's, or an approved one for this or a similar sentence."""
    segment, origin = row.segment, row.segment.origin
    if segment.state is State.INITIAL:
        yield (Part(words.to_translate, Tone.ERROR),)
    elif segment.state in {State.REVIEWED, State.FINAL}:
        yield (Part(f"✓ {words.reviewed}", Tone.GOOD),)
    elif origin is None or origin.kind is not OriginKind.TM:
        yield (Part(words.machine, Tone.QUIET),)
    elif origin.matched:
        yield (Part(words.from_memory.format(score=origin.score or 100), Tone.DOUBT),)
        yield tuple(_difference(word_diff(plain(origin.matched), plain(segment.source))))
    else:
        yield (Part(words.known, Tone.QUIET),)
    if row.former is not None:
        yield (Part(f"{words.changed} ", Tone.DOUBT), *_difference(row.former.changes))
        yield (Part(f"{words.suggestion} ", Tone.QUIET), Part(plain(row.former.target)))


def _difference(pieces: Iterable[Piece]) -> Iterator[Part]:
    """Yield two texts in one; what is gone and what is new have a sign as well as a tone."""
    signs = {PieceKind.DELETED: ("[−{}]", Tone.GONE), PieceKind.INSERTED: ("[+{}]", Tone.NEW)}
    for piece in pieces:
        form, tone = signs.get(piece.kind, ("{}", Tone.PLAIN))
        yield Part(form.format(piece.text), tone)


def _doubts(row: ReviewRow, words: ReviewWords) -> Iterator[Remark]:
    """Yield what the checks found, and what somebody asked before."""
    for issue in row.issues:
        # That a text is missing or somebody is quoted is said already.
        if issue.check not in {"untranslated", "attribution"} or row.segment.state is not State.INITIAL:
            yield tuple(_finding(issue, row, words))
    for comment in row.comments:
        asked = words.comment.format(person=comment.by.partition(" <")[0])
        yield (Part(f"{comment.id} · {asked} ", Tone.DOUBT), Part(comment.text))


def _finding(issue: Issue, row: ReviewRow, words: ReviewWords) -> Iterator[Part]:
    weight = {Severity.ERROR: words.error, Severity.WARNING: words.warning, Severity.INFO: words.info}
    name = words.checks.get(issue.check, issue.check)
    yield Part(f"{name} ({weight[issue.severity]})", _SEVERITY[issue.severity])
    source = _quoted(plain(row.segment.source), issue.source, words)
    target = _quoted(plain(row.segment.target), issue.target, words)
    quoted = " → ".join(filter(None, (source, target)))
    yield Part(f" {quoted or issue.message}")
    if issue.fix:
        yield Part(f" · {words.proposal} ", Tone.QUIET)
        yield Part(", ".join(words.quoted.format(text=edit.new) for edit in issue.fix), Tone.NEW)


def _quoted(text: str, spans: tuple[Span, ...], words: ReviewWords) -> str:
    passages = (text[span.start : span.end].strip() for span in spans)
    return ", ".join(words.quoted.format(text=passage) for passage in passages if 0 < len(passage) <= LONGEST)


def _hints(row: ReviewRow, words: ReviewWords) -> Iterator[Remark]:
    """Yield what may help: that somebody is quoted, terms, another engine's version."""
    if row.quotation:
        yield (Part(words.quotation, Tone.QUIET),)
    if row.terms:
        pairs = " · ".join(f"{pair.source} → {pair.target}" for pair in row.terms)
        yield (Part(f"{words.terms} ", Tone.QUIET), Part(pairs))
    origin = row.segment.origin
    if origin is not None and origin.other and row.segment.state is State.TRANSLATED:
        yield (Part(f"{words.other} ", Tone.QUIET), Part(origin.other))
