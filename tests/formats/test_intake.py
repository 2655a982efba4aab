"""Files are taken for what they are; hostile and broken ones cost one clear line."""

import io
import time
import zipfile
from pathlib import Path

import docx
import pytest

from pipeline.errors import FormatError
from pipeline.formats.intake import read_original, suffix_of
from pipeline.model.inline import Run, plain
from pipeline.model.intake import RawContent, RawKind

ARTICLE = """<!DOCTYPE html><html lang="de"><head><title>Zeitung</title>
<script>document.write("nie ausgeführt")</script></head><body>
<nav><a href="/">Startseite</a> <a href="/politik">Politik</a></nav>
<article><h1>Neue Fähre fährt ab Mai</h1>
<p>Die neue Fähre verbindet ab dem 1. Mai beide Ufer, teilte das <b>Amt für Verkehr</b> am Montag in Hafenstadt mit.
Sie fährt alle zwanzig Minuten und nimmt auch Räder mit, sagte eine Sprecherin des Amtes.</p>
<p>Mehr steht im <a href="https://example.org/plan">Fahrplan</a> und hinter
<a href="javascript:alert(1)">diesem Knopf</a>, der aber nicht benutzt werden sollte, weil er nirgends hinführt.</p>
<h2>Preise</h2>
<ul><li>Erwachsene zahlen 2 Euro</li><li>Kinder fahren frei</li></ul>
<blockquote><p>Wir freuen uns auf viele Fahrgäste aus beiden Städten.</p></blockquote>
<p>Die alte Fähre wird verkauft. Der Erlös fließt in einen neuen Anleger, der im Herbst gebaut werden soll.</p>
</article>
<footer><p>Impressum und Datenschutz dieser Zeitung</p></footer></body></html>"""


def texts(content: RawContent) -> list[tuple[RawKind, str]]:
    return [(block.kind, plain(block.text)) for block in content.blocks]


def word_file() -> bytes:
    document = docx.Document()
    document.add_heading("Neue Fähre fährt ab Mai", level=0)
    paragraph = document.add_paragraph("Das Amt teilte mit: ")
    paragraph.add_run("sofort").bold = True
    document.add_paragraph("Erwachsene zahlen 2 Euro", style="List Bullet")
    document.add_paragraph("Kinder fahren frei", style="List Bullet")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "suffix"),
    [
        (b"Text", "a.txt", ".txt"),
        (b"Text", "-", ".txt"),
        (b"<!doctype html><p>x", "-", ".html"),
        (b"  <html><p>x", "seite", ".html"),
        (b"---\nid: x\n---\n", "-", ".md"),
        (b"PK\x03\x04", "-", ".docx"),
        (b"x", "A.HTM", ".htm"),
    ],
)
def test_kinds_are_told_by_name_or_else_by_content(data: bytes, name: str, suffix: str) -> None:
    assert suffix_of(data, name) == suffix


def test_other_kinds_are_refused_by_name() -> None:
    with pytest.raises(FormatError, match=r"\.pdf.*reads \.txt"):
        suffix_of(b"%PDF", "a.pdf")


def test_the_article_of_a_web_page_is_taken_and_the_rest_is_named() -> None:
    content = read_original(ARTICLE.encode(), "seite.html", ".html")

    assert (RawKind.TITLE, "Neue Fähre fährt ab Mai") in texts(content)
    assert [text for kind, text in texts(content) if kind is RawKind.ITEM] == [
        "Erwachsene zahlen 2 Euro",
        "Kinder fahren frei",
    ]
    assert (RawKind.QUOTE, "Wir freuen uns auf viele Fahrgäste aus beiden Städten.") in texts(content)
    runs = [run for block in content.blocks for run in block.text]
    assert Run(text="Amt für Verkehr", bold=True) in runs
    assert Run(text="Fahrplan", href="https://example.org/plan") in runs
    assert not any("javascript" in (run.href or "") for run in runs)
    everything = " ".join(plain(block.text) for block in content.blocks)
    assert "nie ausgeführt" not in everything
    assert "Impressum" not in everything
    assert any("Impressum" in removal.text for removal in content.removed)


def test_every_visible_line_is_kept_or_reported() -> None:
    content = read_original(ARTICLE.encode(), "seite.html", ".html")
    shown = " ".join([*(plain(block.text) for block in content.blocks), *(item.text for item in content.removed)])
    for words in (
        "Neue Fähre",
        "beide Ufer",
        "Fahrplan",
        "diesem Knopf",
        "Kinder",
        "viele Fahrgäste",
        "Erlös",
        "Impressum",
    ):
        assert words in shown


def test_a_page_without_an_article_is_taken_whole_and_says_so() -> None:
    content = read_original(b"<html><body><p>Nur ein Satz.</p></body></html>", "x.html", ".html")
    assert "Nur ein Satz." in plain(content.blocks[0].text)


def test_a_word_file_keeps_title_bold_and_lists() -> None:
    content = read_original(word_file(), "a.docx", ".docx")
    assert texts(content)[0] == (RawKind.TITLE, "Neue Fähre fährt ab Mai")
    assert Run(text="sofort", bold=True) in content.blocks[1].text
    assert [kind for kind, _ in texts(content)][2:] == [RawKind.ITEM, RawKind.ITEM]


def repacked(data: bytes, **changes: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changes.get(name, old.read(name)))
        for name in changes.keys() - set(old.namelist()):
            new.writestr(name, changes[name])
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04", "damaged or not complete"),
        (word_file()[:2000], "damaged or not complete"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password"),
        (repacked(word_file(), **{"word/media/bomb.bin": b"\0" * 30_000_000}), "far more than a press release"),
        (repacked(word_file(), **{"word/document.xml": b"<w:document"}), "damaged"),
        (
            repacked(
                word_file(), **{"word/document.xml": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x/>'}
            ),
            "entities",
        ),
    ],
    ids=["empty", "only a header", "truncated", "encrypted", "bomb", "broken XML", "entities"],
)
def test_a_word_file_that_is_none_or_hostile_is_refused_in_one_line(data: bytes, words: str) -> None:
    with pytest.raises(FormatError, match=words) as caught:
        read_original(data, "a.docx", ".docx")
    assert str(caught.value).startswith("a.docx: ")
    assert "\n" not in str(caught.value)


def test_an_archive_that_is_no_word_file_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("hello.txt", "x")
    with pytest.raises(FormatError, match="no Word file"):
        read_original(stream.getvalue(), "a.docx", ".docx")


def test_pages_cannot_reach_files_or_entities(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("Kennwort")
    page = f"""<!DOCTYPE html [<!ENTITY x SYSTEM "file://{secret}">]><html><body><p>Satz &x; und
    <a href="file://{secret}">Verweis</a></p><iframe src="file://{secret}"></iframe></body></html>"""
    content = read_original(page.encode(), "x.html", ".html")
    assert "Kennwort" not in str(content)
    assert "file:" not in "".join(run.href or "" for block in content.blocks for run in block.text)


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 1_000 + "<p>Tief innen steht ein Satz.</p>" + "</div>" * 1_000,
        "<b>" * 1_000 + "fett",
        "<p>" + "Wort " * 200_000 + "</p>",
    ],
    ids=["1,000 nested divs", "nested inline", "1 MB line"],
)
def test_monstrous_pages_end_in_bounded_time(page: str) -> None:
    start = time.monotonic()
    content = read_original(f"<html><body>{page}</body></html>".encode(), "x.html", ".html")
    assert content.blocks
    assert time.monotonic() - start < 60


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<div>" * 10_000 + "<p>Tief innen steht ein Satz.</p>" + "</div>" * 10_000 + "<p>Danach</p>", "nested"),
        ("<b>" * 5_000 + "fett", "nested"),
        ("<p>Absatz</p>" * 100_000, "elements"),
    ],
    ids=["10,000 nested divs", "nested inline", "100,000 paragraphs"],
)
def test_pages_beyond_all_measure_are_refused_rather_than_read_in_part(page: str, words: str) -> None:
    start = time.monotonic()
    with pytest.raises(FormatError, match=words):
        read_original(f"<html><body>{page}</body></html>".encode(), "x.html", ".html")
    assert time.monotonic() - start < 60


def test_a_text_of_a_hundred_thousand_paragraphs_is_refused_before_it_is_worked_on() -> None:
    with pytest.raises(FormatError, match="10,000 paragraphs"):
        read_original(b"Ein Absatz.\n\n" * 100_000, "x.txt", ".txt")
