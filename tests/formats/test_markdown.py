"""`source.md` is read with every error named by file and line, and written so that it reads back equal."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import FormatError
from pipeline.formats.markdown import dump, parse, parse_blocks
from pipeline.model.inline import inlines
from pipeline.model.release import (
    Block,
    BulletList,
    Contact,
    Figure,
    Heading,
    ListItem,
    Localized,
    Media,
    Paragraph,
    Quote,
    Release,
    Table,
)

FULL = """---
id: 2026-03-02-neue-faehre
title: 'Neue Fähre: *Linie 7* fährt wieder'
subtitle: Mehr Platz für Räder
date: 2026-03-02
place: {de: Hafenstadt, fr: Port-Neuf}
number: 012/2026
embargo: 2026-03-02 09:00 Europe/Berlin
confidential: true
contacts:
- name: Eva Muster
  role: {de: Sprecherin, fr: porte-parole}
  phone: +49 555 0100
  email: eva@example.org
boilerplate: amt
media:
- file: faehre.png
  alt: {de: Eine Fähre, fr: Un bac}
  caption: Die Fähre am Kai
  credit: Amt
tags: [verkehr]
to_confirm: [title]
---

Ein Absatz.

## Überschrift

> Ein Zitat.
>
> Zweiter Absatz.

- eins
- zwei
  1. tief

| Jahr | Räder |
|---|---|
| 2025 | 1.200 |

![](media/faehre.png)
"""


def test_every_key_and_every_block_is_read() -> None:
    release = parse(FULL, language="de")

    assert (release.id, release.number, release.date) == ("2026-03-02-neue-faehre", "012/2026", date(2026, 3, 2))
    assert release.embargo == datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Europe/Berlin"))
    assert release.place == Localized(texts=(("de", "Hafenstadt"), ("fr", "Port-Neuf")))
    assert release.contacts == (
        Contact(
            name="Eva Muster",
            role=Localized(texts=(("de", "Sprecherin"), ("fr", "porte-parole"))),
            phone="+49 555 0100",
            email="eva@example.org",
        ),
    )
    assert release.media == (
        Media(
            file="faehre.png",
            alt=Localized(texts=(("de", "Eine Fähre"), ("fr", "Un bac"))),
            caption=Localized(texts=(("de", "Die Fähre am Kai"),)),
            credit="Amt",
        ),
    )
    assert (release.confidential, release.boilerplate) == (True, "amt")
    assert (release.tags, release.to_confirm) == (("verkehr",), ("title",))
    assert release.blocks == (
        Paragraph(text=inlines("Ein Absatz.")),
        Heading(level=2, text=inlines("Überschrift")),
        Quote(paragraphs=(inlines("Ein Zitat."), inlines("Zweiter Absatz."))),
        BulletList(
            items=(
                ListItem(text=inlines("eins")),
                ListItem(
                    text=inlines("zwei"),
                    sublists=(BulletList(items=(ListItem(text=inlines("tief")),), ordered=True),),
                ),
            )
        ),
        Table(header=(inlines("Jahr"), inlines("Räder")), rows=((inlines("2025"), inlines("1.200")),)),
        Figure(file="faehre.png"),
    )


def test_the_full_file_is_written_and_read_back_equal() -> None:
    release = parse(FULL, language="de")
    assert parse(dump(release), language="de") == release


lines = st.text(alphabet="ab Ä1.)#>-+=*_|~:“»\u00a0", min_size=1, max_size=20).filter(
    lambda text: text == text.strip()
)
paragraphs = st.builds(Paragraph, text=lines.map(inlines))
items = st.builds(ListItem, text=lines.map(inlines))
blocks: st.SearchStrategy[Block] = st.one_of(
    paragraphs,
    st.builds(BulletList, items=st.lists(items, min_size=1, max_size=3).map(tuple), ordered=st.booleans()),
    st.builds(Heading, level=st.integers(2, 4), text=lines.map(inlines)),
    st.builds(Quote, paragraphs=st.lists(lines.map(inlines), min_size=1, max_size=3).map(tuple)),
    st.lists(lines.map(inlines), min_size=4, max_size=4).map(
        lambda cells: Table(header=tuple(cells[:2]), rows=(tuple(cells[2:]),))
    ),
)


@given(st.lists(blocks, max_size=4).map(tuple))
def test_any_blocks_are_written_and_read_back_equal(body: tuple[Block, ...]) -> None:
    release = Release(id="x", language="de", blocks=body)
    assert parse(dump(release), language="de") == release


@given(st.lists(items, min_size=1, max_size=4).map(tuple), st.lists(items, max_size=2).map(tuple), st.booleans())
def test_nested_lists_are_written_and_read_back_equal(
    outer: tuple[ListItem, ...], inner: tuple[ListItem, ...], ordered: bool
) -> None:
    sublists = (BulletList(items=inner, ordered=True),) if inner else ()
    nested = BulletList(items=(*outer, ListItem(text=inlines("letzter"), sublists=sublists)), ordered=ordered)
    release = Release(id="x", language="de", blocks=(nested,))
    assert parse(dump(release), language="de") == release


def test_missing_date_and_place_stand_there_empty_while_they_wait() -> None:
    release = Release(id="x", language="de", to_confirm=("date", "place"))
    assert "date:\nplace:\n" in dump(release)
    assert parse(dump(release), language="de") == release


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("number: 012/2026", "nummer: 012/2026", 7, "did you mean “number”"),
        ("subtitle: Mehr", "\tsubtitle: Mehr", 4, "begins with a tab"),
        ("tags: [verkehr]", "title: noch einmal", 21, "second time"),
        ("date: 2026-03-02", "date: 2.3.2026", 5, "2026-11-23"),
        ("09:00 Europe/Berlin", "09:00", 8, "zone"),
        ("09:00 Europe/Berlin", "09:00 Europe/Berlim", 8, "zone"),
        ("confidential: true", "confidential: ja", 9, "true or false"),
        ("  phone: +49", "  fon: +49", 13, "did you mean “phone”"),
        ("file: faehre.png", "file: ../faehre.png", 17, "bare name"),
        ("id: 2026-03-02-neue-faehre", "id: ../etc", 2, "small letters"),
        ("to_confirm: [title]", "to_confirm: [titel]", 22, "no key of this file"),
        ("subtitle: Mehr Platz", "subtitle: &a Mehr Platz", 4, "anchors"),
        ("subtitle: Mehr Platz", "subtitle: Mehr: Platz", 4, "quotation marks"),
        ("## Überschrift", "# Überschrift", 27, "front matter"),
        ("Ein Absatz.", "***", 25, "horizontal rule"),
        ("- eins", "-\n- eins", 33, "empty"),
        ("Ein Absatz.", "[x](javascript:x)", 25, "https"),
    ],
)
def test_each_mistake_is_named_with_file_and_line(old: str, new: str, line: int, message: str) -> None:
    assert FULL.count(old) >= 1
    with pytest.raises(FormatError, match=message) as caught:
        parse(FULL.replace(old, new, 1), language="de", path=Path("source.md"))
    assert str(caught.value).startswith(f"source.md:{line}: ")


@pytest.mark.parametrize(
    "text", ["", "Nur Text", "---\nid: x\n", "---\n- a\n---\n", "---\n---\n", "---\nid: [\n---\n"]
)
def test_a_file_that_is_no_source_is_refused(text: str) -> None:
    with pytest.raises(FormatError):
        parse(text, language="de", path="source.md")


def test_deep_nesting_is_refused_in_bounded_time() -> None:
    with pytest.raises(FormatError):
        parse("---\nid: x\ntags: " + "[" * 5000 + "\n---\n", language="de")
    with pytest.raises(FormatError):
        parse_blocks("".join("  " * level + "- x\n" for level in range(9)))
    with pytest.raises(FormatError):
        parse_blocks("> " * 9 + "x")


def test_an_indented_paragraph_is_a_paragraph() -> None:
    assert parse_blocks("    Eingerückt aus der Mail.") == (Paragraph(text=inlines("Eingerückt aus der Mail.")),)
