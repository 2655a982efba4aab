"""The press kit: everything a newsroom asks for, in one ZIP that needs no network."""

import json
import re
import shutil
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from pipeline.runner.bundling import bundle_release, verify_bundle
from pipeline.runner.press import Press
from pipeline.runner.publishing import build_release
from pipeline.runner.reviewing import approve_release
from pipeline.workspace import Workspace
from tests.cli.conftest import EVA
from tests.cli.test_revising import AT
from tests.runner.corrected import correct_figure

ROOT = Path(__file__).parents[2]
KINDS = ("pdf", "docx", "txt", "ninjs.json", "jsonld")
PICTURED, DRAFT = "2026-10-08-grenzbus-linie-40", "2027-01-22-nachbarschaftsfonds"


def samples(root: Path) -> Workspace:
    shutil.copytree(ROOT / "releases", root / "releases", ignore=shutil.ignore_patterns("dist", "versions"))
    shutil.copy(ROOT / "communique.toml", root)
    (root / "templates").mkdir()
    shutil.copy(ROOT / "templates" / "logo.svg", root / "templates")
    return Workspace.find(root)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Return a copy of the samples."""
    return samples(tmp_path_factory.mktemp("office"))


def kit(workspace: Workspace, release: str) -> dict[str, bytes]:
    press = Press(workspace, AT)
    build_release(workspace, release, press, lambda: None)
    path, _ = bundle_release(workspace, release, press, by=EVA, at=AT)
    assert verify_bundle(path).deviations == ()
    with ZipFile(BytesIO(path.read_bytes())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def files(workspace: Workspace) -> dict[str, bytes]:
    return kit(workspace, PICTURED)


class Links(HTMLParser):
    """Keeps every address that a page asks for or leads to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.led: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in {"src", "srcset", "data", "poster"} or (tag == "link" and name == "href"):
                self.asked.append(value or "")
            elif name == "href":
                self.led.append(value or "")


def test_it_holds_the_files_of_both_languages_the_pictures_and_the_record(files: dict[str, bytes]) -> None:
    texts = {f"{PICTURED}.{tag}.{kind}" for tag in ("de", "fr") for kind in KINDS}
    others = {"README.txt", "index.html", "manifest.json", "record.html", "record.json"}
    assert set(files) == texts | others | {"captions.txt", "media/linie-40.png"}


def test_what_the_pictures_show_is_told_in_both_languages(files: dict[str, bytes]) -> None:
    lines = files["captions.txt"].decode().splitlines()
    assert lines[0] == "linie-40.png"
    german, french = lines.index("Deutsch:"), lines.index("Français:")
    assert "Foto: Staatskanzlei Waldringen" in lines[german + 3]
    assert lines[french + 3] == "  Photo\u00a0: Staatskanzlei Waldringen"


def test_the_first_page_asks_for_nothing_but_what_is_in_the_kit(files: dict[str, bytes]) -> None:
    page = files["index.html"].decode()
    links = Links(page)
    assert set(links.asked) == {"media/linie-40.png", "data:,"}, "an icon of no bytes, or browsers look for one"
    inside = [link for link in links.led if not re.match(r"https?:|mailto:|tel:|#", link)]
    assert set(inside) <= set(files)
    assert "<script" not in page
    assert "url(" not in page


def test_the_first_page_has_both_languages_each_marked_as_such(files: dict[str, bytes]) -> None:
    page = files["index.html"].decode()
    assert re.findall(r'<article id="(\w+)" lang="(\w+)">', page) == [("de", "de"), ("fr", "fr")]
    assert page.count("<h1>") == 2


def test_the_record_says_who_answers_for_the_text_without_addresses(files: dict[str, bytes]) -> None:
    (record,) = json.loads(files["record.json"])["translations"]
    assert record["answered_for"]
    assert (record["approved_by"], record["reviewers"]) == ("Matthias Ellerding", ["Luc Ferrandier"])
    assert b"@" not in files["record.json"] + files["record.html"]
    assert "Chancellerie" in files["record.html"].decode()


def test_a_draft_says_so_on_every_page(workspace: Workspace) -> None:
    files = kit(workspace, DRAFT)
    assert files["index.html"].decode().count('class="draft"') == 2
    assert files["record.html"].decode().count("verdict answered") == 0
    assert not any(item["answered_for"] for item in json.loads(files["record.json"])["translations"])
    assert all("Entwurf" in files[name].decode() for name in files if name.endswith("de.txt"))


def test_articles_and_records_of_both_languages_lead_to_each_other(files: dict[str, bytes]) -> None:
    for kind, links in (("jsonld", "@id"), ("ninjs.json", "uri")):
        german, french = (json.loads(files[f"{PICTURED}.{tag}.{kind}"]) for tag in ("de", "fr"))
        linked = german.get("workTranslation", []) + german.get("associations", [])
        assert french[links] in {item[links] for item in linked}


def test_where_there_is_a_newsroom_records_and_articles_say_where(files: dict[str, bytes]) -> None:
    article = json.loads(files[f"{PICTURED}.fr.jsonld"])
    assert article["url"] == f"https://presse.waldringen.example.org/fr/{PICTURED}/"
    pdf, word = json.loads(files[f"{PICTURED}.fr.ninjs.json"])["renditions"]
    assert (pdf["href"], pdf["sizeInBytes"]) == (
        f"https://presse.waldringen.example.org/files/{PICTURED}/{PICTURED}.fr.pdf",
        len(files[f"{PICTURED}.fr.pdf"]),
    )
    assert word["name"] == "docx"


def test_a_bundle_whose_embargo_changed_takes_the_place_of_the_former(tmp_path: Path) -> None:
    workspace = samples(tmp_path)
    source = workspace.folder(PICTURED) / "source.md"
    plain_text = source.read_text(encoding="utf-8")
    for hour in ("09:00", "10:00"):
        embargoed = plain_text.replace("number:", f"embargo: 2026-12-01 {hour} Europe/Berlin\nnumber:", 1)
        source.write_text(embargoed, encoding="utf-8")
        approve_release(workspace, PICTURED, by=EVA, at=AT)
        kit(workspace, PICTURED)
        (workspace.dist(PICTURED) / "own.zip").write_bytes(b"PK")
    names = sorted(path.name for path in workspace.dist(PICTURED).glob("*.zip"))
    assert names == [f"{PICTURED}.embargo-2026-12-01-1000.zip", "own.zip"]


def test_a_later_version_shows_in_each_language_what_it_changes(tmp_path: Path) -> None:
    workspace = samples(tmp_path)
    assert "changes" not in kit(workspace, PICTURED)["index.html"].decode().partition("<body>")[2]
    correct_figure(workspace, AT)
    files = kit(workspace, PICTURED)
    page = files["index.html"].decode()
    assert page.count("<del>412.600</del> <ins>421.600</ins>") == 2
    assert page.count("<del>412\u202f600</del> <ins>421\u202f600</ins>") == 2
    assert "Modifications par rapport à la version du 8\u00a0octobre 2026" in page
    assert "Korrektur (Fassung 2) – ersetzt die Fassung vom 8.\u00a0Oktober 2026." in files["README.txt"].decode()


def test_every_key_of_the_record_is_documented(files: dict[str, bytes]) -> None:
    text = (ROOT / "docs" / "bundle.md").read_text(encoding="utf-8")
    record = json.loads(files["record.json"])
    keys = {*record, *record["translations"][0]}
    assert {key for key in keys if f"`{key}`" not in text} == set()
