"""An edition as plain text: for mails, press kits and whoever pastes it into a system of their own."""

import textwrap
from collections.abc import Iterator

from pipeline import locales
from pipeline.model.edition import Edition
from pipeline.model.inline import Inlines, apply_edits, inlines, plain
from pipeline.model.release import Block, BulletList, Contact, Figure, Heading, Media, Paragraph, Quote, Table

WIDTH = 72
"""Signs on a line (RFC 5322, section 2.1.1, asks for fewer than 79)."""


def edition_text(edition: Edition) -> str:
    """Return everything that the edition's page says, paragraph by paragraph, in lines of at most 72 signs.

    Addresses longer than a line stand on one of their own. Quotations are set in by “> ”, items of lists by “- ” or
    their number; a table is told row by row, each cell behind the head of its column.
    """
    return "\n\n".join(part for part in _parts(edition) if part.strip()) + "\n"


def _parts(edition: Edition) -> Iterator[str]:
    release, labels = edition.release, edition.labels
    yield _wrapped(" · ".join(filter(None, (labels.kind, labels.number, edition.letterhead.name))))
    yield "\n".join(_wrapped(note) for note in (*edition.notes, *labels.revision))
    yield _wrapped(labels.timing)
    title = plain(release.title).strip() or release.id
    yield _underlined(title)
    yield _wrapped(plain(release.subtitle))
    if labels.place_and_date:
        yield labels.place_and_date
    for block in release.blocks:
        yield _block(block, edition)
    yield f"– {labels.end} –"
    if edition.boilerplate:
        yield "\n".join((labels.about.upper(), *(_wrapped(paragraph) for paragraph in edition.boilerplate)))
    if edition.contacts:
        people = (_contact(person, edition) for person in edition.contacts)
        yield "\n".join((labels.contact.upper(), *people))


def _underlined(text: str) -> str:
    lines = _wrapped(text).split("\n")
    return "\n".join((*lines, "=" * max(map(len, lines))))


def _block(block: Block, edition: Edition) -> str:
    match block:
        case Paragraph():
            return _words(block.text)
        case Heading():
            text = _words(block.text)
            return f"{text}\n{'-' * max(map(len, text.splitlines() or ['']))}"
        case Quote():
            return "\n>\n".join(textwrap.indent(_words(part, "> "), "> ") for part in block.paragraphs)
        case BulletList():
            return "\n".join(_items(block, ""))
        case Table():
            return "\n\n".join(_row(block, row, edition.release.language) for row in block.rows)
        case Figure():
            return _figure(block, edition)


def _items(block: BulletList, indent: str) -> Iterator[str]:
    for number, item in enumerate(block.items, 1):
        mark = f"{number}. " if block.ordered else "- "
        inner = indent + " " * len(mark)
        text = _wrapped(plain(item.text), first=indent + mark, then=inner)
        yield text
        for sublist in item.sublists:
            yield from _items(sublist, inner)


def _row(table: Table, row: tuple[Inlines, ...], language: str) -> str:
    cells = zip(map(plain, table.header), map(plain, row), strict=True)
    return "\n".join(_wrapped(_told(head, cell, language), then="  ") for head, cell in cells if cell)


def _told(head: str, cell: str, language: str) -> str:
    """Return `head: cell` with the colon as the language sets it."""
    text = f"{head}: {cell}" if head else cell
    return plain(apply_edits(inlines(text), locales.get(language).typography(text)))


def _figure(block: Figure, edition: Edition) -> str:
    language = edition.release.language
    media = next((item for item in edition.release.media if item.file == block.file), Media(file=block.file))
    caption = media.caption.any(language) if media.caption else media.alt.any(language) if media.alt else ""
    credit = f"{edition.labels.photo} {media.credit}" if media.credit else ""
    return _wrapped(f"[{' · '.join(filter(None, (block.file, caption, credit)))}]")


def _contact(person: Contact, edition: Edition) -> str:
    role = person.role.any(edition.release.language) if person.role else None
    who = ", ".join(filter(None, (person.name, role)))
    phone = f"{edition.labels.phone} {person.phone}" if person.phone else None
    reach = " · ".join(filter(None, (phone, person.email)))
    return "\n".join(filter(None, (_wrapped(who), reach)))


def _words(text: Inlines, indent: str = "") -> str:
    """Return runs as text in lines; an address that is not what the link says follows it in brackets."""
    words = "".join(
        f"{run.text} <{run.href}>" if run.href and run.href.removeprefix("mailto:") != run.text else run.text
        for run in text
    )
    return _wrapped(words, width=WIDTH - len(indent))


def _wrapped(text: str, *, first: str = "", then: str = "", width: int = WIDTH) -> str:
    """Return text in lines; line breaks of its own stay, and no-break spaces are never broken at."""
    lines = [
        textwrap.wrap(
            line,
            width,
            initial_indent=first if number == 0 else then,
            subsequent_indent=then,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for number, line in enumerate(text.split("\n"))
    ]
    return "\n".join(line for wrapped in lines for line in wrapped)
