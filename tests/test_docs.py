"""Every command, setting, key and format is documented, and nothing that is documented is missing."""

import re
from dataclasses import fields
from pathlib import Path

import click
import pytest

from pipeline.cli.app import COMMANDS, LazyGroup, cli
from pipeline.config import Office, Settings
from pipeline.engines.registry import ENGINES
from pipeline.formats.bitext_json import FORMAT
from pipeline.locales.registry import known
from pipeline.model.release import Media, Release

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


def text_of(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def leaf_commands() -> list[tuple[str, click.Command]]:
    context = click.Context(cli)
    assert isinstance(cli, LazyGroup)
    found: list[tuple[str, click.Command]] = []
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            found += [(f"{name} {sub}", command.commands[sub]) for sub in command.commands]
        else:
            found.append((name, command))
    return found


@pytest.mark.parametrize(("name", "command"), leaf_commands(), ids=[name for name, _ in leaf_commands()])
def test_every_command_and_option_is_documented(name: str, command: click.Command) -> None:
    (row,) = [line for line in text_of("commands.md").splitlines() if re.match(rf"\| `{name}[ `]", line)]
    options = {option for param in command.params if isinstance(param, click.Option) for option in param.opts}
    common = {"--json", "--help"}
    assert {option for option in options - common if option not in row} == set()


def test_commands_that_report_speak_json() -> None:
    silent = {"init", "new", "approve", "review edit", "review accept"}
    for name, command in leaf_commands():
        options = {option for param in command.params for option in param.opts}
        assert ("--json" in options) == (name not in silent), name


def test_every_setting_is_documented() -> None:
    text = text_of("settings.md")
    names = {field.name for field in fields(Settings)} - {"office", "libre", "boilerplate"}
    names |= {f"office.{field.name}" for field in fields(Office)}
    assert {name for name in names | {"libre.url", "boilerplate.NAME"} if f"`{name}`" not in text} == set()
    assert {info.name for info in ENGINES if f"`{info.name}`" not in text} == set()
    assert {tag for tag in known() if f"`{tag}`" not in text and tag != "de-DE"} == set()


def test_every_key_of_a_source_file_is_documented() -> None:
    text = text_of("source-file.md")
    keys = {field.name for field in fields(Release)} - {"language", "blocks"} | {
        field.name for field in fields(Media)
    }
    assert {key for key in keys if f"`{key}`" not in text} == set()


def test_the_examples_of_the_formats_are_valid() -> None:
    from pipeline.formats import bitext_json, markdown

    (source,) = re.findall(r"```markdown\n(.*?)```", text_of("source-file.md"), re.DOTALL)
    assert markdown.parse(source, language="de").id == "2026-11-17-neue-bruecke"
    (bitext,) = re.findall(r"```json\n(.*?)```", text_of("bitext.md"), re.DOTALL)
    assert FORMAT in bitext
    assert bitext_json.parse(bitext, path="docs/bitext.md").release == "2026-11-17-neue-bruecke"


@pytest.mark.parametrize("page", [ROOT / "README.md", *sorted(DOCS.glob("*.md"))], ids=lambda path: path.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", text):
        assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_readme_opens_with_the_two_commands() -> None:
    (first, *_) = re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert re.findall(r"^make \w+", first, re.MULTILINE) == ["make demo", "make test"]


@pytest.mark.parametrize("page", ["README.md", "docs/kurzanleitung.de.md", "docs/guide-relecture.fr.md"])
def test_the_guides_name_only_commands_that_exist(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    named = set(re.findall(r"communique ((?:review )?[a-z]+)", text))
    names = {name for name, _ in leaf_commands()} | set(COMMANDS)
    assert named - names == set()
