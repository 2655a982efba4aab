"""Words in somebody's mouth are signed off by themselves."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pipeline.checks.attribution import CHECK
from pipeline.model.bitext import Bitext
from pipeline.model.inline import inlines
from pipeline.model.texts import TextKind
from pipeline.stages.review import accept, edit
from tests.checks.releases import bitext, issues

AT = datetime(2026, 10, 7, 14, 0, tzinfo=UTC)
LATER = AT + timedelta(minutes=1)
BY = "Luc Ferrandier"

QUOTED = (
    "„Wir fangen heute gemeinsam an“, sagte Ministerin Ahlbrink.",
    "« Nous commençons aujourd’hui ensemble », a déclaré la ministre.",
)
OTHER = ("Der Bus fährt.", "Le bus circule.")


def told(text: Bitext) -> list[str | None]:
    return [issue.segment for issue in issues(CHECK, text)]


def test_accepted_along_with_other_text_it_needs_a_look_of_its_own() -> None:
    assert told(accept(bitext([QUOTED, OTHER]), ["S001", "S002"], by=BY, at=AT)) == ["S001"]


def test_accepted_by_itself_it_is_signed_off() -> None:
    text = accept(bitext([QUOTED, OTHER]), ["S002"], by=BY, at=AT)
    assert told(accept(text, ["S001"], by=BY, at=LATER)) == []


def test_a_correction_is_a_signature() -> None:
    text = accept(bitext([QUOTED, OTHER]), ["S001", "S002"], by=BY, at=AT)
    assert told(edit(text, "S001", inlines("« Nous voilà », a-t-elle dit."), by=BY, at=LATER)) == []


def test_the_sentences_of_one_quotation_may_be_accepted_together() -> None:
    text = bitext(
        [
            ("„Wir fangen heute gemeinsam an.", "« Nous commençons aujourd’hui ensemble."),
            ("Morgen machen wir weiter“, sagte sie.", "Demain, nous continuerons », a-t-elle dit."),
            OTHER,
        ]
    )
    both = accept(accept(text, ["S003"], by=BY, at=AT), ["S001", "S002"], by=BY, at=LATER)
    assert told(both) == []
    assert told(accept(text, ["S001", "S002", "S003"], by=BY, at=AT)) == ["S001", "S002"]


def test_a_quotation_set_apart_counts_without_a_speaker() -> None:
    quote = bitext([("Wir fangen an.", "Nous commençons.")], kind=TextKind.QUOTE)
    text = Bitext(
        release="r",
        source_locale="de",
        target_locale="fr",
        units=(*quote.units, *renumbered(bitext([OTHER])).units),
    )
    assert told(accept(text, ["S001", "S101"], by=BY, at=AT)) == ["S001"]


def renumbered(text: Bitext) -> Bitext:
    return text.map_segments(lambda item: replace(item, id="S1" + item.id[2:]))


@pytest.mark.parametrize(
    "pair",
    [
        ("Er nannte es „mutig“, sagte Ahlbrink.", "Il l’a dit « courageux »."),
        ("Der Film „Die Brücke am großen Fluss“ läuft.", "Le film « Le Pont du grand fleuve » est à l’affiche."),
        OTHER,
    ],
)
def test_expressions_and_titles_are_no_statements(pair: tuple[str, str]) -> None:
    assert told(accept(bitext([pair, OTHER]), ["S001", "S002"], by=BY, at=AT)) == []


def test_nothing_is_said_before_the_review() -> None:
    assert told(bitext([QUOTED, OTHER])) == []


def test_french_sources_are_looked_at_the_same_way() -> None:
    text = bitext([QUOTED[::-1], OTHER[::-1]], pair=("fr", "de"))
    assert told(accept(text, ["S001", "S002"], by=BY, at=AT)) == ["S001"]
