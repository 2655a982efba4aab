"""The text of an edition as plain HTML: whole, escaped, and every passage in its language."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.formats.content_html import article_html, blocks_html, contact_html, inline_html
from pipeline.model.inline import Run, inlines, plain
from pipeline.model.release import Contact, Heading, Localized, Paragraph
from pipeline.model.texts import TextKind, texts
from tests.engines.pdf_releases import edition

TAGS = {"a", "strong", "em", "code", "mark", "span", "br"}


class Reader(HTMLParser):
    """Keeps the words and the names of tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words = ""
        self.tags: list[str] = []
        self.links: list[str | None] = []
        self.languages: list[str | None] = []
        self.feed(str(html))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name == "href"]
        self.languages += [value for name, value in attrs if name == "lang"]
        self.words += "\n" if tag == "br" else ""

    def handle_data(self, data: str) -> None:
        self.words += data


@given(st.text(), st.text(), st.booleans())
def test_whatever_the_text_it_stays_text(words: str, href: str, bold: bool) -> None:
    read = Reader(inline_html((Run(text=words, bold=bold), Run(text="x", href=href))))
    assert set(read.tags) <= TAGS
    assert read.words.replace("\r", "") == f"{words}x".replace("\r", "")


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "data:text/html,x", "//example.org", "file:///etc", "ftp://x"]
)
def test_a_link_leads_nowhere_but_to_the_web_a_mail_or_a_telephone(href: str) -> None:
    assert Reader(inline_html((Run(text="x", href=href),))).links == []


@pytest.mark.parametrize("number", range(80))
def test_every_word_of_the_text_is_there(number: int) -> None:
    page = edition(number)
    words = re.sub(r"\s+", " ", Reader(blocks_html(page, str)).words)
    kinds = {TextKind.TITLE, TextKind.SUBTITLE, TextKind.ALT, TextKind.CAPTION, TextKind.ROLE}
    shown = [plain(place.text) for place in texts(page.release, "") if place.kind not in kinds]
    assert [text for text in shown if re.sub(r"\s+", " ", text).strip() not in words] == []


@pytest.mark.parametrize("number", range(0, 80, 7))
def test_an_article_begins_with_its_notes_title_subtitle_and_date_line(number: int) -> None:
    page = edition(number)
    html = article_html(page, str)
    language, release = page.release.language, page.release
    assert html.startswith(f'<article lang="{language}">\n')
    assert html.endswith("\n</article>")
    assert Reader(html).tags.count("h1") == 1
    head = (*page.notes, plain(release.title).strip() or release.id, plain(release.subtitle))
    words = re.sub(r"\s+", " ", Reader(html).words)
    places = [words.index(re.sub(r"\s+", " ", line)) for line in (*head, page.labels.place_and_date or "") if line]
    assert places == sorted(places)


def test_texts_without_words_leave_nothing_behind() -> None:
    blocks = (Heading(level=2, text=()), Paragraph(text=inlines(" ")), Paragraph(text=inlines("Wort")))
    page = edition(1)
    assert blocks_html(replace(page, release=replace(page.release, blocks=blocks)), str) == "<p>Wort</p>"


def test_headings_never_skip_a_level() -> None:
    levels = (4, 2, 4, 3, 2)
    blocks = tuple(Heading(level=level, text=inlines("Wort")) for level in levels)
    page = edition(1)
    read = Reader(blocks_html(replace(page, release=replace(page.release, blocks=blocks)), str))
    assert read.tags == ["h2", "h2", "h3", "h3", "h2"]


def test_nothing_has_a_look_or_runs() -> None:
    for number in range(30):
        html = article_html(edition(number), str)
        assert not re.search(r"<script|<[^>]* (style|class|id|on\w+)=", html)


def test_a_passage_in_another_language_says_so() -> None:
    html = inline_html((Run(text="Er sagte: "), Run(text="« oui »", lang="fr")))
    assert html == 'Er sagte: <span lang="fr">« oui »</span>'


def test_a_contact_has_its_role_in_its_own_language() -> None:
    page = edition(1)
    other = "fr" if page.release.language.startswith("de") else "de"
    contact = Contact(name="A <B>", role=Localized(texts=((other, "Rolle"),)), email="a@example.org")
    read = Reader(contact_html(contact, page))
    assert read.words == "A <B>, Rollea@example.org".replace("Rolle", "Rolle\n")
    assert read.languages == [other]
    assert read.links == ["mailto:a@example.org"]
