"""A small Word: edits a review document's XML the way Word writes it, with change tracking on or off.

Rows are named by what their first cell says; places are characters of a cell's text as it then reads, with all
changes accepted. Forms as in ISO/IEC 29500-1, 17.13 (annotations) and [MS-DOCX] 2.5.4 (threads of comments).
"""

import io
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import count

from lxml import etree

from tests.formats.review_docx.word_xml import (
    W,
    alone,
    cut_run,
    first,
    letters,
    letters_element,
    pieces,
    run_properties,
    top,
    wrap,
)

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
DOCUMENT, COMMENTS, EXTENDED = "word/document.xml", "word/comments.xml", "word/commentsExtended.xml"
AT = "2026-11-23T14:05:00Z"
"""Local time with the letter of another zone, as Word writes it."""

_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_RELATION_EXTENDED = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
NUMBER, SOURCE, TARGET, REMARKS = range(4)


@dataclass
class Word:
    """A document that is open in Word.

    Args:
        data: the .docx file.
        author: who sits at the keyboard; may be changed at any time.
        tracking: whether changes are tracked; may be switched at any time.
    """

    data: bytes
    author: str = "Claire Vasseur"
    tracking: bool = True
    at: str = AT
    _numbers: Iterator[int] = field(default_factory=lambda: count(9000))

    def __post_init__(self) -> None:
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            self.parts = {info.filename: archive.read(info) for info in archive.infolist()}
        self.root = etree.fromstring(self.parts[DOCUMENT])
        self._comments: list[etree._Element] = []
        self._threads: list[tuple[str, str | None]] = []

    def save(self) -> bytes:
        """Return the document as a file."""
        self.parts[DOCUMENT] = etree.tostring(self.root, xml_declaration=True, encoding="UTF-8", standalone=True)
        if self._comments:
            self._write_comments()
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in self.parts.items():
                archive.writestr(name, data)
        return file.getvalue()

    # What the document says

    def table(self) -> etree._Element:
        """Return the table of segments: the one with four columns."""
        return next(item for item in self.root.iter(f"{W}tbl") if len(item.findall(f"{W}tblGrid/{W}gridCol")) == 4)

    def row(self, name: str) -> etree._Element:
        """Return the row whose first cell says `name`."""
        rows = (row for row in self.table().iter(f"{W}tr") if row.find(f"{W}trPr/{W}del") is None)
        return next(row for row in rows if self.text_of(self._cells(row)[0]) == name)

    def cell(self, name: str, column: int = TARGET) -> etree._Element:
        """Return a cell."""
        return self._cells(self.row(name))[column]

    def text(self, name: str, column: int = TARGET) -> str:
        """Return the text of a cell with all changes accepted."""
        return self.text_of(self.cell(name, column))

    def text_of(self, cell: etree._Element) -> str:
        return "".join(letters(run) for run in self._runs(cell))

    # Editing

    def replace(self, segment: str, start: int, end: int, new: str, *, column: int = TARGET) -> None:
        """Replace characters `start` to `end` (exclusive) of a cell by `new`; either may be nothing."""
        cell = self.cell(segment, column)
        self._cut(cell, start)
        self._cut(cell, end)
        runs = self._runs(cell)
        position, before, chosen = 0, None, []
        for run in runs:
            length = len(letters(run))
            if start <= position and position + length <= end and length:
                chosen.append(run)
            elif position + length <= start:
                before = run
            position += length
        anchor = chosen[-1] if chosen else before
        fresh = self._fresh(new, chosen[0] if chosen else (before if before is not None else first(runs)))
        if new:
            self._place(cell, fresh, anchor)
        for run in chosen:
            self._remove(run)

    def format(self, segment: str, start: int, end: int, tag: str, *, column: int = TARGET) -> None:
        """Make characters bold (`b`) or italic (`i`)."""
        cell = self.cell(segment, column)
        self._cut(cell, start)
        self._cut(cell, end)
        position = 0
        for run in self._runs(cell):
            length = len(letters(run))
            if start <= position and position + length <= end and length:
                self._switch_on(run, tag)
            position += length

    def split(self, segment: str, at: int, *, column: int = TARGET) -> None:
        """Press Enter."""
        cell = self.cell(segment, column)
        self._cut(cell, at)
        position = 0
        paragraph = cell.findall(f"{W}p")[-1]
        second = etree.Element(f"{W}p")
        for run in self._runs(cell):
            length = len(letters(run))
            if position >= at and length:
                begin = top(run)
                paragraph = begin.getparent()
                following = [begin, *begin.itersiblings()]
                second.extend(following)
                break
            position += length
        properties = paragraph.find(f"{W}pPr")
        if properties is not None:
            second.insert(0, deepcopy(properties))
        paragraph.addnext(second)
        if self.tracking:
            if properties is None:
                properties = etree.Element(f"{W}pPr")
                paragraph.insert(0, properties)
            marks = etree.SubElement(properties, f"{W}rPr")
            marks.append(self._mark("ins"))

    def paste(self, segment: str, text: str, *, column: int = TARGET) -> None:
        """Replace a whole cell by text out of another document, with that one's looks."""
        self.replace(segment, 0, len(self.text(segment, column)), text, column=column)
        for run in self._runs(self.cell(segment, column)):
            properties = run_properties(run)
            for old in list(properties):
                if old.tag in {f"{W}b", f"{W}i", f"{W}rStyle", f"{W}shd"}:
                    properties.remove(old)
            fonts = etree.Element(f"{W}rFonts", {f"{W}ascii": "Comic Sans MS", f"{W}hAnsi": "Comic Sans MS"})
            properties.insert(0, fonts)
            for tag, value in (("color", "FF00AA"), ("sz", "30"), ("highlight", "yellow")):
                etree.SubElement(properties, f"{W}{tag}", {f"{W}val": value})

    def comment(
        self, segment: str, start: int, end: int, text: str, *, column: int = TARGET, answers: str | None = None
    ) -> str:
        """Comment on characters of a cell, or answer a comment, and return the comment's id."""
        name = str(next(self._numbers))
        paragraph_id = f"{int(name):08X}"
        made = etree.Element(
            f"{W}comment", {f"{W}id": name, f"{W}author": self.author, f"{W}date": self.at, f"{W}initials": "X"}
        )
        for line in text.split("\n"):
            paragraph = etree.SubElement(made, f"{W}p")
            etree.SubElement(paragraph, f"{W}r").append(letters_element(line))
        paragraph.set(f"{W14}paraId", paragraph_id)
        self._comments.append(made)
        parent = None if answers is None else f"{int(answers):08X}"
        self._threads.append((paragraph_id, parent))
        if answers is None:
            self._anchor(self.cell(segment, column), start, end, name)
        return name

    def delete_row(self, segment: str) -> None:
        row = self.row(segment)
        if not self.tracking:
            row.getparent().remove(row)
            return
        self._row_properties(row).append(self._mark("del"))
        for cell in self._cells(row):
            for run in self._runs(cell):
                self._remove(run)

    def insert_row(self, below: str, texts: tuple[str, ...] = ("", "", "", "")) -> None:
        """Insert a row, with these texts in its cells."""
        row = etree.Element(f"{W}tr")
        for text in texts:
            cell = etree.SubElement(row, f"{W}tc")
            etree.SubElement(etree.SubElement(cell, f"{W}tcPr"), f"{W}tcW", {f"{W}w": "1000", f"{W}type": "dxa"})
            paragraph = etree.SubElement(cell, f"{W}p")
            if text:
                run = etree.Element(f"{W}r")
                run.append(letters_element(text))
                paragraph.append(self._wrapped("ins", run) if self.tracking else run)
        if self.tracking:
            self._row_properties(row).append(self._mark("ins"))
        self.row(below).addnext(row)

    def move_row(self, segment: str, below: str) -> None:
        """Cut a row and paste it below another one: tracked, that is a deleted row and an inserted one."""
        row, place = self.row(segment), self.row(below)
        if not self.tracking:
            place.addnext(row)
            return
        copy = deepcopy(row)
        for number, mark in enumerate([*copy.iter(f"{W}bookmarkStart")], 1):
            mark.set(f"{W}name", f"{mark.get(f'{W}name')}_{number}")
        for cell in self._cells(copy):
            for run in self._runs(cell):
                if run.getparent().tag != f"{W}ins":
                    wrap(run, self._mark("ins"))
        self._row_properties(copy).append(self._mark("ins"))
        self.delete_row(segment)
        place.addnext(copy)

    def delete_column(self, column: int) -> None:
        """Delete a column of the table; no program tracks that."""
        for row in self.table().iter(f"{W}tr"):
            row.remove(self._cells(row)[column])
        grid = self.table().find(f"{W}tblGrid")
        grid.remove(grid[column])

    def merge_cells(self, segment: str, first: int, last: int) -> None:
        """Merge cells of a row; no program tracks that."""
        cells = self._cells(self.row(segment))[first : last + 1]
        for cell in cells[1:]:
            cells[0].extend(cell.findall(f"{W}p"))
            cell.getparent().remove(cell)
        properties = cells[0].find(f"{W}tcPr")
        properties.append(etree.Element(f"{W}gridSpan", {f"{W}val": str(last - first + 1)}))

    def wrap(self, segment: str, tag: str, *, column: int = TARGET) -> None:
        """Put a content control (`sdt`), a `smartTag` or a `customXml` around each run of a cell."""
        for run in self._runs(self.cell(segment, column)):
            around = etree.Element(f"{W}{tag}")
            run.addprevious(around)
            inner = etree.SubElement(around, f"{W}sdtContent") if tag == "sdt" else around
            inner.append(run)

    def clutter(self) -> None:
        """Leave behind what Word leaves behind: editing sessions, spelling marks, bookmarks, split runs."""
        for number, run in enumerate([*self.root.iter(f"{W}r")]):
            run.set(f"{W}rsidR", f"00{number % 0xFFFF:06X}")
            if len(letters(run)) > 3:
                cut_run(run, len(letters(run)) // 2)
            run.addprevious(etree.Element(f"{W}proofErr", {f"{W}type": "spellStart"}))
            run.addnext(etree.Element(f"{W}proofErr", {f"{W}type": "spellEnd"}))
        body = self.root.find(f"{W}body")
        body[0].append(etree.Element(f"{W}bookmarkStart", {f"{W}id": "8000", f"{W}name": "_GoBack"}))
        body[0].append(etree.Element(f"{W}bookmarkEnd", {f"{W}id": "8000"}))

    # How it is done

    def _cells(self, row: etree._Element) -> list[etree._Element]:
        return [*row.iterchildren(f"{W}tc")]

    def _runs(self, cell: etree._Element) -> list[etree._Element]:
        """Return the runs of a cell that are not deleted."""
        gone = {f"{W}del", f"{W}moveFrom"}
        return [run for run in cell.iter(f"{W}r") if not any(up.tag in gone for up in run.iterancestors())]

    def _cut(self, cell: etree._Element, offset: int) -> None:
        """Let a run begin at `offset`."""
        position = 0
        for run in self._runs(cell):
            length = len(letters(run))
            if position < offset < position + length:
                cut_run(run, offset - position)
                return
            position += length

    def _mark(self, tag: str) -> etree._Element:
        facts = {f"{W}id": str(next(self._numbers)), f"{W}author": self.author, f"{W}date": self.at}
        return etree.Element(f"{W}{tag}", facts)

    def _wrapped(self, tag: str, run: etree._Element) -> etree._Element:
        wrapper = self._mark(tag)
        wrapper.append(run)
        return wrapper

    def _fresh(self, text: str, like: etree._Element | None) -> etree._Element:
        run = etree.Element(f"{W}r")
        properties = None if like is None else like.find(f"{W}rPr")
        if properties is not None:
            kept = deepcopy(properties)
            for change in kept.findall(f"{W}rPrChange"):
                kept.remove(change)
            run.append(kept)
        for piece in pieces(text):
            run.append(letters_element(piece))
        return run

    def _place(self, cell: etree._Element, fresh: etree._Element, anchor: etree._Element | None) -> None:
        """Insert a run behind `anchor`, or at the beginning of the cell."""
        made = self._wrapped("ins", fresh) if self.tracking else fresh
        if anchor is None:
            runs = self._runs(cell)
            if runs and runs[0].getparent().tag == f"{W}hyperlink":
                runs[0].addprevious(made)
            elif runs:
                alone(runs[0]).addprevious(made)
            else:
                cell.findall(f"{W}p")[0].append(made)
            return
        wrapper = alone(anchor)
        if wrapper.tag == f"{W}ins" and not self.tracking:
            # Typed inside somebody's tracked insertion with tracking off: it is part of the insertion.
            wrapper.append(fresh)
        else:
            wrapper.addnext(made)

    def _remove(self, run: etree._Element) -> None:
        if not self.tracking or not letters(run):
            if letters(run):
                run.getparent().remove(run)
            return
        wrapper = alone(run)
        if wrapper.tag == f"{W}ins" and wrapper.get(f"{W}author") == self.author:
            wrapper.getparent().remove(wrapper)
            return
        for text in run.findall(f"{W}t"):
            text.tag = f"{W}delText"
        wrap(run, self._mark("del"))

    def _switch_on(self, run: etree._Element, tag: str) -> None:
        properties = run_properties(run)
        before = deepcopy(properties)
        for old in properties.findall(f"{W}{tag}"):
            properties.remove(old)
        style = properties.find(f"{W}rStyle")
        properties.insert(0 if style is None else 1, etree.Element(f"{W}{tag}"))
        if self.tracking and properties.find(f"{W}rPrChange") is None:
            change = self._mark("rPrChange")
            change.append(before)
            properties.append(change)

    def _row_properties(self, row: etree._Element) -> etree._Element:
        found = row.find(f"{W}trPr")
        if found is None:
            found = etree.Element(f"{W}trPr")
            row.insert(0, found)
        return found

    def _anchor(self, cell: etree._Element, start: int, end: int, name: str) -> None:
        self._cut(cell, start)
        self._cut(cell, end)
        position, chosen = 0, []
        for run in self._runs(cell):
            length = len(letters(run))
            if start <= position and position + length <= end and length:
                chosen.append(run)
            position += length
        begin = etree.Element(f"{W}commentRangeStart", {f"{W}id": name})
        finish = etree.Element(f"{W}commentRangeEnd", {f"{W}id": name})
        reference = etree.Element(f"{W}r")
        etree.SubElement(reference, f"{W}commentReference", {f"{W}id": name})
        if chosen:
            alone(chosen[0]).addprevious(begin)
            alone(chosen[-1]).addnext(finish)
        else:
            cell.findall(f"{W}p")[0].extend([begin, finish])
        finish.addnext(reference)

    def _write_comments(self) -> None:
        for part, root, kind, relation in (
            (COMMENTS, self._comment_root(), "comments+xml", _RELATION),
            (EXTENDED, self._thread_root(), "commentsExtended+xml", _RELATION_EXTENDED),
        ):
            self.parts[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            types = etree.fromstring(self.parts["[Content_Types].xml"])
            space = types.tag.partition("}")[0] + "}"
            if not any(item.get("PartName") == f"/{part}" for item in types):
                etree.SubElement(types, f"{space}Override", PartName=f"/{part}", ContentType=_TYPE + kind)
                self.parts["[Content_Types].xml"] = etree.tostring(types, xml_declaration=True, encoding="UTF-8")
            name = "word/_rels/document.xml.rels"
            relations = etree.fromstring(self.parts[name])
            space = relations.tag.partition("}")[0] + "}"
            target = part.removeprefix("word/")
            if not any(item.get("Target") == target for item in relations):
                number = f"rIdComment{kind[:9]}"
                etree.SubElement(relations, f"{space}Relationship", Id=number, Type=relation, Target=target)
                self.parts[name] = etree.tostring(relations, xml_declaration=True, encoding="UTF-8")

    def _comment_root(self) -> etree._Element:
        root = etree.Element(f"{W}comments", nsmap={"w": W[1:-1], "w14": W14[1:-1]})
        if COMMENTS in self.parts:
            root.extend(etree.fromstring(self.parts[COMMENTS]))
        root.extend(self._comments)
        return root

    def _thread_root(self) -> etree._Element:
        root = etree.Element(f"{W15}commentsEx", nsmap={"w15": W15[1:-1]})
        for name, parent in self._threads:
            facts = {f"{W15}paraId": name, f"{W15}done": "0"}
            if parent is not None:
                facts[f"{W15}paraIdParent"] = parent
            etree.SubElement(root, f"{W15}commentEx", facts)
        return root
