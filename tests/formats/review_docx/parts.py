"""A review document taken apart with nothing but lxml."""

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

from pipeline.model.bitext import Segment
from pipeline.model.exchange import ReviewRow, ReviewSheet, Sent
from tests.formats.review_docx.sheets import document, sheet

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_SIGNS = {f"{W}br": "\n", f"{W}tab": "\t", f"{W}noBreakHyphen": "\u2011", f"{W}softHyphen": "\u00ad"}


def members(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len(names) == len(set(names))
        return {name: archive.read(name) for name in names}


def part(data: bytes, name: str = "word/document.xml") -> etree._Element:
    return etree.fromstring(members(data)[name])


def tables(data: bytes) -> list[etree._Element]:
    found: list[etree._Element] = part(data).findall(f"{W}body/{W}tbl")
    return found


def rows(data: bytes) -> list[list[etree._Element]]:
    """Return the cells of each row of the table of segments, its head included."""
    return [row.findall(f"{W}tc") for row in tables(data)[-1].findall(f"{W}tr")]


def said(parent: etree._Element) -> str:
    """Return the text in an element, as far as Word keeps it in runs."""
    found = parent.iter(f"{W}t", *_SIGNS)
    return "".join(_SIGNS.get(item.tag, item.text or "") for item in found)


def lines(cell: etree._Element) -> list[str]:
    return [said(paragraph) for paragraph in cell.findall(f"{W}p")]


def value(parent: etree._Element, path: str) -> str | None:
    """Return `w:val` at a path of local names: `rPr/lang`."""
    found = parent.find("/".join(f"{W}{name}" for name in path.split("/")))
    return None if found is None else found.get(f"{W}val")


def laden(row: ReviewRow) -> ReviewSheet:
    """Return a sheet with one row."""
    shown = sheet()
    sent = Sent(segment=row.segment.id, source=row.segment.source, target=row.segment.target)
    return replace(shown, rows=(row,), export=replace(shown.export, segments=(sent,)))


def cells(segment: Segment, **about: object) -> list[etree._Element]:
    """Return the four cells of a segment's row; `about` are further fields of its `ReviewRow`."""
    row = replace(sheet().rows[0], segment=segment, **about)  # type: ignore[arg-type]  # fields by name
    return rows(document(laden(row)))[1]
