"""The feed of the newsroom keeps the format that feed readers rely on (RFC 4287)."""

from datetime import UTC, date, datetime
from pathlib import Path

from pipeline.formats.atom import MOST, Feed, to_atom
from pipeline.model.newsroom import Listing

GOLDEN = Path(__file__).parent / "golden" / "feed.fr.xml"
FEED = Feed(
    url="https://presse.example.org/",
    language="fr",
    others=("de",),
    title="Communiqués de presse\u00a0: Chancellerie d’État",
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
