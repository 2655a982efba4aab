"""The newsroom as its visitors use it: with keyboard and mouse, with and without scripts; nobody else is asked."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.runner.test_newsroom import BUS, DRAFT, WEEK


def found(page: Page) -> list[str]:
    """Return the releases that the search shows."""
    return [str(link.get_attribute("href")).split("/")[-2] for link in page.locator("#results a").all()]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("grenzbrucke", [BUS]),
        ("GRENZBRÜCKE linie", [BUS]),
        ("WALDRINGEN ", [BUS, WEEK]),
        ("waldringen alvenz grenzbrücke", [BUS]),
        ("zeppelin", []),
    ],
)
def test_the_search_finds_words_in_any_spelling_and_order(
    page: Page, first_site: str, query: str, expected: list[str]
) -> None:
    page.goto(f"{first_site}de/")
    page.get_by_label("Suche in allen Medieninformationen").fill(query)
    said = f"{len(expected)} gefunden" if expected else "Nichts gefunden"
    expect(page.get_by_role("status")).to_have_text(said)
    assert sorted(found(page)) == sorted(expected)
    expect(page.locator("#listing")).to_be_hidden()


@pytest.mark.parametrize("query", ["strasse", "STRAẞE", "große", "coeur", "l'ete", "e-mail", "1 200", "ŒUVRE"])
def test_the_search_asks_for_no_letter_that_a_keyboard_lacks(page: Page, first_site: str, query: str) -> None:
    rows = [
        ["a", "Große Straße", "Alvenz", "", "cœur l’été e\u2011mail 1\u202f200 œuvre"],
        ["b", "Anderes", "Alvenz", "", "x"],
    ]
    page.route("**/search.json", lambda route: route.fulfill(json=rows))
    page.goto(f"{first_site}de/")
    page.locator("#query").fill(query)
    expect(page.get_by_role("status")).to_have_text("1 gefunden")
    assert found(page) == ["a"]


def test_a_search_without_an_answer_says_so_and_tries_again(page: Page, first_site: str) -> None:
    page.route("**/search.json", lambda route: route.fulfill(status=503))
    page.goto(f"{first_site}fr/?q=bus")
    expect(page.get_by_role("status")).to_have_text("La recherche est momentanément indisponible.")
    expect(page.locator("#listing")).to_be_visible()
    page.unroute("**/search.json")
    page.locator("#query").fill("bus ligne")
    expect(page.get_by_role("status")).to_have_text("Résultats\u00a0: 1")


def test_what_was_searched_for_can_be_passed_on_as_an_address(page: Page, first_site: str) -> None:
    page.goto(f"{first_site}fr/?q=voyageurs")
    expect(page.locator("#results a")).to_have_count(1)
    page.locator("#results a").click()
    expect(page).to_have_url(f"{first_site}fr/{BUS}/")


def test_a_search_that_is_emptied_shows_the_list_again(page: Page, first_site: str) -> None:
    page.goto(f"{first_site}de/?q=waldringen")
    expect(page.locator("#listing")).to_be_hidden()
    page.locator("#query").fill("")
    expect(page.locator("#listing")).to_be_visible()
    expect(page.locator("#results a")).to_have_count(0)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("verwaltungspraxis", "Alvenz, 18.\u00a0November 2025 · Nr.\u00a0231/2025 · Zurückgezogen"),
        ("grenzbus", "Alvenz, 8.\u00a0Oktober 2026 · Nr.\u00a0198/2026 · Berichtigt"),
    ],
)
def test_the_search_says_what_was_withdrawn_or_corrected(page: Page, site: str, query: str, said: str) -> None:
    page.goto(f"{site}de/?q={query}")
    expect(page.locator("#results .meta")).to_have_text(said)


def test_what_is_withdrawn_is_not_found_by_its_former_text(page: Page, site: str) -> None:
    page.goto(f"{site}de/?q=gruppe")
    expect(page.get_by_role("status")).to_have_text("Nichts gefunden")


def test_the_keyboard_reaches_everything(page: Page, first_site: str) -> None:
    page.goto(f"{first_site}de/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Zum Inhalt")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("id", "query")
    page.keyboard.type("grenzbus")
    expect(page.get_by_role("status")).to_have_text("1 gefunden")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{first_site}de/{BUS}/")


def test_a_table_can_be_scrolled_by_the_keyboard(browser: Browser, first_site: str) -> None:
    with browser.new_context(viewport={"width": 320, "height": 700}) as context:
        page = context.new_page()
        page.goto(f"{first_site}de/{BUS}/")
        table = page.get_by_role("group", name="Tabelle")
        table.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(300)
        assert table.evaluate("element => element.scrollLeft") > 0


def test_each_page_leads_to_the_same_one_in_the_other_language(page: Page, first_site: str) -> None:
    page.goto(f"{first_site}de/{BUS}/")
    page.get_by_role("link", name="Français").click()
    expect(page).to_have_url(f"{first_site}fr/{BUS}/")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    page.get_by_role("link", name="Deutsch").click()
    expect(page).to_have_url(f"{first_site}de/{BUS}/")


def test_without_scripts_everything_but_the_search_is_there(browser: Browser, first_site: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(first_site)
        expect(page.locator(".search")).to_be_hidden()
        page.get_by_role("link", name="2025").click()
        page.get_by_role("link", name="Fünf Tage Verwaltungspraxis").click()
        expect(page).to_have_url(f"{first_site}de/{WEEK}/")


def test_on_paper_there_is_the_text_alone(page: Page, first_site: str) -> None:
    page.goto(f"{first_site}fr/{BUS}/")
    page.emulate_media(media="print")
    expect(page.locator("header nav")).to_be_hidden()
    expect(page.locator("footer")).to_be_hidden()
    expect(page.locator(".files")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    link = page.locator("article > p a").last
    behind = link.evaluate("element => getComputedStyle(element, '::after').content")
    assert behind == '" (https://fahrplan.waldringen.example.org/linie-40)"'


def test_a_correction_and_a_withdrawal_are_seen_at_once(page: Page, site: str) -> None:
    page.goto(f"{site}fr/")
    expect(page.locator("#listing li").first).to_contain_text("Rectifié")
    expect(page.locator("#listing li").last).to_contain_text("Retiré")
    page.goto(f"{site}fr/{WEEK}/")
    expect(page.get_by_role("note")).to_contain_text("Annulé – merci de ne pas utiliser.")
    page.goto(f"{site}fr/{BUS}/")
    expect(page.get_by_role("insertion").first).to_have_text("421\u202f600")


def test_files_say_what_they_are_for_and_how_large_they_are(page: Page, first_site: str) -> None:
    page.goto(f"{first_site}fr/{BUS}/")
    expect(page.locator(".files li")).to_have_count(7)
    word = page.get_by_role("link", name="DOCX le même texte, à reprendre dans un traitement de texte")
    expect(word).to_have_attribute("href", re.compile(rf"{BUS}\.fr\.docx$"))
    expect(page.locator(".files li", has=word).locator("small")).to_have_text(re.compile("^\\d+\u00a0ko$"))


def test_every_address_inside_answers(page: Page, site: str) -> None:
    waiting: list[str] = [site]
    seen: set[str] = set()
    while waiting and len(seen) < 100:
        address = waiting.pop()
        seen.add(address)
        if address.endswith("/"):
            answer = page.goto(address)
            assert answer is not None
            links = page.locator("a, link[rel=icon], link[rel=stylesheet], script[src], img")
            found = links.evaluate_all("all => all.map(link => link.href ?? link.src)")
            inside = {str(link).partition("#")[0] for link in found if str(link).startswith(site)}
            waiting += sorted(inside - seen - set(waiting))
            anchors = page.locator("a[href^='#']").evaluate_all("all => all.map(link => link.hash.slice(1))")
            assert [name for name in anchors if page.locator(f"[id='{name}']").count() != 1] == []
        assert page.request.head(address).ok, address
    names = {address.removeprefix(site) for address in seen}
    assert {"site.css", "search.js", "fr/feed.xml", f"de/{WEEK}/", f"files/{BUS}/{BUS}.zip"} <= names
    assert waiting == []


def visited(context: BrowserContext, addresses: list[str]) -> tuple[set[str], list[str]]:
    """Visit pages; return what was asked for, and what the browser complained about."""
    asked: set[str] = set()
    said: list[str] = []
    context.on("request", lambda request: asked.add(request.url))
    context.on("console", lambda message: said.append(message.text))
    context.on("weberror", lambda error: said.append(str(error.error)))
    page = context.new_page()
    for address in addresses:
        page.goto(address)
        if "?q=" in address:
            expect(page.get_by_role("status")).not_to_be_empty()
    return asked, said


def test_nobody_else_is_asked_for_anything_and_nothing_goes_wrong(context: BrowserContext, site: str) -> None:
    places = (
        "",
        "de/?q=bus",
        "fr/",
        "de/2026/",
        f"de/{BUS}/",
        f"fr/{BUS}/",
        f"fr/{WEEK}/",
        f"files/{BUS}/record.html",
    )
    asked, said = visited(context, [f"{site}{place}" for place in places])
    assert {f"{site}site.css", f"{site}de/search.json", f"{site}crest.svg"} <= asked
    assert {address for address in asked if not address.startswith(site)} == set()
    assert said == []


@pytest.mark.parametrize("name", [BUS, DRAFT])
def test_a_press_kit_asks_for_its_own_files_alone(
    context: BrowserContext, kits: dict[str, Path], name: str
) -> None:
    asked, said = visited(context, [(kits[name] / file).as_uri() for file in ("index.html", "record.html")])
    assert {address for address in asked if not address.startswith(kits[name].as_uri())} == set()
    assert said == []


def test_every_link_of_a_press_kit_leads_to_one_of_its_files(page: Page, kits: dict[str, Path]) -> None:
    page.goto((kits[BUS] / "index.html").as_uri())
    links = [str(link.get_attribute("href")) for link in page.locator("a").all()]
    inside = [link for link in links if not re.match(r"https?:|mailto:|tel:|#", link)]
    assert len(inside) == 12
    assert [link for link in inside if not (kits[BUS] / link).is_file()] == []
