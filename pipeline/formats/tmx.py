"""Translation memories as TMX 1.4b (Localization Industry Standards Association, 2005), read and written.

Reading takes little memory however large the file is. Nothing that a file points at is fetched, no entity of its
own is expanded, and formatting codes are left out: what remains is the text.
"""

import contextlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from pipeline.errors import FormatError
from pipeline.formats.xml_characters import forbidden_characters

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_SEGMENT = 10_000
"""Characters of the longest segment that is taken; a segment is a sentence, seldom a paragraph."""

MAX_BYTES = 4_000_000
"""Of the largest unit."""

MAX_NAMED = 5
"""Lines that are named for each reason to skip a unit."""

_CODES = frozenset({"bpt", "ept", "it", "ph", "ut", "sub"})
"""Elements that hold the codes of some program instead of text. `hi` holds text."""

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True, kw_only=True)
class TmxUnit:
    """A source text and its translation."""

    source: str
    target: str
    id: str
    """Its `tuid`, or where it has none, its line."""
    changed: datetime | None = None
    """When it was last changed, or else made, as far as the file tells; in UTC."""


@dataclass(slots=True)
class TmxReader:
    """The units of a TMX file in one direction, read as they are asked for; once.

    A language tag also finds its varieties: `fr` takes `fr-FR`, `fr-CH` prefers itself and takes any French.

    Args:
        stream: the file, open for bytes.
        name: what the user calls it, for errors.
        source: language tag of one side.
        target: language tag of the other.
    """

    stream: IO[bytes]
    name: str
    source: str
    target: str
    read: int = 0
    """Units given so far."""
    skipped: Counter[str] = field(default_factory=Counter)
    """Why units were left out, and how many."""
    lines: dict[str, list[int]] = field(default_factory=dict)
    """The lines in which the first of them begin."""

    def __iter__(self) -> Iterator[TmxUnit]:
        """Yield the units.

        Raises:
            FormatError: it is no TMX file, breaks off or is broken; units before that place have been given.
        """
        for element in _units(self.stream, self.name):
            line = element.sourceline or 0
            unit = self._unit(element, line)
            if isinstance(unit, TmxUnit):
                self.read += 1
                yield unit
            else:
                self.skipped[unit] += 1
                if self.skipped[unit] <= MAX_NAMED:
                    self.lines.setdefault(unit, []).append(line)

    def report(self) -> tuple[str, ...]:
        """Return one line for each reason to leave out units: how many, and where the first few stand."""
        return tuple(
            f"{self.name}: {count} left out: {reason} (line {', '.join(map(str, self.lines[reason]))}"
            f"{' …' if count > MAX_NAMED else ''})"
            for reason, count in self.skipped.items()
        )

    def _unit(self, element: "_Element", line: int) -> TmxUnit | str:
        """Return the unit of a `tu`, or why there is none."""
        variants = [(_language(item), item) for item in element.iterchildren("tuv")]
        sides = [_variant(variants, tag) for tag in (self.source, self.target)]
        for tag, side in zip((self.source, self.target), sides, strict=True):
            if side is None:
                return f"no text in “{tag}”"
        texts = [_text(side.find("seg")) for side in sides if side is not None]
        if None in texts:
            return "an entity of the file’s own stands in the text"
        source, target = (text or "" for text in texts)
        if not source or not target:
            return "one side is empty"
        if max(len(source), len(target)) > MAX_SEGMENT:
            return f"longer than {MAX_SEGMENT:,} characters"
        return TmxUnit(source=source, target=target, id=element.get("tuid") or str(line), changed=_changed(element))


@dataclass(slots=True)
class _Bounded:
    """A stream that ends with an error where a unit does not end."""

    stream: IO[bytes]
    name: str
    since: int = 0
    """Bytes read since the last unit."""

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(size)
        self.since += len(data)
        if self.since > MAX_BYTES:
            raise FormatError("is no translation memory (TMX), or has a unit larger than any text", path=self.name)
        return data


def _units(stream: IO[bytes], name: str) -> Iterator["_Element"]:
    """Yield each `tu` when it is complete; what came before it is forgotten."""
    from lxml import etree

    bounded = _Bounded(stream, name)
    # A document type is tolerated and not loaded: most tools write one.
    events = etree.iterparse(
        bounded, events=("end",), tag="tu", resolve_entities=False, no_network=True, load_dtd=False,
        huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        for _, element in events:
            bounded.since = 0
            _expect_tmx(element.getroottree().getroot(), name)
            yield element
            _forget(element)
    except etree.XMLSyntaxError as error:
        message = "is damaged or breaks off here, so the rest cannot be read; export it again"
        raise FormatError(message, path=name, line=error.lineno) from None
    _expect_tmx(events.root, name)


def _expect_tmx(root: "_Element", name: str) -> None:
    if root.tag != "tmx":
        raise FormatError("is no translation memory (TMX)", path=name)


def _forget(element: "_Element") -> None:
    """Free a unit that is done with, and what stands before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _language(variant: "_Element") -> str:
    return (variant.get(_XML_LANG) or variant.get("lang") or "").replace("_", "-").lower()


def _variant(variants: list[tuple[str, "_Element"]], tag: str) -> "_Element | None":
    """Return the variant in the language of `tag`: first the very same, else any of that language."""
    wanted = tag.lower()
    same = (item for language, item in variants if language == wanted)
    akin = (item for language, item in variants if language.partition("-")[0] == wanted.partition("-")[0])
    return next(same, next(akin, None))


def _text(segment: "_Element | None") -> str | None:
    """Return the text of a `seg` without codes, laid out on one line; None where an entity stands in it."""
    if segment is None:
        return ""
    pieces: list[str] = []
    pending: list[str | _Element] = [segment]
    while pending:
        item = pending.pop()
        if isinstance(item, str):
            pieces.append(item)
            continue
        if not isinstance(item.tag, str):
            return None
        if item.tag not in _CODES:
            # Last in, first out: an element's own text, then each child followed by the text after it.
            for child in reversed(item):
                pending += (child.tail or "", child)
            pending.append(item.text or "")
    return re.sub(r"[ \t\r\n]+", " ", "".join(pieces)).strip()


def _changed(unit: "_Element") -> datetime | None:
    for name in ("changedate", "creationdate"):
        with contextlib.suppress(ValueError, OverflowError):
            if text := unit.get(name):
                moment = datetime.fromisoformat(text)
                return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None


def write_tmx(
    units: Iterable[TmxUnit], *, source: str, target: str, created: datetime, version: str
) -> Iterator[bytes]:
    """Yield a TMX file piece by piece; the same units give the same bytes.

    Args:
        units: plain texts; ids are kept.
        source: language tag of the sources.
        target: language tag of the targets.
        created: time to record.
        version: of this program.

    Raises:
        FormatError: a text holds a character that XML cannot hold.
    """
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">\n'
        f'<header creationtool="communique" creationtoolversion={quoteattr(version)} segtype="sentence"'
        f' o-tmf="communique" adminlang="en" srclang={quoteattr(source)} datatype="plaintext"'
        f' creationdate="{_stamp(created)}"/>\n<body>\n'
    ).encode()
    for unit in units:
        for _, character in forbidden_characters(unit):
            message = f"“{unit.id}” holds the character U+{ord(character):04X}, which no TMX file can hold"
            raise FormatError(f"{message}; remove it from the text")
        date = f' changedate="{_stamp(unit.changed)}"' if unit.changed else ""
        variants = "".join(
            f"<tuv xml:lang={quoteattr(tag)}><seg>{escape(text)}</seg></tuv>\n"
            for tag, text in ((source, unit.source), (target, unit.target))
        )
        yield f"<tu tuid={quoteattr(unit.id)}{date}>\n{variants}</tu>\n".encode()
    yield b"</body>\n</tmx>\n"


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
