"""A web page gives its article as the page has it; everything else that it shows is named."""

from pipeline.formats.web_page import read_web_page
from pipeline.model.inline import Run, plain
from pipeline.model.intake import RawContent, RawKind

LEAD = "Die neue Fähre verbindet seit heute die beiden Ufer, und sie fährt alle zwanzig Minuten vom Kai ab."
MORE = "Das Hafenamt rechnet mit dreihundert Gästen am Tag, im Sommer mit doppelt so vielen wie im Winter."
PAGE = f"""<!doctype html><html lang="de"><head><title>Portal</title><script>alert("x")</script></head><body>
<nav><a href="/">Startseite</a></nav>
<main><article><h1>Neue Fähre</h1>
<p>{LEAD}</p>
<p>Gebaut hat sie das <span lang="fr">Chantier naval de Brest</span>, mehr weiß die
<a href="https://www.example.org/">Projektgruppe</a>; <a href="javascript:x()">hier</a> und
<a href="file:///etc/passwd">dort</a> steht <em>alles</em> Weitere, was man dazu wissen will.</p>
<h2>Zahlen</h2>
<table><caption>Gäste im Jahr</caption>
<tr><th>Jahr</th><th>Gäste</th></tr><tr><td>2026</td><td>300</td></tr></table>
<blockquote><p>{MORE}</p></blockquote>
</article></main>
<form><label>Ihr Kommentar</label><button>Absenden</button></form>
<footer>Betreiber dieser Seite</footer></body></html>"""


def shown(content: RawContent) -> list[str]:
    return [plain(block.text) for block in content.blocks]


def test_blocks_come_from_the_page_itself_with_languages_links_and_lines() -> None:
    content = read_web_page(PAGE, "a.html")
    assert content.blocks[0].kind is RawKind.TITLE
    assert plain(content.blocks[0].text) == "Neue Fähre"
    paragraph = next(block for block in content.blocks if "Gebaut" in plain(block.text))
    assert Run(text="Chantier naval de Brest", lang="fr") in paragraph.text
    assert Run(text="Projektgruppe", href="https://www.example.org/") in paragraph.text
    assert Run(text="alles", italic=True) in paragraph.text
    assert [block.line for block in content.blocks[:3]] == [3, 4, 5]


def test_links_that_lead_nowhere_safe_lose_their_address_and_keep_their_words() -> None:
    content = read_web_page(PAGE, "a.html")
    assert {run.href for block in content.blocks for run in block.text} == {None, "https://www.example.org/"}
    assert any(note.startswith("2 links were left out") for note in content.notes)


def test_what_forms_navigation_and_footers_show_is_named_with_its_line() -> None:
    content = read_web_page(PAGE, "a.html")
    removed = {(item.line, item.text) for item in content.removed}
    assert {(2, "Startseite"), (13, "Ihr Kommentar"), (13, "Absenden"), (14, "Betreiber dieser Seite")} <= removed
    assert not any("alert" in text for _, text in removed)


def test_the_caption_of_a_table_is_not_lost() -> None:
    content = read_web_page(PAGE, "a.html")
    assert "Gäste im Jahr" in [*shown(content), *(item.text for item in content.removed)]


def test_tables_that_only_lay_out_a_page_give_paragraphs() -> None:
    page = (
        f"<table><tr><td>Menü</td><td><table><tr><td><p>{LEAD}</p><p>{MORE}</p></td></tr></table></td></tr></table>"
    )
    content = read_web_page(f"<html><body>{page}</body></html>", "a.html")
    assert [block.kind for block in content.blocks if plain(block.text) in {LEAD, MORE}] == [
        RawKind.TEXT,
        RawKind.TEXT,
    ]
