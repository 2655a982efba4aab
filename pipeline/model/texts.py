"""The translatable texts of a release: listing them, and putting translations in their place.

One walk serves both directions, so that what was listed can always be put back.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

from pipeline.model.inline import Inlines, inlines, plain
from pipeline.model.release import (
    Block,
    BulletList,
    Contact,
    Figure,
    Heading,
    ListItem,
    Localized,
    Media,
    Paragraph,
    Quote,
    Release,
    Table,
)


class TextKind(StrEnum):
    """What a text is for; engines, checks and review documents treat kinds differently."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    ITEM = "item"
    CELL = "cell"
    ALT = "alt"
    CAPTION = "caption"
    ROLE = "role"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPlace:
    """A text and where in the release it stands.

    `path` is `title`, `subtitle`, `blocks.3` (a heading or paragraph), `blocks.3.0` (a paragraph of a
    quotation or an item), `blocks.3.1.0` (a cell by row and column, the header being row 0), `media.0.alt`,
    `contacts.0.role`. Counted from 0.
    """

    path: str
    kind: TextKind
    text: Inlines


Change: TypeAlias = Callable[[TextPlace], Inlines]


def texts(release: Release, target: str) -> tuple[TextPlace, ...]:
    """Return every text of `release` that needs a translation into `target`, in reading order.

    Left out are texts that people gave in `target` themselves: places, alt texts, captions and roles.
    """
    found: list[TextPlace] = []

    def note(place: TextPlace) -> Inlines:
        found.append(place)
        return place.text

    _changed(release, target, note)
    return tuple(found)


def in_language(release: Release, target: str, translations: Mapping[str, Inlines]) -> Release:
    """Return `release` in `target`, the text at each path replaced by `translations[path]`.

    Raises:
        KeyError: a path of `texts(release, target)` has no translation.
    """
    return replace(_changed(release, target, lambda place: translations[place.path]), language=target)


def _changed(release: Release, target: str, change: Change) -> Release:
    def text(path: str, kind: TextKind, value: Inlines) -> Inlines:
        return change(TextPlace(path=path, kind=kind, text=value)) if plain(value).strip() else value

    title = text("title", TextKind.TITLE, release.title)
    subtitle = text("subtitle", TextKind.SUBTITLE, release.subtitle)
    blocks = tuple(_block(f"blocks.{i}", block, text) for i, block in enumerate(release.blocks))
    localize = _Localizer(release.language, target, text)
    media = tuple(localize.media(f"media.{i}", item) for i, item in enumerate(release.media))
    contacts = tuple(localize.contact(f"contacts.{i}", item) for i, item in enumerate(release.contacts))
    return replace(release, title=title, subtitle=subtitle, blocks=blocks, media=media, contacts=contacts)


_TextAt: TypeAlias = Callable[[str, TextKind, Inlines], Inlines]


def _block(path: str, block: Block, text: _TextAt) -> Block:
    match block:
        case Heading():
            return replace(block, text=text(path, TextKind.HEADING, block.text))
        case Paragraph():
            return replace(block, text=text(path, TextKind.PARAGRAPH, block.text))
        case Quote():
            return Quote(
                paragraphs=tuple(
                    text(f"{path}.{i}", TextKind.QUOTE, part) for i, part in enumerate(block.paragraphs)
                )
            )
        case BulletList():
            return _list(path, block, text)
        case Table():
            rows = tuple(
                tuple(text(f"{path}.{r}.{c}", TextKind.CELL, cell) for c, cell in enumerate(row))
                for r, row in enumerate((block.header, *block.rows))
            )
            return Table(header=rows[0], rows=rows[1:])
        case Figure():
            return block


def _list(path: str, block: BulletList, text: _TextAt) -> BulletList:
    items = tuple(
        ListItem(
            text=text(f"{path}.{i}", TextKind.ITEM, item.text),
            sublists=tuple(_list(f"{path}.{i}.{j}", sub, text) for j, sub in enumerate(item.sublists)),
        )
        for i, item in enumerate(block.items)
    )
    return replace(block, items=items)


@dataclass(frozen=True, slots=True)
class _Localizer:
    """Fills in the target language of texts that people may give per language."""

    source: str
    target: str
    text: _TextAt

    def media(self, path: str, item: Media) -> Media:
        return replace(
            item,
            alt=self._own(f"{path}.alt", TextKind.ALT, item.alt),
            caption=self._own(f"{path}.caption", TextKind.CAPTION, item.caption),
        )

    def contact(self, path: str, item: Contact) -> Contact:
        return replace(item, role=self._own(f"{path}.role", TextKind.ROLE, item.role))

    def _own(self, path: str, kind: TextKind, value: Localized | None) -> Localized | None:
        if value is None or value.own(self.target) is not None:
            return value
        translated = plain(self.text(path, kind, inlines(value.any(self.source))))
        return Localized(texts=(*value.texts, (self.target, translated)))
