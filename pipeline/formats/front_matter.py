"""The front matter of `source.md`: everything about a release that is not its text.

docs/source-file.md describes every key; a test holds the two together.
"""

import re
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pipeline.config import read_contact, read_localized
from pipeline.errors import FormatError
from pipeline.fields import Fields
from pipeline.formats.inline_markdown import UnsupportedInlineError, dump_inline, parse_inline
from pipeline.formats.yaml_nodes import dump_mapping, load_mapping
from pipeline.model.inline import Inlines
from pipeline.model.release import Contact, Localized, Media, Release, Revision, RevisionKind
from pipeline.model.release_id import ID


def parse_front_matter(text: str, *, language: str, path: Path | str | None, first_line: int = 1) -> Release:
    """Return the release that `text`, YAML without its `---` lines, describes; it has no blocks yet.

    Args:
        text: the YAML.
        language: the source language of the workspace.
        path: the file, for errors.
        first_line: 1-based line of the file on which `text` starts.

    Raises:
        FormatError: invalid YAML, an unknown key, or a value of the wrong kind, with its line.
    """
    data, lines = load_mapping(text, path=path, first_line=first_line)
    fields = Fields(data, lambda message, line: FormatError(message, path=path, line=line), lines)
    release = Release(
        id=_identifier(fields),
        language=language,
        title=_inline(fields, "title"),
        subtitle=_inline(fields, "subtitle"),
        date=fields.day("date"),
        place=_per_language(fields, "place", language),
        number=fields.text("number"),
        embargo=fields.moment("embargo"),
        confidential=fields.flag("confidential"),
        contacts=tuple(read_contact(contact) for contact in fields.records("contacts")),
        boilerplate=fields.text("boilerplate"),
        media=tuple(_media(item, language) for item in fields.records("media")),
        tags=fields.texts("tags"),
        to_confirm=fields.texts("to_confirm"),
        revision=_revision(fields.record("revision"), language),
    )
    fields.close()
    unknown = [key for key in release.to_confirm if key not in data and key not in _OPEN]
    if unknown:
        raise fields.error("to_confirm", f"names “{unknown[0]}”, which is no key of this file")
    return release


_LATER_VERSION = re.compile(r"[2-9]|[1-9]\d{1,3}")
_WHOLE_REVISION = re.compile(r"^revision:.*\n(?:[ \t]+.*\n|[ \t]*\n)*", re.MULTILINE)
_OPEN = ("title", "date", "place")
"""Keys that may be named in `to_confirm` while they have no value yet."""


def dump_front_matter(release: Release) -> str:
    """Return the front matter of `release` as YAML, without the `---` lines; absent values are left out.

    `date` and `place` stand there empty while they wait for a person.
    """
    data: dict[str, Any] = {"id": release.id}
    texts = {"title": dump_inline(release.title), "subtitle": dump_inline(release.subtitle)}
    data.update({key: text for key, text in texts.items() if text})
    data["date"] = release.date.isoformat() if release.date else None
    data["place"] = _dump_localized(release.place, release.language) if release.place else None
    data = {key: value for key, value in data.items() if value is not None or key in release.to_confirm}
    optional: dict[str, Any] = {
        "number": release.number,
        "embargo": release.embargo and _dump_moment(release.embargo),
        "confidential": "true" if release.confidential else None,
        "contacts": [_dump_contact(contact) for contact in release.contacts],
        "boilerplate": release.boilerplate,
        "media": [_dump_media(item, release.language) for item in release.media],
        "tags": list(release.tags),
        "to_confirm": list(release.to_confirm),
        "revision": release.revision and _dump_revision(release.revision, release.language),
    }
    data.update({key: value for key, value in optional.items() if value})
    return dump_mapping(data)


def with_revision(text: str, revision: Revision, language: str) -> str:
    """Return a front matter with another `revision` in it, everything else as the person wrote it.

    Args:
        text: the YAML, without its `---` lines.
        revision: what it shall say.
        language: the source language.
    """
    kept = _WHOLE_REVISION.sub("", text if text.endswith("\n") else f"{text}\n")
    return kept + dump_mapping({"revision": _dump_revision(revision, language)})


def _identifier(fields: Fields) -> str:
    value = fields.required_text("id")
    if not ID.match(value):
        raise fields.error("id", "must be small letters, digits and hyphens, such as 2026-11-23-new-bridge")
    return value


def _inline(fields: Fields, key: str) -> Inlines:
    text = fields.text(key)
    if text is None:
        return ()
    try:
        return parse_inline(" ".join(text.split("\n")))
    except UnsupportedInlineError as error:
        raise fields.error(key, str(error)) from None


def _per_language(fields: Fields, key: str, language: str) -> Localized | None:
    """Return a text that is written plainly, in the source language, or per language."""
    if isinstance(fields.data.get(key), str):
        return Localized(texts=((language, fields.required_text(key)),))
    return read_localized(fields, key)


def _media(fields: Fields, language: str) -> Media:
    media = Media(
        file=fields.required_text("file"),
        alt=_per_language(fields, "alt", language),
        caption=_per_language(fields, "caption", language),
        credit=fields.text("credit"),
    )
    fields.close()
    if Path(media.file).name != media.file or media.file in {".", ".."} or "\\" in media.file:
        raise fields.error("file", "must be the bare name of a file in the release's media folder")
    return media


def _revision(fields: Fields | None, language: str) -> Revision | None:
    if fields is None:
        return None
    number, kind = fields.required_text("version"), fields.member("kind", RevisionKind)
    note, replaces = _per_language(fields, "note", language), fields.day("replaces")
    fields.close()
    if not _LATER_VERSION.fullmatch(number):
        raise fields.error("version", "must be the number of this version, 2 or more")
    if note is None:
        raise fields.error("note", "is missing; it says what changed, in every language")
    if replaces is None:
        raise fields.error("replaces", "is missing; it is the day of the version before")
    return Revision(version=int(number), kind=kind, note=note, replaces=replaces)


def _dump_localized(value: Localized, language: str) -> str | dict[str, str]:
    return value.texts[0][1] if [tag for tag, _ in value.texts] == [language] else dict(value.texts)


def _dump_moment(moment: datetime) -> str:
    if isinstance(moment.tzinfo, ZoneInfo):
        return f"{moment.replace(tzinfo=None).isoformat(sep=' ', timespec='minutes')} {moment.tzinfo.key}"
    return moment.isoformat(sep=" ", timespec="minutes")


def _dump_contact(contact: Contact) -> dict[str, Any]:
    data = {
        "name": contact.name,
        "role": dict(contact.role.texts) if contact.role else None,
        "phone": contact.phone,
        "email": contact.email,
    }
    return {key: value for key, value in data.items() if value}


def _dump_revision(revision: Revision, language: str) -> dict[str, Any]:
    return {
        "version": str(revision.version),
        "kind": revision.kind.value,
        "replaces": revision.replaces.isoformat(),
        "note": _dump_localized(revision.note, language),
    }


def _dump_media(item: Media, language: str) -> dict[str, Any]:
    data = {
        "file": item.file,
        "alt": item.alt and _dump_localized(item.alt, language),
        "caption": item.caption and _dump_localized(item.caption, language),
        "credit": item.credit,
    }
    return {key: value for key, value in data.items() if value}
