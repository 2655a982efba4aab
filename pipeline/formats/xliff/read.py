"""XLIFF 1.2 as it came back, read against what was sent.

Only texts count. States, approvals and everything else that a tool writes beside them are not looked at.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.errors import FormatError
from pipeline.formats.ticket_line import read_visible
from pipeline.formats.xliff.tokens import X
from pipeline.formats.xliff.unit import Finding, read_unit, remarks, said
from pipeline.formats.xliff.write import EXPORT
from pipeline.model.exchange import Export, Remark, Return, Returned, Stray, Ticket
from pipeline.model.member_names import printable
from pipeline.model.release_id import ID

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_BYTES = 50_000_000
MAX_UNITS = 20_000
MAX_ELEMENTS = 500_000
"""A unit has about ten: texts, notes, codes."""

_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_LONGEST_ID = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class XliffFile:
    """A returned XLIFF file that was opened and checked."""

    ticket: Ticket
    root: "_Element"

    def read(self, export: Export) -> Return:
        """Return what came back of `export`, the one that `ticket` names."""
        found = tuple(self._findings(export))
        return Return(
            ticket=self.ticket,
            segments=tuple(item for item in found if isinstance(item, Returned)),
            remarks=tuple(item for item in found if isinstance(item, Remark)),
            strays=tuple(item for item in found if isinstance(item, Stray)),
            notices=tuple(item for item in found if isinstance(item, str)),
        )

    def _findings(self, export: Export) -> Iterator[Finding | Remark]:
        for header in self.root.iter(f"{X}header"):
            yield from remarks(header, None)
        units = {unit.get("id"): unit for unit in self.root.iter(f"{X}trans-unit")}
        for sent in export.segments:
            own = units.pop(sent.segment, None)
            if own is None:
                yield Stray(reason="Its unit is missing in the file", text="", segment=sent.segment)
                continue
            yield from remarks(own, sent.segment)
            yield from read_unit(own, sent, export.door)
        for name, unit in units.items():
            yield from remarks(unit, None)
            yield Stray(reason=f"A unit “{_shown(name)}” that was never sent", text=said(unit))


def open_xliff(data: bytes, name: str) -> XliffFile:
    """Return an XLIFF file, opened.

    Args:
        data: the whole file, in any encoding that XML allows and the file declares.
        name: what the user calls it, for errors.

    Raises:
        FormatError: too large, damaged, with entities, not XLIFF 1.2, not made by this program, or with units that
            have no id or the same one: then no text can be told for certain.
    """
    if len(data) > MAX_BYTES:
        raise FormatError(f"has more than {MAX_BYTES // 1_000_000} MB; no return has", path=name)
    root = _parsed(data, name)
    if root.tag != f"{X}xliff" or root.get("version") != "1.2":
        version = root.get("version", "")
        two = version.startswith("2") and str(root.tag).endswith("}xliff")
        message = f"is XLIFF {printable(version[:10])}; export it as XLIFF 1.2" if two else "is no XLIFF 1.2 file"
        raise FormatError(message, path=name)
    for tag, limit, things in ((f"{X}trans-unit", MAX_UNITS, "units"), ("*", MAX_ELEMENTS, "elements")):
        if sum(1 for _ in root.iter(tag)) > limit:
            raise FormatError(f"has more than {limit:,} {things}; no return has", path=name)
    _check_ids(root, name)
    return XliffFile(ticket=_ticket(root, name), root=root)


def _check_ids(root: "_Element", name: str) -> None:
    known: set[str] = set()
    for unit in root.iter(f"{X}trans-unit"):
        number = unit.get("id")
        if not number or number in known:
            fault = f"has unit “{_shown(number)}” twice" if number else "has a unit without an id"
            raise FormatError(f"{fault}; ask for the file again", path=name, line=unit.sourceline)
        known.add(number)


def _shown(number: str | None) -> str:
    return printable((number or "")[:_LONGEST_ID])


def _parsed(data: bytes, name: str) -> "_Element":
    from lxml import etree

    entities = "declares a document type or entities; export it again without them"
    if _DECLARES.search(data.replace(b"\0", b"")):
        raise FormatError(entities, path=name)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        message = "is damaged, or not in the encoding it declares; ask for it again"
        line = error.lineno if isinstance(error, etree.XMLSyntaxError) else None
        raise FormatError(message, path=name, line=line) from None
    if root.getroottree().docinfo.internalDTD is not None:
        # In an encoding that spells it otherwise than ASCII does, as UTF-7 can.
        raise FormatError(entities, path=name)
    return root


def _ticket(root: "_Element", name: str) -> Ticket:
    notes = (note.text or "" for note in root.iter(f"{X}note") if note.get("from") == EXPORT)
    found = {ticket for ticket in map(read_visible, notes) if ticket is not None and ID.match(ticket.release)}
    if len(found) != 1:
        message = "holds two exports" if found else "is no export of this program, or its header was removed"
        raise FormatError(f"{message}; send the file back that was exported", path=name)
    return found.pop()
