"""What a later version changes: what is gone beside what is there now, short, and safe in any page."""

import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pipeline.formats.change_list import CONTEXT, changes_heading, changes_html, changes_text, excerpt
from pipeline.model.changes import Change
from pipeline.model.difference import PieceKind
from pipeline.model.inline import Inlines, Run, inlines, plain
from pipeline.model.release import Localized, Release, Revision, RevisionKind

LENGTH = Change(before=inlines("Die Brücke ist 321 m lang."), after=inlines("Die Brücke ist 312 m lang."))
NEW = Change(before=None, after=inlines("Sie öffnet am Montag."))
GONE = Change(before=inlines("Le pont est fermé."), after=None)
TEXTS = st.lists(
    st.sampled_from("Le pont de Montcerval ouvre à 15 h 30 & <b>ferme</b> demain".split(" ")), max_size=60
)


def inlines_to(address: str) -> Inlines:
    return (Run(text="Zur "), Run(text="Anmeldung", href=address), Run(text="."))


def test_words_that_changed_stand_beside_each_other() -> None:
    assert str(changes_html([LENGTH, NEW])) == (
        '<ul class="changes">\n<li>Die Brücke ist <del>321</del> <ins>312</ins> m lang.</li>\n'
        "<li><ins>Sie öffnet am Montag.</ins></li>\n</ul>"
    )


def test_a_plain_text_says_what_was_there_and_what_is_there_now() -> None:
    assert changes_text([LENGTH, NEW], "de", 72) == (
        "Bisher: Die Brücke ist 321 m lang.\nJetzt: Die Brücke ist 312 m lang.\n\nNeu: Sie öffnet am Montag."
    )
    assert changes_text([GONE], "fr", 72) == "Supprimé\u00a0: Le pont est fermé."
    assert changes_text([LENGTH], "fr", 72).startswith("Au lieu de\u00a0: ")


def test_nothing_changed_is_nothing_said() -> None:
    assert (str(changes_html([])), changes_text([], "fr", 72)) == ("", "")


def test_the_heading_names_the_day_of_the_version_before() -> None:
    note = Localized(texts=(("fr", "Corrigé."),))
    revision = Revision(version=2, kind=RevisionKind.FACTUAL, note=note, replaces=date(2026, 11, 1))
    release = Release(id="pont", language="fr", revision=revision)
    assert changes_heading(release) == "Modifications par rapport à la version du 1er\u00a0novembre 2026"
    assert changes_heading(Release(id="pont", language="fr")) == ""


def test_of_a_long_text_only_what_is_near_the_change_is_told() -> None:
    before = " ".join(f"Wort{number}" for number in range(200))
    change = Change(before=inlines(before), after=inlines(before.replace("Wort100 ", "Satz ")))
    html = str(changes_html([change]))
    assert "<del>Wort100</del> <ins>Satz</ins>" in html
    assert re.findall(r"Wort\d+", html)[0] == "Wort92"
    assert html.count("…") == 2
    assert len(html) < 4 * CONTEXT


def test_an_address_that_changed_is_told_behind_its_words() -> None:
    before, after = (inlines_to(f"https://example.org/{name}") for name in ("alt", "neu"))
    html = str(changes_html([Change(before=before, after=after)]))
    assert "Zur Anmeldung &lt;https://example.org/<del>alt</del> <ins>neu</ins>&gt;." in html


@given(TEXTS, TEXTS)
def test_no_changed_word_is_left_out_and_nothing_becomes_markup(old: list[str], new: list[str]) -> None:
    change = Change(before=inlines(" ".join(old)), after=inlines(" ".join(new)))
    pieces = change.pieces()
    changed = [piece for piece in pieces if piece.kind is not PieceKind.EQUAL]
    assert [piece for piece in excerpt(pieces) if piece.kind is not PieceKind.EQUAL] == changed
    assert "<b>" not in str(changes_html([change]))


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_out_of_a_change(old: list[str], new: list[str]) -> None:
    change = Change(before=inlines(" ".join(old)), after=inlines(" ".join(new)))
    for kind, text in ((PieceKind.INSERTED, change.before), (PieceKind.DELETED, change.after)):
        assert "".join(piece.text for piece in change.pieces() if piece.kind is not kind) == plain(text or ())
