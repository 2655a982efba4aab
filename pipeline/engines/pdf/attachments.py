"""Files that travel inside a PDF (ISO 19005-3, 6.8): the text it was made from, records for machines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import md5
from typing import Any


class Relationship(StrEnum):
    """What a file is to the pages it travels in; the words are the standard's."""

    SOURCE = "Source"
    """The pages were made from it."""
    DATA = "Data"
    """It has what a table or chart shows."""
    ALTERNATIVE = "Alternative"
    """It says the same in another form."""
    SUPPLEMENT = "Supplement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file to travel inside a PDF."""

    name: str
    media_type: str
    """`text/markdown`."""
    data: bytes
    relationship: Relationship
    description: str
    """One line that readers show beside the name."""


def attach(pdf: Any, attachments: Sequence[Attachment], made: datetime) -> None:
    """Put files into a PDF.

    Args:
        pdf: the library's file.
        attachments: with names that differ.
        made: their time stamp, in UTC.
    """
    from pydyf import Array, Dictionary, String

    listed = sorted(attachments, key=lambda item: item.name)
    entries = [_specification(pdf, item, f"D:{made:%Y%m%d%H%M%S}Z") for item in listed]
    names = Array()
    for item, entry in zip(listed, entries, strict=True):
        names += [String(item.name), entry.reference]
    pdf.catalog.setdefault("Names", Dictionary())["EmbeddedFiles"] = Dictionary({"Names": names})
    pdf.catalog["AF"] = Array(entry.reference for entry in entries)


def _specification(pdf: Any, attachment: Attachment, moment: str) -> Any:
    from pydyf import Dictionary, Stream, String

    parameters = {
        "Size": len(attachment.data),
        "CheckSum": f"<{md5(attachment.data, usedforsecurity=False).hexdigest()}>",
        "CreationDate": String(moment),
        "ModDate": String(moment),
    }
    kind = attachment.media_type.replace("/", "#2f").replace("+", "#2b")
    about = {"Type": "/EmbeddedFile", "Subtype": f"/{kind}", "Params": Dictionary(parameters)}
    stream = Stream([attachment.data], Dictionary(about), compress=True)
    pdf.add_object(stream)
    entry = Dictionary(
        {
            "Type": "/Filespec",
            "F": String(attachment.name),
            "UF": String(attachment.name),
            "EF": Dictionary({"F": stream.reference, "UF": stream.reference}),
            "AFRelationship": f"/{attachment.relationship}",
            "Desc": String(attachment.description),
        }
    )
    pdf.add_object(entry)
    return entry
