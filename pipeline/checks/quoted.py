"""Quotations in a text, whatever marks they are written with; used by several checks."""

from dataclasses import dataclass

from pipeline.locales.quotes import QuoteStyle, quotes

_OPEN, _CLOSE, _OPEN_INNER, _CLOSE_INNER = "<>()"
_classified = quotes(QuoteStyle(outer=(_OPEN, _CLOSE), inner=(_OPEN_INNER, _CLOSE_INNER)))
"""The locales' own finder of quotation marks, here for what it knows of each mark: which half, outer or inner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """An outer quotation: characters `start` to `end` (exclusive), its marks included."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """The quotations of a text."""

    complete: tuple[Quotation, ...]
    stray: tuple[int, ...]
    """Offsets of marks without their other half."""
    open: int | None
    """Where the outer quotation begins that the text does not close."""

    def within(self, length: int) -> tuple[Quotation, ...]:
        """Return all outer quotations of a text of `length` characters, an open one up to its end."""
        if self.open is None:
            return self.complete
        return (*self.complete, Quotation(start=self.open, end=length))


def quoted(text: str) -> Quoted:
    """Return the quotations of `text`."""
    complete: list[Quotation] = []
    stray: list[int] = []
    inner: list[int] = []
    opened: int | None = None
    for offset, _, role in _classified(text):
        if role == _OPEN:
            opened = offset
        elif role == _OPEN_INNER:
            inner.append(offset)
        elif role == _CLOSE_INNER:
            inner.pop()
        elif opened is None:
            stray.append(offset)
        else:
            complete.append(Quotation(start=opened, end=offset + 1))
            stray += inner
            inner.clear()
            opened = None
    stray += [*inner, *([] if opened is None else [opened])]
    return Quoted(complete=tuple(complete), stray=tuple(sorted(stray)), open=opened)
