"""Small releases for checks that look at more than one sentence."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline import locales
from pipeline.checks.base import Check, Subject
from pipeline.formats.inline_markdown import parse_inline
from pipeline.model.bitext import Bitext, Segment, State, Unit
from pipeline.model.inline import TextEdit, apply_edits, plain
from pipeline.model.issue import Issue
from pipeline.model.release import Release
from pipeline.model.termbase import Termbase
from pipeline.model.texts import TextKind
from pipeline.terms.index import TermIndex

Pairs = Sequence[tuple[str, str]]


def bitext(*paragraphs: Pairs, kind: TextKind = TextKind.PARAGRAPH, pair: tuple[str, str] = ("de", "fr")) -> Bitext:
    """Return paragraphs of (source, target) in inline Markdown; an empty target was not translated."""
    number = 0
    units = []
    for index, pairs in enumerate(paragraphs):
        segments = []
        for source, target in pairs:
            number += 1
            state = State.TRANSLATED if target else State.INITIAL
            segments.append(
                Segment(
                    id=f"S{number:03d}",
                    source=parse_inline(source),
                    target=parse_inline(target),
                    state=state,
                    tail=" ",
                )
            )
        path = f"blocks.0.{index}" if kind is TextKind.QUOTE else f"blocks.{index}"
        units.append(Unit(path=path, kind=kind, segments=tuple(segments)))
    return Bitext(
        release="r", source_locale=pair[0], target_locale=pair[1], units=tuple(units), next_number=number + 1
    )


def issues(check: Check, text: Bitext, release: Release | None = None) -> tuple[Issue, ...]:
    """Return what `check` finds in `text`."""
    tags = text.source_locale, text.target_locale
    terms = TermIndex(Termbase(), source=tags[0], target=tags[1])
    both = locales.get(tags[0]), locales.get(tags[1])
    return tuple(check.find(Subject(bitext=text, locales=both, terms=terms, release=release)))


def changed(text: Bitext, change: Callable[[Segment], Segment], *ids: str) -> Bitext:
    """Return `text` with some of its segments changed; all of them where none is named."""
    return text.map_segments(lambda item: change(item) if not ids or item.id in ids else item)


def fixed(target: str, issue: Issue) -> str:
    """Return a target with the fix of `issue`."""
    return plain(apply_edits(parse_inline(target), issue.fix))


def typeset(text: str, tag: str) -> str:
    """Return `text` in the typography of a language."""
    edits: Sequence[TextEdit] = locales.get(tag).typography(text)
    return plain(apply_edits(parse_inline(text), edits))


def silent_pairs() -> list[tuple[str, str]]:
    """Return good German sentences and their good French translations."""
    lines = (Path(__file__).parent / "silent_de_fr.txt").read_text(encoding="utf-8").splitlines()
    texts = [line for line in lines if line and not line.startswith("#")]
    return [(texts[index], typeset(texts[index + 1], "fr")) for index in range(0, len(texts), 2)]


def reviewed(segment: Segment) -> Segment:
    """Return `segment` in the state a person leaves it in."""
    return replace(segment, state=State.REVIEWED)
