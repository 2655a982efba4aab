"""Whatever a text says, wherever it stands: a valid PDF and Word file, or one error that says what and where."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.engines.pdf import PdfWriter
from pipeline.engines.pdf_check import validate
from pipeline.errors import CommuniqueError
from pipeline.formats.page import to_html
from pipeline.formats.wide_table import MOST_COLUMNS
from pipeline.model.edition import Edition
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
    Table,
)
from pipeline.templating import environment, packaged_templates
from tests.engines.pdf_releases import edition
from tests.formats.word_files import faults, written

TEMPLATES = environment([packaged_templates()])
WRITER = PdfWriter([packaged_templates()])
BASE = edition(9)

TEXTS = {
    "Hebrew": "שלום לכולם",
    "Arabic": "بيان صحفي",
    "Arabic inside German": "Das Wort سلام heißt Frieden.",
    "an embedding of directions": "a\u202bb\u202cc",
    "an emoji": "Glückwunsch 🎉",
    "a family of emoji": "👩\u200d👩\u200d👧",
    "Chinese": "新闻稿",
    "Greek": "Δελτίο Τύπου",
    "Cyrillic": "Сообщение для прессы",
    "combining marks": "Cafe\u0301 a\u0323\u0302",
    "four hundred signs": ("Ein Titel, der gar nicht enden will, " * 11)[:400],
    "a word of three hundred signs": "Kraftfahrzeughaftpflichtversicherung" * 8 + "Prämie gestiegen",
    "three hundred dots": "." * 300,
    "a control character": "a\x0bb",
    "a form feed": "a\x0cb",
    "half a character": "a\ud83db",
    "a noncharacter": "a\ufffeb",
    "signs of HTML, CSS and Word": "</p><script>&amp;}*{/*]]>{{ x }}{% y %}\\f",
    "nothing but blanks": "\u00a0 \u2009\u202f",
    "lines": "eins\nzwei\n\ndrei",
}


def localized(text: str) -> Localized:
    return Localized(texts=((BASE.release.language, text),))


def blocks(text: str) -> tuple[Block, ...]:
    """Return a block of each kind that says `text`, the lead first."""
    runs, other = inlines(text), inlines("b")
    inner = BulletList(items=(ListItem(text=runs),), ordered=True)
    return (
        Paragraph(text=runs),
        Heading(level=2, text=runs),
        Quote(paragraphs=(runs,)),
        BulletList(items=(ListItem(text=runs, sublists=(inner,)),)),
        Table(header=(runs, other), rows=()),
        Table(header=(other, other), rows=((runs, other),)),
        Table(header=(other,) * MOST_COLUMNS, rows=((runs, *[()] * (MOST_COLUMNS - 1)),)),
        Figure(file="a b.png"),
    )


def media(alt: str, caption: str, credit: str) -> tuple[Media, ...]:
    return (Media(file="a b.png", alt=localized(alt), caption=localized(caption), credit=credit),)


def everywhere(text: str) -> Edition:
    """Return an edition that says `text` in every place."""
    release = replace(
        BASE.release,
        title=inlines(text),
        subtitle=inlines(text),
        blocks=blocks(text),
        media=media("Bus", text, text),
    )
    contact = Contact(name=text, role=localized(text), phone=text, email=text)
    return replace(BASE, release=release, contacts=(contact,), boilerplate=(text,))


def only_in(place: str, text: str) -> Edition:
    """Return an edition that says `text` in one place."""
    plain, full = everywhere("Wort"), everywhere(text)
    release = plain.release
    match place.split():
        case ["block", number]:
            at = int(number) - 1
            changed = (*release.blocks[:at], full.release.blocks[at], *release.blocks[at + 1 :])
            return replace(plain, release=replace(release, blocks=changed))
        case ["contact"]:
            return replace(plain, contacts=full.contacts)
        case ["alt"]:
            return replace(plain, release=replace(release, media=media(text, "Wort", "Wort")))
        case ["caption"]:
            return replace(plain, release=replace(release, media=media("Bus", text, "Wort")))
        case _:
            return replace(plain, release=replace(release, title=full.release.title))


def printed(made: Edition) -> bytes:
    return WRITER.write(to_html(made, TEMPLATES), made)


def flaws(data: bytes) -> list[str]:
    return [str(found) for found in validate(data, "x")]


def judge(made: Edition) -> list[str]:
    """Return what is wrong with either file, or with an error that stands in for it."""
    faulty: list[str] = []
    for kind, write, check in (
        ("PDF", printed, flaws),
        ("Word", written, faults),
    ):
        try:
            data = write(made)
        except CommuniqueError as error:
            said = str(error)
            clear = "r-9" in said and ("U+" in said or "alternative text" in said)
            faulty += [] if clear and "\n" not in said else [f"{kind}: {said}"]
        else:
            faulty += [f"{kind}: {found}" for found in check(data)]
    return faulty


@pytest.mark.parametrize("name", TEXTS)
def test_a_valid_page_or_one_clear_error(name: str) -> None:
    assert judge(everywhere(TEXTS[name])) == []


@settings(max_examples=10)
@given(st.text(max_size=60))
def test_made_up_texts_too(text: str) -> None:
    assert judge(everywhere(text)) == []


WHERE = {
    "title": ("release, title", "“title”"),
    "block 1": ("release, blocks 1, text", "block 1 of the text"),
    "block 2": ("release, blocks 2, text", "block 2 of the text"),
    "block 3": ("release, blocks 3, paragraphs 1", "block 3 of the text"),
    "block 4": ("release, blocks 4, items 1, text", "block 4 of the text"),
    "block 5": ("release, blocks 5, header 1", "block 5 of the text"),
    "block 6": ("release, blocks 6, rows 1 1", "block 6 of the text"),
    "alt": ("release, media 1, alt", "“media”"),
    "caption": ("release, media 1, caption", "“media”"),
    "contact": ("contacts 1, name", "“contacts”"),
}
"""How the errors of the PDF and of the Word file call each place."""


@pytest.mark.parametrize("place", WHERE)
def test_an_error_names_sign_and_place(place: str) -> None:
    in_pdf, in_word = WHERE[place]
    with pytest.raises(CommuniqueError, match=rf"U\+1F389 PARTY POPPER\) in {in_pdf}"):
        printed(only_in(place, "Fest 🎉"))
    with pytest.raises(CommuniqueError, match=rf"{in_word} holds U\+000B"):
        written(only_in(place, "a\x0bb"))


def test_word_brings_fonts_for_every_sign() -> None:
    assert faults(written(everywhere("Fest 🎉 שלום"))) == []
