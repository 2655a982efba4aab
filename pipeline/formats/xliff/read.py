"""XLIFF 1.2 as it came back, read against what was sent.

Only texts count. States, approvals and everything else that a tool writes beside them are not looked at.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.errors import FormatError
from pipeline.formats.ticket_line import read_visible
from pipeline.formats.xliff.codes import Codes, UnreadableCodeError, X
from pipeline.formats.xliff.write import EXPORT, OURS, SOURCE
from pipeline.formats.xml_characters import CONTROL
from pipeline.model.exchange import Door, Export, Remark, Return, Returned, Sent, Stray, Ticket
from pipeline.model.inline import Inlines, plain
from pipeline.model.release_id import ID

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_BYTES = 50_000_000
MAX_UNITS = 20_000
MAX_TEXT = 100_000
"""Characters of one text."""

_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class XliffFile:
    """A returned XLIFF file that was opened and checked."""

    ticket: Ticket
    units: "Mapping[str, _Element]"

    def read(self, export: Export) -> Return:
        """Return what came back."""
        segments: list[Returned] = []
        strays: list[Stray] = []
        notices: list[str] = []
        remarks: list[Remark] = []
        for sent in export.segments:
            unit = self.units.get(sent.segment)
            if unit is None:
                strays.append(Stray(reason="Its unit is missing in the file", text="", segment=sent.segment))
                continue
            remarks += _remarks(unit, sent)
            found = _segment(unit, sent, export.door)
            segments += [item for item in found if isinstance(item, Returned)]
            strays += [item for item in found if isinstance(item, Stray)]
            notices += [item for item in found if isinstance(item, str)]
        known = {item.segment for item in export.segments}
        for name in self.units.keys() - known:
            text = CONTROL.sub(" ", "".join(self.units[name].itertext())).strip()
            strays.append(Stray(reason=f"A unit “{name[:40]}” that was never sent", text=text))
        return Return(
            ticket=self.ticket,
            segments=tuple(segments),
            remarks=tuple(remarks),
            strays=tuple(strays),
            notices=tuple(notices),
        )


def open_xliff(data: bytes, name: str) -> XliffFile:
    """Return an XLIFF file, opened.

    Args:
        data: the whole file, in any encoding that XML allows and the file declares.
        name: what the user calls it, for errors.

    Raises:
        FormatError: too large, damaged, with entities, not XLIFF 1.2, not made by this program, or with units that
            have no id or the same one.
    """
    from lxml import etree

    if len(data) > MAX_BYTES:
        raise FormatError(f"has more than {MAX_BYTES // 1_000_000} MB; no return has", path=name)
    if _DECLARES.search(data.replace(b"\0", b"")):
        raise FormatError("declares a document type or entities; export it again without them", path=name)
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
    if root.tag != f"{X}xliff" or root.get("version") != "1.2":
        version = root.get("version", "")
        two = version.startswith("2") and root.tag.endswith("}xliff")
        message = f"is XLIFF {version[:10]}; export it as XLIFF 1.2" if two else "is no XLIFF 1.2 file"
        raise FormatError(message, path=name)
    return XliffFile(ticket=_ticket(root, name), units=_units(root, name))


def _ticket(root: "_Element", name: str) -> Ticket:
    notes = (note.text or "" for note in root.iter(f"{X}note") if note.get("from") == EXPORT)
    found = {ticket for ticket in map(read_visible, notes) if ticket is not None and ID.match(ticket.release)}
    if len(found) != 1:
        message = "holds two exports" if found else "is no export of this program, or its header was removed"
        raise FormatError(f"{message}; send the file back that was exported", path=name)
    return found.pop()


def _units(root: "_Element", name: str) -> "dict[str, _Element]":
    units: dict[str, _Element] = {}
    for unit in root.iter(f"{X}trans-unit"):
        number = unit.get("id")
        if not number or number in units:
            fault = f"has unit “{number[:40]}” twice" if number else "has a unit without an id"
            raise FormatError(f"{fault}; ask for the file again", path=name, line=unit.sourceline)
        units[number] = unit
    if len(units) > MAX_UNITS:
        raise FormatError(f"has more than {MAX_UNITS:,} units; no return has", path=name)
    return units


def _segment(unit: "_Element", sent: Sent, door: Door) -> tuple[Returned | Stray | str, ...]:
    """Return a segment as it came back, doubts about it, and what is worth knowing."""
    codes = Codes.of(sent.source, sent.target)
    try:
        source, target = _text(unit, "source", codes), _text(unit, "target", codes)
    except UnreadableCodeError as error:
        words = "".join(text for part in unit.iterfind(f"{X}target") for text in part.itertext())
        return (Stray(reason=f"An inline code that was not sent: {error}", text=words, segment=sent.segment),)
    words = plain(target)
    if plain(source) != plain(sent.source):
        return (Stray(reason="The source text is another one than was sent", text=words, segment=sent.segment),)
    if len(words) > MAX_TEXT:
        reason = f"The translation has more than {MAX_TEXT:,} characters"
        return (Stray(reason=reason, text=CONTROL.sub(" ", words[:MAX_TEXT]), segment=sent.segment),)
    if CONTROL.search(words):
        reason = "The translation holds a control character"
        return (Stray(reason=reason, text=CONTROL.sub(" ", words), segment=sent.segment),)
    return tuple(_taken(sent, target, codes, door))


def _taken(sent: Sent, target: Inlines, codes: Codes, door: Door) -> Iterator[Returned | Stray | str]:
    """Yield what a target that can be read means."""
    words = plain(target)
    untranslated = Returned(segment=sent.segment, target=sent.target)
    acted = door is Door.OMEGAT and target != sent.source
    if not words.strip() and sent.target and door is not Door.OMEGAT:
        yield Stray(reason="The translation was emptied", text="", segment=sent.segment)
    elif not words.strip() or (door is Door.OMEGAT and not acted):
        yield untranslated
    elif target == sent.target:
        yield Returned(segment=sent.segment, target=target, confirmed=acted)
    elif words == plain(sent.source) and any(letter.isalpha() for letter in words):
        # Tools put the source where nobody translated.
        yield untranslated
        yield f"{sent.segment} came back in the source language; taken as not translated"
    else:
        yield Returned(segment=sent.segment, target=target)
        if lost := codes.lost(sent.target or sent.source, target):
            yield Stray(reason=f"The formatting is gone: {', '.join(lost)}", text=words, segment=sent.segment)


def _text(unit: "_Element", tag: str, codes: Codes) -> Inlines:
    found = unit.find(f"{X}{tag}")
    return () if found is None else codes.read(found)


def _remarks(unit: "_Element", sent: Sent) -> Iterator[Remark]:
    """Yield the notes that somebody added."""
    for note in unit.iterfind(f"{X}note"):
        text = CONTROL.sub(" ", note.text or "").strip()
        if note.get("from") not in {OURS, SOURCE} and text:
            yield Remark(segment=sent.segment, by=note.get("from"), at=None, text=text)
