"""Who publishes: `[office]` and `[boilerplate]`, and contacts and texts as other files write them too."""

import re
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pipeline.config.settings import Office
from pipeline.fields import Fields
from pipeline.model.release import Contact, Localized

MIN_CONTRAST = 4.5
"""Of text and its ground (WCAG 2.2, 1.4.3); EN 301 549 asks for it on the web and in documents."""
_LINEAR = 0.04045
"""Below it, a part of a colour is taken as it is (WCAG 2.2, relative luminance)."""


def read_office(fields: Fields) -> Office:
    """Return the section `[office]`."""
    office = Office(
        name=required_localized(fields, "name"),
        body=required_localized(fields, "body"),
        about=read_localized(fields, "about"),
        address=fields.texts("address"),
        website=fields.text("website"),
        contacts=tuple(read_contact(contact) for contact in fields.records("contacts")),
        time_zone=_time_zone(fields),
        accent=fields.text("accent") or "#1d3a6b",
        logo=fields.text("logo"),
    )
    fields.close()
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", office.accent):
        raise fields.error("accent", "must be a colour written #1d3a6b")
    if (contrast := _on_white(office.accent)) < MIN_CONTRAST:
        message = f"is too light for headings and links: its contrast to white is {contrast:.1f}, they need"
        raise fields.error("accent", f"{message} {MIN_CONTRAST}; choose a darker shade")
    return office


def _on_white(colour: str) -> float:
    """Return how well a colour written `#rrggbb` stands out from white, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= _LINEAR else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _time_zone(fields: Fields) -> ZoneInfo:
    try:
        return ZoneInfo(fields.text("time_zone") or "Europe/Berlin")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise fields.error("time_zone", "is no time zone; write Europe/Berlin, for example") from None


def read_contact(fields: Fields) -> Contact:
    """Return a contact; the settings and the front matter write it the same way."""
    contact = Contact(
        name=fields.required_text("name"),
        role=read_localized(fields, "role"),
        phone=fields.text("phone"),
        email=fields.text("email"),
    )
    fields.close()
    return contact


def read_localized(fields: Fields, key: str) -> Localized | None:
    """Return a text per language, written `{de = "…", fr = "…"}`, or None where the key is absent."""
    record = fields.record(key)
    if record is None:
        return None
    return Localized(texts=tuple((language, record.required_text(language)) for language in record.names()))


def required_localized(fields: Fields, key: str) -> Localized:
    """Return a text per language that has to be there."""
    value = read_localized(fields, key)
    if value is None or not value.texts:
        raise fields.error(key, 'is missing; write it as {de = "…", fr = "…"}')
    return value


def read_boilerplate(fields: Fields | None) -> tuple[tuple[str, Localized], ...]:
    """Return the section `[boilerplate]`: named texts, in the order they were written."""
    if fields is None:
        return ()
    return tuple((name, required_localized(fields, name)) for name in fields.names())
