"""One place for the look: what is changed there is seen in the PDF and in the Word file alike."""

import io
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pypdfium2  # type: ignore[import-untyped]  # it has no types
import pytest
from PIL import Image

from pipeline.engines.pdf import PdfWriter
from pipeline.engines.pdf_check import validate
from pipeline.errors import CommuniqueError, ConfigError
from pipeline.formats.page import to_html
from pipeline.runner.languages import stand
from pipeline.runner.press import Press
from pipeline.runner.publishing import build_release, editions
from pipeline.runner.templates import eject_templates
from pipeline.templating import environment
from pipeline.workspace import Workspace
from tests.formats.made_fonts import LATIN, made_font

ROOT = Path(__file__).parents[2]
RELEASE = "2026-10-08-grenzbus-linie-40"
DESIGNS = ("classic", "modern", "plain")
AT = datetime(2026, 1, 1, tzinfo=UTC)
CREST = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path fill="#c81e96" d="M0 0h9v9H0z"/></svg>'

COLOURED = {"rg", "RG", "sc", "SC", "scn", "SCN"}
"""What sets a colour on a page (ISO 32000-1, 8.6.8)."""

Office = Callable[..., Path]


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What can be seen in a file."""

    text: str
    """Of the first page, header included, without blanks."""
    colours: frozenset[str]
    fonts: frozenset[str]
    crest_colours: frozenset[str]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Return what makes a workspace of one sample release, with changes to its settings."""

    def make(design: str, *changes: tuple[str, str], more: str = "") -> Path:
        shutil.copytree(ROOT / "releases" / RELEASE, tmp_path / "releases" / RELEASE, dirs_exist_ok=True)
        (tmp_path / "templates").mkdir(exist_ok=True)
        shutil.copy(ROOT / "templates" / "logo.svg", tmp_path / "templates")
        text = (ROOT / "communique.toml").read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        settings = f'[design]\nname = "{design}"\n{more}\n\n[office]'
        (tmp_path / "communique.toml").write_text(text.replace("[office]", settings, 1), encoding="utf-8")
        return tmp_path

    return make


def seen(root: Path) -> tuple[Seen, Seen]:
    """Return what is seen in the PDF and the Word file of the release, in German."""
    workspace = Workspace.find(root)
    edition = next(editions(workspace, stand(workspace, RELEASE)))
    folders = workspace.template_folders()
    pdf = PdfWriter(folders).write(to_html(edition, environment(folders)), edition)
    assert validate(pdf, RELEASE) == ()
    return _in_pdf(pdf), _in_docx(Press(workspace, AT).docx(edition))


def _in_pdf(data: bytes) -> Seen:
    text = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        dictionaries = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary)]
        fonts = [str(item.FontName) for item in dictionaries if item.get("/Type") == "/FontDescriptor"]
        colours = frozenset(_colours(pdf.pages[0].obj))
    names = frozenset(font.partition("+")[2].replace("-", " ") for font in fonts)
    return Seen(text=re.sub(r"\s", "", text), colours=colours, fonts=names, crest_colours=colours)


def _colours(page: pikepdf.Object) -> Iterator[str]:
    """Yield the colours that a page, or a drawing on it, fills or draws with."""
    for step in pikepdf.parse_content_stream(page):
        if str(step.operator) in COLOURED and len(step.operands) == 3:
            yield "#" + "".join(f"{round(float(str(part)) * 255):02x}" for part in step.operands)
    for item in page.get("/Resources", pikepdf.Dictionary()).get("/XObject", pikepdf.Dictionary()).values():
        if item.Subtype == "/Form":
            yield from _colours(item)


def _in_docx(data: bytes) -> Seen:
    with ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    written = [parts[name].decode() for name in ("word/header1.xml", "word/document.xml", "word/footer1.xml")]
    look = "".join([*written, parts["word/styles.xml"].decode()])
    crests = set()
    for name, picture in parts.items():
        if name.startswith("word/media/") and name.endswith(".png"):
            red, green, blue = Image.open(io.BytesIO(picture)).convert("RGB").resize((1, 1)).tobytes()
            crests.add(f"#{red:02x}{green:02x}{blue:02x}")
    return Seen(
        text=re.sub(r"<[^>]*>|\s", "", "".join(written)),
        colours=frozenset(f"#{found.lower()}" for found in re.findall(r'"([0-9A-F]{6})"', look)),
        fonts=frozenset(re.findall(r'<a:latin typeface="([^"]+)"', parts["word/theme/theme1.xml"].decode())),
        crest_colours=frozenset(crests),
    )


@pytest.mark.parametrize("design", DESIGNS)
def test_a_changed_name_shows_in_both(office: Office, design: str) -> None:
    for file in seen(
        office(design, ('de = "Staatskanzlei"', 'de = "Hafenamt"'), ("Land Waldringen", "Hansestadt"))
    ):
        assert "Hafenamt" in file.text
        assert "Hansestadt" in file.text


@pytest.mark.parametrize("design", ["classic", "modern"])
def test_a_changed_colour_shows_in_both(office: Office, design: str) -> None:
    for file in seen(office(design)):
        assert "#7a2048" not in file.colours
    for file in seen(office(design, ('accent = "#17504a"', 'accent = "#7a2048"'))):
        assert "#7a2048" in file.colours


def test_the_plain_design_takes_no_colour(office: Office) -> None:
    for file in seen(office("plain", ('accent = "#17504a"', 'accent = "#7a2048"'), ("logo =", "# logo ="))):
        assert "#7a2048" not in file.colours


@pytest.mark.parametrize("design", DESIGNS)
def test_a_changed_crest_shows_in_both(office: Office, design: str) -> None:
    root = office(design)
    for file in seen(root):
        assert "#c81e96" not in file.crest_colours
    (root / "templates" / "logo.svg").write_text(CREST, encoding="utf-8")
    for file in seen(root):
        assert "#c81e96" in file.crest_colours


@pytest.mark.parametrize("design", DESIGNS)
def test_chosen_fonts_show_in_both(office: Office, design: str) -> None:
    root = office(design, more='text_font = "Roboto"\nheading_font = "Haus Sans"')
    (root / "templates" / "fonts").mkdir()
    (root / "templates" / "fonts" / "haus.ttf").write_bytes(made_font("Haus Sans", signs=LATIN))
    for file in seen(root):
        assert any(name.startswith("Roboto") for name in file.fonts)
        assert any(name.startswith("Haus Sans") for name in file.fonts)
        assert not any(name.startswith(("Calibri", "Cambria", "Source Serif")) for name in file.fonts)


def test_the_choice_of_a_design_shows_in_both(office: Office) -> None:
    made = [seen(office(design)) for design in DESIGNS]
    for one, other in ((0, 1), (0, 2), (1, 2)):
        for before, after in zip(made[one], made[other], strict=True):
            assert (before.colours, before.fonts) != (after.colours, after.fonts)


# --- a design of the office's own


def test_a_folder_of_the_offices_own_is_a_design(office: Office) -> None:
    root = office("haus")
    eject_templates(Workspace.find(office("classic")), ("designs/modern",))
    (root / "templates" / "designs" / "modern").rename(root / "templates" / "designs" / "haus")
    style = root / "templates" / "designs" / "haus" / "design.css"
    style.write_text(style.read_text(encoding="utf-8") + "h1 { color: #0a0b0c }\n", encoding="utf-8")
    office("haus")
    pdf, docx = seen(root)
    assert "#0a0b0c" in pdf.colours
    assert docx.fonts == {"Calibri"}


def test_an_unknown_design_is_one_error_with_the_known_names(office: Office) -> None:
    workspace = Workspace.find(office("modren"))
    with pytest.raises(ConfigError, match=r"no design “modren” \(known: “classic”, “modern”, “plain”\)"):
        build_release(workspace, RELEASE, Press(workspace, AT), lambda: None)


def test_a_build_follows_the_choice_at_once(office: Office) -> None:
    built = {}
    for design in ("classic", "modern"):
        workspace = Workspace.find(office(design))
        made = build_release(workspace, RELEASE, Press(workspace, AT), lambda: None)
        assert made.rendered
        built[design] = {path.name: path.read_bytes() for path in made.files}
    assert {name for name in built["classic"] if built["classic"][name] == built["modern"][name]} == set()


def test_a_letterhead_of_former_times_is_used_or_refused_but_never_lost(office: Office) -> None:
    root = office("classic")
    own = root / "templates" / "docx" / "letterhead.docx"
    own.parent.mkdir()
    own.write_bytes((ROOT / "templates" / "designs" / "plain" / "letterhead.docx").read_bytes())
    assert seen(root)[1].fonts == {"Cambria"}
    office("modern")
    with pytest.raises(
        CommuniqueError, match=r"^templates/docx/letterhead\.docx: is not used with the design “modern”"
    ):
        seen(root)
