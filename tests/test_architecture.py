"""The house: folders are layers, and a room imports only from layers below it."""

import ast
import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "pipeline"

LAYERS = (
    ("errors",),
    ("model",),
    ("fields",),
    ("config", "templating"),
    ("locales",),
    ("terms",),
    ("checks",),
    ("formats",),
    ("memory",),
    ("engines",),
    ("stages",),
    ("workspace",),
    ("runner",),
    ("web",),
    ("cli",),
    ("__main__",),
)
"""From the ground up. Rooms on one floor do not know each other."""

FLOOR = {room: floor for floor, rooms in enumerate(LAYERS) for room in rooms}
HEAVY = ("weasyprint", "docx", "lxml", "flask", "deep_translator", "trafilatura", "mammoth", "fontTools",
         "yaml", "markdown_it", "requests", "httpx", "jinja2", "PIL", "pypdfium2", "numpy", "rapidfuzz",
         "simplemma", "snowballstemmer", "sqlite3", "ctranslate2", "sentencepiece", "deepl",
         "pyhanko", "vobject", "email_validator")  # fmt: skip
MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for path in PACKAGE.rglob("*.py")
)


def path_of(module: str) -> Path:
    path = ROOT / Path(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, "imports name the whole path"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if parts[0] == "pipeline" and len(parts) > 1 and parts[1] in FLOOR else None


def test_every_room_has_its_floor() -> None:
    rooms = {module.split(".")[1] for module in MODULES if "." in module}
    assert rooms <= set(FLOOR), f"say in LAYERS where these stand: {rooms - set(FLOOR)}"


@pytest.mark.parametrize("module", MODULES)
def test_a_room_imports_only_from_floors_below(module: str) -> None:
    here = room(module)
    if here is None:
        return
    tree = ast.parse(path_of(module).read_text(encoding="utf-8"))
    rooms = {name: room(name) for name in imported(tree)}
    upwards = [name for name, there in rooms.items() if there and there != here and FLOOR[there] >= FLOOR[here]]
    assert upwards == [], f"{module} imports from above or beside: {upwards}"


@pytest.mark.parametrize("module", [name for name in MODULES if name.startswith("pipeline.stages.")])
def test_stages_know_neither_each_other_nor_the_world(module: str) -> None:
    tree = ast.parse(path_of(module).read_text(encoding="utf-8"))
    family = ".".join(module.split(".")[:3])
    found = set(imported(tree))
    others = [name for name in found if name.startswith("pipeline.stages.") and not name.startswith(family)]
    world = [name for name in found if name.startswith(("pipeline.engines", "pipeline.web", "pipeline.workspace"))]
    assert (others, world) == ([], [])


PURE = (
    "pipeline.model",
    "pipeline.stages",
    "pipeline.locales",
    "pipeline.terms",
    "pipeline.checks",
    "pipeline.memory.trigrams",
)
IMPURE = {"os", "pathlib", "subprocess", "socket", "requests", "shutil", "tempfile", "time", "random", "logging"}


@pytest.mark.parametrize("module", [name for name in MODULES if name.startswith(PURE)])
def test_the_core_does_no_input_or_output_and_reads_no_clock(module: str) -> None:
    source = path_of(module).read_text(encoding="utf-8")
    found = {name.split(".")[0] for name in imported(ast.parse(source))}
    assert found & IMPURE == set()
    assert ".now(" not in source
    assert "open(" not in source


@pytest.mark.parametrize("module", MODULES)
def test_printing_is_left_to_the_command_line(module: str) -> None:
    tree = ast.parse(path_of(module).read_text(encoding="utf-8"))
    calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    if not module.startswith(("pipeline.cli", "pipeline.__main__")):
        assert calls & {"print", "click.echo", "sys.exit"} == set()


@pytest.mark.parametrize("module", [name for name in MODULES if not name.endswith("__main__")])
def test_every_module_can_be_imported(module: str) -> None:
    assert importlib.import_module(module).__doc__


def test_no_import_at_the_top_of_a_module_is_heavy() -> None:
    names = [name for name in MODULES if not name.endswith("__main__")]
    code = f"import sys, importlib\nfor name in {names!r}: importlib.import_module(name)\nprint(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert sorted(set(HEAVY) & set(loaded)) == []


@pytest.mark.parametrize("module", MODULES)
def test_modules_and_functions_stay_small(module: str) -> None:
    source = path_of(module).read_text(encoding="utf-8")
    assert source.count("\n") <= 300, "one purpose each: split it"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            lines = (node.end_lineno or 0) - body[0].lineno + 1 if body else 0
            assert lines <= 45, f"{module}.{node.name} has {lines} lines"
