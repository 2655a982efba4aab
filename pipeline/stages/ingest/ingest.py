"""The steps of an import, one after the other."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from pipeline.locales import Locale
from pipeline.model.inline import Inlines, merge, plain
from pipeline.model.intake import Ingested, RawBlock, RawContent, RawKind, Removal, Repair
from pipeline.model.release import Localized, Paragraph, Release
from pipeline.stages.ingest.clutter import ClutterList, bare, remove_clutter
from pipeline.stages.ingest.recognise import Recognised, plain_title, proposed_title, recognise
from pipeline.stages.ingest.repair import repair
from pipeline.stages.ingest.shape import shape_lines, to_blocks

ID_LENGTH = 60
_SMALL_WORDS = frozenset(
    "der die das ein eine und in im am zu zum zur von für mit le la les de du des un une et à".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a person said on the command line; it needs no confirmation."""

    title: str | None = None
    date: dt.date | None = None
    place: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What an import must know of the office."""

    locale: Locale
    """Of the source language."""
    others: tuple[Locale, ...]
    """Languages that passages in the text may be in."""
    clutter: str
    """The clutter list, as a text."""
    abbreviations: frozenset[str]
    zone: ZoneInfo
    boilerplate: tuple[tuple[str, Localized], ...]


def ingest(content: RawContent, house: House, given: Given) -> Ingested:
    """Return the release that `content` holds, and everything that was left out, changed or found.

    Args:
        content: of the foreign file.
        house: the office's languages, lists and texts.
        given: what a person said.
    """
    kept, removed = remove_clutter(content.blocks, ClutterList.of(house.clutter))
    shaped, listed = shape_lines(kept)
    repaired = repair(shaped, house.locale, house.others)
    found = recognise(repaired.blocks, house.locale, house.zone)
    blocks, boilerplate = _without_boilerplate(found.blocks, house)
    release = _release(replace(found, blocks=blocks), house, given)
    return Ingested(
        release=replace(release, boilerplate=boilerplate),
        removed=tuple(sorted((*content.removed, *removed, *found.removed), key=_line)),
        repairs=tuple(sorted((*content.repairs, *listed, *repaired.repairs), key=_line)),
        notes=(
            *content.notes,
            *found.notes,
            *([f"boilerplate “{boilerplate}” recognised"] if boilerplate else []),
            *_overruled(found, given),
        ),
    )


def _line(report: Removal | Repair) -> int:
    return report.line or 0


def _release(found: Recognised, house: House, given: Given) -> Release:
    body = to_blocks(found.blocks)
    title = plain_title(given.title) if given.title else found.title
    to_confirm = [*found.to_confirm, *([] if title else ["title"])]
    if not title:
        title = plain_title(_proposal(found, house))
    date = given.date or found.date
    place = Localized(texts=((house.locale.tag, given.place),)) if given.place else found.place
    to_confirm += [key for key, value in (("date", date), ("place", place)) if value is None]
    if body and isinstance(body[0], Paragraph):
        body = (Paragraph(text=_without_bold(body[0].text)), *body[1:])
    return Release(
        id=given.id or release_id(date, plain(title)),
        language=house.locale.tag,
        title=title,
        subtitle=found.subtitle,
        date=date,
        place=place,
        number=found.number,
        embargo=found.embargo,
        confidential=found.confidential,
        contacts=found.contacts,
        to_confirm=tuple(to_confirm),
        blocks=body,
    )


def _overruled(found: Recognised, given: Given) -> Iterator[str]:
    """Yield what the text says and a person says otherwise."""
    place = found.place.texts[0][1] if found.place else None
    texts = (
        ("title", plain(found.title), given.title),
        ("date", found.date, given.date),
        ("place", place, given.place),
    )
    for key, in_text, said in texts:
        if in_text and said and in_text != said:
            yield f"the text gives “{in_text}” as {key}; it was left out because you gave another"


def _without_bold(text: Inlines) -> Inlines:
    """Return a lead that was bold as a whole without it; leads are set apart by their place."""
    return merge(replace(run, bold=False) for run in text) if all(run.bold for run in text) else text


def _proposal(found: Recognised, house: House) -> str:
    text = next((plain(block.text) for block in found.blocks if block.kind is RawKind.TEXT), "")
    spans = house.locale.sentences(text, house.abbreviations)
    return proposed_title(text[spans[0][0] : spans[0][1]], house.locale) if spans else ""


def _without_boilerplate(blocks: tuple[RawBlock, ...], house: House) -> tuple[tuple[RawBlock, ...], str | None]:
    """Return `blocks` without the office's own text and the heading above it, and that text's name."""
    for name, text in house.boilerplate:
        paragraphs = [bare(part) for part in (text.own(house.locale.tag) or "").split("\n\n") if part.strip()]
        size = len(paragraphs)
        if size and [bare(plain(block.text)) for block in blocks[-size:]] == paragraphs:
            rest = blocks[:-size]
            about = rest and house.locale.cues.about.fullmatch(plain(rest[-1].text).rstrip(" :"))
            return (rest[:-1] if about else rest), name
    return blocks, None


def release_id(date: dt.date | None, title: str) -> str:
    """Return a folder's name such as `2026-11-17-neue-bruecke`: date and first words, small ASCII, short."""
    for letter, plain_letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), ("œ", "oe"), ("’", " ")):
        title = title.lower().replace(letter, plain_letters)
    ascii_title = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    words = [word for word in re.findall(r"[a-z0-9]+", ascii_title) if word not in _SMALL_WORDS]
    parts = [date.isoformat()] if date else []
    for word in words[:5]:
        if len("-".join([*parts, word])) <= ID_LENGTH:
            parts.append(word)
    return "-".join(parts) or "release"
