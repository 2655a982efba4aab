"""An edition as plain text: for mails, press kits, news records, and to be pasted into other systems."""

import re
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from pipeline import locales
from pipeline.formats.inline_markdown import SAFE_LINK
from pipeline.model.edition import Edition
from pipeline.model.inline import Inlines, apply_edits, inlines, plain
from pipeline.model.release import (
    Block,
    BulletList,
    Contact,
    Figure,
    Heading,
    Localized,
    Media,
    Paragraph,
    Quote,
    Table,
)

WIDTH = 72
"""Signs on a line (RFC 5322, section 2.1.1, asks for fewer than 79)."""

_SCHEME = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)


def edition_text(edition: Edition, *, width: int | None = WIDTH) -> str:
    """Return everything that the edition's page says, paragraph by paragraph.

    Quotations are set in by “> ”, items of lists by “- ” or their number; a table is told row by row, each cell
    behind the head of its column. What people gave in another language only has the tag of that language before it.

    Args:
        edition: what is published.
        width: signs on a line; words that are longer, such as addresses, stand on one of their own. None leaves
            each paragraph on one line, for systems that break lines themselves.
    """
    writer = _Writer(edition=edition, width=sys.maxsize if width is None else width)
    return "\n\n".join(part for part in writer.parts() if part.strip()) + "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Writer:
    edition: Edition
    width: int

    def parts(self) -> Iterator[str]:
        """Yield the paragraphs from top to bottom, empty ones among them."""
        edition, labels = self.edition, self.edition.labels
        yield self._wrapped(" · ".join(filter(None, (labels.kind, labels.number, edition.letterhead.name))))
        yield "\n".join(self._wrapped(note) for note in (*edition.notes, *labels.revision))
        yield self._wrapped(labels.timing)
        yield self._underlined(plain(edition.release.title).strip() or edition.release.id, "=")
        yield self._wrapped(_words(edition.release.subtitle))
        yield self._wrapped(labels.place_and_date or "")
        yield from map(self._block, edition.release.blocks)
        yield f"– {labels.end} –"
        if edition.boilerplate:
            yield "\n".join((labels.about.upper(), *map(self._wrapped, edition.boilerplate)))
        if edition.contacts:
            yield "\n".join((labels.contact.upper(), *map(self._contact, edition.contacts)))

    def _block(self, block: Block) -> str:
        match block:
            case Paragraph():
                return self._wrapped(_words(block.text))
            case Heading():
                return self._underlined(_words(block.text), "-")
            case Quote():
                return "\n>\n".join(self._wrapped(_words(part), "> ", "> ") for part in block.paragraphs)
            case BulletList():
                return "\n".join(self._items(block, ""))
            case Table():
                return self._table(block)
            case Figure():
                return self._figure(block)

    def _underlined(self, text: str, sign: str) -> str:
        words = self._wrapped(text)
        longest = max(map(len, words.split("\n")))
        return f"{words}\n{sign * min(longest, WIDTH)}"

    def _items(self, block: BulletList, indent: str) -> Iterator[str]:
        for number, item in enumerate(block.items, 1):
            mark = f"{number}. " if block.ordered else "- "
            inner = indent + " " * len(mark)
            yield self._wrapped(_words(item.text), indent + mark, inner)
            for sublist in item.sublists:
                yield from self._items(sublist, inner)

    def _table(self, table: Table) -> str:
        heads = [_words(head) for head in table.header]
        if not table.rows:
            return self._wrapped(" · ".join(filter(None, heads)))
        rows = (self._row(heads, [_words(cell) for cell in row]) for row in table.rows)
        return "\n\n".join(filter(None, rows))

    def _row(self, heads: list[str], cells: list[str]) -> str:
        told = zip(heads, cells, strict=True)
        lines = (f"{head}{self._colon()} {cell}" if head else cell for head, cell in told if cell)
        return "\n".join(self._wrapped(line, then="  ") for line in lines)

    def _colon(self) -> str:
        """Return a colon with the space that the language sets before it."""
        text = "A:"
        return plain(apply_edits(inlines(text), locales.get(self.edition.release.language).typography(text)))[1:]

    def _figure(self, block: Figure) -> str:
        listed = (item for item in self.edition.release.media if item.file == block.file)
        media = next(listed, Media(file=block.file))
        caption = self._own(media.caption or media.alt)
        credit = f"{self.edition.labels.photo} {media.credit}" if media.credit else None
        return self._wrapped(f"[{' · '.join(filter(None, (block.file, caption, credit)))}]")

    def _contact(self, person: Contact) -> str:
        who = ", ".join(filter(None, (person.name, self._own(person.role))))
        phone = f"{self.edition.labels.phone} {person.phone}" if person.phone else None
        reach = " · ".join(filter(None, (phone, person.email)))
        return "\n".join(filter(None, (self._wrapped(who), self._wrapped(reach))))

    def _own(self, text: Localized | None) -> str | None:
        """Return a text that people gave per language; one in another language must not pass for this one."""
        if text is None:
            return None
        own = text.own(self.edition.release.language)
        return own if own is not None else "[{}] {}".format(*text.texts[0])

    def _wrapped(self, text: str, first: str = "", then: str = "") -> str:
        """Return text in lines; line breaks of its own stay, and no-break spaces are never broken at."""
        lines = [
            textwrap.wrap(
                line,
                self.width,
                initial_indent=then if number else first,
                subsequent_indent=then,
                break_long_words=False,
                break_on_hyphens=False,
            )
            for number, line in enumerate(text.split("\n"))
        ]
        return "\n".join(line for wrapped in lines for line in wrapped)


def _words(text: Inlines) -> str:
    """Return runs as text; an address that is not what its link says follows it in angle brackets."""
    parts: list[str] = []
    for href, runs in groupby(text, key=lambda run: run.href):
        words = plain(tuple(runs))
        if href is not None and SAFE_LINK.match(href) and _bare(href) != _bare(words):
            said = words.rstrip()
            words = f"{said} <{href}>{words[len(said) :]}"
        parts.append(words)
    return "".join(parts)


def _bare(address: str) -> str:
    """Return what two ways of writing one address have in common."""
    return re.sub(r"\s", "", _SCHEME.sub("", address.strip(), count=1)).rstrip("/").casefold()
