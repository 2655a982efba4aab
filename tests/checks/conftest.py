"""A check, let loose on one pair of sentences."""

from collections.abc import Callable, Sequence

import pytest

from pipeline import locales
from pipeline.checks.base import Check, Subject
from pipeline.formats.inline_markdown import parse_inline
from pipeline.model.bitext import Bitext, Segment, State, Unit
from pipeline.model.issue import Issue
from pipeline.model.termbase import Concept, Termbase
from pipeline.model.texts import TextKind
from pipeline.terms.index import TermIndex

Look = Callable[..., tuple[Issue, ...]]
"""`look(check, source, target, *, pair=("de", "fr"), concepts=(), kind=TextKind.PARAGRAPH)`; inline Markdown."""


def find(
    check: Check,
    source: str,
    target: str,
    *,
    pair: tuple[str, str] = ("de", "fr"),
    concepts: Sequence[Concept] = (),
    kind: TextKind = TextKind.PARAGRAPH,
) -> tuple[Issue, ...]:
    """Return what `check` finds in a segment of its own."""
    segment = Segment(
        id="S001",
        source=parse_inline(source),
        target=parse_inline(target),
        state=State.TRANSLATED if target else State.INITIAL,
    )
    unit = Unit(path="blocks.0", kind=kind, segments=(segment,))
    bitext = Bitext(release="2026-11-23-probe", source_locale=pair[0], target_locale=pair[1], units=(unit,))
    terms = TermIndex(Termbase(concepts=tuple(concepts)), source=pair[0], target=pair[1])
    return tuple(
        check.find(Subject(bitext=bitext, locales=(locales.get(pair[0]), locales.get(pair[1])), terms=terms))
    )


@pytest.fixture
def look() -> Look:
    return find
