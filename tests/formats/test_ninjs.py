"""News records are valid ninjs 3.1, say all that the page says, and lead from one language to the other."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from referencing import Registry, Resource

from pipeline.formats.ninjs import DigitalSource, Rendition, to_ninjs, uri
from pipeline.model.edition import Edition, EditionStatus
from pipeline.model.inline import inlines
from pipeline.model.release import Contact, Localized, Revision, RevisionKind
from pipeline.runner.languages import stand
from pipeline.runner.publishing import editions
from pipeline.workspace import Workspace
from tests.engines.pdf_releases import ROOT, edition
from tests.formats.ninjs_rules import RECORD, faults

SCHEMA = ROOT.parent / "shared" / "data" / "ninjs-3.1.schema.json"
GOLDEN = Path(__file__).parent / "golden"
WORKSPACE = Workspace.find(ROOT)
GERMAN, FRENCH = editions(WORKSPACE, stand(WORKSPACE, "2026-10-08-grenzbus-linie-40"))
FILE = Rendition(name="pdf", href="https://www.example.org/a.pdf", media_type="application/pdf", size=81_000)
NOTE = Localized(texts=(("de", "Anlass entfallen."), ("fr", "Annulé.")))
EMBARGO = datetime(2027, 1, 22, 9, tzinfo=UTC)


def record(page: Edition, *others: Edition, **options: Any) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(to_ninjs(page, others, **options))
    return data


def revised(page: Edition, kind: RevisionKind, **changes: Any) -> Edition:
    revision = Revision(version=2, kind=kind, note=NOTE, replaces=date(2026, 10, 8))
    labels = replace(page.labels, revision=("Retrait.",))
    return replace(page, release=replace(page.release, revision=revision, **changes), labels=labels)


@cache
def schema() -> Any:
    """Return IPTC's own schema, or None where it is not there; places have no coordinates with us."""
    if not SCHEMA.is_file():
        return None
    anything = Resource.from_contents({"$schema": "https://json-schema.org/draft/2020-12/schema"})
    registry: Registry[Any] = Registry().with_resource("https://geojson.org/schema/GeoJSON.json", anything)
    return jsonschema.Draft202012Validator(
        json.loads(SCHEMA.read_text(encoding="utf-8")),
        registry=registry,
        format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER,
    )


def broken_rules(data: dict[str, Any]) -> list[str]:
    """Return what breaks our statement of the standard, and, where it is there, the standard itself."""
    found = list(faults(data, RECORD))
    return found if schema() is None else [*found, *(error.message for error in schema().iter_errors(data))]


@pytest.mark.parametrize("number", range(60))
def test_every_record_keeps_the_rules(number: int) -> None:
    page = edition(number)
    other = replace(page, release=replace(page.release, language="fr-CH"))
    assert broken_rules(record(page, other, source=DigitalSource.MACHINE, renditions=(FILE,))) == []
    assert broken_rules(record(page, other, original="fr-CH")) == []
    assert broken_rules(record(revised(page, RevisionKind.WITHDRAWAL))) == []


@given(st.text(min_size=1), st.text(), st.one_of(st.none(), st.text()), st.none() | st.text(min_size=1))
def test_whatever_people_write_the_record_keeps_the_rules(
    words: str, title: str, website: str | None, number: str | None
) -> None:
    contact = Contact(name="Eva", role=Localized(texts=(("it", f"x{words}"),)), email="eva@example.org")
    page = replace(
        FRENCH,
        release=replace(FRENCH.release, title=inlines(title), number=number and f"{number}x", tags=(f"x{words}",)),
        letterhead=replace(FRENCH.letterhead, website=website and f"{website}x"),
        contacts=(contact,),
    )
    assert broken_rules(record(page, GERMAN)) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"pubstatus": "usable"}, "record.pubstatus is unknown"),
        ({"pubStatus": "final"}, "record.pubStatus is 'final'"),
        ({"versionCreated": "2026-10-08T00:00:00"}, "record.versionCreated is '2026-10-08T00:00:00'"),
        ({"bodies": [{"role": "main"}]}, "record.bodies[0].value is missing"),
        ({"infoSources": [{"contactInfo": [{"type": "phone"}]}]}, "must have one of ['address', 'value']"),
    ],
)
def test_our_statement_of_the_rules_finds_faults(change: dict[str, Any], fault: str) -> None:
    assert any(fault in found for found in faults({**record(FRENCH), **change}, RECORD))


def test_a_sample_says_everything_about_itself() -> None:
    data = record(FRENCH, GERMAN, original="de", source=DigitalSource.MIXED, renditions=(FILE,))
    assert data["uri"] == "urn:newsml:www.waldringen.example.org:20261008:198%2F2026:fr"
    assert (data["language"], data["version"], data["pubStatus"]) == ("fr", "1", "usable")
    assert data["headlines"][0] == {
        "role": "main",
        "contentType": "text/plain",
        "value": "Bus transfrontalier\u00a0: 412\u202f600 voyageurs sur la ligne\u00a040 en un an",
    }
    assert data["places"] == [{"name": "Alvence", "rel": "dateline"}]
    assert data["altIds"] == [
        {"role": "translationGroup", "value": "2026-10-08-grenzbus-linie-40"},
        {"role": "releaseNumber", "value": "198/2026"},
    ]
    assert data["digitalSourceType"] == {
        "name": "Edited using Generative AI",
        "uri": "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia",
    }
    assert data["renditions"] == [
        {"name": "pdf", "href": FILE.href, "contentType": "application/pdf", "sizeInBytes": 81_000}
    ]


def test_the_text_is_there_twice_and_no_line_is_broken_by_us() -> None:
    html, text = record(FRENCH)["bodies"]
    assert (html["contentType"], text["contentType"]) == ("text/html", "text/plain")
    assert html["value"].startswith('<article lang="fr">\n<h1>Bus transfrontalier')
    paragraph = next(line for line in text["value"].split("\n") if line.startswith("La ligne de bus\u00a040"))
    assert paragraph.endswith("changement d’horaires du 13\u00a0décembre 2026.")


def test_a_picture_tells_what_it_shows_and_which_file_it_is() -> None:
    picture = record(FRENCH)["associations"][0]
    assert (picture["rel"], picture["type"], picture["by"]) == ("picture", "picture", "Staatskanzlei Waldringen")
    assert picture["altIds"] == [{"role": "fileName", "value": "linie-40.png"}]
    assert [item["role"] for item in picture["descriptions"]] == ["altText", "caption"]


def test_the_office_and_the_contacts_can_be_reached() -> None:
    office, contact, *_ = record(FRENCH)["infoSources"]
    assert [item["type"] for item in office["contactInfo"]] == ["web", "address"]
    assert office["contactInfo"][1]["address"] == {"lines": ["Schlossplatz 1", "00417 Alvenz"]}
    assert {item["type"]: item["value"] for item in contact["contactInfo"]}["email"] == "j.rethmeier@example.org"


def test_a_role_that_is_only_known_in_another_language_says_so() -> None:
    contact = Contact(name="Eva Muster", role=Localized(texts=(("de", "Sprecherin"),)))
    said = record(replace(FRENCH, contacts=(contact,)))["infoSources"][1]["contactInfo"]
    assert said == [{"type": "title", "lang": "de", "value": "Sprecherin"}]


def test_the_languages_lead_to_each_other() -> None:
    there = record(GERMAN, FRENCH)["associations"][0]
    back = record(FRENCH, GERMAN, original="de")["associations"][0]
    assert (there["rel"], there["uri"]) == ("hasTranslation", uri(FRENCH))
    assert (back["rel"], back["uri"]) == ("translationOf", uri(GERMAN))


def test_an_embargo_is_told_with_its_time_zone_and_the_text_is_usable_from_then_on() -> None:
    data = record(replace(FRENCH, release=replace(FRENCH.release, embargo=EMBARGO)))
    assert (data["embargoedUntil"], data["pubStatus"]) == ("2027-01-22T09:00:00+00:00", "usable")


def test_drafts_are_withheld_and_say_why() -> None:
    data = record(replace(FRENCH, status=EditionStatus.DRAFT, notes=("Brouillon.",)))
    assert (data["pubStatus"], data["edNote"]) == ("withheld", "Brouillon.")
    assert all("Brouillon." in body["value"] for body in data["bodies"])


def test_a_withdrawal_is_the_same_item_canceled_and_under_no_embargo() -> None:
    data = record(revised(FRENCH, RevisionKind.WITHDRAWAL, embargo=EMBARGO))
    assert (data["uri"], data["version"], data["pubStatus"]) == (uri(FRENCH), "2", "canceled")
    assert data["edNote"] == "Retrait."
    assert "embargoedUntil" not in data


def test_a_withdrawal_that_is_still_a_draft_cancels_nothing() -> None:
    page = revised(replace(FRENCH, status=EditionStatus.DRAFT, notes=("Brouillon.",)), RevisionKind.WITHDRAWAL)
    assert record(page)["pubStatus"] == "withheld"


def test_a_correction_with_another_date_is_still_the_same_item() -> None:
    page = revised(FRENCH, RevisionKind.FACTUAL, date=date(2026, 11, 2))
    data = record(replace(page, made=datetime(2026, 11, 2, tzinfo=UTC)))
    assert (data["uri"], data["version"], data["pubStatus"]) == (uri(FRENCH), "2", "usable")


@pytest.mark.parametrize(
    ("website", "host"),
    [
        ("https://Presse.Example.org:8443/de/", "presse.example.org"),
        ("waldringen-köln.example", "xn--waldringen-kln-6pb.example"),
        (None, "unknown.invalid"),
        ("", "unknown.invalid"),
        ("https://[::1", "unknown.invalid"),
        (f"{'a' * 70}.example", "unknown.invalid"),
    ],
)
def test_the_name_begins_with_the_host_of_the_website(website: str | None, host: str) -> None:
    page = replace(FRENCH, letterhead=replace(FRENCH.letterhead, website=website))
    assert uri(page) == f"urn:newsml:{host}:20261008:198%2F2026:fr"


@pytest.mark.parametrize(
    ("identity", "day", "expected"),
    [
        ("2026-09-30-grenzbus", date(2026, 10, 8), "20260930"),
        ("grenzbus", date(2026, 10, 8), "20261008"),
        ("2026-13-45-grenzbus", date(2026, 10, 8), "20261008"),
        ("grenzbus", None, "20261008"),
    ],
)
def test_the_day_in_the_name_is_that_of_the_id_or_else_the_date(
    identity: str, day: date | None, expected: str
) -> None:
    page = replace(FRENCH, release=replace(FRENCH.release, id=identity, date=day, number=None))
    assert uri(page) == f"urn:newsml:www.waldringen.example.org:{expected}:{identity}:fr"


def test_every_property_is_documented() -> None:
    text = (ROOT / "docs" / "ninjs.md").read_text(encoding="utf-8")
    assert {name for name in RECORD.parts if f"`{name}`" not in text} == set()


@pytest.mark.parametrize(("page", "other"), [(GERMAN, FRENCH), (FRENCH, GERMAN)])
def test_it_stands_there_as_it_was(page: Edition, other: Edition) -> None:
    golden = GOLDEN / f"grenzbus.{page.release.language}.ninjs.json"
    assert to_ninjs(page, (other,), original="de").decode() == golden.read_text(encoding="utf-8")
