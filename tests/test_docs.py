"""Every command, setting, check, key and format is documented, and nothing that is documented is missing."""

import re
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest

from pipeline.checks.registry import CHECKS
from pipeline.cli.app import COMMANDS, LazyGroup, cli
from pipeline.config import (
    DeepLSettings,
    DesignSettings,
    LibreSettings,
    LLMSettings,
    MailSettings,
    Office,
    SealSettings,
    Settings,
    SiteSettings,
)
from pipeline.engines.models.known import parse_list
from pipeline.engines.registry import ENGINES
from pipeline.formats.bitext_json import FORMAT
from pipeline.formats.check_report import to_data
from pipeline.formats.termbase_table import _COLUMNS, _PER_LANGUAGE, dump, parse
from pipeline.locales.registry import known
from pipeline.model.bitext import Bitext
from pipeline.model.inline import TextEdit
from pipeline.model.issue import Issue, Severity, Span, Waiver
from pipeline.model.release import Media, Release
from pipeline.model.risk import Examined, Grade, Risk
from pipeline.model.termbase import TermKind, TermStatus
from pipeline.model.translation import MatchKind
from pipeline.stages.draft.recall import FUZZY_FROM
from pipeline.terms.audit import problems

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


LEAVES = leaf_commands()


@pytest.mark.parametrize(("name", "command"), LEAVES, ids=[name for name, _ in LEAVES])
def test_every_command_and_option_is_documented(name: str, command: click.Command) -> None:
    (row,) = [line for line in text_of("commands.md").splitlines() if re.match(rf"\| `{name}[ `]", line)]
    options = {option for param in command.params if isinstance(param, click.Option) for option in param.opts}
    common = {"--json", "--help"}
    assert {option for option in options - common if option not in row} == set()


def test_commands_that_report_speak_json() -> None:
    silent = {"init", "new", "approve", "review edit", "review accept", "waive", "models install", "models remove"}
    silent |= {"review reject", "review sign", "review answer", "correct", "withdraw"}
    for name, command in LEAVES:
        options = {option: param for param in command.params for option in param.opts}
        formats = options["--format"].type if "--format" in options else None
        speaks = "--json" in options or (isinstance(formats, click.Choice) and "json" in formats.choices)
        assert speaks == (name not in silent), name


def test_every_setting_is_documented() -> None:
    text = text_of("settings.md")
    tables = {"office": Office, "libre": LibreSettings, "deepl": DeepLSettings, "llm": LLMSettings}
    tables |= {"design": DesignSettings, "seal": SealSettings, "site": SiteSettings, "mail": MailSettings}
    names = {field.name for field in fields(Settings)} - {*tables, "boilerplate"} | {"boilerplate.NAME"}
    names |= {f"{table}.{field.name}" for table, settings in tables.items() for field in fields(settings)}
    assert {name for name in names if f"`{name}`" not in text} == set()
    assert {info.name for info in ENGINES if f"`{info.name}`" not in text} == set()
    assert {tag for tag in known() if f"`{tag}`" not in text and tag != "de-DE"} == set()


def test_every_variable_of_the_environment_is_documented() -> None:
    text = text_of("settings.md")
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "pipeline").rglob("*.py"))
    names = set(re.findall(r"COMMUNIQUE_[A-Z_]+", code))
    assert len(names) > 2
    assert {name for name in names if f"`{name}`" not in text} == set()


def unwrapped(text: str) -> str:
    """Return `text` without line breaks; no-break spaces stay."""
    return re.sub(r"[ \n]+", " ", text)


def test_every_check_is_documented_word_for_word() -> None:
    _, *sections = re.split(r"^### ", text_of("checks.md").partition("\n## Letting")[0], flags=re.MULTILINE)
    assert [unwrapped(section).strip() for section in sections] == [
        f"{number}. {check.title} Name: `{check.name}`, severity: `{check.severity}` "
        f"{check.rule} Example: {check.example}"
        for number, check in enumerate(CHECKS, 1)
    ]


def test_the_report_of_the_checks_is_documented() -> None:
    text = text_of("checks.md")
    check = cli.get_command(click.Context(cli), "check")
    assert check is not None
    (formats,) = [param.type for param in check.params if "--format" in param.opts]
    assert isinstance(formats, click.Choice)
    waiver = Waiver(check="x", segment="S001", text="", reason="", by="", at=datetime(2026, 11, 23, tzinfo=UTC))
    span = (Span(start=0, end=1),)
    edit = (TextEdit(start=0, end=1, new="", rule="x"),)
    issue = Issue(
        check="x",
        severity=Severity.INFO,
        segment="S001",
        message="",
        source=span,
        target=span,
        fix=edit,
        waiver=waiver,
    )
    risk = Risk(segment="S001", points=0, grade=Grade.LOW, reasons=())
    bitext = Bitext(release="x", source_locale="de", target_locale="fr", units=())
    data = to_data(Examined(bitext=bitext, issues=(issue,), risks=(risk,), minutes=0))
    words = {*formats.choices, *Severity, *Grade, *keys_in(data)}
    assert {word for word in words if f"`{word}`" not in text} == set()


def keys_in(data: object) -> Iterator[str]:
    """Yield the keys of `data`, however deep."""
    if isinstance(data, dict):
        yield from data
    for item in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from keys_in(item)


def table_under(page: str, heading: str) -> list[list[str]]:
    """Return the rows under a heading as cells, but for the head of the first table."""
    section = text_of(page).partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]] for row in rows[2:]]


def test_the_columns_of_the_termbase_are_those_of_the_code() -> None:
    named = {name for cells in table_under("termbase.md", "Columns") for name in re.findall(r"`(\w+)`", cells[0])}
    languages = {"de", "fr"}
    assert named == {*languages, *_COLUMNS, *(f"{tag}_{extra}" for tag in languages for extra in _PER_LANGUAGE)}
    values = {cells[0]: cells[1] for cells in table_under("termbase.md", "Columns")}
    assert {item for item in TermStatus if f"`{item}`" not in values["`status`"]} == set()
    assert {item for item in TermKind if f"`{item}`" not in values["`kind`"]} == set()
    assert [cells[0] for cells in table_under("termbase.md", "Kinds")] == [f"`{kind}`" for kind in TermKind]


def test_the_example_of_a_termbase_is_valid() -> None:
    (table,) = re.findall(r"```csv\n(.*?)```", text_of("termbase.md"), re.DOTALL)
    termbase = parse(table.encode(), path="docs/termbase.md")
    assert problems(termbase) == ()
    assert parse(dump(termbase, ("de", "fr")).encode(), path="docs/termbase.md") == termbase


def test_the_matches_of_the_memory_are_documented() -> None:
    rows = table_under("translation-memory.md", "How a sentence is found")
    assert [cells[0] for cells in rows[: len(MatchKind)]] == [f"`{kind}`" for kind in MatchKind]
    assert f"**{FUZZY_FROM} %**" in rows[len(MatchKind) - 1][3]


def test_the_models_that_can_be_installed_are_documented() -> None:
    models = parse_list((ROOT / "templates" / "models" / "models.toml").read_text(encoding="utf-8"))
    assert [cells[0] for cells in table_under("models.md", "What is known")] == [
        f"`{model.card.id}`" for model in models
    ]
    text = text_of("models.md")
    assert any(model.unverified() for model in models) == ("What is not recorded yet" in text)


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
    for target, anchor in re.findall(r"\]\((?!https?:|mailto:)([^)#]*)#?([^)]*)\)", text):
        path = page.parent / target if target else page
        assert path.exists(), f"{page.name}: {target}"
        assert not anchor or anchor in anchors(path), f"{page.name}: {target}#{anchor}"


def anchors(page: Path) -> set[str]:
    """Return what links to the headings of a page end in."""
    headings = re.findall(r"^#+ (.+)", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


def test_the_readme_opens_with_the_two_commands() -> None:
    (first, *_) = re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert re.findall(r"^make \w+", first, re.MULTILINE) == ["make demo", "make test"]


@pytest.mark.parametrize("page", [ROOT / "README.md", *sorted(DOCS.glob("*.md"))], ids=lambda path: path.name)
def test_the_pages_name_only_commands_and_options_that_exist(page: Path) -> None:
    known_options = {
        name: {option for param in command.params for option in param.opts} for name, command in LEAVES
    }
    known_options |= {name.partition(" ")[0]: set() for name, _ in LEAVES if " " in name}
    groups = "|".join(name.partition(" ")[0] for name, _ in LEAVES if " " in name)
    text = page.read_text(encoding="utf-8").replace("\\\n", "")
    for name, rest in re.findall(rf"communique ((?:(?:{groups}) )?[a-z]+)([^`#\n]*)", text):
        assert name in known_options
        assert set(re.findall(r"(?<!\S)--[a-z0-9-]+", rest)) <= known_options[name] | {"--help"}, name
