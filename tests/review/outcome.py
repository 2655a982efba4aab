"""What came back of a script, held against what must come back."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from pipeline.model.exchange import Remark, Return, Returned
from pipeline.model.inline import Inlines, Run, plain
from tests.review.edits import Expected, Note, Wording


class Fault(StrEnum):
    """What can go wrong."""

    LOST = "lost"
    """A person's words came back nowhere, or not as written."""
    MISPLACED = "misplaced"
    """They came back somewhere else."""
    GUESSED = "guessed"
    """A segment was returned as certain though nobody can be."""
    DOUBTED = "doubted"
    """A segment was left to a person though there is no doubt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that went wrong."""

    fault: Fault
    segment: str | None
    detail: str


def findings(returned: Return, expected: Expected) -> tuple[Finding, ...]:
    """Return everything in which `returned` is not what is `expected`."""
    held = _Held(returned, expected)
    return (*held.targets(), *held.doubts(), *held.notes(), *held.loose())


@dataclass(frozen=True, slots=True)
class _Held:
    returned: Return
    expected: Expected

    def targets(self) -> Iterator[Finding]:
        """Yield what is wrong with the segments that can be told."""
        got = {item.segment: item for item in self.returned.segments}
        if len(got) < len(self.returned.segments):
            yield Finding(fault=Fault.MISPLACED, segment=None, detail="a segment came back twice")
        for segment, wording in {**self.expected.certain, **self.expected.unsure}.items():
            text = plain(wording.text)
            if segment in got:
                yield from self._compared(got[segment], wording)
            elif not self._left(segment, text):
                yield Finding(fault=Fault.LOST, segment=segment, detail=f"nowhere: {text!r}")
            elif segment in self.expected.certain:
                yield Finding(fault=Fault.DOUBTED, segment=segment, detail=self._reasons(segment))

    def doubts(self) -> Iterator[Finding]:
        """Yield what is wrong with the segments that nobody can tell."""
        got = {item.segment: item.target for item in self.returned.segments}
        for segment, text in self.expected.doubtful.items():
            if segment in got:
                yield Finding(fault=Fault.GUESSED, segment=segment, detail=repr(plain(got[segment])))
            elif not self._left(segment, text):
                yield Finding(fault=Fault.LOST, segment=segment, detail=f"not reported: {text!r}")

    def notes(self) -> Iterator[Finding]:
        """Yield comments and remarks that did not come back as they were written."""
        for note in (*self.expected.comments, *self.expected.remarks):
            alike = [item for item in self.returned.remarks if note.text in item.text]
            if any(self._same(note, item) for item in alike) or self._kept(note):
                continue
            fault = Fault.MISPLACED if alike else Fault.LOST
            yield Finding(fault=fault, segment=note.segment, detail=f"{note} came back as {alike}")

    def loose(self) -> Iterator[Finding]:
        """Yield texts of no segment that were not kept for a person."""
        for text in self.expected.loose:
            if not any(_blank(text) in _blank(stray.text) for stray in self.returned.strays):
                yield Finding(fault=Fault.LOST, segment=None, detail=repr(text))

    def _compared(self, got: Returned, wording: Wording) -> Iterator[Finding]:
        if letters(got.target) != letters(wording.text):
            others = {letters(other.text) for name, other in self.expected.certain.items() if name != got.segment}
            fault = Fault.MISPLACED if letters(got.target) in others else Fault.LOST
            detail = f"{got.target} instead of {wording.text}"
            yield Finding(fault=fault, segment=got.segment, detail=detail)
        authors = {change.by for change in got.changes}
        if not authors <= wording.authors or (wording.unknown and None not in authors):
            detail = f"by {authors} instead of {set(wording.authors)}"
            yield Finding(fault=Fault.MISPLACED, segment=got.segment, detail=detail)

    def _same(self, note: Note, remark: Remark) -> bool:
        if remark.by not in note.by:
            return False
        if note.segment not in self.expected.certain:  # a comment in a row that nobody can tell keeps its words
            return remark.segment in {note.segment, None}
        return remark.segment == note.segment and _blank(note.quoted) in _blank(remark.quoted)

    def _kept(self, note: Note) -> bool:
        """Tell whether a remark is kept with the rest of a row that is left to a person."""
        sure = note.segment in self.expected.certain
        return not sure and any(_blank(note.text) in _blank(stray.text) for stray in self.returned.strays)

    def _left(self, segment: str, text: str) -> bool:
        """Tell whether a segment is left to a person by name, and its text is kept there or in a nameless row."""
        named = [stray for stray in self.returned.strays if stray.segment == segment]
        nameless = [stray for stray in self.returned.strays if stray.segment is None]
        return bool(named) and any(_blank(text) in _blank(stray.text) for stray in (*named, *nameless))

    def _reasons(self, segment: str) -> str:
        return "; ".join(stray.reason for stray in self.returned.strays if stray.segment == segment)


def letters(text: Inlines) -> tuple[tuple[str, Run | None], ...]:
    """Return characters with their looks: nobody sees those of blanks, nor blanks at the ends."""
    found: list[tuple[str, Run | None]] = []
    for run in text:
        look = replace(run, text="")
        found += [(sign, None if sign.isspace() else look) for sign in run.text]
    while found and found[-1][1] is None:
        found.pop()
    start = next((place for place, (_, look) in enumerate(found) if look is not None), 0)
    return tuple(found[start:])


def _blank(text: str) -> str:
    """Return `text` with blanks of any kind and number as one."""
    return " ".join(text.split())
