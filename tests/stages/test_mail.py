"""Who gets a release, and when it may leave: decided without sending anything."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from pipeline.model.recipient import Recipient
from pipeline.model.release import Localized, Release, Revision, RevisionKind
from pipeline.stages.mail import Readiness, edition_for, is_embargoed, obstacles, why_skipped, window

NOW = datetime(2026, 10, 8, 10, 0, tzinfo=UTC)
DAY = timedelta(days=3)
RELEASE = Release(id="bus", language="de", date=date(2026, 10, 8))
ZOE = Recipient(
    address="zoe@example.org",
    language="fr",
    lists=("presse",),
    source="x",
    legal_basis="consent",
    since=date(2026, 1, 1),
)


def ready(release: Release = RELEASE, **changed: Any) -> Readiness:
    made = Readiness(
        release=release,
        approved={"de": True, "fr": True},
        built=True,
        window=window(release, UTC, NOW, DAY),
        too_large=(),
        embargo_ok=False,
    )
    return replace(made, **changed)


def test_what_is_approved_built_and_new_may_leave() -> None:
    assert obstacles(ready(), NOW) == ()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"approved": {"de": True, "fr": False}}, "“fr” is not approved as it stands"),
        ({"built": False}, "communique build bus"),
        ({"too_large": ("bus.fr.pdf",)}, "bus.fr.pdf is too large"),
        ({"release": replace(RELEASE, confidential=True)}, "marked confidential"),
    ],
)
def test_what_stands_in_the_way_is_told_with_what_to_do(changed: dict[str, Any], words: str) -> None:
    assert words in " ".join(obstacles(ready(**changed), NOW))


def test_what_is_taken_back_is_told_at_once_whatever_its_embargo() -> None:
    note = Localized(texts=(("de", "Falsch."),))
    revision = Revision(version=2, kind=RevisionKind.WITHDRAWAL, note=note, replaces=date(2026, 10, 7))
    withdrawn = replace(RELEASE, embargo=NOW + timedelta(days=1), revision=revision)
    assert obstacles(ready(withdrawn), NOW) == ()
    assert not is_embargoed(withdrawn, NOW)


def test_an_embargo_holds_to_the_second_unless_somebody_answers_for_it() -> None:
    embargoed = replace(RELEASE, embargo=NOW)
    assert obstacles(ready(embargoed), NOW) == ()
    before = NOW - timedelta(seconds=1)
    assert "under embargo" in obstacles(ready(embargoed), before)[0]
    assert obstacles(ready(embargoed, embargo_ok=True), before) == ()


def test_old_news_does_not_leave() -> None:
    midnight = datetime(2026, 10, 8, tzinfo=UTC)
    assert obstacles(ready(), midnight + DAY - timedelta(seconds=1)) == ()
    assert "too old" in obstacles(ready(), midnight + DAY)[0]
    assert "has no date" in obstacles(ready(replace(RELEASE, date=None)), NOW)[0]


def test_a_correction_counts_from_its_own_approval() -> None:
    note = Localized(texts=(("de", "x"),))
    revision = Revision(version=2, kind=RevisionKind.FACTUAL, note=note, replaces=date(2026, 1, 1))
    old = replace(RELEASE, date=date(2026, 1, 1), revision=revision)
    assert obstacles(ready(old), NOW) == ()


@pytest.mark.parametrize(
    ("wanted", "sent", "edition"),
    [("fr", ("de", "fr"), "fr"), ("fr-BE", ("de", "fr"), "fr"), ("fr", ("fr-CH",), "fr-CH"), ("it", ("de",), None)],
)
def test_each_gets_the_edition_of_their_language(wanted: str, sent: tuple[str, ...], edition: str | None) -> None:
    assert edition_for(wanted, sent) == edition


def test_who_gets_nothing_and_why() -> None:
    def why(recipient: Recipient, *, undeliverable: bool = False, embargoed: bool = False) -> str | None:
        return why_skipped(recipient, ("de", "fr"), undeliverable=undeliverable, embargoed=embargoed)

    assert why(ZOE) is None
    assert why(replace(ZOE, objection=date(2026, 5, 1))) == "objected"
    assert why(ZOE, undeliverable=True) == "is undeliverable"
    assert why(replace(ZOE, language="it")) == "wants “it”, which is not sent"
    assert why(ZOE, embargoed=True) == "gets nothing before an embargo ends"
    assert why(replace(ZOE, embargo_ok=True), embargoed=True) is None
