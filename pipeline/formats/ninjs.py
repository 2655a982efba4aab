"""A news record of an edition in ninjs 3.1 (IPTC, News in JSON): what agencies and newsrooms take in.

docs/ninjs.md tells every property that is written and what it holds.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import quote, urlsplit

from pipeline.formats.content_html import blocks_html
from pipeline.formats.edition_text import edition_text
from pipeline.model.edition import Edition, EditionStatus
from pipeline.model.inline import plain
from pipeline.model.release import Contact, Media

MEDIA_TYPE = "application/json"
STANDARD = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json",
}
UNKNOWN_HOST = "unknown.invalid"
"""Stands in addresses of an office without a website (RFC 2606: a name that never exists)."""


class DigitalSource(StrEnum):
    """A machine's part in a text, by the names of IPTC's vocabulary of digital source types."""

    MACHINE = "trainedAlgorithmicMedia"
    """A model made it, and no person has looked at all of it."""
    MIXED = "compositeWithTrainedAlgorithmicMedia"
    """A model drafted it, people made it what it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """A file of the edition that can be fetched."""

    name: str
    href: str
    """Absolute address."""
    media_type: str
    size: int
    """Bytes."""


def to_ninjs(
    edition: Edition,
    others: Sequence[Edition] = (),
    *,
    original: str | None = None,
    source: DigitalSource | None = None,
    renditions: Sequence[Rendition] = (),
) -> bytes:
    """Return the record of an edition as JSON: keys sorted, UTF-8; equal arguments give equal bytes.

    Args:
        edition: one language of a release.
        others: its other languages, in any order.
        original: tag of the language that it was written in; None for that of `edition`.
        source: a machine's part in the text; None for none.
        renditions: files that are published.
    """
    release, labels = edition.release, edition.labels
    data: dict[str, Any] = {
        "uri": uri(edition),
        "standard": STANDARD,
        "type": "text",
        "representationType": "full",
        "language": release.language,
        "version": str(release.version),
        "versionCreated": edition.made.isoformat(),
        "embargoedUntil": release.embargo and release.embargo.isoformat(),
        "pubStatus": _status(edition),
        "title": _title(edition),
        "edNote": " ".join((*edition.notes, *labels.revision)),
        "headlines": [*_text("main", _title(edition)), *_text("subtitle", plain(release.subtitle))],
        "bodies": [
            {"role": "text", "contentType": "text/plain", "value": edition_text(edition)},
            {"role": "main", "contentType": "text/html", "value": _html(edition)},
        ],
        "by": edition.letterhead.name,
        "located": release.place.any(release.language) if release.place else None,
        "infoSources": [
            {"name": edition.letterhead.name, "role": "publisher"},
            *(_contact(person, release.language) for person in edition.contacts),
        ],
        "altIds": [
            {"role": "translationGroup", "value": release.id},
            *([{"role": "releaseNumber", "value": release.number}] if release.number else []),
        ],
        "subjects": [{"name": tag, "rel": "keyword"} for tag in release.tags],
        "digitalSourceType": source and _digital_source(source),
        "associations": [*_translations(edition, others, original), *_pictures(edition)],
        "renditions": [
            {"name": item.name, "href": item.href, "contentType": item.media_type, "sizeInBytes": item.size}
            for item in renditions
        ],
    }
    said = {key: value for key, value in data.items() if value}
    return (json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")


def uri(edition: Edition) -> str:
    """Return the name of an edition, the same for all its versions: `urn:newsml:HOST:YYYYMMDD:NUMBER:LANGUAGE`."""
    release = edition.release
    website = edition.letterhead.website or ""
    host = urlsplit(website if "//" in website else f"//{website}").hostname or UNKNOWN_HOST
    day = release.date.strftime("%Y%m%d") if release.date else "00000000"
    return f"urn:newsml:{quote(host)}:{day}:{quote(release.number or release.id, safe='')}:{release.language}"


def _status(edition: Edition) -> str:
    if edition.release.withdrawn:
        return "canceled"
    return "usable" if edition.status is EditionStatus.FINAL else "withheld"


def _title(edition: Edition) -> str:
    return plain(edition.release.title).replace("\n", " ").strip(" ") or edition.release.id


def _text(role: str, value: str) -> Iterator[dict[str, str]]:
    if value.strip():
        yield {"role": role, "contentType": "text/plain", "value": value}


def _html(edition: Edition) -> str:
    return str(blocks_html(edition, lambda file: f"media/{quote(file)}"))


def _contact(person: Contact, language: str) -> dict[str, Any]:
    reach = (("telephone", person.phone), ("email", person.email))
    data: dict[str, Any] = {"name": person.name, "role": "contact"}
    contact = [{"type": kind, "role": "work", "value": value} for kind, value in reach if value]
    if person.role and (title := person.role.own(language)):
        contact.append({"type": "title", "lang": language, "value": title})
    return data | ({"contactInfo": contact} if contact else {})


def _digital_source(source: DigitalSource) -> dict[str, str]:
    return {"name": source.value, "uri": f"http://cv.iptc.org/newscodes/digitalsourcetype/{source.value}"}


def _translations(edition: Edition, others: Sequence[Edition], original: str | None) -> Iterator[dict[str, Any]]:
    """Yield links from the original to its translations, and from a translation to the original."""
    is_original = original in {None, edition.release.language}
    for other in others:
        language = other.release.language
        if not is_original and language != original:
            continue
        yield {
            "name": f"translation-{language}" if is_original else "original",
            "rel": "hasTranslation" if is_original else "translationOf",
            "uri": uri(other),
            "type": "text",
            "language": language,
        }


def _pictures(edition: Edition) -> Iterator[dict[str, Any]]:
    for number, media in enumerate(edition.release.media, 1):
        yield {
            "name": f"picture-{number}",
            "rel": "picture",
            "uri": f"{uri(edition)}:{quote(media.file, safe='')}",
            "type": "picture",
            "language": edition.release.language,
        } | _described(media, edition.release.language)


def _described(media: Media, language: str) -> dict[str, Any]:
    texts = (("altText", media.alt), ("caption", media.caption))
    described = [
        {"role": role, "contentType": "text/plain", "value": own}
        for role, text in texts
        if text and (own := text.own(language))
    ]
    return {
        **({"descriptions": described} if described else {}),
        **({"copyrightHolder": media.credit} if media.credit else {}),
    }
