"""Choosing between several translations of one text: the one in which the checks find fewest errors."""

from collections.abc import Callable

from pipeline import locales
from pipeline.checks import contacts, dates, money, names, numbers, terminology
from pipeline.checks.base import Subject
from pipeline.model.bitext import Bitext, Segment, State, Unit
from pipeline.model.inline import inlines
from pipeline.model.issue import Severity
from pipeline.model.termbase import Termbase
from pipeline.model.texts import TextKind
from pipeline.terms.index import TermIndex

_JUDGING = (numbers.CHECK, dates.CHECK, money.CHECK, names.CHECK, contacts.CHECK, terminology.CHECK)
_ERROR, _OTHER = 10, 1


def judge(termbase: Termbase, *, source: str, target: str) -> Callable[[str, str], int]:
    """Return a function that weighs what the checks find in a translation: a text, its translation → 0 or more.

    Args:
        termbase: whose names and terms are looked for.
        source: language tag.
        target: language tag.
    """
    terms = TermIndex(termbase, source=source, target=target)
    pair = locales.get(source), locales.get(target)

    def weigh(text: str, translation: str) -> int:
        segment = Segment(id="S001", source=inlines(text), target=inlines(translation), state=State.TRANSLATED)
        unit = Unit(path="", kind=TextKind.PARAGRAPH, segments=(segment,))
        bitext = Bitext(release="", source_locale=source, target_locale=target, units=(unit,))
        subject = Subject(bitext=bitext, locales=pair, terms=terms)
        issues = (issue for check in _JUDGING for issue in check.find(subject))
        return sum(_ERROR if issue.severity is Severity.ERROR else _OTHER for issue in issues)

    return weigh
