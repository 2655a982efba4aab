"""The page in two columns says what both editions say, row by row, each in its language."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import locales
from pipeline.config import load_settings
from pipeline.errors import FormatError
from pipeline.formats.bilingual_page import to_bilingual_html
from pipeline.formats.markdown import parse
from pipeline.model.edition import Edition
from pipeline.model.inline import Run
from pipeline.model.release import Heading, Paragraph
from pipeline.stages.render import Paper, source_edition
from pipeline.templating import environment, packaged_templates

PAPER = Paper(settings=load_settings(Path(__file__).parents[2] / "communique.toml"), logo=None, pictures=())
TEMPLATES = environment([packaged_templates()])
HEAD = """---
id: r
title: {title}
date: 2026-05-01
place: {{de: Alvenz, fr: Alvence}}
number: 12/2026
media:
- file: a.png
  alt: {{de: Ein Bus, fr: Un bus}}
  caption: {{de: Am Kai, fr: Sur le quai}}
  credit: Amt
---

"""
GERMAN = """Der Bus hält.

#### Zu tief

> Erstens.
>
> Zweitens.

1. eins
   - innen
2. zwei

| Jahr | Zahl |
|---|---|
| 2026 | 1 |

![](media/a.png)
"""
FRENCH = """Le bus s’arrête.

#### Trop bas

> Premièrement.
>
> Deuxièmement.

1. un
   - dedans
2. deux

| Année | Nombre |
|---|---|
| 2026 | 1 |

![](media/a.png)
"""


def edition(text: str, language: str, *, approved: bool = True) -> Edition:
    release = parse(HEAD.format(title="Titel" if language == "de" else "Titre") + text, language=language)
    return source_edition(release, locales.get(language), PAPER, approved=approved)


def page(german: str = GERMAN, french: str = FRENCH, *, approved: tuple[bool, bool] = (True, True)) -> str:
    source, target = edition(german, "de", approved=approved[0]), edition(french, "fr", approved=approved[1])
    return re.sub(r"\s+", " ", to_bilingual_html(source, target, TEMPLATES).replace("\u00ad", "~"))


def test_every_row_has_the_source_on_the_left_and_the_target_on_the_right() -> None:
    html = page()
    for row in (
        '<h1 lang="de">Titel</h1> <h1 lang="fr">Titre</h1>',
        '<p class="lead" lang="de">Der Bus hält.</p> <p class="lead" lang="fr">Le bus s’arrête.</p>',
        '<h2 lang="de">Zu tief</h2> <h2 lang="fr">Trop bas</h2>',
    ):
        assert row in html


def test_quotations_are_paired_paragraph_by_paragraph_and_lists_item_by_item() -> None:
    html = page()
    quotes, items = (
        re.findall(r"<blockquote.*?</blockquote>", html),
        re.findall(r'<li lang="(\w+)"[^>]*>(\w+)', html),
    )
    assert [re.sub("<.*?>|~", "", quote) for quote in quotes] == [
        "Erstens.", "Premièrement.", "Zweitens.", "Deuxièmement.",
    ]  # fmt: skip
    assert items == [("de", "eins"), ("fr", "un"), ("de", "zwei"), ("fr", "deux")]
    assert html.count('<ol class="pairs">') == 1
    assert re.search(r'<li lang="fr"[^>]*>un<ul> <li>dedans</li> </ul> </li>', html)


def test_a_picture_stands_once_over_both_captions() -> None:
    html = page()
    assert html.count("<img") == 1
    assert 'alt="Ein Bus · Un bus"' in html
    assert '<figcaption lang="de">Am Kai<br><span class="credit">Foto: Amt</span></figcaption>' in html
    assert '<figcaption lang="fr">Sur le quai<br><span class="credit">Photo : Amt</span></figcaption>' in html


def test_narrow_tables_stand_side_by_side_and_others_below_each_other() -> None:
    wide = ("| Jahr ", f"| {'Zahl ' * 8}"), ("| Année ", f"| {'Nombre ' * 8}")
    side, below = page(), page(GERMAN.replace(*wide[0]), FRENCH.replace(*wide[1]))
    for html, rows in ((side, 1), (below, 0)):
        assert html.count('<div class="row tables">') == rows
        assert re.findall(r'<table lang="(\w+)"', html) == ["de", "fr"]


def test_what_both_languages_share_stands_once_and_the_rest_in_both() -> None:
    html = page()
    for part in (
        "<title>Titel · Titre</title>",
        '<p class="body"><span lang="de">Land Waldringen</span> · <span lang="fr">Land de Valdraine</span></p>',
        '<p lang="de">Medieninformation</p> <p lang="fr">Communiqué de presse</p>',
        '– <span lang="de">Ende</span> · <span lang="fr">Fin</span> –',
        'content: "Seite " counter(page) " von " counter(pages) " \\b7 " "page " counter(page) " sur "',
        '<p class="place-and-date" lang="fr">Alvence, le 1er mai 2026</p>',
    ):
        assert part in html
    assert html.count("Schlossplatz 1") == 1
    assert html.count("<strong>Luc Ferrandier</strong>") == 2


def test_a_draft_in_one_language_is_one_in_both() -> None:
    assert "draft" not in page()
    for approved in ((False, True), (True, False), (False, False)):
        html = page(approved=approved)
        assert "communique:draft" in html
        note = html.partition('<div class="draft-note">')[2].partition('<div class="reference">')[0]
        assert re.findall(r'<p lang="(\w+)">', note) == ["de", "fr"]


def test_the_outline_shows_a_headline_once_in_both_languages() -> None:
    html = page()
    assert 'style="bookmark-level: 1; bookmark-label: &#34;Titel \\b7 Titre&#34;"' in html
    assert 'style="bookmark-level: 2; bookmark-label: &#34;Zu tief \\b7 Trop bas&#34;"' in html


def test_untranslated_text_is_visible_as_such_and_speaks_its_language() -> None:
    target = edition("x", "fr")
    text = (Run(text="[non traduit] ", untranslated=True), Run(text="Satz.", lang="de", untranslated=True))
    target = replace(target, release=replace(target.release, blocks=(Paragraph(text=text),)))
    html = to_bilingual_html(edition("Satz.", "de"), target, TEMPLATES)
    assert '<span class="untranslated">[non traduit] </span>' in html
    assert '<span lang="de"><span class="untranslated">Satz.</span></span>' in html


def test_nothing_a_text_says_becomes_markup_style_or_script() -> None:
    attack = (Run(text='</style><script>alert(1)</script>"\\}'),)

    def hostile(page: Edition) -> Edition:
        release = replace(page.release, title=attack, blocks=(Heading(level=2, text=attack),))
        return replace(page, release=release, letterhead=replace(page.letterhead, name=attack[0].text))

    html = to_bilingual_html(hostile(edition("x", "de")), hostile(edition("x", "fr")), TEMPLATES)
    assert "<script>" not in html
    assert html.count("</style>") == 1


def test_only_words_too_long_for_a_headline_are_divided() -> None:
    html = page("Kurz.\n\n## Landesentwicklungsgesellschaft Fortbildung\n", "Court.\n\n## Titre\n")
    assert re.search(r'<h2 lang="de">Landes~[\w~]*schaft Fortbildung</h2>', html)


@pytest.mark.parametrize(
    ("german", "french", "message"),
    [
        ("Eins.\n\nZwei.", "Un.", "they differ in the number of blocks, 2 in one, 1 in the other"),
        ("Eins.", "- un", r"block 1 .*: a paragraph, and a bulleted list \(items: 1\)"),
        ("- eins\n- zwei", "- un", r"block 1 .* \(items: 2\), and a bulleted list \(items: 1\)"),
        ("> Eins.", "> Un.\n>\n> Deux.", r"\(paragraphs: 1\), and a quotation \(paragraphs: 2\)"),
    ],
)
def test_texts_that_are_no_pair_are_refused_with_the_place(german: str, french: str, message: str) -> None:
    with pytest.raises(FormatError, match=rf"^r \(de, fr\): .*{message}; run “communique draft” again"):
        page(german, french)


def test_a_heading_that_says_nothing_in_either_language_is_left_out() -> None:
    def empty(page: Edition) -> Edition:
        return replace(page, release=replace(page.release, blocks=(Heading(level=2, text=()),)))

    html = to_bilingual_html(empty(edition("x", "de")), empty(edition("x", "fr")), TEMPLATES)
    assert "<h2" not in html.partition("</main>")[0]
