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


class Tongue(StrEnum):
    """What language a part of a remark is in; a speller wants to know."""

    READER = "reader"
    """The reviewer's."""
    SOURCE = "source"
    """The source's."""
    ENGLISH = "english"
    """This program's own."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a remark."""

    text: str
    tone: Tone = Tone.PLAIN
    tongue: Tongue = Tongue.READER


Remark: TypeAlias = tuple[Part, ...]
"""One line; its parts together are a sentence that is understood without colours."""

LONGEST = 60
"""Characters of a passage that are quoted; it is marked in its place anyway."""

_ARROW, _BETWEEN = "\u00a0→ ", "\u00a0· "
"""No line begins with them."""

_NOBODY = "unknown"
"""Who wrote a comment that came back without a name."""

_OFFICE = {"attribution", "decisions"}
"""Checks whose findings only the office can settle; that somebody is quoted is said otherwise."""

_SEVERITY = {Severity.ERROR: Tone.ERROR, Severity.WARNING: Tone.DOUBT, Severity.INFO: Tone.QUIET}


def remarks(row: ReviewRow, words: ReviewWords) -> Iterator[Remark]:
    """Yield the remarks on a segment, one line each, in the reviewer's language.

    Args:
        row: the segment, and what is known about it.
        words: of the reviewer's language.
    """
    kind = (Part(f"{words.kinds[row.kind]} · ", Tone.QUIET),) if row.kind in words.kinds else ()
    first, *others = _standing(row, words)
    yield (*kind, *first)
    yield from others
    yield from _former(row, words)
    yield from _doubts(row, words)
    yield from _hints(row, words)


def _standing(row: ReviewRow, words: ReviewWords) -> Iterator[Remark]:
    """Yield what the text is: missing, reviewed, a machine's, or an approved one for this or a similar sentence."""
    segment, origin = row.segment, row.segment.origin
    if not plain(segment.target).strip():
        yield (Part(words.to_translate, Tone.ERROR),)
        if segment.failure:
            yield (Part(f"{words.failed} ", Tone.QUIET), Part(segment.failure, tongue=Tongue.ENGLISH))
    elif segment.state in {State.REVIEWED, State.FINAL}:
        yield (Part(f"✓ {words.reviewed}", Tone.GOOD),)
    elif origin is None or origin.kind is not OriginKind.TM:
        yield (Part(words.machine, Tone.QUIET),)
    elif origin.matched:
        yield (Part(words.from_memory.format(score=origin.score or 100), Tone.DOUBT),)
        yield tuple(_difference(word_diff(plain(origin.matched), plain(segment.source))))
    else:
        yield (Part(words.known, Tone.QUIET),)


def _former(row: ReviewRow, words: ReviewWords) -> Iterator[Remark]:
    """Yield how the source was rewritten since the last review, and what was reviewed then."""
    if row.former is not None:
        yield (Part(f"{words.changed} ", Tone.DOUBT), *_difference(row.former.changes))
        if former := plain(row.former.target):
            yield (Part(f"{words.suggestion} ", Tone.QUIET), Part(former))


def _difference(pieces: Iterable[Piece]) -> Iterator[Part]:
    """Yield two texts of the source in one; what is gone and what is new have a sign as well as a tone."""
    signs = {PieceKind.DELETED: ("−", Tone.GONE), PieceKind.INSERTED: ("+", Tone.NEW)}
    for piece in pieces:
        sign, tone = signs.get(piece.kind, ("", Tone.PLAIN))
        yield Part(f"[{sign}{piece.text}]" if sign else piece.text, tone, Tongue.SOURCE)


def _doubts(row: ReviewRow, words: ReviewWords) -> Iterator[Remark]:
    """Yield what the checks found, and what somebody asked before."""
    missing = not plain(row.segment.target).strip()
    for issue in row.issues:
        if issue.check not in _OFFICE and not (missing and issue.check == "untranslated"):
            yield tuple(_finding(issue, row, words))
    for comment in row.comments:
        person = comment.by.partition(" <")[0]
        asked = words.comment_unsigned if person == _NOBODY else words.comment.format(person=person)
        about = f"{_quote(comment.quoted, words)} – " if 0 < len(comment.quoted) <= LONGEST else ""
        yield (Part(f"{comment.id} · {asked} ", Tone.DOUBT), Part(f"{about}{comment.text}"))


def _finding(issue: Issue, row: ReviewRow, words: ReviewWords) -> Iterator[Part]:
    weight = {Severity.ERROR: words.error, Severity.WARNING: words.warning, Severity.INFO: words.info}
    name = words.checks.get(issue.check, issue.check)
    yield Part(f"{name} ({weight[issue.severity]}){words.colon} ", _SEVERITY[issue.severity])
    source = _passages(plain(row.segment.source), issue.source, words)
    target = _passages(plain(row.segment.target), issue.target, words)
    if source:
        yield Part(source, tongue=Tongue.SOURCE)
    if target:
        yield Part(f"{_ARROW}{target}" if source else target)
    if not (source and target):
        between = " – " if source or target else ""
        advice = words.advice.get(issue.check)
        said, tongue = (advice, Tongue.READER) if advice else (issue.message, Tongue.ENGLISH)
        yield Part(f"{between}{said}", tongue=tongue)
    if issue.fix:
        yield Part(f" · {words.proposal} ", Tone.QUIET)
        yield Part(", ".join(dict.fromkeys(_quote(edit.new, words) for edit in issue.fix)), Tone.NEW)


def _passages(text: str, spans: tuple[Span, ...], words: ReviewWords) -> str:
    passages = (text[span.start : span.end] for span in spans)
    return ", ".join(dict.fromkeys(_quote(passage, words) for passage in passages if 0 < len(passage) <= LONGEST))


def _quote(text: str, words: ReviewWords) -> str:
    """Return words of a text in quotation marks; signs that cannot be seen are named instead."""
    if text.strip():
        return words.quoted.format(text=text.strip())
    return words.blanks.get(text, words.blanks[" "])


def _hints(row: ReviewRow, words: ReviewWords) -> Iterator[Remark]:
    """Yield what may help: that somebody is quoted, terms, another engine's version."""
    if row.quotation:
        yield (Part(words.quotation, Tone.QUIET),)
    if row.terms:
        yield (Part(f"{words.terms} ", Tone.QUIET), *_terms(row))
    origin = row.segment.origin
    if origin is not None and origin.other and row.segment.state is State.TRANSLATED:
        yield (Part(f"{words.other} ", Tone.QUIET), Part(origin.other))


def _terms(row: ReviewRow) -> Iterator[Part]:
    for number, pair in enumerate(row.terms):
        yield Part(f"{_BETWEEN if number else ''}{pair.source}", tongue=Tongue.SOURCE)
        if pair.target != pair.source:
            yield Part(f"{_ARROW}{pair.target}")
