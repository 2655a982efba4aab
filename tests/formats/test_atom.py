"""The feed of the newsroom keeps the format that feed readers rely on (RFC 4287)."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from lxml import etree

from pipeline.formats.atom import MOST, Feed, to_atom
from pipeline.model.newsroom import Listing

ATOM = "{http://www.w3.org/2005/Atom}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
GOLDEN = Path(__file__).parent / "golden" / "feed.fr.xml"
FEED = Feed(
    url="https://presse.example.org/",
    language="fr",
    others=("de",),
    title="Communiqués de presse · Chancellerie d’État",
    author="Chancellerie d’État",
)


def listing(number: int, notice: str = "") -> Listing:
    return Listing(
        release=f"2026-11-{number:02d}-pont",
        language="fr",
        version=1,
        title=f"Un pont & <{number}>",
        summary="Il mesure 312 mètres.",
        day=date(2026, 11, 1),
        place_and_date="Alvence, le 1er novembre 2026",
        number=None,
        updated=datetime(2026, 11, 1, 9, 30, tzinfo=UTC),
        notice=notice,
        withdrawn=False,
        words="",
    )


def broken_rules(data: bytes) -> Iterator[str]:
    """Yield what RFC 4287 asks of feeds, and this one does not keep."""
    feed = etree.fromstring(data)
    entries = feed.findall(f"{ATOM}entry")
    for place in (feed, *entries):
        yield from _broken_in(place)
    if len({entry.findtext(f"{ATOM}id") for entry in entries}) != len(entries):
        yield "4.1.1: each entry once"
    if not (feed.findtext(f"{ATOM}author/{ATOM}name") or "").strip():
        yield "4.1.1: somebody is the author"
    if len(feed.findall(f"{ATOM}link[@rel='self']")) != 1:
        yield "4.1.1: the feed names its own address"
    if max((entry.findtext(f"{ATOM}updated") for entry in entries), default="") > feed.findtext(f"{ATOM}updated"):
        yield "4.2.15: the feed is as new as its newest entry"


def _broken_in(place: Any) -> Iterator[str]:
    """Yield what a feed and each of its entries have to keep alike."""
    if any(len(place.findall(f"{ATOM}{name}")) != 1 for name in ("id", "title", "updated")):
        yield "4.1.1, 4.1.2: exactly one id, title, updated"
    if not urlsplit(place.findtext(f"{ATOM}id")).scheme:
        yield "4.2.6: ids are absolute"
    if not (place.findtext(f"{ATOM}title") or "").strip():
        yield "4.1.1.1: titles have words"
    moments = (*place.findall(f"{ATOM}updated"), *place.findall(f"{ATOM}published"))
    if not all(MOMENT.fullmatch(item.text) for item in moments):
        yield "3.3: moments are written by RFC 3339"
    kinds = [(link.get("rel"), link.get("type"), link.get("hreflang")) for link in place.findall(f"{ATOM}link")]
    if len(set(kinds)) != len(kinds) or not any(rel == "alternate" for rel, _, _ in kinds):
        yield "4.1.1, 4.1.2: an alternate, no two of one type and language"


@pytest.mark.parametrize("count", [0, 1, 90])
def test_a_feed_keeps_the_rules(count: int) -> None:
    assert list(broken_rules(to_atom(FEED, [listing(number) for number in range(count, 0, -1)]))) == []


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("<author>\n    <name>Chancellerie d’État</name>\n  </author>", "", "4.1.1: somebody is the author"),
        ("2026-11-01-pont/</id>", "2026-11-02-pont/</id>", "4.1.1: each entry once"),
        ("2026-11-01T09:30:00Z", "01.11.2026", "3.3: moments are written by RFC 3339"),
        (' rel="self"', ' rel="related"', "4.1.1: the feed names its own address"),
    ],
)
def test_what_breaks_a_rule_would_be_seen(old: str, new: str, rule: str) -> None:
    data = to_atom(FEED, [listing(2), listing(1)]).decode()
    assert old in data
    assert rule in set(broken_rules(data.replace(old, new).encode()))


def test_a_feed_is_the_same_as_ever() -> None:
    found = to_atom(
        FEED, [listing(2, "Rectificatif – annule et remplace la version du 31 octobre 2026."), listing(1)]
    )
    assert found == GOLDEN.read_bytes()


def test_an_old_release_leaves_the_feed_for_a_newer_one() -> None:
    found = to_atom(FEED, [listing(number) for number in range(90, 0, -1)])
    assert (found.count(b"<entry>"), b"2026-11-90-pont" in found, b"2026-11-01-pont" in found) == (
        MOST,
        True,
        False,
    )
