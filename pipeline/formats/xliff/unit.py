"""One `trans-unit` as it came back: what it says of the segment that was sent."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from pipeline.formats.review_docx.read_signs import person
from pipeline.formats.xliff import codes
from pipeline.formats.xliff.codes import Codes
from pipeline.formats.xliff.tokens import Token, UnreadableCodeError, X, tokens, words
from pipeline.formats.xliff.write import EXPORT, OURS, SOURCE
from pipeline.formats.xml_characters import CONTROL
from pipeline.model.exchange import Door, Remark, Returned, Sent, Stray
from pipeline.model.inline import Inlines, Run, merge, plain

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_TEXT = 100_000
"""Characters of one text."""

Finding: TypeAlias = Returned | Stray | str
"""A segment, a doubt about it, or a notice."""


def read_unit(unit: "_Element", sent: Sent, door: Door) -> Iterator[Finding]:
    """Yield a segment as it came back, doubts about it, and what is worth knowing.

    Args:
        unit: the one with the segment's id.
        sent: what was sent.
        door: what the export was made for.
    """
    if len(unit.findall(f"{X}target")) > 1:
        yield _stray("It came back with several translations", unit, sent)
        return
    try:
        target, used = _target(unit, sent)
    except UnreadableCodeError as error:
        yield _stray(str(error), unit, sent)
    else:
        yield from _meant(sent, target, door) or _corrected(sent, target, used)


def said(unit: "_Element") -> str:
    """Return what somebody wrote as translation, as it may be shown: without codes and control characters."""
    texts = ("".join(part.itertext()) for part in unit.iterfind(f"{X}target"))
    return _shown(" / ".join(texts))


def remarks(parent: "_Element", segment: str | None) -> Iterator[Remark]:
    """Yield the notes in `parent`, a unit or a header, that are not ours."""
    for note in parent.iterfind(f"{X}note"):
        text = _shown("".join(note.itertext()))
        if note.get("from") not in {OURS, SOURCE, EXPORT} and text:
            yield Remark(segment=segment, by=person(note.get("from")), at=None, text=text)


def _target(unit: "_Element", sent: Sent) -> tuple[Inlines, Counter[Run]]:
    """Return the target, and how often each code stands in it.

    Raises:
        UnreadableCodeError: the source is another one than was sent, a code was not sent, or there is far more than
            any translation has.
    """
    own = Codes.of(sent.source, sent.target)
    scratch = unit.makeelement(f"{X}source")
    own.write(scratch, sent.source)
    source = _tokens(unit, "source")
    if words(source) != plain(sent.source):
        raise UnreadableCodeError("The source text is another one than was sent")
    target = _tokens(unit, "target")
    if len(words(target)) > MAX_TEXT:
        raise UnreadableCodeError(f"The translation has more than {MAX_TEXT:,} characters")
    return codes.read(target, own.known(tokens(scratch), source))


def _tokens(unit: "_Element", name: str) -> tuple[Token, ...]:
    found = unit.find(f"{X}{name}")
    return () if found is None else tokens(found)


def _meant(sent: Sent, target: Inlines, door: Door) -> tuple[Finding, ...]:
    """Return what a target means in which nobody wrote anything new; nothing where somebody did."""
    text, source = plain(target), merge(sent.source)
    unchanged = Returned(segment=sent.segment, target=sent.target)
    if door is Door.OMEGAT and (target == source or not text.strip()):
        # A kit goes out with the source in the targets, and OmegaT leaves it where nobody translated.
        return (unchanged,)
    if target == merge(sent.target):
        return (replace(unchanged, confirmed=door is Door.OMEGAT),)
    if not text.strip():
        emptied = Stray(reason="The translation was emptied", text="", segment=sent.segment)
        return (emptied if plain(sent.target).strip() else unchanged,)
    if text == plain(source) and any(letter.isalpha() for letter in text):
        # Tools put the source where nobody translated.
        return unchanged, f"{sent.segment} came back in the source language; taken as not translated"
    return ()


def _corrected(sent: Sent, target: Inlines, used: Counter[Run]) -> Iterator[Finding]:
    """Yield a text that somebody wrote, and what became of its formatting."""
    text = plain(target)
    if CONTROL.search(text):
        reason = "The translation holds a control character"
        yield Stray(reason=reason, text=_shown(text), segment=sent.segment)
        return
    yield Returned(segment=sent.segment, target=target)
    source, draft = codes.counted(sent.source), codes.counted(sent.target)
    for told, forms in (
        ("The formatting is gone", (draft if sent.target else source) - used),
        # A draft may have lost what the source has; who puts it back is right.
        ("The formatting stands there more often than it was sent", used - (draft | source)),
    ):
        if forms:
            yield Stray(reason=f"{told}: {codes.described(forms)}", text=text, segment=sent.segment)


def _stray(reason: str, unit: "_Element", sent: Sent) -> Stray:
    return Stray(reason=reason, text=said(unit), segment=sent.segment)


def _shown(text: str) -> str:
    return CONTROL.sub(" ", text[:MAX_TEXT]).strip()
