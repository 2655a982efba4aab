"""The page says what the edition says, everything escaped, everything in its language."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import locales
from pipeline.config import load_settings
from pipeline.errors import FormatError
from pipeline.formats.markdown import parse
from pipeline.formats.page import to_html
from pipeline.model.edition import Edition
from pipeline.model.inline import Run
from pipeline.model.release import Paragraph, Release
from pipeline.stages.render import Paper, source_edition
from pipeline.templating import environment, packaged_templates

PAPER = Paper(settings=load_settings(Path(__file__).parents[2] / "communique.toml"), logo=None, pictures=())
TEMPLATES = environment([packaged_templates()])
SOURCE = """---
id: r
title: Das *neue* <Amt> & Co.
subtitle: Untertitel
date: 2026-05-01
media:
- file: a b.png
  alt: {de: Ein "Bild"}
  caption: Am Kai
  credit: Amt
---

Lead mit **fett**, [Link](https://example.org/?a=1&b=2) und [Mairie]{lang=fr}.

#### Zu tief

> Zitat

1. eins
   - innen

| Jahr |
|---|
| 2026 |

![](media/a b.png)
""".replace("](media/a b.png)", "](<media/a b.png>)")


def edition(release: Release, *, approved: bool = True) -> Edition:
    return source_edition(release, locales.get("de"), PAPER, approved=approved)


def page(source: str = SOURCE, *, approved: bool = True) -> str:
    return to_html(edition(parse(source, language="de"), approved=approved), TEMPLATES)


def test_every_kind_of_text_becomes_its_element() -> None:
    html = re.sub(r"\s+", " ", page())
    for part in (
        '<html lang="de">',
        "<title>Das neue &lt;Amt&gt; &amp; Co.</title>",
        "<h1>Das <em>neue</em> &lt;Amt&gt; &amp; Co.</h1>",
        '<p class="subtitle">Untertitel</p>',
        '<p class="lead">Lead mit <strong>fett</strong>,',
        '<a href="https://example.org/?a=1&amp;b=2">Link</a>',
        '<span lang="fr">Mairie</span>',
        "<h2>Zu tief</h2>",
        "<blockquote><p>Zitat</p></blockquote>",
        "<ol> <li>eins<ul> <li>innen</li>",
        '<th scope="col">Jahr</th>',
        '<img src="communique:media/a%20b.png" alt="Ein &#34;Bild&#34;">',
        'Am Kai · <span class="credit">Foto: Amt</span>',
        "– Ende –",
    ):
        assert part in html


def test_nothing_a_text_says_becomes_markup_style_or_script() -> None:
    attack = '</style><script>alert(1)</script>"\\}'
    release = replace(
        parse(SOURCE, language="de"),
        title=(Run(text=attack),),
        blocks=(Paragraph(text=(Run(text=attack, lang='x" onload="y', href="javascript:alert(1)"),)),),
    )
    office = replace(PAPER.settings.office, accent="#123456")
    hostile = replace(edition(release), letterhead=replace(edition(release).letterhead, name=attack))
    html = to_html(hostile, TEMPLATES)
    assert office.accent
    assert "<script>" not in html
    assert html.count("</style>") == 1
    assert "javascript:" not in html
    assert 'onload="y"' not in html


def test_untranslated_text_is_visible_as_such_and_speaks_its_language() -> None:
    text = (Run(text="[non traduit] ", untranslated=True), Run(text="Satz.", lang="de", untranslated=True))
    release = replace(parse(SOURCE, language="de"), blocks=(Paragraph(text=text),))
    html = to_html(edition(release), TEMPLATES)
    assert '<span class="untranslated">[non traduit] </span>' in html
    assert '<span lang="de"><span class="untranslated">Satz.</span></span>' in html


def test_a_link_is_one_whatever_its_words_look_like() -> None:
    assert '<a href="https://example.org/">die <strong>ganze</strong> Liste</a>' in page(
        SOURCE + "\n[die **ganze** Liste](https://example.org/)\n"
    )


def test_a_role_that_is_only_there_in_another_language_says_so() -> None:
    contact = "contacts:\n- name: Luc Ferrandier\n  role: {fr: Porte-parole}\n---\n\nLead"
    assert '<span lang="fr">Porte-parole</span>' in page(SOURCE.replace("---\n\nLead", contact))


def test_a_language_must_have_the_form_of_one() -> None:
    assert "lang=" not in page(SOURCE.replace("{lang=fr}", "{lang=_x}")).partition("<main>")[2]


def test_only_words_too_long_for_a_line_may_be_broken_anywhere() -> None:
    html = page(SOURCE + f"\n{'X' * 39} {'Y' * 40}\n")
    assert f'<span style="overflow-wrap: anywhere">{"Y" * 40}</span>' in html
    assert "X</span>" not in html


def test_no_ligature_stands_where_a_word_may_be_divided() -> None:
    html = page(SOURCE + "\nSchifffahrten Auftragslage\n")
    assert '<span style="font-variant-ligatures: no-common-ligatures">Schiff\u00adfahrten</span>' in html
    assert " Auf\u00adtrags\u00adlage" not in html


@pytest.mark.parametrize(
    ("columns", "rows", "cell", "kinds"),
    [(5, 12, "x", " "), (6, 2, "x", "dense "), (2, 13, "x", "long "), (1, 1, "x" * 1501, "long tall")],
)
def test_wide_and_long_tables_are_set_so_that_they_fit(columns: int, rows: int, cell: str, kinds: str) -> None:
    table = "\n".join([f"|{'h|' * columns}", f"|{'---|' * columns}", *[f"|{f'{cell}|' * columns}"] * rows])
    (found,) = re.findall(r'<table class="([\w ]*)">', page(SOURCE.partition("| Jahr")[0] + table))
    assert found.split() == kinds.split()


def test_a_table_of_a_head_alone_has_no_head_for_screen_readers_to_announce() -> None:
    html = re.sub(r"\s+", " ", page(SOURCE.partition("| Jahr")[0] + "| Jahr |\n|---|\n"))
    assert '<tbody><tr><th scope="col">Jahr</th></tr></tbody> </table>' in html


def test_a_table_with_more_columns_than_fit_is_refused_with_its_place() -> None:
    table = f"|{'h|' * 25}\n|{'---|' * 25}\n"
    with pytest.raises(FormatError, match=r"r \(de\): block 7 of the text is a table of 25 columns \(“h”.*24 fit"):
        page(SOURCE + "\n" + table)


def test_a_place_that_is_only_named_in_another_language_says_so() -> None:
    place = "place: {fr: Alvence}\n"
    html = page(SOURCE.replace("media:", f"{place}media:"))
    assert '<p class="place-and-date"><span lang="fr">Alvence</span>, 1.\u00a0Mai 2026</p>' in html


def test_a_draft_is_marked_and_a_final_page_is_not() -> None:
    assert "communique:draft" in page(approved=False)
    assert 'class="draft-note"' in page(approved=False)
    assert "draft" not in page()


def test_a_picture_without_alternative_text_is_refused_by_name() -> None:
    with pytest.raises(FormatError, match=r"“a b\.png” has no alternative text"):
        page(SOURCE.replace('  alt: {de: Ein "Bild"}\n', ""))


def test_a_picture_that_is_not_listed_is_refused_by_name() -> None:
    with pytest.raises(FormatError, match=r"“x\.png”, which is not listed"):
        page(SOURCE + "\n![](media/x.png)\n")
