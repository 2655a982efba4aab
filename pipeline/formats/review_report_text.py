"""The report of a review as text, for a terminal or a mail."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from textwrap import wrap

from pipeline.formats.review_report import CHOICES, duration, figures, head, person
from pipeline.model.difference import Piece, PieceKind
from pipeline.model.inline import plain
from pipeline.model.report import Effort, EngineEffort, ReviewReport, ReviewSummary, Round, SegmentReport
from pipeline.model.review import Comment, Conflict

INDENT = " " * 6
HEADER = ("Unchanged", "Words changed", "Characters", "chrF")

_MARKS = {PieceKind.EQUAL: "{}", PieceKind.DELETED: "[-{}]", PieceKind.INSERTED: "[+{}]"}

Paint = Callable[[Piece], str]
"""How a piece of a text looks; the marks stand in it already."""


def to_text(report: ReviewReport, width: int, paint: Paint) -> str:
    """Return a report in lines of at most `width` characters, where words allow it: figures, then the changes."""
    lines = [f"Review of {report.release}, {report.source_locale} → {report.target_locale}"]
    lines += [*wrap(report.title, width), "", *_facts(report, width)]
    if report.engines:
        lines += ["", *_table("Drafted by", _rows(report.engines, report.total)), "", *_explained(report, width)]
    for item in report.segments:
        if item.touched:
            lines += ["", *_segment(item, width, paint)]
    if report.elsewhere:
        lines += ["", "About no sentence of the text as it stands"]
        lines += [line for item in report.elsewhere for line in _comment(item, width)]
    return "\n".join(lines)


def summary_to_text(summary: ReviewSummary, width: int) -> str:
    """Return a summary: engines first, then releases."""
    if not summary.engines:
        return "No draft of an engine or the memory has been reviewed yet."
    lines = list(_table("Drafted by", _rows(summary.engines, summary.total)))
    rows = [(item.release, item.total) for item in summary.reports if item.engines]
    lines += ["", *_table("Release", rows), "", *wrap(_MEANING, width), *wrap(summary.signature, width)]
    return "\n".join(lines)


_MEANING = (
    "Unchanged: accepted with the words of the draft. Words changed, Characters: insertions, deletions and "
    "replacements for each hundred of the final text. chrF: likeness of draft and final text, 100 is the same."
)


def _explained(report: ReviewReport, width: int) -> list[str]:
    return [*wrap(_MEANING, width), *wrap(f"chrF by sacrebleu: {report.signature}", width)]


def _facts(report: ReviewReport, width: int) -> Iterator[str]:
    for item in report.rounds:
        yield from _fact("Sent", _round(item), width)
    total = report.total
    looked_at = total.segments + total.rejected
    parts = [f"{looked_at} looked at", f"{report.waiting} waiting", f"{report.by_hand} written by hand"]
    yield from _fact("Segments", f"{len(report.segments)}: {', '.join(parts)}", width)
    if looked_at:
        rejected = f", {total.rejected} rejected" if total.rejected else ""
        yield from _fact("Accepted", f"{total.unchanged} of {looked_at} drafts unchanged{rejected}", width)
    said = [item for item in report.comments if item.doubt is None]
    for label, all_, waiting in (
        ("Comments", len(said), sum(item.answer is None for item in said)),
        ("Doubts", len(report.doubts), sum(item.answer is None for item in report.doubts)),
        ("Conflicts", len(report.conflicts), sum(item.settled is None for item in report.conflicts)),
    ):
        yield from _fact(label, f"{all_}, {waiting} open" if waiting else str(all_), width)


def _fact(label: str, text: str, width: int) -> list[str]:
    return wrap(text, width, initial_indent=f"{label:<11}", subsequent_indent=" " * 11)


def _round(item: Round) -> str:
    sent = f"{item.export} ({item.door}) on {item.sent:%Y-%m-%d at %H:%M} by {person(item.sent_by)}"
    if item.took is None:
        return f"{sent}; not back yet"
    back = [
        f"on {at:%Y-%m-%d at %H:%M}" + (f" from {person(sender)}" if sender else "") for at, sender in item.returned
    ]
    again = "".join(f"; again {text}" for text in back[1:])
    return f"{sent}; back {back[0]}, after {duration(item.took)}{again}"


def _rows(engines: Iterable[EngineEffort], total: Effort) -> list[tuple[str, Effort]]:
    rows = [(item.engine, item.effort) for item in engines]
    return rows if len(rows) == 1 else [*rows, ("all", total)]


def _table(first: str, rows: Sequence[tuple[str, Effort]]) -> Iterator[str]:
    header = (first, "Segments", *HEADER)
    cells = [(label, *figures(effort)) for label, effort in rows]
    widths = [max(len(row[column]) for row in (header, *cells)) for column in range(len(header))]
    for row in (header, *cells):
        numbers = (cell.rjust(size) for cell, size in zip(row[1:], widths[1:], strict=True))
        yield "  ".join((row[0].ljust(widths[0]), *numbers))


def _segment(item: SegmentReport, width: int, paint: Paint) -> Iterator[str]:
    yield from wrap(head(item), width, initial_indent=f"{item.segment:<6}", subsequent_indent=INDENT)
    yield from wrap(item.source, width, initial_indent=INDENT, subsequent_indent=INDENT)
    for line in wrapped(item.changes, width - len(INDENT)):
        yield INDENT + "".join(map(paint, line))
    for conflict in item.conflicts:
        yield from wrap(_conflict(conflict), width, initial_indent=INDENT, subsequent_indent=INDENT)
    for comment in item.comments:
        yield from _comment(comment, width)


def _conflict(item: Conflict) -> str:
    end = (
        f"settled by {person(item.settled.by)}: {CHOICES[item.settled.choice]}"
        if item.settled
        else "not settled yet"
    )
    return f"Conflict with a correction of {person(item.by)} “{plain(item.theirs)}”: {end}"


def _comment(item: Comment, width: int) -> Iterator[str]:
    about = f" about “{item.quoted}”" if item.quoted else ""
    doubt = f" ({item.doubt})" if item.doubt else ""
    said = f"{item.id} {person(item.by)}{about}{doubt}: {item.text or '(no text)'}"
    yield from wrap(said, width, initial_indent=INDENT, subsequent_indent=f"{INDENT}  ")
    answer = f"{person(item.answer.by)}: {item.answer.text}" if item.answer else "no answer yet"
    yield from wrap(f"→ {answer}", width, initial_indent=f"{INDENT}  ", subsequent_indent=f"{INDENT}    ")


def wrapped(pieces: Iterable[Piece], width: int) -> Iterator[tuple[Piece, ...]]:
    """Yield lines of pieces, their marks added; lines are broken at blanks, also inside a piece."""
    letters: list[tuple[str, PieceKind]] = []
    before = PieceKind.EQUAL
    for piece in pieces:
        if PieceKind.EQUAL not in {before, piece.kind}:
            letters.append((" ", PieceKind.EQUAL))
        letters += [(letter, piece.kind) for letter in _MARKS[piece.kind].format(piece.text)]
        before = piece.kind
    line: list[tuple[str, PieceKind]] = []
    for blank, group in groupby(letters, lambda item: item[0] in " \n"):
        word = list(group)
        if line and not blank and len(line) + len(word) > width:
            yield _line(line)
            line = []
        if line or not blank:
            line += word
    if line:
        yield _line(line)


def _line(letters: list[tuple[str, PieceKind]]) -> tuple[Piece, ...]:
    while letters and letters[-1][0] in " \n":
        letters = letters[:-1]
    groups = groupby(letters, lambda item: item[1])
    pieces = [Piece(kind=kind, text="".join(letter for letter, _ in group)) for kind, group in groups]
    return tuple(Piece(kind=piece.kind, text=piece.text.replace("\n", " ")) for piece in pieces)
