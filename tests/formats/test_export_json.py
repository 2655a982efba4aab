"""The record of an export comes back as it was written, and never with other texts."""

from datetime import UTC, datetime

import pytest

from pipeline.errors import FormatError
from pipeline.formats.export_json import dump_export, parse_export
from pipeline.model.exchange import Door, Export, Sent
from pipeline.model.inline import Run, inlines

EXPORT = Export(
    release="2026-11-23-x",
    source_locale="de",
    target_locale="fr",
    number=2,
    door=Door.DOCX,
    by="Eva Muster <eva@example.org>",
    at=datetime(2026, 11, 23, 12, 0, tzinfo=UTC),
    segments=(
        Sent(segment="S001", source=(Run(text="Das "), Run(text="Land", bold=True)), target=inlines("Le Land")),
        Sent(segment="S003", source=inlines("Drei."), target=()),
    ),
)


def test_an_export_comes_back_as_it_was() -> None:
    assert parse_export(dump_export(EXPORT), path="fr-02.json") == EXPORT


def test_its_name_and_key_tell_it_from_every_other() -> None:
    assert EXPORT.name == "fr-02"
    assert len(EXPORT.key) == 12
    other = dump_export(EXPORT).replace("Le Land", "Le pays")
    with pytest.raises(FormatError, match=r"fr-02\.json: was changed since it was written"):
        parse_export(other, path="fr-02.json")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"communique-export"', '"communique-bitext"', "is no record of an export"),
        ('"version": 1', '"version": 2', "is no record of an export"),
        ('"docx"', '"fax"', "must be one of docx, xliff, omegat"),
        ('"by"', '"bye"', "is missing"),
        ("{", "", "is damaged JSON"),
    ],
)
def test_a_damaged_record_is_refused_with_its_name(old: str, new: str, message: str) -> None:
    with pytest.raises(FormatError, match=message):
        parse_export(dump_export(EXPORT).replace(old, new, 1), path="fr-02.json")
