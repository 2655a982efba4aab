"""The command line in this process: what it says, and how it ends."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.__main__ import main

ROOT = Path(__file__).parents[2]
EVA = "Eva Muster <eva@example.org>"


@dataclass(frozen=True)
class Said:
    """What a command said, and its exit code."""

    out: str
    err: str
    code: int

    @property
    def plain(self) -> str:
        """What it said, with ordinary blanks only."""
        return self.out.replace("\u00a0", " ").replace("\u202f", " ")


Run = Callable[..., Said]
"""`run("check", "faehre")` in the workspace of the test."""

SOURCE = """---
id: faehre
title: Neue Fähre ab 3. Mai 2026
date: 2026-04-30
place: Alvenz
---

Die neue Fähre verbindet ab Mai beide Ufer. Sie kostet 1.200 Euro und fährt um 15.30 Uhr.

Die Gemeinden freuen sich, sagt Solène Vaubrecourt.
"""


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], office: Path) -> Run:
    """Run commands in the office's workspace."""
    monkeypatch.chdir(office)

    def command(*arguments: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["communique", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        code = ended.value.code
        return Said(said.out, said.err, code if isinstance(code, int) else 0)

    return command


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A fresh workspace with one release and no models on the machine."""
    monkeypatch.setenv("COMMUNIQUE_MODELS", str(tmp_path / "models"))
    monkeypatch.setattr(sys, "argv", ["communique", "init", str(tmp_path / "office")])
    with pytest.raises(SystemExit):
        main()
    capsys.readouterr()
    release = tmp_path / "office" / "releases" / "faehre"
    release.mkdir(parents=True)
    (release / "source.md").write_text(SOURCE, encoding="utf-8")
    return tmp_path / "office"


def set_up(office: Path, engines: str, more: str = "") -> None:
    """Let the settings name `engines`, and hold `more` tables."""
    path = office / "communique.toml"
    text = path.read_text(encoding="utf-8").replace('# engines = ["offline"]', f"engines = [{engines}]")
    path.write_text(f"{text}\n{more}\n", encoding="utf-8")
