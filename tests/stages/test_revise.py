"""Publishing once more: what the next version says of itself, and in what it differs for its readers."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pipeline import locales
from pipeline.errors import GateError
from pipeline.model.changes import Change
from pipeline.model.inline import Run, inlines, plain
from pipeline.model.release import Contact, Paragraph, Release, Revision, RevisionKind
from pipeline.stages.revise import changes, next_revision

FRENCH = locales.get("fr")
OUT = Release(
    id="pont",
    language="fr",
    title=inlines("Un nouveau pont"),
    date=date(2026, 11, 1),
    blocks=(Paragraph(text=inlines("Il mesure 321 mètres.")), Paragraph(text=inlines("Il ouvre lundi."))),
)
NOTES = {"de": "Neu.", "fr": "Nouveau."}


def told(found: tuple[Change, ...]) -> list[tuple[str | None, str | None]]:
    return [(plain(i.before) if i.before else None, plain(i.after) if i.after else None) for i in found]


def with_texts(*texts: str) -> Release:
    return replace(OUT, blocks=tuple(Paragraph(text=inlines(text)) for text in texts))


def test_the_next_version_counts_on_and_names_the_day_that_it_replaces() -> None:
    first = next_revision(OUT, RevisionKind.FACTUAL, NOTES, ("de", "fr"))
    assert (first.version, first.replaces, first.kind) == (2, date(2026, 11, 1), RevisionKind.FACTUAL)
    again = next_revision(replace(OUT, revision=first), RevisionKind.LEGAL, NOTES, ("de", "fr"))
    assert again.version == 3


def test_what_was_taken_back_and_what_has_no_date_cannot_be_published_once_more() -> None:
    gone = replace(OUT, revision=replace(revision(), kind=RevisionKind.WITHDRAWAL))
    with pytest.raises(GateError, match="it was withdrawn"):
        next_revision(gone, RevisionKind.TYPING, NOTES, ("de", "fr"))
    with pytest.raises(GateError, match="it has no date"):
        next_revision(replace(OUT, date=None), RevisionKind.TYPING, NOTES, ("de", "fr"))


def revision() -> Revision:
    return next_revision(OUT, RevisionKind.FACTUAL, NOTES, ("de", "fr"))


def test_only_texts_that_differ_are_told_in_reading_order() -> None:
    after = with_texts("Il mesure 312 mètres.", "Il ouvre lundi.", "Il coûte un million d’euros.")
    assert told(changes(OUT, after, FRENCH)) == [
        ("Il mesure 321 mètres.", "Il mesure 312 mètres."),
        (None, "Il coûte un million d’euros."),
    ]
    assert told(changes(OUT, with_texts("Il mesure 321 mètres."), FRENCH)) == [("Il ouvre lundi.", None)]


def test_days_numbers_and_embargoes_are_told_as_they_are_printed() -> None:
    embargo = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
    after = replace(OUT, date=date(2026, 11, 2), number="7/2026", embargo=embargo)
    assert told(changes(OUT, after, FRENCH)) == [
        (None, "N°\u00a07/2026"),
        (None, "Sous embargo jusqu’au 3\u00a0novembre 2026 à 9\u00a0h\u00a000"),
        ("le 1er\u00a0novembre 2026", "le 2\u00a0novembre 2026"),
    ]


def test_a_contact_and_the_address_of_a_link_count_and_bold_does_not() -> None:
    assert told(changes(OUT, replace(OUT, contacts=(Contact(name="Léa Roy", phone="1"),)), FRENCH)) == [
        (None, "Léa Roy · 1")
    ]
    linked = replace(OUT, blocks=(Paragraph(text=(Run(text="Ici", href="https://example.org/a"),)),))
    other = replace(OUT, blocks=(Paragraph(text=(Run(text="Ici", href="https://example.org/b"),)),))
    bold = replace(OUT, blocks=(Paragraph(text=(Run(text="Ici", href="https://example.org/a", bold=True),)),))
    assert len(changes(linked, other, FRENCH)) == 1
    assert changes(linked, bold, FRENCH) == ()
