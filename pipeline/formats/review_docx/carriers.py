"""The parts of a review document that nobody sees and that name its export: custom XML and custom properties."""

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from pipeline.formats.review_docx.identity import NAMESPACE, PART, PROPERTIES, bookmark
from pipeline.model.exchange import Export

if TYPE_CHECKING:
    from docx.document import Document

_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PROPERTIES_NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES_NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_DATASTORE_NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""Of custom properties ([MS-OLEPS] 2.21)."""
_STORE_ID = "{6A1C6C5E-4D0B-4E0B-9B5D-3C0D2B6F7A11}"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def carry(document: "Document", export: Export) -> None:
    """Put the ticket of `export`, and the bookmark of each segment, into `document`."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    package = document.part.package
    item = Part(PackURI(PART), "application/xml", _manifest(export), package)
    about = Part(
        PackURI(PART.replace("item", "itemProps")),
        "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
        _item_properties(),
        package,
    )
    item.relate_to(about, f"{_RELATION}customXmlProps")
    document.part.relate_to(item, f"{_RELATION}customXml")
    properties = Part(
        PackURI("/docProps/custom.xml"),
        "application/vnd.openxmlformats-officedocument.custom-properties+xml",
        _custom_properties(export),
        package,
    )
    package.relate_to(properties, f"{_RELATION}custom-properties")


def _facts(export: Export) -> dict[str, str]:
    ticket = export.ticket
    return {
        "release": ticket.release,
        "target": ticket.target_locale,
        "number": str(ticket.number),
        "key": ticket.key,
    }


def _manifest(export: Export) -> bytes:
    facts = " ".join(f"{name}={quoteattr(text)}" for name, text in _facts(export).items())
    rows = "".join(
        f"<segment id={quoteattr(item.segment)} bookmark={quoteattr(bookmark(item.segment))}/>"
        for item in export.segments
    )
    return f"{_DECLARATION}<review xmlns={quoteattr(NAMESPACE)} {facts}>{rows}</review>".encode()


def _item_properties() -> bytes:
    return (
        f"{_DECLARATION}<ds:datastoreItem ds:itemID={quoteattr(_STORE_ID)}"
        f" xmlns:ds={quoteattr(_DATASTORE_NAMESPACE)}>"
        f"<ds:schemaRefs><ds:schemaRef ds:uri={quoteattr(NAMESPACE)}/></ds:schemaRefs></ds:datastoreItem>"
    ).encode()


def _custom_properties(export: Export) -> bytes:
    # Property ids below 2 are reserved.
    listed = "".join(
        f"<property fmtid={quoteattr(_FORMAT_ID)} pid={quoteattr(str(number))} name={quoteattr(PROPERTIES[name])}>"
        f"<vt:lpwstr>{escape(text)}</vt:lpwstr></property>"
        for number, (name, text) in enumerate(_facts(export).items(), 2)
    )
    spaces = f"xmlns={quoteattr(_PROPERTIES_NAMESPACE)} xmlns:vt={quoteattr(_TYPES_NAMESPACE)}"
    return f"{_DECLARATION}<Properties {spaces}>{listed}</Properties>".encode()
