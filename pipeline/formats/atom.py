"""The newest releases of a language as an Atom feed (RFC 4287)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from pipeline.model.newsroom import Listing, page_address

MOST = 50
"""Entries; readers ask often, and keep what they have read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a feed says of itself."""

    url: str
    """Address of the newsroom, with a slash at the end."""
    language: str
    others: tuple[str, ...]
    """Languages that have a feed of their own."""
    title: str
    author: str


def to_atom(feed: Feed, listings: Sequence[Listing]) -> bytes:
    """Return the feed as XML; equal arguments give equal bytes.

    Args:
        feed: what it says of itself.
        listings: releases of its language, what was published or changed last first.
    """
    from lxml import etree
    from lxml.builder import E

    shown = listings[:MOST]
    own = f"{feed.url}{feed.language}/feed.xml"
    newest = max((item.updated for item in shown), default=datetime(2000, 1, 1, tzinfo=UTC))
    root = E.feed(
        E.id(own),
        E.title(feed.title),
        E.updated(_moment(newest)),
        E.author(E.name(feed.author)),
        E.link(rel="self", type="application/atom+xml", href=own),
        E.link(rel="alternate", type="text/html", hreflang=feed.language, href=f"{feed.url}{feed.language}/"),
        *(
            E.link(rel="alternate", type="application/atom+xml", hreflang=other, href=f"{feed.url}{other}/feed.xml")
            for other in feed.others
        ),
        *(
            E.entry(
                E.id(page_address(feed.url, feed.language, item.release)),
                E.title(item.title),
                E.published(_moment(datetime(item.day.year, item.day.month, item.day.day, tzinfo=UTC))),
                E.updated(_moment(item.updated)),
                E.link(rel="alternate", type="text/html", href=page_address(feed.url, feed.language, item.release)),
                E.summary(" ".join(filter(None, (item.notice, item.summary)))),
            )
            for item in shown
        ),
        xmlns="http://www.w3.org/2005/Atom",
    )
    root.set("{http://www.w3.org/XML/1998/namespace}lang", feed.language)
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True))


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
