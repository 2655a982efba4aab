"""A real browser, and what it is shown: newsrooms on a web server of this machine, press kits as on a USB stick."""

import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from zipfile import ZipFile

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from pipeline.runner.bundling import bundle_release
from pipeline.runner.newsroom import build_site
from pipeline.runner.press import Press
from pipeline.runner.publishing import build_release
from pipeline.runner.revising import withdraw_release
from pipeline.workspace import Workspace
from tests.cli.conftest import EVA
from tests.runner.corrected import correct_figure
from tests.runner.test_newsroom import BUS, DRAFT, NOW, WEEK, publish, published

CHROMIUM = shutil.which("chromium")
QUIET = (
    "--no-sandbox",  # which needs rights that containers do not give
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
GUIDELINES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
GONE = {"de": "Die Zahlen waren falsch.", "fr": "Les chiffres étaient erronés."}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a running browser; while it is there, nothing else in this thread may run an event loop."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not here")
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=CHROMIUM, args=[*QUIET])
        yield running
        running.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(viewport={"width": 1100, "height": 900}) as fresh:
        yield fresh


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


class _Handler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Give the address of a web server on this machine that shows a folder."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder))) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{running.server_port}/"
        finally:
            running.shutdown()
            thread.join()


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Return an office that published two releases, and then corrected one and took the other back."""
    workspace = published(tmp_path_factory.mktemp("office"), BUS, WEEK)
    first = build_site(workspace, NOW).folder
    shutil.copytree(first, workspace.root / "first")
    correct_figure(workspace, NOW)
    withdraw_release(workspace, WEEK, GONE, by=EVA, at=NOW)
    for release in (BUS, WEEK):
        publish(workspace, release)
    build_site(workspace, NOW)
    return workspace


@pytest.fixture(scope="session")
def first_site(office: Workspace) -> Iterator[str]:
    """Return the address of a newsroom in which everything is as it was published first."""
    with served(office.root / "first") as address:
        yield address


@pytest.fixture(scope="session")
def site(office: Workspace) -> Iterator[str]:
    """Return the address of a newsroom with a corrected and a withdrawn release."""
    with served(office.root / "site") as address:
        yield address


@pytest.fixture(scope="session")
def empty_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(build_site(published(tmp_path_factory.mktemp("new")), NOW).folder) as address:
        yield address


@pytest.fixture(scope="session")
def kits(office: Workspace, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the unpacked press kits of a corrected, a withdrawn and a draft release, by their names."""
    press = Press(office, NOW)
    build_release(office, DRAFT, press, lambda: None)
    bundle_release(office, DRAFT, press, by=EVA, at=NOW)
    folders = {}
    for name in (BUS, WEEK, DRAFT):
        folders[name] = tmp_path_factory.mktemp("stick")
        (path,) = office.dist(name).glob("*.zip")
        with ZipFile(path) as archive:
            archive.extractall(folders[name])
    return folders


def faults(page: Page, *more: str) -> list[str]:
    """Return what axe says against a page by WCAG 2.2, levels A and AA, and by `more` rules of its own.

    What it leaves to a person to judge counts as well, but for cells of a table that a narrow screen cuts off: it
    cannot tell their ground there, and does so where the screen is wide.
    """
    found = Axe().run(page, options={"runOnly": [*GUIDELINES, *more]}).response
    undecided = [
        (rule, node)
        for rule in found["incomplete"]
        for node in rule["nodes"]
        if not (rule["id"] == "color-contrast" and re.match(r"<t[hd]\b", node["html"]))
    ]
    against = [(rule, node) for rule in found["violations"] for node in rule["nodes"]]
    return [
        f"{rule['id']}: {node['html'][:120]}: {node['failureSummary']}" for rule, node in (*against, *undecided)
    ]
