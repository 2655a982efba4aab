"""Who publishes: `[office]` and `[boilerplate]`, and contacts and texts as other files write them too."""

import re
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pipeline.config.settings import Office
from pipeline.fields import Fields
from pipeline.model.release import Contact, Localized


def read_office(fields: Fields) -> Office:
    """Return the section `[office]`."""
    office = Office(
        name=_required_localized(fields, "name"),
        body=_required_localized(fields, "body"),
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
    return office


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


def _required_localized(fields: Fields, key: str) -> Localized:
    value = read_localized(fields, key)
    if value is None or not value.texts:
        raise fields.error(key, 'is missing; write it as {de = "…", fr = "…"}')
    return value


def read_boilerplate(fields: Fields | None) -> tuple[tuple[str, Localized], ...]:
    """Return the section `[boilerplate]`: named texts, in the order they were written."""
    if fields is None:
        return ()
    return tuple((name, _required_localized(fields, name)) for name in fields.names())
