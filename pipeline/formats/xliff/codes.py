"""Formatting as inline codes: `<g>` around formatted words, `<x/>` for a line break.

Every code of a source has an id of its own, counted from 1; the same formatting in the target has the same id, the
first there for the first here. What an id stands for follows from the exported texts alone, whatever a tool wrote
beside it. A tool may number the codes anew: then the source that it sends back tells which is which.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.formats.xliff.tokens import Mark, Token, UnreadableCodeError, X, unknown
from pipeline.model.inline import Inlines, Run, merge

if TYPE_CHECKING:
    from lxml.etree import _Element

_PLAIN = Run(text="")
_BREAK = Run(text="\n")
"""What stands for a line break among formattings, which have no text."""


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of one unit."""

    forms: tuple[Run, ...]
    """What each id stands for, from 1 on: a formatting without text, or a line break."""

    @classmethod
    def of(cls, source: Inlines, target: Inlines) -> "Codes":
        """Return the codes of a segment, from its texts as they are exported."""
        first = Counter(_forms(source))
        return cls((*_forms(source), *(Counter(_forms(target)) - first).elements()))

    def write(self, parent: "_Element", text: Inlines) -> None:
        """Put `text`, the source or the target, into `parent`."""
        numbers = {form: self._numbers(form) for form in self.forms}
        for run in merge(text):
            form = replace(run, text="")
            holder = parent
            if form != _PLAIN:
                holder = _append_code(parent, "g", next(numbers[form]), _kind(form))
            first, *others = run.text.split("\n")
            _append(holder, first)
            for line in others:
                _append_code(holder, "x", next(numbers[_BREAK]), "lb")
                _append(holder, line)

    def known(self, sent: Sequence[Token], returned: Sequence[Token]) -> Mapping[str, Run]:
        """Return what each id in a returned unit stands for.

        Args:
            sent: the unit's source as it was sent.
            returned: its source as it came back; the characters are the same.

        Raises:
            UnreadableCodeError: the source's codes are others than were sent.
        """
        own = {str(number): form for number, form in enumerate(self.forms, 1)}
        if all(token.mark is Mark.TEXT for token in returned):
            # A tool that dropped the codes of a source numbered none anew.
            return own
        if [_shape(token) for token in sent] != [_shape(token) for token in returned]:
            raise UnreadableCodeError("The formatting of the source is another one than was sent")
        if sent == returned:
            return own
        pairs = [
            (there.value, own[here.value])
            for here, there in zip(sent, returned, strict=True)
            if here.mark is not Mark.TEXT
        ]
        names = dict(pairs)
        if any(names[number] != form for number, form in pairs):
            raise UnreadableCodeError("The source’s inline codes came back with ids that mean two things")
        return names

    def _numbers(self, form: Run) -> Iterator[str]:
        return (str(number) for number, other in enumerate(self.forms, 1) if other == form)


def read(found: Iterable[Token], names: Mapping[str, Run]) -> tuple[Inlines, Counter[Run]]:
    """Return a text, and how often each code stands in it.

    Raises:
        UnreadableCodeError: a code has an id that was not sent.
    """
    runs: list[Run] = []
    used: Counter[Run] = Counter()
    around = [(_PLAIN, _PLAIN, 0)]
    for token in found:
        form = around[-1][0]
        match token.mark:
            case Mark.TEXT:
                runs.append(replace(form, text=token.value))
            case Mark.ALONE:
                used[_expect(token, names, "x")] += 1
                runs.append(replace(form, text="\n"))
            case Mark.OPEN:
                inner = _expect(token, names, "g")
                around.append((_both(form, inner), inner, len(runs)))
            case Mark.CLOSE:
                _, inner, start = around.pop()
                if len(runs) > start:  # a code around nothing formats nothing
                    used[inner] += 1
    return merge(runs), used


def counted(text: Inlines) -> Counter[Run]:
    """Return how often each code stands in a text of ours."""
    return Counter(_forms(text))


def described(forms: Iterable[Run]) -> str:
    """Return what codes stand for, in words, each kind once: `bold and italic, line break`."""
    kinds = ("line break" if form == _BREAK else " and ".join(_names(form)) for form in forms)
    return ", ".join(dict.fromkeys(kinds))


def _forms(text: Inlines) -> tuple[Run, ...]:
    """Return the codes of a text in the order in which they begin."""
    return tuple(
        form
        for run in merge(text)
        for form in (replace(run, text=""), *(_BREAK for _ in range(run.text.count("\n"))))
        if form != _PLAIN
    )


def _expect(token: Token, names: Mapping[str, Run], element: str) -> Run:
    form = names.get(token.value)
    if form is None or (form == _BREAK) != (element == "x"):
        raise UnreadableCodeError(unknown(element, token.value))
    return form


def _shape(token: Token) -> tuple[Mark, str]:
    return token.mark, token.value if token.mark is Mark.TEXT else ""


def _both(outer: Run, inner: Run) -> Run:
    """Return two formattings in one, the inner one's link and language before the outer's."""
    return Run(
        text="",
        bold=outer.bold or inner.bold,
        italic=outer.italic or inner.italic,
        code=outer.code or inner.code,
        href=inner.href or outer.href,
        lang=inner.lang or outer.lang,
    )


def _kind(form: Run) -> str:
    """Return the `ctype` of a formatting: a standard value where it is one thing alone (XLIFF 1.2, 2.3)."""
    names = _names(form)
    return names[0] if len(names) == 1 and names[0] in {"link", "bold", "italic"} else f"x-{'-'.join(names)}"


def _names(form: Run) -> tuple[str, ...]:
    there = {
        "link": form.href is not None,
        "bold": form.bold,
        "italic": form.italic,
        "code": form.code,
        "language": form.lang is not None,
    }
    return tuple(name for name, on in there.items() if on)


def _append_code(parent: "_Element", name: str, number: str, kind: str) -> "_Element":
    code = parent.makeelement(f"{X}{name}", {"id": number, "ctype": kind})
    parent.append(code)
    return code


def _append(parent: "_Element", text: str) -> None:
    """Append characters behind everything that `parent` holds."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
