"""How a review document says which export it is a copy of, and which row is which segment.

Everything is said several times over, because each program on a document's way loses something: Google Docs keeps
only what is visible, LibreOffice renames the bookmarks of moved rows, a reviewer may delete the column of numbers.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

NAMESPACE = "urn:communique:review:1"
"""Of the root `review` in a custom XML part, with the attributes `release`, `target`, `number` and `key`; its
children `segment` name `id` and `bookmark` of each row."""

PART = "/customXml/item7.xml"
"""Not item1.xml: Word's own templates have one, and two members of one name are silently possible in a ZIP."""

PROPERTIES: Mapping[str, str] = MappingProxyType(
    {
        "release": "communique-release",
        "target": "communique-target",
        "number": "communique-number",
        "key": "communique-key",
    }
)
"""Names of the document's custom properties."""

COLUMNS = ("number", "source", "target", "remarks")
"""Of the table, from left to right."""

CODE_STYLE = "Code"
"""Name of the character style that marks program text."""

_BOOKMARK = re.compile(r"seg_(?P<segment>S\d{3,})")


def bookmark(segment: str) -> str:
    """Return the name of the bookmark around a segment's visible id: `seg_S001`."""
    return f"seg_{segment}"


def bookmarked(name: str) -> str | None:
    """Return the segment that a bookmark names, or None: the document has others."""
    match = _BOOKMARK.fullmatch(name)
    return match["segment"] if match else None
