"""News records are valid ninjs 3.1, say all that the page says, and lead from one language to the other."""

import json
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from pipeline.formats.ninjs import DigitalSource, Rendition, to_ninjs, uri
from pipeline.model.edition import EditionStatus
from pipeline.model.release import Localized, Revision, RevisionKind
from pipeline.runner.languages import stand
from pipeline.runner.publishing import editions
from pipeline.workspace import Workspace
from tests.engines.pdf_releases import ROOT, edition

SCHEMA = ROOT.parent / "shared" / "data" / "ninjs-3.1.schema.json"
WORKSPACE = Workspace.find(ROOT)
GERMAN, FRENCH = editions(WORKSPACE, stand(WORKSPACE, "2026-10-08-grenzbus-linie-40"))
FILE = Rendition(name="pdf", href="https://www.example.org/a.pdf", media_type="application/pdf", size=81_000)

PROPERTIES = frozenset(
    "uri standard type representationType language version versionCreated embargoedUntil pubStatus title edNote"
    " headlines bodies by located infoSources altIds subjects digitalSourceType associations renditions".split()
)
PARTS = {
    "headlines": {"role", "contentType", "value"},
    "bodies": {"role", "contentType", "value"},
    "descriptions": {"role", "contentType", "value"},
    "infoSources": {"name", "role", "contactInfo"},
    "contactInfo": {"type", "role", "lang", "value"},
    "altIds": {"role", "value"},
    "subjects": {"name", "rel"},
    "associations": {"name", "rel", "uri", "type", "language", "descriptions", "copyrightHolder"},
    "renditions": {"name", "href", "contentType", "sizeInBytes"},
}
"""What the standard knows in each list, as far as we write it: it refuses all other names."""


def record(page: Any, *others: Any, **options: Any) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(to_ninjs(page, others, **options))
    return data


def broken_rules(data: dict[str, Any]) -> list[str]:
    """Return what breaks the rules of the standard that we rely on."""
    faults = [f"unknown: {name}" for name in set(data) - PROPERTIES]
    faults += [] if data["uri"].startswith("urn:newsml:") else ["no uri"]
    faults += [] if data["pubStatus"] in {"usable", "withheld", "canceled"} else ["pubStatus"]
    for moment in ("versionCreated", "embargoedUntil"):
        if moment in data and datetime.fromisoformat(data[moment]).tzinfo is None:
            faults.append(f"{moment} has no time zone")
    return faults + [
        f"{name}: unknown {set(item) - known}"
        for name, known in PARTS.items()
        for item in lists(data, name)
        if set(item) - known
    ]


def lists(data: Any, name: str) -> list[dict[str, Any]]:
    """Return the items of every list called `name`, however deep."""
    if isinstance(data, list):
        return [found for item in data for found in lists(item, name)]
    if not isinstance(data, dict):
        return []
    own = data.get(name, [])
    return [*own, *(found for key, value in data.items() for found in lists(value, name))]


@cache
def schema() -> Any:
    if not SCHEMA.is_file():
        return None
    rules = json.loads(SCHEMA.read_text(encoding="utf-8"))
    text = json.dumps(rules).replace("https://geojson.org/schema/GeoJSON.json", "#/$defs/contactInfoType")
    return jsonschema.Draft202012Validator(json.loads(text))


@pytest.mark.parametrize("number", range(60))
def test_every_record_keeps_the_rules(number: int) -> None:
    page = edition(number)
    data = record(page, replace(page, release=replace(page.release, language="fr-CH")), renditions=(FILE,))
    assert broken_rules(data) == []
    if schema() is not None:
        assert [error.message for error in schema().iter_errors(data)] == []


def test_a_sample_says_everything_about_itself() -> None:
    data = record(FRENCH, GERMAN, original="de", source=DigitalSource.MIXED, renditions=(FILE,))
    assert data["uri"] == "urn:newsml:www.waldringen.example.org:20261008:198%2F2026:fr"
    assert (data["language"], data["version"], data["pubStatus"]) == ("fr", "1", "usable")
    assert data["headlines"][0] == {
        "role": "main",
        "contentType": "text/plain",
        "value": "Bus transfrontalier\u00a0: 412\u202f600 voyageurs sur la ligne\u00a040 en un an",
    }
    assert [body["contentType"] for body in data["bodies"]] == ["text/plain", "text/html"]
    assert data["altIds"][0] == {"role": "translationGroup", "value": "2026-10-08-grenzbus-linie-40"}
    assert data["digitalSourceType"]["uri"].endswith("/compositeWithTrainedAlgorithmicMedia")
    assert data["associations"][1]["descriptions"][0]["role"] == "altText"
    assert data["renditions"] == [
        {"name": "pdf", "href": FILE.href, "contentType": "application/pdf", "sizeInBytes": 81_000}
    ]


def test_the_languages_lead_to_each_other() -> None:
    there = record(GERMAN, FRENCH)["associations"][0]
    back = record(FRENCH, GERMAN, original="de")["associations"][0]
    assert (there["rel"], there["uri"]) == ("hasTranslation", uri(FRENCH))
    assert (back["rel"], back["uri"]) == ("translationOf", uri(GERMAN))


def test_drafts_are_withheld_and_say_why() -> None:
    data = record(replace(FRENCH, status=EditionStatus.DRAFT, notes=("Brouillon.",)))
    assert (data["pubStatus"], data["edNote"]) == ("withheld", "Brouillon.")


def test_a_withdrawal_is_the_same_item_canceled() -> None:
    note = Localized(texts=(("fr", "Annulé."),))
    revision = Revision(version=2, kind=RevisionKind.WITHDRAWAL, note=note, replaces=date(2026, 10, 8))
    labels = replace(FRENCH.labels, revision=("Retrait.",))
    data = record(replace(FRENCH, release=replace(FRENCH.release, revision=revision), labels=labels))
    assert (data["uri"], data["version"], data["pubStatus"]) == (uri(FRENCH), "2", "canceled")
    assert data["edNote"] == "Retrait."


def test_an_office_without_a_website_has_a_name_that_never_exists() -> None:
    page = replace(FRENCH, letterhead=replace(FRENCH.letterhead, website=None))
    assert uri(page).startswith("urn:newsml:unknown.invalid:20261008:")


def test_every_property_is_documented() -> None:
    text = (ROOT / "docs" / "ninjs.md").read_text(encoding="utf-8")
    assert {name for name in PROPERTIES if f"`{name}`" not in text} == set()


def test_it_stands_there_as_it_was() -> None:
    golden = Path(__file__).parent / "golden" / "grenzbus.fr.ninjs.json"
    assert to_ninjs(FRENCH, (GERMAN,), original="de").decode() == golden.read_text(encoding="utf-8")
