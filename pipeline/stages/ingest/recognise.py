"""Recognition: headline, date line, contact and the like, where they are. What is not there is never made up."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from pipeline.locales import Locale
from pipeline.model.inline import Inlines, cut, inlines, merge, plain
from pipeline.model.intake import RawBlock, RawKind
from pipeline.model.release import Contact, Localized

_PHONE = re.compile(r"\+?\d[\d /().–-]{5,}\d")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_TIME = re.compile(r"(\d{1,2})(?:[.:h]|\sh\s)?(\d{2})?\s*(?:uhr|h\b|$)", re.IGNORECASE)
_PLACE = r"(?P<place>[A-ZÄÖÜÉÈÀÎÔ][\w’.-]+(?:[ -](?:[A-ZÄÖÜÉÈÀÎÔ][\w’.-]+|am|an der|bei|im|sur|en|de)){0,3})"

TITLE_LENGTH = 140
PROPOSAL_LENGTH = 90
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
    contacts: tuple[Contact, ...] = ()
    notes: tuple[str, ...] = ()


def recognise(blocks: Sequence[RawBlock], locale: Locale, zone: ZoneInfo) -> Recognised:
    """Return what can be recognised in `blocks`, in the language of `locale`.

    Args:
        blocks: without clutter, repaired, lines joined to paragraphs.
        locale: of the text.
        zone: of times that name none.
    """
    found = Recognised(blocks=tuple(blocks))
    found = _number_and_embargo(found, locale, zone)
    found = _headline(found, locale)
    found = _date_line(found, locale)
    return _contacts(found, locale)


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


def _number_and_embargo(found: Recognised, locale: Locale, zone: ZoneInfo) -> Recognised:
    kept: list[RawBlock] = []
    notes = list(found.notes)
    number, embargo = found.number, found.embargo
    for index, block in enumerate(found.blocks):
        text = plain(block.text)
        opening = index < OPENING and block.kind is not RawKind.ITEM
        if opening and number is None and (match := locale.cues.number.fullmatch(text)):
            number = re.sub(r"\s", "", next(group for group in match.groups() if group))
            notes.append(f"“{text}” was taken as the number")
        elif (
            opening
            and embargo is None
            and (match := locale.cues.embargo.fullmatch(text))
            and (day := _day(match[1], locale))
        ):
            embargo = dt.datetime.combine(day[1], _time(match[1][day[0] :]), zone)
            notes.append(f"“{text}” was taken as the embargo")
        else:
            kept.append(block)
    return replace(found, blocks=tuple(kept), number=number, embargo=embargo, notes=tuple(notes))


def _headline(found: Recognised, locale: Locale) -> Recognised:
    blocks = list(found.blocks)
    position = next((index for index, block in enumerate(blocks) if block.kind is RawKind.TITLE), None)
    if position is None and len(blocks) > 1 and _is_headline(blocks[0], blocks[1], locale):
        position = 0
    if position is None:
        return found
    title = merge(replace(run, bold=False, text=run.text.replace("\n", " ")) for run in blocks.pop(position).text)
    subtitle: Inlines = ()
    if position + 1 < len(blocks) and _is_headline(blocks[position], blocks[position + 1], locale):
        subtitle = merge(replace(run, bold=False) for run in blocks.pop(position).text)
    return replace(found, blocks=tuple(blocks), title=title, subtitle=subtitle)


def _is_headline(block: RawBlock, following: RawBlock, locale: Locale) -> bool:
    """Return whether a piece of text is evidently a headline: short, no sentence, text below it, a gap between."""
    text = plain(block.text)
    return (
        block.kind in {RawKind.TEXT, RawKind.HEADING}
        and following.kind is not RawKind.ITEM
        and len(text) <= TITLE_LENGTH
        and "\n" not in text
        and not text.endswith((".", ":", ";", ",", "…"))
        and len(plain(following.text)) > len(text)
        and block.group != following.group
        and not locale.cues.contact.match(text)
        and not re.search(r"\d{4}\s*\Z|\)\s*\Z", text)
    )


def _date_line(found: Recognised, locale: Locale) -> Recognised:
    for index, block in enumerate(found.blocks[:OPENING]):
        text = plain(block.text)
        match = re.match(rf"(?:{_PLACE}(?:,\s*(?:den\s+|le\s+)?|\s*\(\s*))?", text)
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


def _time(text: str) -> dt.time:
    """Return the time of day in `text`; midnight where there is none or it cannot be."""
    match = _TIME.search(text)
    hour, minute = (int(match[1]), int(match[2] or 0)) if match else (0, 0)
    return dt.time(hour, minute) if hour < 24 and minute < 60 else dt.time()  # noqa: PLR2004 (a day's hours)


def _contacts(found: Recognised, locale: Locale) -> Recognised:
    blocks = list(found.blocks)
    start = next((i for i, block in enumerate(blocks) if i and locale.cues.contact.match(plain(block.text))), None)
    if start is None:
        return found
    group = {blocks[start].group}
    if len(plain(blocks[start].text)) < PROPOSAL_LENGTH and start + 1 < len(blocks):
        group.add(blocks[start + 1].group)
    lines = [block for block in blocks[start:] if block.group in group]
    words = "\n".join(plain(line.text) for line in lines)
    mail, phone = _MAIL.search(words), _PHONE.search(words)
    name = _name(words, locale)
    if name is None or not (mail or phone):
        return found
    contact = Contact(name=name, phone=phone[0].strip() if phone else None, email=mail[0] if mail else None)
    left = tuple(block for block in blocks if block not in lines)
    note = f"the contact “{name}” was taken out of the text"
    return replace(found, blocks=left, contacts=(contact,), notes=(*found.notes, note))


def _name(words: str, locale: Locale) -> str | None:
    """Return the first thing in a contact's lines that is no heading, number or address."""
    for part in re.split(r"[\n,;|]|:\s", words):
        text = part.strip(" :")
        label = locale.cues.contact.match(text) or locale.cues.not_a_name.match(text)
        if text and not label and not re.search(r"[\d@]", text):
            return text
    return None


def plain_title(text: str) -> Inlines:
    """Return a title as given by a person on the command line."""
    return inlines(" ".join(text.split()))
