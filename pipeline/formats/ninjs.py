"""A news record of an edition in ninjs 3.1 (IPTC, News in JSON): what agencies and newsrooms take in.

docs/ninjs.md tells every property that is written and what it holds.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from urllib.parse import quote, urlsplit

from pipeline.formats.content_html import article_html
from pipeline.formats.edition_text import edition_text
from pipeline.model.edition import Edition, EditionStatus, Letterhead
from pipeline.model.inline import plain
from pipeline.model.release import Contact, Media, Release

MEDIA_TYPE = "application/json"
STANDARD = MappingProxyType(
    {"name": "ninjs", "version": "3.1", "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#"}
)
UNKNOWN_HOST = "unknown.invalid"
"""Stands in addresses of an office without a website (RFC 2606: a name that never exists)."""

_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*")


class DigitalSource(StrEnum):
    """A machine's part in a text, by IPTC's vocabulary of digital source types.

    The vocabulary was made for pictures and has no term for translations: these are the nearest ones.
    """

    MACHINE = "trainedAlgorithmicMedia"
    """A model made it, and no person has looked at all of it."""
    MIXED = "compositeWithTrainedAlgorithmicMedia"
    """A model drafted it, people made it what it is."""


_SOURCE_NAMES: Mapping[DigitalSource, str] = MappingProxyType(
    {
        DigitalSource.MACHINE: "Created using Generative AI",
        DigitalSource.MIXED: "Edited using Generative AI",
    }
)
"""What the vocabulary calls them (in its version of September 2024)."""


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

    Version and status are those of the release: a draft is `withheld`, what was withdrawn is `canceled`.

    Args:
        edition: one language of a release.
        others: its other languages, in any order.
        original: tag of the language that it was written in; None for that of `edition`.
        source: a machine's part in the text; None for none.
        renditions: files that are published.
    """
    data: dict[str, Any] = {
        **_standing(edition),
        **_words(edition),
        **_people(edition),
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
    number = quote(release.number or release.id, safe="")
    return f"urn:newsml:{_host(edition.letterhead)}:{_day(edition)}:{number}:{release.language}"


def _host(letterhead: Letterhead) -> str:
    """Return the domain of the office: a website is whatever shall be printed, and need not be an address."""
    website = letterhead.website or ""
    try:
        name = urlsplit(website if "//" in website else f"//{website}").hostname or ""
        host = name.encode("idna").decode("ascii")
    except ValueError:
        return UNKNOWN_HOST
    return host if _HOST.fullmatch(host) else UNKNOWN_HOST


def _day(edition: Edition) -> str:
    """Return the day that the release's id begins with, else its date, which a later version may change."""
    try:
        day = date.fromisoformat(edition.release.id[:10])
    except ValueError:
        day = edition.release.date or edition.made.date()
    return day.isoformat().replace("-", "")


def _standing(edition: Edition) -> dict[str, Any]:
    """Return what the item is, and whether and when it may be published."""
    release = edition.release
    return {
        "uri": uri(edition),
        "standard": dict(STANDARD),
        "type": "text",
        "representationType": "full",
        "language": release.language,
        "version": str(release.version),
        "versionCreated": edition.made.isoformat(),
        "embargoedUntil": release.held_until and release.held_until.isoformat(),
        "pubStatus": _status(edition),
        "edNote": " ".join((*edition.notes, *edition.labels.revision)),
        "altIds": [
            {"role": "translationGroup", "value": release.id},
            *([{"role": "releaseNumber", "value": release.number}] if release.number else []),
        ],
    }


def _status(edition: Edition) -> str:
    if edition.status is EditionStatus.DRAFT:
        return "withheld"
    return "canceled" if edition.release.withdrawn else "usable"


def _words(edition: Edition) -> dict[str, Any]:
    """Return what the item says, and what about."""
    release, title = edition.release, _title(edition.release)
    place = release.place.any(release.language) if release.place else None
    html = article_html(edition, lambda file: f"media/{quote(file)}")
    return {
        "title": title,
        "headlines": [*_text("main", title), *_text("subtitle", plain(release.subtitle))],
        "bodies": [
            {"role": "main", "contentType": "text/html", "value": str(html)},
            {"role": "text", "contentType": "text/plain", "value": edition_text(edition, width=None)},
        ],
        "located": place,
        "places": [{"name": place, "rel": "dateline"}] if place else [],
        "subjects": [{"name": tag, "rel": "keyword"} for tag in release.tags],
    }


def _title(release: Release) -> str:
    return plain(release.title).replace("\n", " ").strip() or release.id


def _text(role: str, value: str) -> Iterator[dict[str, str]]:
    if value.strip():
        yield {"role": role, "contentType": "text/plain", "value": value}


def _people(edition: Edition) -> dict[str, Any]:
    """Return who publishes the item, and whom journalists may call."""
    office = edition.letterhead
    reach: list[dict[str, Any]] = []
    if office.website:
        reach.append({"type": "web", "role": "office", "value": office.website})
    if office.address:
        reach.append({"type": "address", "role": "office", "address": {"lines": list(office.address)}})
    contacts = (_contact(person, edition.release.language) for person in edition.contacts)
    return {"by": office.name, "infoSources": [_source(office.name, "publisher", reach), *contacts]}


def _contact(person: Contact, language: str) -> dict[str, Any]:
    ways = (("phone", person.phone), ("email", person.email))
    reach: list[dict[str, Any]] = [
        {"type": kind, "role": "office", "value": value} for kind, value in ways if value
    ]
    if person.role:
        own = person.role.own(language)
        tag, title = (language, own) if own is not None else person.role.texts[0]
        reach.append({"type": "title", "lang": tag, "value": title})
    return _source(person.name, "contact", reach)


def _source(name: str, role: str, reach: list[dict[str, Any]]) -> dict[str, Any]:
    return {"name": name, "role": role, **({"contactInfo": reach} if reach else {})}


def _digital_source(source: DigitalSource) -> dict[str, str]:
    vocabulary = "http://cv.iptc.org/newscodes/digitalsourcetype"
    return {"name": _SOURCE_NAMES[source], "uri": f"{vocabulary}/{source.value}"}


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
            "altIds": [{"role": "fileName", "value": media.file}],
        } | _described(media, edition.release.language)


def _described(media: Media, language: str) -> dict[str, Any]:
    texts = (("altText", media.alt), ("caption", media.caption))
    described = [item for role, text in texts if text and (own := text.own(language)) for item in _text(role, own)]
    return {
        **({"descriptions": described} if described else {}),
        **({"by": media.credit} if media.credit else {}),
    }
