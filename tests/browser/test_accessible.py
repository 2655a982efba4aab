"""Everybody can use what the public sees: axe finds nothing in any kind of page, at any width."""

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
def test_no_page_of_the_newsroom_scrolls_sideways_on_a_narrow_screen(
    browser: Browser, site: str, place: str
) -> None:
    with browser.new_context(viewport=NARROW) as context:
        page = context.new_page()
        page.goto(f"{site}{place}")
        assert page.evaluate("document.scrollingElement.scrollWidth") <= NARROW["width"]
        assert faults(page, "best-practice") == []


@pytest.mark.parametrize("file", ["index.html", "record.html"])
def test_nor_does_a_press_kit(browser: Browser, kits: dict[str, Path], file: str) -> None:
    with browser.new_context(viewport=NARROW) as context:
        page = context.new_page()
        page.goto((kits[BUS] / file).as_uri())
        assert page.evaluate("document.scrollingElement.scrollWidth") <= NARROW["width"]
        assert faults(page, "best-practice") == []
