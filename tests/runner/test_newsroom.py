"""The newsroom: what was published and nothing else, in every language, linked, and made again only if needed."""

import json
import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from pipeline.errors import ConfigError, FormatError
from pipeline.runner.bundling import bundle_release
from pipeline.runner.newsroom import build_site
from pipeline.runner.press import Press
from pipeline.runner.publishing import build_release
from pipeline.runner.reviewing import approve_release
from pipeline.runner.revising import withdraw_release
from pipeline.workspace import Workspace
from tests.cli.conftest import EVA
from tests.runner.corrected import correct_figure
from tests.runner.test_kit import Links

ROOT = Path(__file__).parents[2]
BUS, WEEK, DRAFT = "2026-10-08-grenzbus-linie-40", "2025-11-18-fortbildungswoche", "2027-01-22-nachbarschaftsfonds"
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
URL = "https://presse.waldringen.example.org/"


def published(root: Path, *releases: str) -> Workspace:
    """Return a copy of the samples in which some were published."""
    shutil.copytree(ROOT / "releases", root / "releases", ignore=shutil.ignore_patterns("dist", "versions"))
    shutil.copy(ROOT / "communique.toml", root)
    (root / "templates").mkdir()
    shutil.copy(ROOT / "templates" / "logo.svg", root / "templates")
    workspace = Workspace.find(root)
    for release in releases:
        publish(workspace, release)
    return workspace


def publish(workspace: Workspace, release: str) -> None:
    press = Press(workspace, NOW)
    build_release(workspace, release, press, lambda: None)
    _, final = bundle_release(workspace, release, press, by=EVA, at=NOW)
    assert final


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of two releases."""
    workspace = published(tmp_path_factory.mktemp("office"), BUS, WEEK)
    return build_site(workspace, NOW).folder


@pytest.fixture
def office(tmp_path: Path) -> Workspace:
    """Return an office that published one release."""
    return published(tmp_path, BUS)


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_only_what_was_published_is_there(site: Path) -> None:
    assert {path.name for path in (site / "de").iterdir() if path.is_dir()} == {BUS, WEEK, "2025", "2026"}
    assert not any(DRAFT in read(path) for path in site.rglob("*.html"))


def test_every_page_is_linked_to_the_same_page_in_the_other_language(site: Path) -> None:
    for path in site.glob("de/**/index.html"):
        place = path.parent.relative_to(site / "de").as_posix().removeprefix(".")
        urls = dict(re.findall(r'<link rel="alternate" hreflang="(\w+)" href="([^"]+)">', read(path)))
        place = f"{place}/" if place else ""
        assert urls == {"de": f"{URL}de/{place}", "fr": f"{URL}fr/{place}"}
        assert (site / "fr" / place / "index.html").is_file()


def broken(site: Path) -> list[str]:
    """Return the links of a site's pages that lead nowhere in it."""
    found = []
    for path in site.rglob("*.html"):
        links = Links(read(path))
        for link in (*links.asked, *links.led):
            if re.match(r"https?:|mailto:|tel:|data:|#", link):
                continue
            target = path.parent / link
            if not (target / "index.html" if link.endswith("/") else target).is_file():
                found.append(f"{path.relative_to(site)}: {link}")
    return found


def test_every_link_inside_leads_to_a_file(site: Path) -> None:
    assert broken(site) == []


def test_a_language_that_joined_later_is_led_to_by_its_first_page(office: Workspace) -> None:
    settings = office.root / "communique.toml"
    text = read(settings).replace('target_locales = ["fr"]', 'target_locales = ["fr", "fr-CH"]')
    settings.write_text(text, encoding="utf-8")
    folder = build_site(Workspace.find(office.root), NOW).folder
    assert broken(folder) == []
    for page in (f"de/{BUS}", "de/2026"):
        html = read(folder / page / "index.html")
        assert 'href="../../fr-CH/" hreflang="fr-CH"' in html
        assert re.findall(r'<link rel="alternate" hreflang="([\w-]+)"', html) == ["de", "fr"]


def test_every_page_leads_to_what_the_office_has_to_say_in_its_language(site: Path) -> None:
    for tag, text in (("de", "Impressum"), ("fr", "Mentions légales")):
        for path in (site / tag).rglob("index.html"):
            assert (
                re.findall(r'<a href="https://www\.waldringen\.example\.org/[^"]+">([^<]+)</a>', read(path))[0]
                == text
            )


def test_nothing_is_asked_of_anybody_else(site: Path) -> None:
    for path in site.rglob("*.html"):
        assert [link for link in Links(read(path)).asked if "//" in link and URL not in link] == []
    assert "default-src 'self'" in read(site / "de" / "index.html")


def test_an_article_is_told_to_search_engines(site: Path) -> None:
    page = read(site / "fr" / BUS / "index.html")
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    article = json.loads(data)
    assert article["@id"] == f"{URL}fr/{BUS}/"
    assert article["translationOfWork"]["@id"] == f"{URL}de/{BUS}/"


def test_the_feed_lists_the_newest_first_in_its_language(site: Path) -> None:
    feed = etree.parse(site / "fr" / "feed.xml").getroot()
    names = {"a": "http://www.w3.org/2005/Atom"}
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"
    assert feed.findtext("a:title", namespaces=names) == "Communiqués de presse · Chancellerie d’État"
    ids = [entry.findtext("a:id", namespaces=names) for entry in feed.findall("a:entry", names)]
    assert ids == [f"{URL}fr/{BUS}/", f"{URL}fr/{WEEK}/"]


def test_a_second_run_touches_nothing(office: Workspace) -> None:
    first = build_site(office, NOW)
    times = {path: path.stat().st_mtime_ns for path in first.folder.rglob("*") if path.is_file()}
    second = build_site(office, NOW + timedelta(hours=1))
    assert (first.made, second.made) == ((BUS,), ())
    assert {path: path.stat().st_mtime_ns for path in first.folder.rglob("*") if path.is_file()} == times


def test_a_change_makes_only_what_it_touches(office: Workspace) -> None:
    folder = build_site(office, NOW).folder
    publish(office, WEEK)
    times = {path: path.stat().st_mtime_ns for path in folder.glob(f"*/{BUS}/*")}
    assert build_site(office, NOW).made == (WEEK,)
    assert {path: path.stat().st_mtime_ns for path in folder.glob(f"*/{BUS}/*")} == times


def test_a_change_of_the_looks_makes_everything_anew(office: Workspace) -> None:
    build_site(office, NOW)
    own = office.root / "templates" / "site"
    own.mkdir()
    (own / "site.css").write_text("body { color: black }", encoding="utf-8")
    built = build_site(Workspace.find(office.root), NOW)
    assert built.made == (BUS,)
    assert read(built.folder / "site.css") == "body { color: black }"


def test_an_embargo_holds_until_its_moment(office: Workspace) -> None:
    source = office.folder(BUS) / "source.md"
    text = read(source).replace("number:", "embargo: 2026-12-01 09:00 Europe/Berlin\nnumber:", 1)
    source.write_text(text, encoding="utf-8")
    approve_release(office, BUS, by=EVA, at=NOW)
    publish(office, BUS)
    end = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
    early = build_site(office, end - timedelta(seconds=1))
    assert (early.releases, [name for name, _ in early.waiting]) == (0, [BUS])
    assert [path for path in early.folder.rglob("*") if BUS in path.as_posix()] == []
    assert BUS not in read(early.folder / "de" / "search.json") + read(early.folder / "de" / "feed.xml")
    assert build_site(office, end).made == (BUS,)


def test_a_corrected_release_says_so_and_shows_what_changed(office: Workspace) -> None:
    folder = build_site(office, NOW).folder
    assert "<ins>" not in read(folder / "fr" / BUS / "index.html")
    correct_figure(office, NOW)
    publish(office, BUS)
    assert build_site(office, NOW).made == (BUS,)
    page = read(folder / "fr" / BUS / "index.html")
    assert "Rectificatif (version\u00a02) – annule et remplace la version du 8\u00a0octobre 2026." in page
    assert page.count("<del>412\u202f600</del> <ins>421\u202f600</ins>") == 2
    assert "<strong>Rectifié</strong>" in read(folder / "fr" / "index.html")


def test_the_feed_tells_of_a_correction_as_news(office: Workspace) -> None:
    folder = build_site(office, NOW).folder
    names = {"a": "http://www.w3.org/2005/Atom"}

    def entry() -> dict[str, str | None]:
        (found,) = etree.parse(folder / "de" / "feed.xml").getroot().findall("a:entry", names)
        return {name: found.findtext(f"a:{name}", namespaces=names) for name in ("id", "updated", "summary")}

    first = entry()
    correct_figure(office, NOW)
    publish(office, BUS)
    build_site(office, NOW)
    then = entry()
    assert first["id"] == then["id"]
    assert (first["updated"] or "") < (then["updated"] or "") == "2026-11-24T09:00:00Z"
    assert (then["summary"] or "").startswith(
        "Korrektur (Fassung 2) – ersetzt die Fassung vom 8.\u00a0Oktober 2026."
    )


def test_a_correction_of_something_old_stands_first_in_the_feed(office: Workspace) -> None:
    publish(office, WEEK)
    notes = {"de": "Die Zahlen waren falsch.", "fr": "Les chiffres étaient erronés."}
    withdraw_release(office, WEEK, notes, by=EVA, at=NOW)
    publish(office, WEEK)
    feed = read(build_site(office, NOW).folder / "fr" / "feed.xml")
    assert feed.index(f"{URL}fr/{WEEK}/") < feed.index(f"{URL}fr/{BUS}/")
    page = read(office.root / "site" / "fr" / "index.html")
    assert page.index(f"fr/{BUS}/") < page.index(f"fr/{WEEK}/")


def test_a_version_under_embargo_leaves_the_one_before_in_its_place(office: Workspace) -> None:
    folder = build_site(office, NOW).folder
    correct_figure(office, NOW)
    source = office.folder(BUS) / "source.md"
    source.write_text(
        read(source).replace("number:", "embargo: 2026-12-01 09:00 Europe/Berlin\nnumber:", 1), encoding="utf-8"
    )
    approve_release(office, BUS, by=EVA, at=NOW)
    publish(office, BUS)
    end = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
    early = build_site(office, end - timedelta(seconds=1))
    assert (early.made, early.removed, [name for name, _ in early.waiting]) == ((), (), [BUS])
    assert "412\u202f600" in read(folder / "fr" / BUS / "index.html")
    assert build_site(office, end).made == (BUS,)
    assert "421\u202f600 voyageurs au cours" in read(folder / "fr" / BUS / "index.html")


def test_a_withdrawn_release_keeps_its_address_and_says_why(office: Workspace) -> None:
    folder = build_site(office, NOW).folder
    notes = {"de": "Die Zahlen waren falsch.", "fr": "Les chiffres étaient erronés."}
    withdraw_release(office, BUS, notes, by=EVA, at=NOW)
    publish(office, BUS)
    build_site(office, NOW)
    page = read(folder / "fr" / BUS / "index.html")
    assert "Les chiffres étaient erronés." in page
    assert "Montcerval, a transporté" not in page
    assert '<strong class="withdrawn">Retiré</strong>' in read(folder / "fr" / "index.html")


def test_what_only_a_former_version_had_cannot_be_fetched_any_more(office: Workspace) -> None:
    folder = build_site(office, NOW).folder / "files" / BUS
    assert (folder / "media" / "linie-40.png").is_file()
    withdraw_release(office, BUS, {"de": "Falsch.", "fr": "Faux."}, by=EVA, at=NOW)
    publish(office, BUS)
    build_site(office, NOW)
    with ZipFile(folder / f"{BUS}.zip") as kit:
        inside = set(kit.namelist()) - {"README.txt", "index.html", "manifest.json"}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*")}
    assert there == inside | {f"{BUS}.zip"}
    assert "captions.txt" not in there


def test_what_is_gone_is_taken_off(office: Workspace) -> None:
    folder = build_site(office, NOW).folder
    shutil.rmtree(office.folder(BUS))
    assert build_site(office, NOW).removed == (BUS,)
    assert [path for path in folder.rglob("*") if BUS in path.as_posix()] == []
    assert [path for path in folder.rglob("*") if path.is_file() and BUS.encode() in path.read_bytes()] == []


def test_a_language_that_leaves_the_settings_leaves_the_site(office: Workspace) -> None:
    folder = build_site(office, NOW).folder
    assert (folder / "fr" / BUS).is_dir()
    settings = office.root / "communique.toml"
    settings.write_text(
        read(settings).replace('target_locales = ["fr"]', 'target_locales = ["fr-CH"]'), encoding="utf-8"
    )
    build_site(Workspace.find(office.root), NOW)
    assert (folder / "de" / BUS).is_dir()
    assert not (folder / "fr").exists()


@pytest.mark.parametrize(("name", "tag"), [("../../keep", "de"), (BUS, "../../keep"), (BUS, "..")])
def test_names_in_the_memory_of_the_last_run_lead_nowhere_else(office: Workspace, name: str, tag: str) -> None:
    folder = build_site(office, NOW).folder
    kept = office.root / "keep"
    kept.mkdir()
    state = json.loads(read(folder / ".newsroom.json"))
    (record,) = state["releases"].values()
    listings = [item | {"language": tag} for item in record["listings"]]
    forged = {"common": state["common"], "releases": {name: record | {"listings": listings}}}
    (folder / ".newsroom.json").write_text(json.dumps(forged), encoding="utf-8")
    assert build_site(office, NOW).removed == ()
    assert kept.is_dir()
    assert (office.root / "communique.toml").is_file()


def test_without_an_address_there_is_no_site(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"names no newsroom; add \[site\]"):
        build_site(Workspace.create(tmp_path / "office"), NOW)


@pytest.mark.parametrize("state", [b"", b"{", b"[]", b'{"common": 1, "releases": {"x": {"listings": [1]}}}'])
def test_a_damaged_memory_of_the_last_run_only_costs_time(office: Workspace, state: bytes) -> None:
    folder = build_site(office, NOW).folder
    (folder / ".newsroom.json").write_bytes(state)
    assert build_site(office, NOW).made == (BUS,)
    assert build_site(office, NOW).made == ()


def test_what_serves_only_those_who_have_the_whole_press_kit_lies_in_it_alone(office: Workspace) -> None:
    kept = office.folder(BUS) / "versions" / "1" / "bundle.zip"
    with ZipFile(kept, "a") as archive:
        archive.writestr("manifest.json.p7s", b"seal")
    files = build_site(office, NOW).folder / "files" / BUS
    names = {path.relative_to(files).as_posix() for path in files.rglob("*") if path.is_file()}
    assert names.isdisjoint({"README.txt", "index.html", "manifest.json", "manifest.json.p7s"})
    with ZipFile(files / f"{BUS}.zip") as archive:
        assert "manifest.json.p7s" in archive.namelist()


def test_a_damaged_bundle_is_named(office: Workspace) -> None:
    (office.folder(BUS) / "versions" / "1" / "bundle.zip").write_bytes(b"PK\3\4 broken")
    with pytest.raises(FormatError, match=r"versions.1.bundle\.zip: is damaged"):
        build_site(office, NOW)
