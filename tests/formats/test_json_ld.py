"""What search engines read of a release: one article for each language, linked, and safe inside a page."""

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pipeline.formats.json_ld import LONGEST_HEADLINE, Published, to_json_ld
from pipeline.model.inline import inlines
from tests.formats.test_ninjs import FRENCH, GERMAN

DE = Published(edition=GERMAN, url="https://www.example.org/de/linie-40/")
FR = Published(edition=FRENCH, url="https://www.example.org/fr/linie-40/")


def test_an_article_says_what_it_is_and_who_publishes_it() -> None:
    data = json.loads(to_json_ld(DE, (FR,)))
    assert (data["@type"], data["inLanguage"], data["datePublished"]) == ("NewsArticle", "de", "2026-10-08")
    assert data["publisher"]["name"] == "Staatskanzlei"
    assert data["contactPoint"][0]["contactType"] == "press"


def test_the_languages_lead_to_each_other() -> None:
    assert json.loads(to_json_ld(DE, (FR,)))["workTranslation"][0]["@id"] == FR.url
    assert json.loads(to_json_ld(FR, (DE,), original="de"))["translationOfWork"]["@id"] == DE.url


@given(st.text(max_size=300))
def test_no_text_ends_the_element_that_holds_it(text: str) -> None:
    page = replace(GERMAN, release=replace(GERMAN.release, title=inlines(f"</script><!--{text}")))
    written = to_json_ld(replace(DE, edition=page))
    assert not set("<>&\u2028\u2029") & set(written)
    assert len(json.loads(written)["headline"]) <= LONGEST_HEADLINE


def test_a_long_headline_is_cut_between_words() -> None:
    page = replace(GERMAN, release=replace(GERMAN.release, title=inlines("Wort " * 60)))
    assert json.loads(to_json_ld(replace(DE, edition=page)))["headline"].endswith("Wort…")
