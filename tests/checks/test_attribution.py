"""Words in somebody's mouth are signed off by themselves."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pipeline.checks.attribution import CHECK
from pipeline.model.bitext import Bitext
from pipeline.model.inline import inlines
from pipeline.model.issue import Severity
from pipeline.model.texts import TextKind
from pipeline.stages.review.decide import accept, edit, sign_off
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


def test_reviewed_it_waits_for_a_signature_of_its_own() -> None:
    text = accept(bitext([QUOTED, OTHER]), ["S001", "S002"], by=BY, at=AT)
    assert told(text) == ["S001"]
    assert told(edit(text, "S001", inlines("« Nous voilà », a-t-elle dit."), by=BY, at=LATER)) == ["S001"]


def test_without_a_signature_or_a_waiver_nothing_is_approved() -> None:
    (issue,) = issues(CHECK, accept(bitext([QUOTED]), ["S001"], by=BY, at=AT))
    assert issue.severity is Severity.ERROR


def test_signed_off_it_is_settled_until_its_words_change() -> None:
    text = sign_off(accept(bitext([QUOTED, OTHER]), ["S001", "S002"], by=BY, at=AT), ["S001"], by=BY, at=LATER)
    assert told(text) == []
    assert told(edit(text, "S001", inlines("« Nous voilà », a-t-elle dit."), by=BY, at=LATER)) == ["S001"]


def test_each_sentence_of_a_quotation_is_signed_off() -> None:
    text = bitext(
        [
            ("„Wir fangen heute gemeinsam an.", "« Nous commençons aujourd’hui ensemble."),
            ("Morgen machen wir weiter“, sagte sie.", "Demain, nous continuerons », a-t-elle dit."),
            OTHER,
        ]
    )
    reviewed = accept(text, ["S001", "S002", "S003"], by=BY, at=AT)
    assert told(reviewed) == ["S001", "S002"]
    assert told(sign_off(reviewed, ["S002"], by=BY, at=LATER)) == ["S001"]


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
