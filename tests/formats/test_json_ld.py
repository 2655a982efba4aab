"""What search engines read of a release: one article for each language, linked, and safe inside a page."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.formats.json_ld import LONGEST_HEADLINE, Article, to_json_ld
from pipeline.formats.ninjs import uri
from pipeline.model.edition import EditionStatus
from pipeline.model.inline import inlines
from pipeline.model.release import Localized, Revision, RevisionKind
from tests.formats.test_ninjs import FRENCH, GERMAN

GOLDEN = Path(__file__).parent / "golden"
DE = Article(edition=GERMAN, url="https://www.example.org/de/linie-40/")
FR = Article(edition=FRENCH, url="https://www.example.org/fr/linie-40/")


def test_an_article_says_what_it_is_and_who_publishes_it() -> None:
    data = json.loads(to_json_ld(DE, (FR,)))
    assert (data["@type"], data["inLanguage"], data["datePublished"]) == ("NewsArticle", "de", "2026-10-08")
    assert data["publisher"]["name"] == "Staatskanzlei"
    assert data["publisher"]["url"] == "https://www.waldringen.example.org"


def test_without_an_address_it_is_called_by_its_name_as_a_news_item() -> None:
    data = json.loads(to_json_ld(replace(DE, url=None), (replace(FR, url=None),)))
    assert (data["@id"], "url" in data) == (uri(GERMAN), False)
    assert data["workTranslation"][0]["@id"] == uri(FRENCH)


def test_a_later_version_says_since_when_it_is_the_one_that_counts() -> None:
    updated = datetime(2026, 10, 9, 8, 30, tzinfo=UTC)
    data = json.loads(to_json_ld(replace(DE, updated=updated)))
    assert (data["datePublished"], data["dateModified"]) == ("2026-10-08", "2026-10-09T08:30:00+00:00")


def test_journalists_find_whom_to_call_at_the_publisher() -> None:
    contacts = json.loads(to_json_ld(DE, (FR,)))["publisher"]["contactPoint"]
    assert {item["contactType"] for item in contacts} == {"press"}
    assert (contacts[0]["name"], contacts[0]["telephone"]) == ("Jonas Rethmeier", "+49 69 90009-528")


def test_the_languages_lead_to_each_other() -> None:
    assert json.loads(to_json_ld(DE, (FR,)))["workTranslation"][0]["@id"] == FR.url
    assert json.loads(to_json_ld(FR, (DE,), original="de"))["translationOfWork"]["@id"] == DE.url


@given(st.text(max_size=300))
def test_no_text_ends_the_element_that_holds_it(text: str) -> None:
    page = replace(GERMAN, release=replace(GERMAN.release, title=inlines(f"</script><!--{text}")))
    written = to_json_ld(replace(DE, edition=page))
    assert not set("<>&\u2028\u2029") & set(written)
    assert len(json.loads(written)["headline"]) <= LONGEST_HEADLINE


def status_and_correction(kind: RevisionKind, status: EditionStatus) -> tuple[str | None, str | None]:
    note = Localized(texts=(("de", "Anlass entfallen."),))
    revision = Revision(version=2, kind=kind, note=note, replaces=date(2026, 10, 8))
    labels = replace(GERMAN.labels, revision=("Zweite Fassung.",))
    page = replace(GERMAN, status=status, release=replace(GERMAN.release, revision=revision), labels=labels)
    data = json.loads(to_json_ld(replace(DE, edition=page)))
    return data.get("creativeWorkStatus"), data.get("correction")


def test_a_correction_a_withdrawal_and_a_draft_say_what_they_are() -> None:
    final = EditionStatus.FINAL
    assert status_and_correction(RevisionKind.FACTUAL, final) == (None, "Zweite Fassung.")
    assert status_and_correction(RevisionKind.WITHDRAWAL, final) == ("Withdrawn", "Zweite Fassung.")
    assert status_and_correction(RevisionKind.FACTUAL, EditionStatus.DRAFT) == ("Draft", "Zweite Fassung.")


@pytest.mark.parametrize(
    ("printed", "address"),
    [
        ("www.example.org", "https://www.example.org"),
        ("http://example.org/presse", "http://example.org/presse"),
        ("javascript://example.org", None),
        ("demnächst im Netz", None),
        (None, None),
    ],
)
def test_a_website_is_an_address_or_left_out(printed: str | None, address: str | None) -> None:
    page = replace(GERMAN, letterhead=replace(GERMAN.letterhead, website=printed))
    assert json.loads(to_json_ld(replace(DE, edition=page)))["publisher"].get("url") == address


def test_a_long_headline_is_cut_between_words() -> None:
    page = replace(GERMAN, release=replace(GERMAN.release, title=inlines("Wort " * 60)))
    assert json.loads(to_json_ld(replace(DE, edition=page)))["headline"].endswith("Wort…")


def test_a_long_headline_of_a_single_word_is_cut_inside_it() -> None:
    page = replace(GERMAN, release=replace(GERMAN.release, title=inlines("Wort" * 60)))
    headline = json.loads(to_json_ld(replace(DE, edition=page)))["headline"]
    assert (len(headline), headline[:8], headline[-1]) == (LONGEST_HEADLINE, "WortWort", "…")


@pytest.mark.parametrize(("article", "other"), [(DE, FR), (FR, DE)])
def test_it_stands_there_as_it_was(article: Article, other: Article) -> None:
    golden = GOLDEN / f"grenzbus.{article.edition.release.language}.ld.json"
    assert f"{to_json_ld(article, (other,), original='de')}\n" == golden.read_text(encoding="utf-8")
