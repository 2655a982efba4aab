"""An XLIFF file as it went out, and as it may come back."""

from lxml import etree

from pipeline.formats.xliff.read import open_xliff
from pipeline.formats.xliff.write import write_xliff
from pipeline.model.exchange import Return, ReviewSheet
from pipeline.model.inline import Inlines, inlines
from tests.formats.review_docx.sheets import TEXTS, sheet

X = "{urn:oasis:names:tc:xliff:document:1.2}"
SHEET = sheet((*TEXTS, (inlines("Eins\nzwei"), inlines("Un\ndeux"))))
SENT = write_xliff(SHEET, drafts=True)


def edited(segment: str, target: str | None, data: bytes = SENT) -> bytes:
    """Return the file with another target (inner XML), or without one."""
    root = etree.fromstring(data)
    unit = next(item for item in root.iter(f"{X}trans-unit") if item.get("id") == segment)
    for old in unit.findall(f"{X}target"):
        unit.remove(old)
    if target is not None:
        unit.insert(1, etree.fromstring(f'<target xmlns="{X[1:-1]}">{target}</target>'))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def read(data: bytes, shown: ReviewSheet = SHEET) -> Return:
    return open_xliff(data, "retour.xlf").read(shown.export)


def target(back: Return, segment: str) -> Inlines:
    return next(item.target for item in back.segments if item.segment == segment)
