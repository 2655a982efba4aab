"""What a screen reader gets: every element by its name, in the order of the text, in its language."""

import io
import textwrap
from dataclasses import replace

import pikepdf
import pytest

from pipeline import locales
from pipeline.engines.pdf import PdfWriter
from pipeline.errors import PdfError
from pipeline.formats.markdown import parse
from pipeline.formats.page import to_html
from pipeline.model.edition import Edition
from pipeline.stages.render import Paper, source_edition
from pipeline.templating import environment, packaged_templates
from tests.engines.pdf_releases import PICTURES, SETTINGS
from tests.engines.pdf_tree import artifacts, lines

TEMPLATES = environment([packaged_templates()])
SOURCE = """---
id: r
title: Fonds für *Nachbarn*
date: 2026-05-01
place: Alvenz
contacts:
- name: Luc Ferrandier
  role: {fr: Porte-parole}
  email: l.ferrandier@example.org
media:
- file: a b.png
  alt: {de: Ein Bus am Ufer}
  caption: Am Kai
---

Der Bus hält an der [Mairie de Montcerval]{lang=fr} und am **Markt**.

Siehe [die **ganze** Liste](https://example.org/liste).

## Zwei Wege

> „Wir freuen uns.“

1. eins
   - innen
2. zwei

| Jahr | Zahl |
|---|---|
| 2026 |  |

![](<media/a b.png>)
"""
TREE = """
Document
  Sect
    P
      'Land Waldringen'
    P
      'Staatskanzlei'
    P
      'Medieninformation'
  P
    'Alvenz, 1.\\xa0Mai 2026'
  P
    'Zur sofortigen Veröffentlichung'
  H1
    'Fonds für '
    Em
      'Nachbarn'
  Part
    P
      'Der Bus hält an der '
      Span Lang='fr'
        'Mairie de Montcerval'
      ' und am '
      Strong
        'Markt'
      '.'
    P
      'Siehe '
      Link
        → https://example.org/liste
        'die '
        Strong
          'ganze'
        ' Liste'
      '.'
    H2
      'Zwei Wege'
    BlockQuote
      P
        '„Wir freuen uns.“'
    L ListNumbering=/Decimal
      LI
        Lbl
          '1. '
        LBody
          'eins'
          L ListNumbering=/Disc
            LI
              Lbl
                '– '
              LBody
                'innen'
      LI
        Lbl
          '2. '
        LBody
          'zwei'
    Table
      THead
        TR
          TH Scope=/Column
            'Jahr'
          TH Scope=/Column
            'Zahl'
      TBody
        TR
          TD
            '2026'
          TD
    Div
      Figure Alt='Ein Bus am Ufer' Placement=/Block
        ''
      Caption
        'Am Kai'
  P
    '– Ende –'
  Aside
    H2
      'Pressekontakt'
    P
      Strong
        'Luc Ferrandier'
      ', '
      Span Lang='fr'
        'Porte-parole '
      Link
        → mailto:l.ferrandier@example.org
        'l.ferrandier@example.org'
    P
      'Staatskanzlei · Schlossplatz 1 · 00417 Alvenz · www.waldringen.example.org'
"""


@pytest.fixture(scope="module")
def writer() -> PdfWriter:
    return PdfWriter([packaged_templates()])


def edition(source: str = SOURCE) -> Edition:
    paper = Paper(settings=SETTINGS, logo=None, pictures=PICTURES)
    return source_edition(parse(source, language="de"), locales.get("de"), paper, approved=True)


def write(writer: PdfWriter, page: Edition, html: str | None = None) -> bytes:
    return writer.write(html or to_html(page, TEMPLATES), page)


def test_the_whole_tree_of_a_release(writer: PdfWriter) -> None:
    assert lines(write(writer, edition())) == textwrap.dedent(TREE).strip().splitlines()


def test_french_passages_say_so_in_a_german_text_and_german_ones_in_french(writer: PdfWriter) -> None:
    page = edition()
    other = replace(page, release=replace(page.release, language="fr"), contacts=())
    html = to_html(page, TEMPLATES)
    turned = html.replace('<html lang="de">', '<html lang="fr">').replace('lang="fr">Mairie', 'lang="de">Mairie')
    for result, tag, passage in (
        (write(writer, page, html), "de", "fr"),
        (write(writer, other, turned), "fr", "de"),
    ):
        with pikepdf.open(io.BytesIO(result)) as pdf:
            assert str(pdf.Root.Lang) == tag
        assert f"Span Lang='{passage}'" in "\n".join(lines(result))


def test_a_language_that_is_none_is_left_out(writer: PdfWriter) -> None:
    tree = "\n".join(lines(write(writer, edition(SOURCE.replace("lang=fr", "lang=_x")))))
    assert "Lang='_x" not in tree
    assert "Mairie de Montcerval" in tree


def test_what_runs_on_over_lines_and_pages_is_one_element(writer: PdfWriter) -> None:
    sentence = "Die Fahrgäste der Linie kommen aus beiden Ländern. "
    body = f"{sentence * 200}\n\n- {sentence * 100}\n- zwei\n\n[{sentence * 3}](https://example.org/)\n"
    tree = lines(write(writer, edition(SOURCE.partition("Der Bus")[0] + body)))
    for element, expected in (("Part", 1), ("L ListNumbering=/Disc", 1), ("LI", 2), ("LBody", 2), ("Link", 2)):
        assert sum(line.strip() == element for line in tree) == expected, element
    part = tree[tree.index("  Part") : tree.index("    '– Ende –'")]
    assert part.count("    P") == 2
    text = "".join(line.strip()[1:-1] for line in part if line.strip().startswith("'"))
    assert text.count("Ländern.") == 303


def test_a_table_over_several_pages_has_one_header_and_all_its_rows(writer: PdfWriter) -> None:
    rows = "".join(f"| Zeile {number} | {number} |\n" for number in range(90))
    result = write(writer, edition(SOURCE.partition("| 2026")[0] + rows))
    tree = [line.strip() for line in lines(result)]
    with pikepdf.open(io.BytesIO(result)) as pdf:
        pages = len(pdf.pages)
    assert pages >= 3
    assert [tree.count(element) for element in ("Table", "THead", "TH Scope=/Column", "TBody", "TR", "TD")] == [
        1, 1, 2, 1, 91, 180,
    ]  # fmt: skip
    assert artifacts(result).count("Jahr") == pages - 1


def test_running_matter_is_read_out_on_no_page(writer: PdfWriter) -> None:
    result = write(writer, edition(SOURCE + "\n\n" + "Noch ein Absatz.\n\n" * 60))
    assert artifacts(result)[:3] == ["Seite 1 von 3", "Staatskanzlei", "Seite 2 von 3"]
    assert "Seite 1" not in "\n".join(lines(result))


def test_a_word_divided_at_a_lines_end_is_read_as_one(writer: PdfWriter) -> None:
    body = "Ministerpräsidentinnenkonferenz und Landesentwicklungsgesellschaft beraten. " * 20
    tree = lines(write(writer, edition(SOURCE.partition("Der Bus")[0] + body)))
    divided = [line for line in tree if "ActualText" in line]
    assert divided
    assert all(line.endswith(("\xad'", "\\xad'")) for line in divided)


def test_words_on_two_lines_or_pages_stay_two_words(writer: PdfWriter) -> None:
    body = "Wer vor dem Tor war, kam mit dem Rad an den Kai. " * 120
    tree = lines(write(writer, edition(SOURCE.partition("Der Bus")[0] + body)))
    text = "".join(line.strip()[1:-1] for line in tree if line.strip().startswith("'"))
    assert body.strip() in text


def test_every_letter_of_a_word_divided_inside_a_ligature_can_be_copied(writer: PdfWriter) -> None:
    page = edition(SOURCE.replace("Der Bus", "Die Schifffahrten, indifférentes, Kaufleute"))
    assert "Die Schifffahrten, indifférentes, Kaufleute" in "".join(
        line.strip()[1:-1] for line in lines(write(writer, page))
    )


def test_blanks_are_copied_as_blanks_even_behind_a_no_break_one(writer: PdfWriter) -> None:
    tree = "\n".join(lines(write(writer, edition(SOURCE.replace("„Wir freuen uns.“", "*«\u00a0Wir freuen uns.*")))))
    assert "'« Wir freuen uns.'" in tree


def test_a_decoration_without_text_is_passed_over_and_a_picture_that_says_nothing_refused(
    writer: PdfWriter,
) -> None:
    page = edition()
    html = to_html(page, TEMPLATES)
    picture = '<img src="communique:media/tall.png"'
    silent = write(writer, page, html.replace("<h1>", f'{picture} alt=""><h1>'))
    assert sum("Figure" in line for line in lines(silent)) == 1
    with pytest.raises(PdfError, match="without alternative text"):
        write(writer, page, html.replace("<h1>", f"{picture}><h1>"))


def test_bookmarks_follow_the_headings(writer: PdfWriter) -> None:
    with pikepdf.open(io.BytesIO(write(writer, edition()))) as pdf, pdf.open_outline() as outline:
        assert [(item.title, [child.title for child in item.children]) for item in outline.root] == [
            ("Fonds für Nachbarn", ["Zwei Wege", "Pressekontakt"])
        ]
