"""An office's own templates come first; a mistake in one is named with its file and line."""

from pathlib import Path

import pytest

from pipeline.errors import ConfigError, FormatError
from pipeline.model.release import Heading
from pipeline.templating import environment, fill, packaged_templates

HEADING = Heading(level=2, text=())


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def test_the_packaged_templates_are_complete() -> None:
    names = {
        str(path.relative_to(packaged_templates())) for path in packaged_templates().rglob("*") if path.is_file()
    }
    assert {"pdf/release.html", "pdf/release.css", "designs/classic/letterhead.docx", "lists/clutter.txt"} <= names


def test_the_first_folder_wins_and_values_are_escaped(tmp_path: Path) -> None:
    write(tmp_path / "own", "a.html", "own {{ x }}")
    write(tmp_path / "packaged", "a.html", "packaged")
    templates = environment([tmp_path / "own", tmp_path / "packaged"])
    assert fill(templates, "a.html", x="<b>&") == "own &lt;b&gt;&amp;"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ok\n{{ titel }}", r"templates/a\.html:2: “titel” is not defined"),
        ("ok\n{{ heading.levell }}", r"a\.html:2: “levell” is not defined for Heading; did you mean “level”\?"),
        ("{{ heading['höhe'] }}", r"a\.html:1: “höhe” is not defined for Heading$"),
        ("{{ heading.level.mehr.noch }}", r"a\.html:1: “mehr” is not defined for int$"),
        ("ok\n\n{% if %}", r"templates/a\.html:3: is not a valid template"),
        ("ok\n{{ heading|gross }}", r"templates/a\.html:2: is not a valid template: No filter named 'gross'\."),
        ("{% for x in heading %}", r"templates/a\.html:1: is not a valid template: Unexpected end of template"),
        ("\n{{ 1 + 'a' }}", r"templates/a\.html:2: unsupported operand"),
        ("\n{{ 1 / 0 }}", r"templates/a\.html:2: division by zero"),
        ("{{ ''.__class__.__mro__ }}", r"templates/a\.html:1: .*unsafe"),
        ("\n{% include 'fehlt.html' %}", r"^templates/fehlt\.html: is missing; templates/a\.html:2: asks for it"),
        ("{% include '../../etc/passwd' %}", "is missing"),
        ("{% include 'a.html' %}", "goes in a circle"),
        ("{% macro f() %}{{ f() }}{% endmacro %}\n{{ f() }}", r"templates/a\.html:\d: goes in a circle"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, text: str, words: str) -> None:
    write(tmp_path, "a.html", text)
    with pytest.raises(ConfigError, match=words) as raised:
        fill(environment([tmp_path]), "a.html", heading=HEADING)
    assert "\n" not in str(raised.value)
    assert raised.value.exit_code == 2


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("fine\n{{ titel }}", r"^templates/parts/b\.html:2: “titel” is not defined$"),
        ("fine\n{% if %}", r"^templates/parts/b\.html:2: is not a valid template"),
    ],
)
def test_a_mistake_in_a_part_is_named_with_the_part(tmp_path: Path, part: str, words: str) -> None:
    write(tmp_path / "own", "parts/b.html", part)
    write(tmp_path / "packaged", "a.html", "\n\n\n{% include 'parts/b.html' %}")
    with pytest.raises(ConfigError, match=words):
        fill(environment([tmp_path / "own", tmp_path / "packaged"]), "a.html")


def test_a_missing_template_is_named(tmp_path: Path) -> None:
    with pytest.raises(
        ConfigError, match=r"^templates/a\.html: is missing; reinstall the program or put it there$"
    ):
        fill(environment([tmp_path]), "a.html")


def test_a_template_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes("eins\nzwölf".encode("latin-1"))
    with pytest.raises(ConfigError, match=r"^templates/a\.html: is not UTF-8 in line 2; save it as UTF-8$"):
        fill(environment([tmp_path]), "a.html")
    write(tmp_path, "b.html", "\n{% include 'a.html' %}")
    with pytest.raises(ConfigError, match=r"^templates/b\.html:2: takes in a file that is not UTF-8 in line 2"):
        fill(environment([tmp_path]), "b.html")


def test_an_error_of_ours_is_passed_on(tmp_path: Path) -> None:
    def refuse(_value: object) -> str:
        raise FormatError("has no alternative text", path="source.md")

    write(tmp_path, "a.html", "{{ x|refuse }}")
    templates = environment([tmp_path])
    templates.filters["refuse"] = refuse
    with pytest.raises(FormatError, match=r"^source\.md: has no alternative text$"):
        fill(templates, "a.html", x=1)
