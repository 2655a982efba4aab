"""Recognition: headline, date line, contact and the like, where they are. What is not there is never made up."""

import datetime as dt
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from pipeline.locales import Locale
from pipeline.model.inline import Inlines, cut, inlines, merge, plain
from pipeline.model.intake import RawBlock, RawKind, Removal
from pipeline.model.release import Contact, Localized
from pipeline.stages.ingest.contacts import find_contacts

_TIME = re.compile(r"(\d{1,2})(?:[.:h]|\sh\s)?(\d{2})?\s*(?:uhr|h\b|$)", re.IGNORECASE)
_PLACE = r"(?P<place>[A-ZÄÖÜÉÈÀÎÔ][\w’.-]+(?:[ -](?:[A-ZÄÖÜÉÈÀÎÔ][\w’.-]+|am|an der|bei|im|sur|en|de)){0,3})"

TITLE_LENGTH = 140
PROPOSAL_LENGTH = 90
HEADING_LENGTH = 80
EMBARGO_LENGTH = 120
END_OF_DAY = dt.time(23, 59)
OPENING = 4
"""Among so many blocks at the beginning headline, date line, number and embargo are looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """What was found; `blocks` is what is left for the body."""

    blocks: tuple[RawBlock, ...]
    title: Inlines = ()
    subtitle: Inlines = ()
    date: dt.date | None = None
    place: Localized | None = None
    number: str | None = None
    embargo: dt.datetime | None = None
    confidential: bool = False
    contacts: tuple[Contact, ...] = ()
    to_confirm: tuple[str, ...] = ()
    """Keys whose value is a guess."""
    removed: tuple[Removal, ...] = ()
    notes: tuple[str, ...] = ()


def recognise(blocks: Sequence[RawBlock], locale: Locale, zone: ZoneInfo) -> Recognised:
    """Return what can be recognised in `blocks`, in the language of `locale`.

    Args:
        blocks: without clutter, repaired, lines joined to paragraphs.
        locale: of the text.
        zone: of times that name none.
    """
    found = Recognised(blocks=tuple(blocks))
    found = _number(found, locale)
    found = _embargo(found, locale, zone)
    found = _headline(found, locale)
    found = _date_line(found, locale)
    calls = find_contacts(found.blocks, locale)
    notes = tuple(f"the contact “{contact.name}” was taken out of the text" for contact in calls.contacts)
    found = replace(
        found, blocks=calls.blocks, contacts=calls.contacts, removed=calls.removed, notes=(*found.notes, *notes)
    )
    return _sections(found, locale)


def proposed_title(text: str, locale: Locale) -> str:
    """Return a headline from a release's first sentence: at most 90 characters, cut where it can end."""
    sentence = text.rstrip(" .!?…")
    if len(sentence) <= PROPOSAL_LENGTH:
        return sentence
    window = sentence[: PROPOSAL_LENGTH + 1]
    clause = max(window.rfind(mark) for mark in (", ", " – ", ": ", "; "))
    if clause > PROPOSAL_LENGTH // 2:
        return window[:clause]
    words = window.split(" ")[:-1] or [window[:PROPOSAL_LENGTH]]
    while len(words) > 1 and words[-1].lower() in locale.cues.openers:
        words.pop()
    return " ".join(words).rstrip(" ,;:–")


def _number(found: Recognised, locale: Locale) -> Recognised:
    for index, block in enumerate(found.blocks[:OPENING]):
        text = plain(block.text)
        match = locale.cues.number.fullmatch(text) if block.kind is not RawKind.ITEM else None
        if match:
            number = re.sub(r"\s", "", next(group for group in match.groups() if group))
            left = found.blocks[:index] + found.blocks[index + 1 :]
            return replace(
                found, blocks=left, number=number, notes=(*found.notes, f"“{text}” was taken as the number")
            )
    return found


def _embargo(found: Recognised, locale: Locale, zone: ZoneInfo) -> Recognised:
    """Return `found` with its embargo; where its time is unclear, the text is held back rather than let go."""
    for index, block in enumerate(found.blocks):
        text = plain(block.text)
        match = locale.cues.embargo.fullmatch(text) if len(text) <= EMBARGO_LENGTH else None
        if match is None:
            continue
        day = _day(match[1], locale)
        left = found.blocks[:index] + found.blocks[index + 1 :]
        if day is not None:
            time = _time(match[1][day[0] :])
            note = f"“{text}” was taken as the embargo" + ("" if time else ", to the end of that day: check it")
            return replace(
                found,
                blocks=left,
                embargo=dt.datetime.combine(day[1], time or END_OF_DAY, zone),
                to_confirm=() if time else ("embargo",),
                notes=(*found.notes, note),
            )
        if ":" in text:
            note = (
                f"“{text}” gives no date, so the release is marked confidential: write the embargo into source.md"
            )
            return replace(
                found, blocks=left, confidential=True, to_confirm=("confidential",), notes=(*found.notes, note)
            )
    return found


def _headline(found: Recognised, locale: Locale) -> Recognised:
    blocks = list(found.blocks)
    position = next((index for index, block in enumerate(blocks) if block.kind is RawKind.TITLE), None)
    if position is None and len(blocks) > 1 and _is_headline(blocks[0], blocks[1:OPENING], locale):
        position = 0
    if position is None:
        return found
    title = _without_bold(blocks.pop(position).text)
    subtitle: Inlines = ()
    below = blocks[position + 1 : position + OPENING]
    if below and position < OPENING and _is_headline(blocks[position], below, locale):
        subtitle = _without_bold(blocks.pop(position).text)
    return replace(found, blocks=tuple(blocks), title=title, subtitle=subtitle)


def _is_headline(block: RawBlock, below: Sequence[RawBlock], locale: Locale) -> bool:
    """Return whether a piece of text is evidently a headline: short, no sentence, text below it, a gap between."""
    text = plain(block.text)
    day = _day(text, locale)
    return (
        block.kind in {RawKind.TEXT, RawKind.HEADING}
        and below[0].kind is not RawKind.ITEM
        and len(text) <= TITLE_LENGTH
        and "\n" not in text
        and not text.endswith((".", ":", ";", ",", "…"))
        and any(other.kind is RawKind.TEXT and len(plain(other.text)) > len(text) for other in below)
        and block.group != below[0].group
        and not locale.cues.contact.match(text)
        and (day is None or day[0] < len(text.rstrip(" )")))
    )


def _date_line(found: Recognised, locale: Locale) -> Recognised:
    for index, block in enumerate(found.blocks[:OPENING]):
        text = plain(block.text)
        weekday = rf"(?:{locale.cues.weekday.pattern},?\s+)?(?:(?:den|le)\s+)?"
        match = re.match(rf"(?:(?!(?i:{weekday})\d){_PLACE}(?:,\s*|\s*\(\s*))?(?i:{weekday})", text)
        start = match.end() if match else 0
        day = _day(text[start : start + 40], locale)
        if day is None or day[2] != 0:
            continue
        rest = re.match(r"\s*\)?\s*(?:[–—:-]|\Z|\.\s|\))\s*", text[start + day[0] :])
        if rest is None:
            continue
        place = match["place"] if match else None
        end = start + day[0] + rest.end()
        remaining = cut(block.text, end, len(text))
        blocks = list(found.blocks)
        blocks[index : index + 1] = [replace(block, text=remaining)] if remaining else []
        return replace(
            found,
            blocks=tuple(blocks),
            date=day[1],
            place=Localized(texts=((locale.tag, place),)) if place else None,
            notes=(*found.notes, f"“{text[:end].strip()}” was taken as the date line"),
        )
    return found


def _day(text: str, locale: Locale) -> tuple[int, dt.date, int] | None:
    """Return where the first date in `text` ends, the date, and where it begins."""
    months = "|".join(locale.months)
    match = re.search(
        rf"(\d{{1,2}})(?:\.|er)?\s*({months})\s+(\d{{4}})|(\d{{1,2}})[./](\d{{1,2}})[./](\d{{4}})",
        text,
        re.IGNORECASE,
    )
    if match is None:
        return None
    names = [name.lower() for name in locale.months]
    day, month, year = (
        (match[1], names.index(match[2].lower()) + 1, match[3]) if match[1] else (match[4], match[5], match[6])
    )
    try:
        return match.end(), dt.date(int(year), int(month), int(day)), match.start()
    except ValueError:
        return None


def _time(text: str) -> dt.time | None:
    """Return the time of day in `text`, or None where there is none or it cannot be."""
    match = _TIME.search(text)
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None  # noqa: PLR2004 (a day's hours)


def _sections(found: Recognised, locale: Locale) -> Recognised:
    """Return `found` with headings inside the text recognised: lines of their own above a longer paragraph."""
    blocks = list(found.blocks)
    notes = list(found.notes)
    for index, (block, below) in enumerate(itertools.pairwise(found.blocks)):
        text = plain(block.text)
        about = locale.cues.about.fullmatch(text.rstrip(" :"))
        section = len(text) <= HEADING_LENGTH and _is_headline(block, (below,), locale)
        if block.kind is RawKind.TEXT and index and below.kind is RawKind.TEXT and (about or section):
            words = cut(block.text, 0, len(text.rstrip(" :")))
            blocks[index] = replace(block, kind=RawKind.HEADING, level=2, text=_without_bold(words))
            notes.append(f"“{text}” was taken as a heading")
    return replace(found, blocks=tuple(blocks), notes=tuple(notes))


def _without_bold(text: Inlines) -> Inlines:
    return merge(replace(run, bold=False, text=run.text.replace("\n", " ")) for run in text)


def plain_title(text: str) -> Inlines:
    """Return a title as given by a person on the command line."""
    return inlines(" ".join(text.split()))
