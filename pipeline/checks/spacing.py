"""Check 8: the spaces, apostrophes and marks that the target language's typography asks for."""

from collections.abc import Iterator

from pipeline.checks.base import Check, Subject
from pipeline.locales.typeset import typeset
from pipeline.model.bitext import Segment
from pipeline.model.inline import Inlines, TextEdit, plain
from pipeline.model.issue import Issue, Severity, Span

_BLANKS = "blanks"
"""The typography's rule for several blanks in a row, which `form` tells about."""


def _wanted(subject: Subject) -> Iterator[tuple[Segment, tuple[TextEdit, ...]]]:
    """Yield each segment with what typography would change in its target.

    Code and passages of another language are left alone. What a quotation mark is depends on the sentences before
    it, so the translation is set as a whole.
    """
    changes = typeset(subject.bitext, subject.target)
    for segment in subject.bitext.segments():
        closed = tuple(_closed(segment.target, subject.target.tag.partition("-")[0]))
        yield (
            segment,
            tuple(
                edit
                for edit in changes.get(segment.id, ())
                if not any(edit.start < end and start < edit.end for start, end in closed)
            ),
        )


def _closed(text: Inlines, language: str) -> Iterator[tuple[int, int]]:
    offset = 0
    for run in text:
        if run.code or (run.lang is not None and run.lang.partition("-")[0] != language):
            yield offset, offset + len(run.text)
        offset += len(run.text)


def _find(subject: Subject) -> Iterator[Issue]:
    for segment, edits in _wanted(subject):
        # Blanks alone are another check's; together with a sign they are part of what is wrong with it.
        rules = dict.fromkeys(edit.rule for edit in edits if edit.rule != _BLANKS or edit.new.strip())
        for rule in rules:
            group = tuple(edit for edit in edits if edit.rule == rule)
            yield _issue(segment, subject.target.tag, group)


def _issue(segment: Segment, language: str, edits: tuple[TextEdit, ...]) -> Issue:
    text = plain(segment.target)
    spans = tuple(_shown(edit, len(text)) for edit in edits)
    places = f" in {len(edits)} places" if len(edits) > 1 else ""
    return Issue(
        check=CHECK.name,
        severity=Severity.WARNING,
        segment=segment.id,
        message=(
            f"Typography ({edits[0].rule}) is not as {language} has it{places}: "
            f"“{text[spans[0].start : spans[0].end]}”"
        ),
        target=spans,
        fix=edits,
    )


def _shown(edit: TextEdit, length: int) -> Span:
    """Return the characters to show for an edit: those it replaces, or those between which something is missing."""
    if edit.start < edit.end:
        return Span(start=edit.start, end=edit.end)
    return Span(start=max(edit.start - 1, 0), end=min(edit.end + 1, length))


CHECK = Check(
    name="spacing",
    title="Typography",
    rule=(
        "Spaces, apostrophes, quotation marks and dashes are those of the target language in the profile of its "
        "tag: in French after the Lexique of the Imprimerie nationale. Code, addresses and passages marked in "
        "another language are left alone. Each finding can be put right at once."
    ),
    example="Drei Fragen: → Trois questions: (fr: a no-break space before the colon)",
    severity=Severity.WARNING,
    find=_find,
)
