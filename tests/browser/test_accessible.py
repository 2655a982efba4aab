"""Everybody can use what the public sees: axe finds nothing in any kind of page, at any width."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from pipeline.runner.mail_ledger import Order
from pipeline.runner.mail_rehearsal import rehearse
from pipeline.runner.recipients import import_recipients
from pipeline.workspace import Workspace
from tests.browser.conftest import faults
from tests.runner.test_newsroom import BUS, DRAFT, NOW, ROOT, WEEK

PAGES = ("", "de/", "fr/", "de/2025/", "fr/2026/", f"de/{BUS}/", f"fr/{BUS}/", f"de/{WEEK}/", f"fr/{WEEK}/")
NARROW = ViewportSize(width=320, height=700)
"""CSS pixels; a window of 1280 at four times the size (WCAG 2.2, 1.4.10)."""
SPACED = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"
"""What a page has to bear (WCAG 2.2, 1.4.12)."""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """Return one window for all tests, which only look: axe is much faster where it ran before."""
    with browser.new_context(viewport={"width": 1100, "height": 900}) as context:
        yield context.new_page()


@pytest.fixture(scope="module")
def narrow(browser: Browser) -> Iterator[Page]:
    with browser.new_context(viewport=NARROW) as context:
        yield context.new_page()


@pytest.mark.parametrize("place", PAGES)
def test_every_page_of_the_newsroom_is_without_fault(page: Page, first_site: str, place: str) -> None:
    page.goto(f"{first_site}{place}")
    assert faults(page, "best-practice") == []


@pytest.mark.parametrize(
    "place", ["de/", "fr/", f"de/{BUS}/", f"fr/{BUS}/", f"fr/{WEEK}/", f"files/{BUS}/record.html"]
)
def test_so_are_corrections_withdrawals_and_the_record(page: Page, site: str, place: str) -> None:
    page.goto(f"{site}{place}")
    assert faults(page, "best-practice") == []


@pytest.mark.parametrize("place", ["de/", "fr/"])
def test_so_is_a_newsroom_in_which_there_is_nothing_yet(page: Page, empty_site: str, place: str) -> None:
    page.goto(f"{empty_site}{place}")
    assert faults(page, "best-practice") == []


@pytest.mark.parametrize("query", ["waldringen", "zeppelin"])
def test_so_is_what_the_search_finds(page: Page, site: str, query: str) -> None:
    page.goto(f"{site}de/?q={query}")
    page.locator("#count").filter(has_text="gefunden").wait_for()
    assert faults(page, "best-practice") == []


@pytest.mark.parametrize("name", [BUS, WEEK, DRAFT])
@pytest.mark.parametrize("file", ["index.html", "record.html"])
def test_so_are_the_pages_of_a_press_kit(page: Page, kits: dict[str, Path], name: str, file: str) -> None:
    page.goto((kits[name] / file).as_uri())
    assert faults(page, "best-practice") == []


def test_so_is_a_mail(page: Page, office: Workspace) -> None:
    import_recipients(office, ROOT / "docs" / "presseverteiler.csv", defaults={}, today=NOW.date())
    rehearsal = rehearse(office, Order(release=BUS, lists=("presse",), by="Test"), sample=1, at=NOW)
    files = sorted(rehearsal.folder.glob("*.eml"))
    assert len(files) == 2
    for file in files:
        html = message_from_bytes(file.read_bytes(), policy=policy.default).get_body(("html",))
        assert html is not None
        page.set_content(html.get_content())
        assert faults(page) == [], "a mail is no page of its own"


@pytest.mark.parametrize("place", PAGES)
def test_no_page_of_the_newsroom_scrolls_sideways_on_a_narrow_screen(narrow: Page, site: str, place: str) -> None:
    narrow.goto(f"{site}{place}")
    assert narrow.evaluate("document.scrollingElement.scrollWidth") <= NARROW["width"]
    assert faults(narrow, "best-practice") == []


@pytest.mark.parametrize("file", ["index.html", "record.html"])
def test_nor_does_a_press_kit(narrow: Page, kits: dict[str, Path], file: str) -> None:
    narrow.goto((kits[BUS] / file).as_uri())
    assert narrow.evaluate("document.scrollingElement.scrollWidth") <= NARROW["width"]
    assert faults(narrow, "best-practice") == []


@pytest.mark.parametrize("tag", ["h1", "h2", "p", "li", "figcaption", "td", "blockquote p"])
def test_nor_does_a_word_longer_than_the_screen(narrow: Page, site: str, kits: dict[str, Path], tag: str) -> None:
    for address in (f"{site}de/{BUS}/", (kits[BUS] / "index.html").as_uri()):
        narrow.goto(address)
        word = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"
        narrow.locator(f"main {tag}").first.evaluate("(element, word) => { element.textContent = word }", word)
        assert narrow.evaluate("document.scrollingElement.scrollWidth") <= NARROW["width"]


@pytest.mark.parametrize(
    ("width", "style"),
    [
        (640, "html { font-size: 100% }"),
        (640, "html { font-size: 200% }"),
        (320, SPACED),
    ],
    ids=["at twice the size", "with letters of twice the size", "with wider spacing"],
)
def test_what_readers_need_to_change_leaves_every_page_readable(
    browser: Browser, site: str, kits: dict[str, Path], width: int, style: str
) -> None:
    """As WCAG 2.2 asks for it in 1.4.4 and 1.4.12."""
    kit = [(kits[BUS] / file).as_uri() for file in ("index.html", "record.html")]
    with browser.new_context(viewport={"width": width, "height": 700}) as context:
        page = context.new_page()
        for address in (*(f"{site}{place}" for place in PAGES), *kit):
            page.goto(address)
            size = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
            page.add_style_tag(content=style)
            assert page.evaluate("document.scrollingElement.scrollWidth") <= width, address
            if "200%" in style:
                assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") == 2 * size


def test_whatever_has_the_focus_shows_it(narrow: Page, first_site: str, kits: dict[str, Path]) -> None:
    """A ring that stands out from the page three to one (WCAG 2.2, 2.4.7 and 1.4.11)."""
    for address in (f"{first_site}de/", f"{first_site}de/{BUS}/", (kits[BUS] / "index.html").as_uri()):
        narrow.goto(address)
        rings = list(focus_rings(narrow))
        assert len(rings) > 5
        assert [ring for ring in rings if ring[1] != "solid" or on_white(ring[2]) < 3] == []


def focus_rings(page: Page) -> Iterator[tuple[str, str, str]]:
    """Press the tabulator through a page; yield of each place what it is, and the kind and colour of its ring."""
    count = page.locator("a, input, [tabindex='0']").count()
    for _ in range(count):
        page.keyboard.press("Tab")
        element = "document.activeElement"
        yield tuple(
            page.evaluate(
                f"[{element}.outerHTML.slice(0, 90), getComputedStyle({element}).outlineStyle, "
                f"getComputedStyle({element}).outlineColor]"
            )
        )


def on_white(colour: str) -> float:
    """Return how well a colour written `rgb(1, 2, 3)` stands out from white (WCAG 2.2, contrast ratio)."""
    parts = (int(part) / 255 for part in re.findall(r"\d+", colour)[:3])
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
