"""The termbase as a table that a spreadsheet opens and saves."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import FormatError
from pipeline.formats.termbase_table import dump, parse
from pipeline.model.termbase import Concept, Scope, Term, Termbase, TermKind, TermStatus

SAMPLE = Path(__file__).parents[2] / "memory" / "terms.csv"


def read(text: str) -> Termbase:
    return parse(text.encode(), path="terms.csv")


def test_rows_of_one_source_term_make_one_concept() -> None:
    (concept,) = read("de,fr,status,kind\nLandrat,Landrat,,title\nLandrat,sous-préfet,deprecated,title\n").concepts
    assert [(term.text, term.status) for term in concept.in_language("fr")] == [
        ("Landrat", TermStatus.PREFERRED),
        ("sous-préfet", TermStatus.DEPRECATED),
    ]


def test_the_same_term_in_another_scope_is_another_concept() -> None:
    swiss, german = read("de,fr,country\nBundesrat,Conseil fédéral,CH\nBundesrat,Bundesrat,\n").concepts
    assert (swiss.scope, german.scope) == (Scope(country="CH"), Scope())
    assert swiss.id != german.id


def test_what_is_kept_needs_no_translation() -> None:
    (concept,) = read("de,fr,kind\nMontcerval,,keep\n").concepts
    assert [term.text for term in concept.terms] == ["Montcerval", "Montcerval"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_tables_from_any_spreadsheet_are_read(delimiter: str, encoding: str) -> None:
    text = f"de{delimiter}fr\r\nStraße{delimiter}rue déserte\r\n\r\n"
    (concept,) = parse(text.encode(encoding), path="terms.csv").concepts
    assert [term.text for term in concept.terms] == ["Straße", "rue déserte"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("de,fr\nHaus\n", "terms.csv:2: has 1 cells instead of 2"),
        ("de,fr,statsu\nHaus,maison,x\n", "terms.csv:1: there is no column “statsu”"),
        ("de\nHaus\n", "terms.csv:1: the first line must name two languages"),
        ("de,fr,fr\nHaus,maison,logis\n", "each column once"),
        ("de,fr,status\nHaus,maison,best\n", "line 2: “status” is one of preferred, admitted, deprecated"),
        ("de,fr,until\nHaus,maison,31.12.2026\n", "line 2: “until” is a day written 2026-11-23"),
        ("de,fr\n,maison\n", "line 2: “de” is empty"),
        ("de,fr\nHaus,\n", "line 2: “Haus” has no translation"),
        ("de,fr,fr_gender\nHaus,maison,female\n", "“fr_gender” is m, f or n"),
        ('de,fr\n"Haus,maison\n', "is no table"),
        (f"de,fr\nHaus,{'m' * 3000}\n", "is no table"),
    ],
)
def test_what_cannot_be_understood_is_told_with_its_line(text: str, message: str) -> None:
    with pytest.raises(FormatError, match=r"terms\.csv") as caught:
        read(text)
    assert message in str(caught.value)


def test_many_faults_are_told_together() -> None:
    with pytest.raises(FormatError, match="and 2 more"):
        read("de,fr\n" + "Haus,\n" * 7)


TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp", "Cf")), min_size=1, max_size=30
)
CONCEPTS = st.builds(
    Concept,
    id=st.just(""),
    kind=st.sampled_from([kind for kind in TermKind if kind is not TermKind.KEEP]),
    terms=st.tuples(
        st.builds(Term, text=TEXT, language=st.just("de")),
        st.builds(Term, text=TEXT, language=st.just("fr"), status=st.sampled_from(TermStatus)),
    ),
    scope=st.builds(Scope, country=st.none() | st.sampled_from(["CH", "LU"])),
    valid_from=st.none() | st.dates(),
    note=st.none() | TEXT,
)


@given(st.lists(CONCEPTS, max_size=8))
def test_a_table_read_written_and_read_is_the_same(concepts: list[Concept]) -> None:
    once = (
        parse(dump(Termbase(concepts=tuple(concepts)), ("de", "fr")).encode(), path="t") if concepts else Termbase()
    )
    assert parse(dump(once, ("de", "fr")).encode(), path="t") == once


def test_the_office_of_the_samples_has_a_sourced_termbase() -> None:
    concepts = parse(SAMPLE.read_bytes(), path=str(SAMPLE)).concepts
    assert len(concepts) > 100
    assert all(concept.reference for concept in concepts)
