"""What must come through a translation as it is."""

import pytest

from pipeline.formats.inline_markdown import parse_inline
from pipeline.model.inline import plain
from pipeline.model.termbase import Concept, Term, Termbase, TermKind
from pipeline.terms.index import TermIndex
from pipeline.terms.keep import kept_spans, lost, marked_spans, restored


def concept(german: str, french: str, kind: TermKind) -> Concept:
    terms = (Term(text=german, language="de"), Term(text=french, language="fr"))
    return Concept(id=german, kind=kind, terms=terms)


TERMS = TermIndex(
    Termbase(
        concepts=(
            concept("Solène Vaubrecourt", "Solène Vaubrecourt", TermKind.KEEP),
            concept("EVTZ", "GECT", TermKind.INSTITUTION),
        )
    ),
    source="de",
    target="fr",
)


def kept(markdown: str) -> list[str]:
    source = parse_inline(markdown)
    return [plain(source)[span.start : span.end] for span in kept_spans(source, TERMS)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Solène Vaubrecourt kommt.", ["Solène Vaubrecourt"]),
        ("das [« Institut Belval »]{lang=fr} (ICSAT)", ["Institut Belval", "ICSAT"]),
        ("Der EVTZ und das LfK tagen.", ["LfK"]),
        ("Mehr unter www.waldringen.example.org.", ["www.waldringen.example.org"]),
        ("Mit `make` gebaut.", ["make"]),
        ("Ein Satz ohne all das.", []),
    ],
)
def test_names_foreign_titles_acronyms_and_addresses_are_kept(source: str, expected: list[str]) -> None:
    assert kept(source) == expected


@pytest.mark.parametrize(
    ("target", "missing"),
    [
        ("l’Institut Belval (ICSAT)", []),
        ("l’« institut Belval » (ICSAT)", []),
        ("l’Institut Belvaux (ICSAT)", ["Institut Belval"]),
        ("l’Institut Belval", ["ICSAT"]),
    ],
)
def test_what_was_lost_is_told(target: str, missing: list[str]) -> None:
    source = parse_inline("das [« Institut Belval »]{lang=fr} (ICSAT)")
    spans = lost(plain(source), kept_spans(source, TERMS), target)
    assert [plain(source)[span.start : span.end] for span in spans] == missing


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("l’institut  belval (icsat)", "l’Institut Belval (ICSAT)"),
        ("l’Institut Belval (ICSAT)", "l’Institut Belval (ICSAT)"),
        ("l’institut belval, institut belval", "l’institut belval, institut belval"),
        ("l’Institut Belvaux", "l’Institut Belvaux"),
    ],
)
def test_spelling_is_put_right_only_where_there_is_one_way(target: str, expected: str) -> None:
    source = parse_inline("das [« Institut Belval »]{lang=fr} (ICSAT)")
    assert restored(plain(source), kept_spans(source, TERMS), target) == expected


def test_passages_in_one_language_can_be_asked_for() -> None:
    source = parse_inline("[Maison]{lang=fr} und [house]{lang=en} und `code`")
    assert [plain(source)[span.start : span.end] for span in marked_spans(source, "fr-CH")] == ["Maison"]
