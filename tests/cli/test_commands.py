"""The commands as a person uses them: as processes, on a workspace of their own, with exit codes and messages."""

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from pipeline.cli.app import COMMANDS

ROOT = Path(__file__).parents[2]
EVA = "Eva Muster <eva@example.org>"
ARTICLE = """Symbolbild

Die neue Fähre verbindet ab Mai beide Ufer. Sie kostet 2 Euro.

Anzeige
"""


def communique(*arguments: str, cwd: Path, code: int = 0, stdin: str | None = None, **environ: str) -> str:
    """Run the command, check its exit code and that no traceback reaches anybody; return its output."""
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environ},
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout if code in {0, 1, 3} and done.stdout else done.stderr


@pytest.fixture
def office(tmp_path: Path) -> Path:
    communique("init", "office", cwd=tmp_path)
    (tmp_path / "office" / "article.txt").write_text(ARTICLE, encoding="utf-8")
    return tmp_path / "office"


def files(office: Path) -> dict[str, bytes]:
    """Return every file of the workspace but locks, to show that nothing changed."""
    paths = [path for path in office.rglob("*") if path.is_file() and path.name != ".lock"]
    return {str(path.relative_to(office)): path.read_bytes() for path in paths}


def test_the_whole_way_of_a_release(office: Path) -> None:
    said = communique(
        "run", "article.txt", "--id", "faehre", "--title", "Neue Fähre", "--date", "2026-05-01",
        "--place", "Alvenz", cwd=office, code=3,
    )  # fmt: skip
    assert "line 1: Symbolbild" in said
    assert "No engine is switched on" in said
    names = {path.name for path in (office / "releases/faehre/dist").iterdir()}
    built = {f"faehre.{language}.{kind}" for language in ("de", "fr") for kind in ("pdf", "docx")}
    assert names == built | {"faehre.draft.zip", ".built.json"}

    communique("approve", "faehre", "--as", EVA, cwd=office, code=1)
    for number, text in enumerate(("Un nouveau bac", "Le bac relie les deux rives.", "Il coûte 2 euros."), 1):
        communique("review", "edit", "faehre", f"S{number:03d}", text, "--as", EVA, cwd=office)
    assert "Nothing is waiting" in communique("review", "list", "faehre", "--open", cwd=office)
    communique("approve", "faehre", "--as", EVA, cwd=office)
    communique("bundle", "faehre", cwd=office)

    names = {path.name for path in (office / "releases/faehre/dist").iterdir()}
    assert names == built | {"faehre.zip", ".built.json"}
    assert "whole and unchanged (14 files, final)" in communique(
        "verify", "releases/faehre/dist/faehre.zip", cwd=office
    )
    actions = [entry["action"] for entry in json.loads(communique("log", "faehre", "--json", cwd=office))]
    assert actions == ["import", "bundle", "edit", "edit", "edit", "approve", "bundle"]
    (status,) = json.loads(communique("status", "--json", cwd=office))
    assert status["languages"][0]["approved_by"] == EVA

    source = office / "releases/faehre/source.md"
    source.write_text(source.read_text(encoding="utf-8").replace("2 Euro", "3 Euro"), encoding="utf-8")
    (status,) = json.loads(communique("status", "--json", cwd=office))
    assert status["languages"][0]["approved_by"] is None, "a changed source ends the approval"
    assert status["languages"][0]["states"] == {"final": 2, "initial": 1}
    assert "draft" in communique("bundle", "faehre", cwd=office)


def test_a_second_build_makes_nothing_again(office: Path) -> None:
    communique("run", "article.txt", "--id", "faehre", cwd=office, code=3)
    before = files(office)
    assert communique("build", cwd=office) == "faehre: up to date\n"
    assert files(office) == before
    (office / "releases/faehre/dist/faehre.de.pdf").write_bytes(b"changed by hand")
    communique("build", cwd=office)
    assert files(office) == before


def test_a_bundle_has_the_same_bytes_wherever_and_whenever_it_is_made(office: Path, tmp_path: Path) -> None:
    communique("run", "article.txt", "--id", "faehre", cwd=office, code=3)
    first = (office / "releases/faehre/dist/faehre.draft.zip").read_bytes()
    other = tmp_path / "elsewhere"
    shutil.copytree(office, other)
    shutil.rmtree(other / "releases/faehre/dist")
    communique("bundle", "faehre", cwd=other, TZ="Pacific/Auckland", PYTHONHASHSEED="7")
    assert (other / "releases/faehre/dist/faehre.draft.zip").read_bytes() == first


class Libre(BaseHTTPRequestHandler):
    """LibreTranslate's answer to everything."""

    asked: list[str]

    def do_POST(self) -> None:
        text = parse_qs(urlsplit(self.path).query)["q"][0]
        self.asked.append(text)
        body = json.dumps({"translatedText": f"Traduit: {text}"}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing on the terminal."""


@pytest.fixture
def libre(office: Path) -> Iterator[list[str]]:
    """A LibreTranslate server on this machine, switched on in the settings; yields what it is asked."""
    asked: list[str] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Libre,), {"asked": asked}))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    settings = office / "communique.toml"
    text = settings.read_text(encoding="utf-8")
    text = text.replace('# engines = ["offline"]', 'engines = ["deep-translator:libre"]')
    url = f'[libre]\nurl = "http://127.0.0.1:{server.server_port}/"\n\n[office]'
    settings.write_text(text.replace("[office]", url, 1), encoding="utf-8")
    yield asked
    server.shutdown()
    server.server_close()
    thread.join()


def test_an_engine_fills_what_is_missing_and_is_not_asked_twice(office: Path, libre: list[str]) -> None:
    communique("run", "article.txt", "--id", "faehre", cwd=office)
    assert sorted(libre) == [
        "Die neue Fähre verbindet ab Mai beide Ufer",
        "Die neue Fähre verbindet ab Mai beide Ufer.",
        "Sie kostet 2 Euro.",
    ]
    communique("draft", cwd=office)
    assert len(libre) == 3
    segments = json.loads(communique("review", "list", "faehre", "--json", cwd=office))
    assert segments[1]["target"] == "Traduit\u00a0: Die neue Fähre verbindet ab Mai beide Ufer."


def restrict(office: Path) -> None:
    source = office / "releases/faehre/source.md"
    source.write_text(source.read_text(encoding="utf-8").replace("id: faehre", "id: faehre\nconfidential: true"))


def test_a_confidential_release_stays_here_and_the_override_is_recorded(office: Path, libre: list[str]) -> None:
    communique("import", "article.txt", "--id", "faehre", cwd=office)
    restrict(office)
    said = communique("draft", "faehre", "--engine", "deep-translator:google", cwd=office, code=1)
    assert "confidential" in said
    communique("draft", "faehre", cwd=office)
    assert len(libre) == 3, "a server on this machine may have it"
    source = office / "releases/faehre/source.md"
    source.write_text(source.read_text(encoding="utf-8").replace("Sie kostet 2 Euro.", "Sie kostet 4 Euro."))
    arguments = ("draft", "faehre", "--engine", "deep-translator:libre", "--allow-online", EVA)
    communique(*arguments, cwd=office)
    entries = json.loads(communique("log", "faehre", "--json", cwd=office))
    assert ("allow-online", EVA) in [(entry["action"], entry["by"]) for entry in entries]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("import", "missing.txt"), "no such file"),
        (("import", "."), "not a regular file"),
        (("import", "article.txt", "--id", "../x"), "no release id"),
        (("draft", "unknown"), "there is no release"),
        (("draft", "--engine", "deep-translator:gogle"), "did you mean “deep-translator:google”"),
        (("biuld",), "did you mean “build”"),
        (("verify", "missing.zip"), "no such file"),
        (("approve", "x", "--as", "Eva"), "Name <mail@example.org>"),
        (("review", "edit", "x", "S001", "text"), "--as"),
        (("import", "article.txt", "--date", "1.5.2026"), "%Y-%m-%d"),
    ],
)
def test_wrong_use_costs_one_clear_message_and_changes_nothing(
    office: Path, arguments: tuple[str, ...], words: str
) -> None:
    before = files(office)
    assert words in communique(*arguments, cwd=office, code=2)
    assert files(office) == before


def test_input_may_come_from_a_pipe(office: Path) -> None:
    communique("import", "-", "--id", "aus-der-leitung", cwd=office, stdin=ARTICLE)
    assert (office / "releases/aus-der-leitung/original.txt").read_text(encoding="utf-8") == ARTICLE


def test_a_release_is_never_overwritten(office: Path) -> None:
    communique("import", "article.txt", "--id", "faehre", cwd=office)
    before = files(office)
    assert "is there already" in communique("import", "article.txt", "--id", "faehre", cwd=office, code=2)
    assert "is there already" in communique("new", "Titel", "--id", "faehre", cwd=office, code=2)
    assert files(office) == before


def test_a_new_release_waits_for_its_text(office: Path) -> None:
    said = communique("new", "Die neue Brücke", "--date", "2026-11-23", cwd=office)
    assert "releases/2026-11-23-neue-bruecke/source.md" in said
    assert (office / "releases/2026-11-23-neue-bruecke/source.md").exists()


def test_one_damaged_release_does_not_hide_the_others(office: Path) -> None:
    communique("import", "article.txt", "--id", "gut", cwd=office)
    communique("import", "article.txt", "--id", "kaputt", cwd=office)
    (office / "releases/kaputt/fr.json").write_text("{")
    said = communique("status", cwd=office)
    assert "gut" in said
    assert "damaged JSON" in said


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_named(office: Path) -> None:
    (office / "releases").chmod(0o500)
    assert "permission denied" in communique("import", "article.txt", "--id", "x", cwd=office, code=2)
    (office / "releases").chmod(0o700)


def test_verify_names_each_deviation(office: Path) -> None:
    communique("run", "article.txt", "--id", "faehre", cwd=office, code=3)
    bundle = office / "releases/faehre/dist/faehre.draft.zip"
    data = bytearray(bundle.read_bytes())
    data[len(data) // 2] ^= 1
    (office / "changed.zip").write_bytes(data)
    (found,) = json.loads(communique("verify", "changed.zip", "--json", cwd=office, code=1))
    assert found["deviations"]
    communique("verify", "article.txt", cwd=office, code=1)


def test_doctor_says_what_is_there(office: Path) -> None:
    said = communique("doctor", cwd=office)
    assert "WeasyPrint" in said
    assert "Source Serif Pro (lacks U+202F" in said


def test_no_progress_bar_and_no_colour_reaches_a_pipe(office: Path) -> None:
    communique("import", "article.txt", "--id", "faehre", cwd=office)
    assert "\x1b" not in communique("build", cwd=office)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str, tmp_path: Path) -> None:
    said = communique(command, "--help", cwd=tmp_path)
    assert "Example:" in said
    assert f"\n    communique {command}" in said
    assert "\\b" not in said


def test_help_lists_every_command_without_importing_one() -> None:
    code = (
        "import sys; from pipeline.cli.app import cli;"
        " cli.main(['--help'], standalone_mode=False); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert all(name in done.stdout for name in COMMANDS)
    assert "pipeline.runner" not in done.stdout
    assert "pipeline.workspace" not in done.stdout
