"""What a language must offer."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from pipeline.locales.cues import Cues
from pipeline.locales.inflection import Inflection
from pipeline.locales.labels import Label
from pipeline.model.inline import TextEdit
from pipeline.model.quantity import Quantity, Value


class Locale(Protocol):
    """A language, in the profile of one BCP 47 tag."""

    @property
    def tag(self) -> str:
        """As in the settings: `de`, `fr`, `fr-CH`."""
        ...

    @property
    def months(self) -> tuple[str, ...]:
        """The names of the twelve months."""
        ...

    @property
    def cues(self) -> Cues:
        """By which words an import recognises things."""
        ...

    @property
    def inflection(self) -> Inflection:
        """How its words change, for finding terms."""
        ...

    def sentences(self, text: str, abbreviations: frozenset[str]) -> tuple[tuple[int, int], ...]:
        """Return the sentences of `text` as (start, end) character offsets, without the white space between.

        `abbreviations` are the office's own, on top of the language's; lower case, with their full stops.
        """
        ...

    def typography(self, text: str) -> Sequence[TextEdit]:
        """Return what must change for `text` to follow the language's typography; nothing the second time."""
        ...

    def quantities(self, text: str) -> tuple[Quantity, ...]:
        """Return the numbers, amounts, dates and times of `text` in order, without overlap.

        What carries no value to compare is left out: Roman numerals, figures inside names (`2G`, `A320`),
        addresses, telephone numbers. Number words are found too and marked so.
        """
        ...

    def rewrite(self, written: str, value: Value) -> str | None:
        """Return `value` written the way `written` is: a date with or without year, a number in the same form.

        None where a word around it would have to change with it (`1,5 million`, but `2 millions`), or the value
        lacks something that `written` has.
        """
        ...

    def label(self, label: Label) -> str:
        """Return a fixed label."""
        ...

    def day(self, day: date) -> str:
        """Return a date in running text: `12. November 2019`, `1er novembre 2019`."""
        ...

    def moment(self, moment: datetime) -> str:
        """Return a date and time of day: `12. November 2019, 12.00 Uhr`, `12 novembre 2019 à 12 h 00`."""
        ...

    def date_line(self, place: str | None, day: date | None) -> str | None:
        """Return place and date as they open a release: `Saarbrücken, 1. November 2019`; None for neither."""
        ...

    def integer(self, number: int) -> str:
        """Return a whole number with the language's thousands mark."""
        ...
