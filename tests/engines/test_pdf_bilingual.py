"""Both languages in two columns: one sound PDF that says all of both, row by row, each in its language."""

import io
import textwrap
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from pipeline import locales
from pipeline.engines.pdf import PdfWriter
from pipeline.engines.pdf_check import validate
from pipeline.errors import CommuniqueError, ConfigError, FontError, FormatError
from pipeline.formats.bilingual_page import to_bilingual_html
from pipeline.formats.markdown import parse
from pipeline.model.edition import Design, Edition
from pipeline.runner.languages import stand
from pipeline.runner.publishing import editions
from pipeline.stages.render import Paper, source_edition
from pipeline.templating import environment, packaged_templates
from pipeline.workspace import Workspace
from tests.engines.pdf_pairs import missing, overprinted, pair, read_aloud
from tests.engines.pdf_releases import PICTURES, SETTINGS
from tests.engines.pdf_tree import artifacts, lines

ROOT = Path(__file__).parents[2]
WORKSPACE = Workspace.find(ROOT)
FOLDERS = [packaged_templates()]
TEMPLATES = environment(FOLDERS)
SAMPLES = sorted(path.parent.name for path in ROOT.glob("releases/*/source.md"))
WITH_EVERYTHING = "2026-10-08-grenzbus-linie-40"
MADE_UP = (*range(2, 32), *range(33, 63))
"""Numbers of made-up releases of a few pages."""
LONG = 32
"""Number of one of a dozen pages."""
SENTENCES = {
    "de": "Wer vor dem Tor war, kam mit dem Rad an den Kai. ",
    "fr": "Qui passe par le pont va à pied ou à vélo. ",
}
TREE = """
  H1 Lang='de'
    'Fonds'
  H1 Lang='fr'
    'Le fonds'
  Part
    P Lang='de'
      'Der Bus hält an der '
      Span Lang='fr'
        'Mairie'
      '.'
    P Lang='fr'
      'Le bus s’arrête à la mairie.'
    H2 Lang='de'
      'Wege'
    H2 Lang='fr'
      'Voies'
    L ListNumbering=/Decimal
      LI Lang='de'
        Lbl Lang='de'
          '1. '
        LBody
          'eins'
      LI Lang='fr'
        Lbl Lang='fr'
          '1. '
        LBody
          'un'
      LI Lang='de'
        Lbl Lang='de'
          '2. '
        LBody
          'zwei'
      LI Lang='fr'
        Lbl Lang='fr'
          '2. '
        LBody
          'deux'
    Div
      Figure Alt='Ein Bus · Un bus' Placement=/Block
        ''
      Caption Lang='de'
        'Am Kai'
      Caption Lang='fr'
        'Au quai'
"""


@pytest.fixture(scope="module")
def writer() -> PdfWriter:
    return PdfWriter(FOLDERS)


def written(writer: PdfWriter, pages: tuple[Edition, Edition]) -> bytes:
    source, target = pages
    return writer.write(to_bilingual_html(source, target, TEMPLATES), source, beside=target)


def edition(text: str, language: str, title: str = "Titel", *, approved: bool = True) -> Edition:
    head = (
        f"---\nid: r\ntitle: {title}\ndate: 2026-05-01\n"
        "media:\n- file: a b.png\n  alt: {de: Ein Bus, fr: Un bus}\n  caption: {de: Am Kai, fr: Au quai}\n---\n\n"
    )
    paper = Paper(settings=SETTINGS, logo=None, pictures=PICTURES)
    return source_edition(parse(head + text, language=language), locales.get(language), paper, approved=approved)


def both(german: str, french: str | None = None) -> tuple[Edition, Edition]:
    return edition(german, "de", "Fonds"), edition(french or german, "fr", "Le fonds")


# --- sound, and complete


@pytest.mark.parametrize(
    ("release", "design"),
    [*((release, "classic") for release in SAMPLES), (WITH_EVERYTHING, "modern"), (WITH_EVERYTHING, "plain")],
)
def test_every_sample(writer: PdfWriter, release: str, design: str) -> None:
    source, target = (
        replace(page, letterhead=replace(page.letterhead, design=Design(name=design)))
        for page in editions(WORKSPACE, stand(WORKSPACE, release))
    )
    made = written(writer, (source, target))
    assert (validate(made, release), missing(made, (source, target)), overprinted(made)) == ((), [], [])


@pytest.mark.parametrize("part", range(3))
def test_made_up_releases_of_every_shape_and_language(writer: PdfWriter, part: int) -> None:
    for number in MADE_UP[part::3]:
        pages = pair(number)
        made = written(writer, pages)
        assert (validate(made, str(number)), missing(made, pages)) == ((), []), number


def test_nothing_is_lost_or_printed_over_something_else_where_pages_end(writer: PdfWriter) -> None:
    for number in (LONG, 11):
        pages = pair(number)
        made = written(writer, pages)
        assert (validate(made, str(number)), missing(made, pages), overprinted(made)) == ((), [], []), number


def test_what_is_printed_over_something_else_would_be_noticed(writer: PdfWriter) -> None:
    source, target = both("Eins.\n\nZwei.")
    html = to_bilingual_html(source, target, TEMPLATES)
    moved = html.replace("</style>", ".paragraph { position: relative; top: 1px; margin-bottom: -5mm }</style>", 1)
    assert overprinted(writer.write(html, source, beside=target)) == []
    assert overprinted(writer.write(moved, source, beside=target)) != []


def test_equal_editions_give_equal_bytes() -> None:
    assert written(PdfWriter(FOLDERS), pair(3)) == written(PdfWriter(FOLDERS), pair(3))


# --- what a screen reader gets


def test_the_tree_has_row_by_row_both_languages(writer: PdfWriter) -> None:
    german = "Der Bus hält an der [Mairie]{lang=fr}.\n\n## Wege\n\n1. eins\n2. zwei\n\n![](<media/a b.png>)\n"
    french = "Le bus s’arrête à la mairie.\n\n## Voies\n\n1. un\n2. deux\n\n![](<media/a b.png>)\n"
    tree = lines(written(writer, both(german, french)))
    expected = textwrap.dedent(TREE).strip("\n").splitlines()
    start = tree.index("  H1 Lang='de'")
    assert [line.removeprefix("  ") for line in tree[start : start + len(expected)]] == expected


def test_what_runs_on_over_pages_is_read_in_one_piece_and_its_words_stay_apart(writer: PdfWriter) -> None:
    german, french = (text * 150 for text in SENTENCES.values())
    made = written(writer, both(f"Kurz.\n\n{german}", f"Court.\n\n{french}"))
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert len(pdf.pages) >= 3
    said = "".join(read_aloud(made))
    assert german.strip() in said.replace("\u00ad", "")
    assert said.index(SENTENCES["de"]) < said.rindex(SENTENCES["de"].strip()) < said.index(SENTENCES["fr"])


def test_running_matter_is_in_both_languages_and_read_out_on_no_page(writer: PdfWriter) -> None:
    made = written(writer, both("Noch ein Absatz.\n\n" * 90))
    assert artifacts(made)[:3] == [
        "Seite 1 von 3 · page 1 sur 3", "Staatskanzlei · Chancellerie d’État", "Seite 2 von 3 · page 2 sur 3",
    ]  # fmt: skip
    assert "Seite 1" not in "".join(read_aloud(made))


def test_the_file_names_both_languages_and_holds_both_texts(writer: PdfWriter) -> None:
    with pikepdf.open(io.BytesIO(written(writer, both("Eins.\n\n## Zwei", "Un.\n\n## Deux")))) as pdf:
        assert str(pdf.Root.Lang) == "de"
        assert b"<rdf:li>de</rdf:li><rdf:li>fr</rdf:li>" in pdf.Root.Metadata.read_bytes()
        assert set(pdf.attachments) == {"r.de.md", "r.fr.md"}
        with pdf.open_outline() as outline:
            (title,) = outline.root
            assert (title.title, [item.title for item in title.children]) == ("Fonds · Le fonds", ["Zwei · Deux"])


# --- pages


def test_a_heading_stays_with_the_row_behind_it(writer: PdfWriter) -> None:
    from pypdfium2 import PdfDocument  # type: ignore[import-untyped]  # the library ships no types

    for lines_before in range(30, 42, 2):
        text = "Zeile.\n\n" * lines_before + "## Kapitel\n\nDer Absatz dahinter.\n"
        with PdfDocument(written(writer, both(text))) as document:
            pages = [page.get_textpage().get_text_range() for page in document]
        assert [page for page in pages if ("Kapitel" in page) != ("dahinter" in page)] == []


def test_only_long_paragraphs_run_on_over_pages(writer: PdfWriter) -> None:
    from pypdfium2 import PdfDocument

    short, long = "Anfang " + "kurz " * 60 + "Schluss", "Anfang " + "lang " * 200 + "Schluss"
    for paragraph, divided in ((short, False), (long, True)):
        with PdfDocument(written(writer, both(f"{paragraph}\n\n" * 24))) as document:
            pages = [page.get_textpage().get_text_range() for page in document]
        assert any(page.count("Anfang") != page.count("Schluss") for page in pages) == divided


# --- bad input


@pytest.mark.parametrize(
    "text",
    [
        "W" * 300,
        "- " + "M" * 300 + "\n  - " + "W" * 300,
        "Kurz.\n\n## " + "W" * 300,
        "> " + "Donaudampfschifffahrtsgesellschaft" * 9,
        f"|{'h|' * 13}\n|{'---|' * 13}\n|{'1|' * 13}",
    ],
    ids=["word", "items", "heading", "quotation", "wide table"],
)
def test_long_words_and_wide_tables_find_room(writer: PdfWriter, text: str) -> None:
    pages = both(text)
    made = written(writer, pages)
    assert (validate(made, "r"), missing(made, pages), overprinted(made)) == ((), [], [])


def test_a_title_of_four_hundred_signs_finds_room(writer: PdfWriter) -> None:
    title = ("Landesentwicklungsgesellschaften beraten " * 10)[:400].strip()
    pages = edition("Kurz.", "de", title), edition("Court.", "fr", title, approved=False)
    made = written(writer, pages)
    assert (validate(made, "r"), missing(made, pages), overprinted(made)) == ((), [], [])


@pytest.mark.parametrize(
    ("french", "error", "message"),
    [
        ("שלום", FontError, r"^r, fr: no font has .*HEBREW"),
        ("😀", FontError, r"^r, fr: no font has .*GRINNING FACE"),
        (f"|{'h|' * 25}\n|{'---|' * 25}", FormatError, r"^r \(fr\): block 1 .*25 columns"),
    ],
)
def test_what_no_page_can_show_is_told_with_its_language(
    writer: PdfWriter, french: str, error: type[CommuniqueError], message: str
) -> None:
    german = "|h|\n|---|" if french.startswith("|") else "Hallo"
    with pytest.raises(error, match=message):
        written(writer, both(german, french))


def test_a_fault_in_an_offices_own_style_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "pdf").mkdir()
    (tmp_path / "pdf" / "bilingual.css").write_text("p { margin: 0 }\n.row { colour: red }", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"^templates/pdf/bilingual\.css:2: “colour: red”"):
        written(PdfWriter([tmp_path, *FOLDERS]), both("Eins."))
