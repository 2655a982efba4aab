"""An edition as schema.org NewsArticle in JSON-LD: for search engines, which read it in a page, and websites."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipeline.formats.inline_markdown import SAFE_LINK
from pipeline.formats.ninjs import uri
from pipeline.model.edition import Edition, EditionStatus
from pipeline.model.inline import plain
from pipeline.model.release import Paragraph

LONGEST_HEADLINE = 110
"""Signs; longer ones are cut by those who show them (Google Search, structured data for articles)."""
_ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
"""What could end the element that holds the text, or a line of a script."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An edition and where it is published."""

    edition: Edition
    url: str | None
    """Absolute address; None where nobody knows one."""
    updated: datetime | None = None
    """When this version could be published; None where it is not told."""

    @property
    def id(self) -> str:
        """What it is called elsewhere: its address, else its name as a news item."""
        return self.url or uri(self.edition)


def to_json_ld(article: Article, others: Sequence[Article] = (), *, original: str | None = None) -> str:
    """Return the article as JSON-LD, safe inside a `<script>` element; equal arguments give equal text.

    Args:
        article: one language of a release.
        others: its other languages.
        original: tag of the language that it was written in; None for that of `article`.
    """
    edition = article.edition
    release = edition.release
    is_original = original in {None, release.language}
    linked = [
        {"@type": "NewsArticle", "@id": item.id, "inLanguage": item.edition.release.language} for item in others
    ]
    office = _office(edition)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": article.id,
        "url": article.url,
        "inLanguage": release.language,
        "headline": _headline(edition),
        "description": plain(release.subtitle) or _lead(edition),
        "datePublished": release.date and release.date.isoformat(),
        "dateModified": article.updated and article.updated.isoformat(),
        "version": release.version,
        "identifier": release.number or release.id,
        "keywords": ", ".join(release.tags),
        "publisher": office,
        "author": office,
        "creativeWorkStatus": _status(edition),
        "correction": " ".join(edition.labels.revision),
        "workTranslation": linked if is_original else [],
        "translationOfWork": next((item for item in linked if item["inLanguage"] == original), None),
    }
    return json.dumps(_said(data), ensure_ascii=False, indent=1, sort_keys=True).translate(_ESCAPED)


def _said(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value}


def _office(edition: Edition) -> dict[str, Any]:
    """Return who publishes, with whom journalists may call: schema.org knows contacts of organisations only."""
    contacts = [
        {"@type": "ContactPoint", "contactType": "press", "name": item.name}
        | _said({"telephone": item.phone, "email": item.email})
        for item in edition.contacts
    ]
    url = _website(edition.letterhead.website or "")
    return _said({"@type": "Organization", "name": edition.letterhead.name, "url": url, "contactPoint": contacts})


def _website(printed: str) -> str | None:
    """Return the address of a website that is printed as `www.example.org`; None for what is none."""
    address = printed if "//" in printed else f"https://{printed}"
    return address if printed and SAFE_LINK.match(address) else None


def _status(edition: Edition) -> str | None:
    if edition.status is EditionStatus.DRAFT:
        return "Draft"
    return "Withdrawn" if edition.release.withdrawn else None


def _headline(edition: Edition) -> str:
    title = plain(edition.release.title).replace("\n", " ").strip() or edition.release.id
    if len(title) <= LONGEST_HEADLINE:
        return title
    start = title[: LONGEST_HEADLINE - 1]
    return (start.rpartition(" ")[0].rstrip(" ,;:–") or start) + "…"


def _lead(edition: Edition) -> str:
    first = next(iter(edition.release.blocks), None)
    return plain(first.text) if isinstance(first, Paragraph) else ""
