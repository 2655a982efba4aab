"""An office's own templates come first; a mistake in one is named with its file and line."""

from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.templating import environment, fill, packaged_templates


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def test_the_packaged_templates_are_complete() -> None:
    names = {
        str(path.relative_to(packaged_templates())) for path in packaged_templates().rglob("*") if path.is_file()
    }
    assert {"pdf/release.html", "pdf/release.css", "docx/letterhead.docx", "lists/clutter.txt"} <= names


def test_the_first_folder_wins_and_values_are_escaped(tmp_path: Path) -> None:
    write(tmp_path / "own", "a.html", "own {{ x }}")
    write(tmp_path / "packaged", "a.html", "packaged")
    templates = environment([tmp_path / "own", tmp_path / "packaged"])
    assert fill(templates, "a.html", x="<b>&") == "own &lt;b&gt;&amp;"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ok\n{{ titel }}", r"templates/a\.html:2: 'titel' is undefined"),
        ("ok\n\n{% if %}", r"templates/a\.html:3: is not a valid template"),
        ("{{ ''.__class__.__mro__ }}", r"unsafe"),
        ("{% include 'fehlt.html' %}", r"templates/fehlt\.html: is missing"),
        ("{% include '../../etc/passwd' %}", "is missing"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, text: str, words: str) -> None:
    write(tmp_path, "a.html", text)
    with pytest.raises(ConfigError, match=words):
        fill(environment([tmp_path]), "a.html")
