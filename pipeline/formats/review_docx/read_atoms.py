"""Paragraphs of a returned document as atoms: characters with their formatting and the changes that touch them.

Word and LibreOffice keep a tracked text twice in one: with all changes accepted and with all rejected. Atoms say
for each stretch of text in which of the two it stands (ISO/IEC 29500-1, 17.13.5).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from pipeline.formats.review_docx.read_signs import INVISIBLE, local_time, person
from pipeline.model.exchange import ChangeKind
from pipeline.model.inline import Run

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

PARAGRAPH = "\u2029"
"""Stands for the end of a paragraph that another one follows in the same cell."""

_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_WRAPPERS = {"smartTag", "customXml", "sdt", "sdtContent", "dir", "bdo"}
_STRANGE = {
    "drawing": "a picture",
    "pict": "a picture",
    "object": "an embedded object",
    "AlternateContent": "a drawing",
    "footnoteReference": "a footnote",
    "endnoteReference": "an endnote",
    "ruby": "text with a reading above it",
    "tbl": "a table inside the cell",
    "altChunk": "another document inside the cell",
    "contentPart": "a drawing",
    "subDoc": "another document inside the cell",
    "oMath": "a formula",
    "oMathPara": "a formula",
}
"""What no translation holds; what is left of such a cell cannot be trusted."""


_PLAIN = Run(text="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Who changed something, and when by the clock of their machine."""

    kind: ChangeKind
    by: str | None
    at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Atom:
    """A stretch of text with one formatting and one fate."""

    text: str
    form: Run = _PLAIN
    inserted: Mark | None = None
    deleted: Mark | None = None
    formatted: Mark | None = None
    comments: frozenset[str] = frozenset()
    """Ids of the comments whose range it is in."""
    strange: str | None = None
    """What stands here that is no text, in words."""

    @property
    def accepted(self) -> bool:
        """Whether it stands in the text with all changes accepted."""
        return self.deleted is None

    @property
    def original(self) -> bool:
        """Whether it stands in the text with all changes rejected."""
        return self.inserted is None


@dataclass(slots=True)
class AtomReader:
    """Reads paragraphs one after the other; comments and fields may reach from one into the next.

    Args:
        links: addresses of the document's relationships by their ids.
        styles: bold, italic and code of each character style by its id.
    """

    links: Mapping[str, str]
    styles: Mapping[str, Run]
    _comments: set[str] = field(default_factory=set)
    _fields: list[list[str | None]] = field(default_factory=list)
    """Instruction and address of each field that is open, the innermost last."""

    def cell(self, cell: "_Element") -> tuple[Atom, ...]:
        """Return the atoms of a cell, or of anything else that holds paragraphs."""
        atoms: list[Atom] = []
        for part in _paragraphs(cell):
            if part.tag != f"{W}p":
                atoms.append(Atom(text="", strange=_STRANGE.get(_name(part), f"“{_name(part)}”")))
                continue
            atoms += self.paragraph(part)
            atoms.append(self._end(part))
        return tuple(atoms[:-1] if atoms and atoms[-1].text == PARAGRAPH else atoms)

    def paragraph(self, paragraph: "_Element") -> tuple[Atom, ...]:
        """Return the atoms of one paragraph, without its end."""
        return tuple(self._inside(paragraph, Atom(text="")))

    def _end(self, paragraph: "_Element") -> Atom:
        """Return the end of a paragraph, which is inserted or deleted like a character."""
        atom = Atom(text=PARAGRAPH, comments=frozenset(self._comments))
        for tag in ("ins", "moveTo"):
            for found in paragraph.iterfind(f"{W}pPr/{W}rPr/{W}{tag}"):
                atom = replace(atom, inserted=mark(found, ChangeKind.INSERTED))
        for tag in ("del", "moveFrom"):
            for found in paragraph.iterfind(f"{W}pPr/{W}rPr/{W}{tag}"):
                atom = replace(atom, deleted=mark(found, ChangeKind.DELETED))
        return atom

    def _inside(self, parent: "_Element", state: Atom) -> Iterator[Atom]:
        for child in parent.iterchildren():
            name = _name(child)
            match name:
                case "r":
                    yield from self._run(child, state)
                case "ins" | "moveTo":
                    kind = ChangeKind.INSERTED if name == "ins" else ChangeKind.MOVED
                    yield from self._inside(child, replace(state, inserted=mark(child, kind)))
                case "del" | "moveFrom":
                    kind = ChangeKind.DELETED if name == "del" else ChangeKind.MOVED
                    yield from self._inside(child, replace(state, deleted=mark(child, kind)))
                case "hyperlink":
                    href = self.links.get(child.get(f"{R}id", ""))
                    yield from self._inside(child, replace(state, form=replace(state.form, href=href)))
                case "fldSimple":
                    href = _field_address(child.get(f"{W}instr", ""))
                    yield from self._inside(child, replace(state, form=replace(state.form, href=href)))
                case "commentRangeStart":
                    self._comments.add(child.get(f"{W}id", ""))
                case "commentRangeEnd":
                    self._comments.discard(child.get(f"{W}id", ""))
                case _ if name in _WRAPPERS:
                    yield from self._inside(child, state)
                case _ if name in _STRANGE or child.tag.startswith(MATH):
                    yield replace(state, text="", strange=_STRANGE.get(name, "a formula"))
                case _ if name not in {"pPr", "r"} and any(True for _ in child.iter(f"{W}t", f"{W}delText")):
                    yield replace(state, text="", strange=f"“{name}”, which this program does not know")

    def _run(self, run: "_Element", state: Atom) -> Iterator[Atom]:
        properties = run.find(f"{W}rPr")
        form = self._form(properties, state.form)
        formatted = self._formatted(properties, form)
        here = replace(state, form=form, formatted=formatted)
        for child in run.iterchildren():
            name = _name(child)
            if name in {"t", "delText"}:
                text = INVISIBLE.sub("", child.text or "")
            elif name in _SIGNS:
                text = _SIGNS[name]
            elif name == "commentReference":
                yield replace(here, text="", comments=frozenset({*self._comments, child.get(f"{W}id", "")}))
                continue
            elif name == "sym" or name in _STRANGE:
                yield replace(here, text="", strange=_STRANGE.get(name, "a sign from another font"))
                continue
            else:
                self._field(child, name)
                continue
            if text:
                yield replace(here, text=text, form=self._in_field(form), comments=frozenset(self._comments))

    def _form(self, properties: "_Element | None", outer: Run) -> Run:
        if properties is None:
            return outer
        style = properties.find(f"{W}rStyle")
        base = self.styles.get(style.get(f"{W}val", ""), _PLAIN) if style is not None else _PLAIN
        bold, italic = _switch(properties, "b", base.bold), _switch(properties, "i", base.italic)
        return replace(outer, bold=bold, italic=italic, code=base.code)

    def _formatted(self, properties: "_Element | None", form: Run) -> Mark | None:
        """Return who changed the formatting, if anything of it that is part of a text is changed."""
        change = None if properties is None else properties.find(f"{W}rPrChange")
        if change is None:
            return None
        before = self._form(change.find(f"{W}rPr"), _PLAIN)
        # LibreOffice writes such a change also where nothing is changed.
        same = (before.bold, before.italic, before.code) == (form.bold, form.italic, form.code)
        return None if same else mark(change, ChangeKind.FORMATTED)

    def _field(self, child: "_Element", name: str) -> None:
        """Follow a field: its instruction is no text, its result is; a link may be written so."""
        if name == "fldChar":
            match child.get(f"{W}fldCharType"):
                case "begin":
                    self._fields.append(["", None])
                case "separate" if self._fields:
                    self._fields[-1][1] = _field_address(self._fields[-1][0] or "")
                case "end" if self._fields:
                    self._fields.pop()
        elif name in {"instrText", "delInstrText"} and self._fields:
            self._fields[-1][0] = (self._fields[-1][0] or "") + (child.text or "")

    def _in_field(self, form: Run) -> Run:
        address = next((address for _, address in reversed(self._fields) if address), None)
        return replace(form, href=address) if address and form.href is None else form


def mark(element: "_Element", kind: ChangeKind) -> Mark:
    """Return who made the change that `element` tells of, and when."""
    return Mark(kind=kind, by=person(element.get(f"{W}author")), at=local_time(element.get(f"{W}date")))


def _paragraphs(parent: "_Element") -> "Iterator[_Element]":
    """Yield the paragraphs of a cell, and whatever else with text stands beside them."""
    for child in parent.iterchildren():
        name = _name(child)
        if name == "p" or name in _STRANGE:
            yield child
        elif name in _WRAPPERS or name in {"ins", "del", "moveFrom", "moveTo"}:
            yield from _paragraphs(child)


def _switch(properties: "_Element", tag: str, otherwise: bool) -> bool:
    found = properties.find(f"{W}{tag}")
    return otherwise if found is None else found.get(f"{W}val", "true") not in {"0", "false", "off"}


def _field_address(instruction: str) -> str | None:
    match = re.match(r'\s*HYPERLINK\s+"([^"]+)"', instruction)
    return match[1] if match else None


def _name(element: "_Element") -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
