"""Formatting as inline codes: `<g>` around formatted words, `<x/>` for a line break.

Ids are given by the exported texts alone, so that a reader who has those knows what each id means, whatever a tool
did to the codes' other attributes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.model.inline import Inlines, Run, merge

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
X = f"{{{NAMESPACE}}}"

_PLAIN = Run(text="")
_UNWRITTEN = {"mrk"}
"""Elements that tools put around text and that change nothing about it."""


class UnreadableCodeError(ValueError):
    """A code whose meaning nobody can know."""


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of one segment."""

    forms: tuple[Run, ...]
    """Each formatting that occurs in source or target; its id is its place, counted from 1."""

    @property
    def line_break(self) -> str:
        """The id of every line break."""
        return str(len(self.forms) + 1)

    @classmethod
    def of(cls, *texts: Inlines) -> "Codes":
        """Return the codes of a segment, from its texts as they were exported: source, then target."""
        forms = (replace(run, text="") for text in texts for run in text)
        return cls(tuple(form for form in dict.fromkeys(forms) if form != _PLAIN))

    def write(self, parent: "_Element", text: Inlines) -> None:
        """Put `text` into `parent`; all its formattings are among the codes."""
        for run in text:
            form = replace(run, text="")
            if form == _PLAIN:
                self._letters(parent, run.text)
            else:
                number = str(self.forms.index(form) + 1)
                code = parent.makeelement(f"{X}g", {"id": number, "ctype": _kind(form)})
                parent.append(code)
                self._letters(code, run.text)

    def read(self, parent: "_Element") -> Inlines:
        """Return the text in `parent`.

        Raises:
            UnreadableCodeError: a code that the exported segment does not have, or one of a kind it never has.
        """
        return merge(self._inside(parent, _PLAIN))

    def lost(self, before: Inlines, after: Inlines) -> tuple[str, ...]:
        """Return the formattings of `before` that `after` has no more, in words."""
        there = {replace(run, text="") for run in after}
        gone = (replace(run, text="") for run in before)
        return tuple(_kind(form) for form in dict.fromkeys(gone) if form != _PLAIN and form not in there)

    def _letters(self, parent: "_Element", text: str) -> None:
        first, *others = text.split("\n")
        _append(parent, first)
        for line in others:
            parent.append(parent.makeelement(f"{X}x", {"id": self.line_break, "ctype": "lb"}))
            _append(parent, line)

    def _inside(self, parent: "_Element", form: Run) -> Iterator[Run]:
        yield replace(form, text=parent.text or "")
        for child in parent.iterchildren():
            name = child.tag.removeprefix(X) if isinstance(child.tag, str) else "comment"
            if name == "g":
                yield from self._inside(child, _both(form, self._form(child.get("id", ""))))
            elif name == "x" and child.get("id") == self.line_break:
                yield replace(form, text="\n")
            elif name in _UNWRITTEN:
                yield from self._inside(child, form)
            elif name != "comment":
                raise UnreadableCodeError(f"<{name}> {child.get('id', '')}".strip())
            yield replace(form, text=child.tail or "")

    def _form(self, number: str) -> Run:
        if not number.isdecimal() or not 1 <= int(number) <= len(self.forms):
            raise UnreadableCodeError(f"<g> {number}".strip())
        return self.forms[int(number) - 1]


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
    names = [
        name
        for name, on in (
            ("link", form.href is not None),
            ("bold", form.bold),
            ("italic", form.italic),
            ("code", form.code),
            ("language", form.lang is not None),
        )
        if on
    ]
    return names[0] if len(names) == 1 and names[0] in {"link", "bold", "italic"} else f"x-{'-'.join(names)}"


def _append(parent: "_Element", text: str) -> None:
    """Append characters behind everything that `parent` holds."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
