"""Word files against the schema of ISO/IEC 29500-4 (transitional); it runs where `make ooxml` has fetched that."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from lxml import etree

from tests.engines.pdf_releases import edition
from tests.formats.review_docx.sheets import document, sheet
from tests.formats.word_files import BASE, RELEASES, samples, written
from tests.review import sheets

if TYPE_CHECKING:
    from lxml.etree import XMLSchema, _Element

ROOT = Path(__file__).parents[2]
SCHEMAS = ROOT / "build" / "ooxml" / "org" / "apache" / "poi" / "schemas" / "ooxml" / "src"
MADE_UP = 160

pytestmark = pytest.mark.skipif(
    not SCHEMAS.is_dir(), reason="the schema of Word files is not here; “make ooxml” fetches it"
)

XML = "http://www.w3.org/XML/1998/namespace"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
IMPORTS = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "wml.xsd",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "dml-main.xsd",
    "urn:schemas-microsoft-com:vml": "vml-main.xsd",
    "http://schemas.openxmlformats.org/package/2006/relationships": "opc-relationships.xsd",
    f"{OFFICE}/custom-properties": "shared-documentPropertiesCustom.xsd",
    f"{OFFICE}/customXml": "shared-customXmlDataProperties.xsd",
}
OTHERS = frozenset({"[Content_Types].xml", "docProps/core.xml", "customXml/item7.xml"})
"""Parts of packaging, and one of ours, that have other schemas."""


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> "XMLSchema":
    """Return the schema of all parts; the attributes of XML itself, which it refers to, are declared beside it."""
    folder = tmp_path_factory.mktemp("schema")
    head = '<schema xmlns="http://www.w3.org/2001/XMLSchema"'
    (folder / "xml.xsd").write_text(
        f'{head} targetNamespace="{XML}"><attribute name="space"/><attribute name="lang"/></schema>',
        encoding="utf-8",
    )
    places = {XML: folder / "xml.xsd"} | {space: SCHEMAS / file for space, file in IMPORTS.items()}
    imports = (f'<import namespace="{space}" schemaLocation="{place}"/>' for space, place in places.items())
    (folder / "all.xsd").write_text(f"{head}>{''.join(imports)}</schema>", encoding="utf-8")
    return etree.XMLSchema(etree.parse(folder / "all.xsd"))


def faults(schema: "XMLSchema", data: bytes) -> list[str]:
    """Return where a Word file departs from the schema, one line each."""
    found = []
    with ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")) and name not in OTHERS:
                root = etree.fromstring(archive.read(name))
                _leave_out_ignorable(root)
                schema.validate(root)
                found += [f"{name}: {error.message}" for error in schema.error_log]
    return found


def _leave_out_ignorable(root: "_Element") -> None:
    """Take out what a file says may be ignored (ISO/IEC 29500-3), as every reader does before it validates."""
    prefixes = root.attrib.pop(f"{COMPATIBILITY}Ignorable", "").split()
    spaces = {root.nsmap[prefix] for prefix in prefixes}
    for element in list(root.iter("*")):
        if etree.QName(element).namespace in spaces:
            element.getparent().remove(element)
        for key in [key for key in element.attrib if etree.QName(key).namespace in spaces]:
            del element.attrib[key]


def files() -> Iterator[tuple[str, bytes]]:
    """Yield every kind of Word file that we write, and the letterhead that they are written on."""
    yield "letterhead", BASE
    for release in RELEASES:
        for page in samples(release):
            yield f"{release} ({page.release.language})", written(page)
    for number in range(MADE_UP):
        yield f"made up, {number}", written(edition(number))
    for bitext in sheets.bitexts():
        yield f"review of {bitext.release}", sheets.document(sheets.sheet(bitext))
    yield "review of nothing in particular", document(sheet())


def test_every_file_keeps_the_schema(schema: "XMLSchema") -> None:
    broken = {name: found for name, data in files() if (found := faults(schema, data))}
    assert broken == {}


@pytest.mark.parametrize(
    ("part", "pattern", "new"),
    [
        ("word/document.xml", rb"<w:body>", rb"<w:body><w:r/>"),
        ("word/document.xml", rb"<w:sectPr", rb'<w:sectPr w:bogus="1"'),
        ("word/document.xml", rb"(<w:pPr>)", rb"text\1"),
        ("word/header1.xml", rb'fillcolor="#c0c0c0"', rb'filcolor="#c0c0c0"'),
        ("word/numbering.xml", rb"<w:abstractNum ", rb'<w:abstractNum w:bogus="1" '),
    ],
)
def test_the_schema_sees_what_is_wrong(schema: "XMLSchema", part: str, pattern: bytes, new: bytes) -> None:
    file = BytesIO()
    with ZipFile(BytesIO(draft())) as old, ZipFile(file, "w") as made:
        for name in old.namelist():
            text = old.read(name)
            if name == part:
                assert re.search(pattern, text), "the fault could not be seeded"
            made.writestr(name, re.sub(pattern, new, text, count=1) if name == part else text)
    assert [line.partition(":")[0] for line in faults(schema, file.getvalue())][:1] == [part]


def draft() -> bytes:
    """Return a draft, which has its mark drawn across the page."""
    return written(next(made for made in map(edition, range(MADE_UP)) if made.status == "draft"))
