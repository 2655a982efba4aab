"""A project for OmegaT goes out, and comes back zipped."""

import io
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.errors import FormatError
from pipeline.formats.tmx import TmxUnit
from pipeline.formats.xliff.kit import open_kit, write_kit
from pipeline.formats.xliff.read import open_xliff
from pipeline.formats.xliff.write import write_xliff
from pipeline.model.exchange import Door
from pipeline.model.inline import inlines
from pipeline.model.translation import TermPair
from tests.formats.xliff.returns import SENT, SHEET, X, edited, target


def kit() -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(write_kit(SHEET, [TmxUnit(source="Ja.", target="Oui.", id="x#S001")])))


def test_a_kit_is_a_project_folder_still_to_be_translated_with_drafts_beside_it() -> None:
    with kit() as archive:
        names = {name.partition("/")[2] for name in archive.namelist()}
        folder = archive.namelist()[0].partition("/")[0]
        assert {
            "omegat.project",
            "tm/mt/penalty-010/drafts.tmx",
            "tm/approved.tmx",
            "glossary/glossary.txt",
        } <= names
        text = archive.read(f"{folder}/source/{folder}.xlf")
        drafts = archive.read(f"{folder}/tm/mt/penalty-010/drafts.tmx").decode()
    root = etree.fromstring(text)
    told = [
        ["".join(unit.find(f"{X}{tag}").itertext()) for tag in ("source", "target")]
        for unit in root.iter(f"{X}trans-unit")
    ]
    assert all(source == target for source, target in told)
    assert "Il est long de 80 mètres" in drafts
    assert write_kit(SHEET, ()) == write_kit(SHEET, ())


def test_in_a_kit_another_target_than_the_source_means_that_somebody_acted() -> None:
    export = replace(SHEET.export, door=Door.OMEGAT)
    empty = write_xliff(SHEET, drafts=False)
    data = edited("S001", "Un nouveau pont ouvert", edited("S003", "Il mesure 80 mètres.", empty))
    back = open_xliff(data, "retour.xlf").read(export)
    assert {item.segment: item.confirmed for item in back.segments} == {
        "S001": True, "S002": False, "S003": False, "S004": False, "S005": False, "S006": False,
    }  # fmt: skip
    assert target(back, "S003") == inlines("Il mesure 80 mètres.")
    assert target(back, "S002") == SHEET.export.segments[1].target
    assert back.strays == ()


def test_drafts_carry_their_formatting_as_omegat_writes_it() -> None:
    with kit() as archive:
        drafts = archive.read(next(name for name in archive.namelist() if name.endswith("drafts.tmx"))).decode()
    assert "<seg>Das &lt;g0&gt;Land&lt;/g0&gt; baut eine Brücke.</seg>" in drafts
    assert "<seg>Le &lt;g0&gt;Land&lt;/g0&gt; construit un pont.</seg>" in drafts
    assert "<seg>Un&lt;x0/&gt;deux</seg>" in drafts


def test_a_term_stays_on_its_line_of_the_glossary() -> None:
    pairs = (TermPair(source="Land\t", target="le\nLand"), TermPair(source="Brücke", target="pont"))
    rows = tuple(replace(row, terms=pairs) for row in SHEET.rows)
    with zipfile.ZipFile(io.BytesIO(write_kit(replace(SHEET, rows=rows), ()))) as archive:
        text = archive.read(next(name for name in archive.namelist() if name.endswith("glossary.txt")))
    assert text.decode("utf-8-sig") == "Land\tle Land\nBrücke\tpont\n"


def test_its_read_me_speaks_both_languages_and_is_named_in_the_readers() -> None:
    with kit() as archive:
        (name,) = (name for name in archive.namelist() if name.endswith("LISEZMOI.txt"))
        text = archive.read(name).decode()
    assert text.index("Ouvrez ce dossier dans OmegaT") < text.index("Öffnen Sie diesen Ordner in OmegaT")


def zipped(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def test_a_zipped_project_is_read_without_unpacking_it() -> None:
    data = zipped({"a/target/x.xlf": SENT, "a/source/x.xlf": b"<x/>", "../../evil": b"x"})
    assert open_kit(data, "retour.zip").ticket == SHEET.export.ticket


@pytest.mark.parametrize(
    "members",
    [
        {"a\\target\\x.xlf": SENT},
        {"a/target/X.XLF": SENT},
        {"a/target/x.xlf": SENT, "__MACOSX/a/target/._x.xlf": b"\0", "a/target/._x.xlf": b"\0"},
    ],
)
def test_it_may_be_zipped_on_any_system(members: dict[str, bytes]) -> None:
    assert open_kit(zipped(members), "retour.zip").ticket == SHEET.export.ticket


def test_a_project_behind_a_password_or_packed_in_a_rare_way_is_refused() -> None:
    data = bytearray(zipped({"a/target/x.xlf": SENT}))
    data[data.rindex(b"PK\1\2") + 8] |= 1
    with pytest.raises(FormatError, match="is protected by a password"):
        open_kit(bytes(data), "retour.zip")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a/target/x.xlf", SENT)
    with pytest.raises(FormatError, match="is packed in a rare way"):
        open_kit(file.getvalue(), "retour.zip")


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"a/source/x.xlf": SENT}, "no translated file: in OmegaT, choose"),
        ({"a/target/x.xlf": SENT, "a/target/y.xlf": SENT}, "several translated files"),
        ({"a/target/x.xlf": b"\0" * 60_000_000}, "unpacks to far more"),
    ],
)
def test_a_project_without_one_translated_file_is_refused(members: dict[str, bytes], message: str) -> None:
    with pytest.raises(FormatError, match=message):
        open_kit(zipped(members), "retour.zip")
    with pytest.raises(FormatError, match="is damaged"):
        open_kit(zipped(members)[:40], "retour.zip")


ZIPPED = zipped({"a/omegat.project": b"<omegat/>", "a/target/x.xlf": SENT})


@settings(deadline=None)
@given(st.integers(0, len(ZIPPED) - 1) | st.integers(len(ZIPPED) - 200, len(ZIPPED) - 1), st.binary(max_size=3))
def test_a_damaged_project_is_refused_or_read_and_nothing_else(place: int, new: bytes) -> None:
    try:
        opened = open_kit(ZIPPED[:place] + new + ZIPPED[place + 1 :], "retour.zip")
    except FormatError:
        return
    assert opened.ticket == SHEET.export.ticket
