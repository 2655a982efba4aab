"""The termbase travels as TBX-Basic and comes back the same."""

from datetime import date

import pytest

from pipeline.errors import FormatError
from pipeline.formats.tbx import dump, parse
from pipeline.model.termbase import Concept, Scope, Term, Termbase, TermKind, TermStatus

FULL = Termbase(
    concepts=(
        Concept(
            id="landrat",
            kind=TermKind.TITLE,
            terms=(
                Term(text="Landrat", language="de", gender="m", forms=("Landräte", "Landrats")),
                Term(text="Landrat", language="fr"),
                Term(text="sous-préfet", language="fr", status=TermStatus.DEPRECATED),
            ),
            scope=Scope(country="DE", topic="kommunal", issuer="Staatskanzlei"),
            valid_from=date(2020, 1, 1),
            valid_until=date(2027, 12, 31),
            reference="Amtsblatt <3> & Co.",
            note="In Frankreich ein anderes Amt.",
        ),
        Concept(id="haus", terms=(Term(text="Haus", language="de"), Term(text="maison", language="fr"))),
    )
)

OLD = """<?xml version="1.0"?>
<martif type="TBX-Basic" xml:lang="en"><text><body>
<termEntry id="c7"><descrip type="subjectField">Verkehr</descrip>
<langSet xml:lang="de-DE"><tig><term>Fahrgast</term></tig></langSet>
<langSet xml:lang="fr"><ntig><termGrp><term>voyageur</term>
<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termGrp></ntig></langSet>
</termEntry></body></text></martif>"""


def test_everything_survives() -> None:
    assert parse(dump(FULL), path="t.tbx") == FULL


def test_the_same_termbase_gives_the_same_bytes() -> None:
    assert dump(FULL) == dump(FULL)


def test_the_second_edition_is_read_too() -> None:
    (concept,) = parse(OLD.encode(), path="t.tbx").concepts
    assert concept.scope.topic == "Verkehr"
    assert [(term.language, term.text) for term in concept.terms] == [("de", "Fahrgast"), ("fr", "voyageur")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<tbx", "not well-formed"),
        ("<html/>", "is no TBX file"),
        ('<!DOCTYPE tbx [<!ENTITY a "aa">]><tbx>&a;</tbx>', "declares entities"),
        (OLD.replace("Fahrgast", ""), "has no term"),
        (OLD.replace(' xml:lang="de-DE"', ""), "without a language"),
        (dump(FULL).decode().replace("kind: title", "kind: king"), "note “kind: …”"),
        ("<a>" * 100_000, "not well-formed"),
    ],
)
def test_what_is_no_termbase_is_refused_by_name(text: str, message: str) -> None:
    with pytest.raises(FormatError, match=r"^t\.tbx") as caught:
        parse(text.encode(), path="t.tbx")
    assert message in str(caught.value)


def test_entities_reach_no_file(tmp_path: object) -> None:
    text = f'<!DOCTYPE tbx [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]><tbx>&x;</tbx>'
    with pytest.raises(FormatError):
        parse(text.encode(), path="t.tbx")
