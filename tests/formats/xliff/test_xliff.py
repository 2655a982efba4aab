"""XLIFF goes out and comes back; two readers that are not ours read the same in it."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.errors import FormatError
from pipeline.formats.tmx import TmxUnit
from pipeline.formats.xliff.kit import open_kit, write_kit
from pipeline.formats.xliff.read import open_xliff
from pipeline.formats.xliff.write import write_xliff
from pipeline.model.bitext import State
from pipeline.model.exchange import Door, Return, ReviewSheet
from pipeline.model.inline import Inlines, Run, inlines, merge, plain
from tests.formats.review_docx.sheets import TEXTS, sheet

X = "{urn:oasis:names:tc:xliff:document:1.2}"
SHEET = sheet((*TEXTS, (inlines("Eins\nzwei"), inlines("Un\ndeux"))))
SENT = write_xliff(SHEET, drafts=True)
GOLDEN = Path(__file__).parent / "golden.xlf"


def edited(segment: str, target: str | None, data: bytes = SENT) -> bytes:
    """Return the file with another target (inner XML), or without one."""
    root = etree.fromstring(data)
    unit = next(item for item in root.iter(f"{X}trans-unit") if item.get("id") == segment)
    for old in unit.findall(f"{X}target"):
        unit.remove(old)
    if target is not None:
        unit.insert(1, etree.fromstring(f'<target xmlns="{X[1:-1]}">{target}</target>'))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def read(data: bytes, shown: ReviewSheet = SHEET) -> Return:
    return open_xliff(data, "retour.xlf").read(shown.export)


def target(back: Return, segment: str) -> Inlines:
    return next(item.target for item in back.segments if item.segment == segment)


def test_what_goes_out_is_this() -> None:
    from pipeline import __version__

    assert GOLDEN.read_text(encoding="utf-8").replace("VERSION", __version__) == SENT.decode()


def test_what_nobody_touched_comes_back_as_it_was_sent() -> None:
    back = read(SENT)
    assert back.ticket == SHEET.export.ticket
    assert {item.segment: item.target for item in back.segments} == {
        item.segment: item.target for item in SHEET.export.segments
    }
    assert (back.strays, back.remarks, back.notices) == ((), (), ())


def test_a_correction_keeps_its_formatting() -> None:
    back = read(edited("S002", 'Notre <g id="1">Land</g> bâtit un pont &amp; plus.'))
    assert target(back, "S002") == (
        Run(text="Notre "),
        Run(text="Land", bold=True),
        Run(text=" bâtit un pont & plus."),
    )
    assert back.strays == ()


def test_a_formatting_may_be_used_twice_and_inside_another() -> None:
    text = 'Le <g id="1">Land</g> <mrk mtype="seg" mid="0">et <g id="1">Metz</g></mrk>.'
    assert plain(target(read(edited("S002", text)), "S002")) == "Le Land et Metz."


def test_a_lost_formatting_is_told_and_the_words_are_taken() -> None:
    back = read(edited("S002", "Le Land bâtit un pont."))
    assert plain(target(back, "S002")) == "Le Land bâtit un pont."
    (stray,) = back.strays
    assert (stray.segment, stray.reason) == ("S002", "The formatting is gone: bold")


@pytest.mark.parametrize(
    "text", ['Le <g id="7">Land</g>', 'Le <ph id="1">x</ph> Land', 'Le <x id="9"/>', '<bpt id="1">x</bpt>Le']
)
def test_a_code_that_was_not_sent_leaves_the_segment_to_a_person(text: str) -> None:
    back = read(edited("S002", text))
    assert all(item.segment != "S002" for item in back.segments)
    (stray,) = back.strays
    assert (stray.segment, "Le" in stray.text) == ("S002", True)


def test_a_line_break_stays_one() -> None:
    assert target(read(edited("S006", 'Premier<x id="1"/>second')), "S006") == inlines("Premier\nsecond")


def test_an_emptied_target_is_a_doubt_and_a_missing_unit_too() -> None:
    assert [item.reason for item in read(edited("S003", "")).strays] == ["The translation was emptied"]
    assert [item.reason for item in read(edited("S003", None)).strays] == ["The translation was emptied"]
    root = etree.fromstring(SENT)
    unit = next(item for item in root.iter(f"{X}trans-unit") if item.get("id") == "S003")
    unit.getparent().remove(unit)
    (stray,) = read(etree.tostring(root)).strays
    assert (stray.segment, stray.reason) == ("S003", "Its unit is missing in the file")


def test_the_source_in_the_place_of_a_translation_is_none() -> None:
    back = read(edited("S004", "Sie kostet viel."))
    assert target(back, "S004") == ()
    assert back.notices == ("S004 came back in the source language; taken as not translated",)


def test_another_source_than_was_sent_leaves_the_segment_to_a_person() -> None:
    data = SENT.replace(b"Sie kostet viel.", b"Sie kostet wenig.")
    (stray,) = read(data).strays
    assert stray.segment == "S004"


def test_states_prove_nothing() -> None:
    data = SENT.replace(b'approved="no"', b'approved="yes"').replace(b"needs-review-translation", b"final")
    assert not any(item.confirmed for item in read(data).segments)


def test_a_note_of_the_tool_is_a_remark() -> None:
    data = SENT.replace(b"</trans-unit>", '<note from="Ada">Sûr\u00a0?</note></trans-unit>'.encode(), 1)
    (remark,) = read(data).remarks
    assert (remark.segment, remark.by, remark.text) == ("S001", "Ada", "Sûr\u00a0?")


def test_a_control_character_reaches_neither_a_text_nor_a_terminal() -> None:
    (stray,) = read(edited("S003", "Il\x9b31m est long.")).strays
    assert (stray.segment, stray.reason) == ("S003", "The translation holds a control character")
    assert "\x9b" not in stray.text


def test_states_go_out_as_other_tools_know_them() -> None:
    rows = tuple(
        replace(row, segment=replace(row.segment, state=state))
        for row, state in zip(SHEET.rows, (State.TRANSLATED, State.REVIEWED, State.FINAL), strict=False)
    )
    root = etree.fromstring(write_xliff(replace(SHEET, rows=rows), drafts=True))
    told = [(item.getparent().get("approved"), dict(item.attrib)) for item in root.iter(f"{X}target")]
    assert told == [
        ("no", {"state": "needs-review-translation", "state-qualifier": "mt-suggestion"}),
        ("no", {"state": "translated"}),
        ("yes", {"state": "final"}),
    ]


letters = st.text(st.sampled_from("abcé «»’-\u00a0\u202f&<>\"']\n\t0"), min_size=1, max_size=12)
texts = st.lists(
    st.builds(
        Run,
        text=letters,
        bold=st.booleans(),
        italic=st.booleans(),
        code=st.booleans(),
        href=st.sampled_from([None, None, "https://www.example.org/?a=1&b=2"]),
        lang=st.sampled_from([None, None, "en"]),
    ),
    min_size=1,
    max_size=6,
).map(merge)


@settings(deadline=None)
@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=4))
def test_whatever_is_written_is_read_back(pairs: list[tuple[Inlines, Inlines]]) -> None:
    shown = sheet(tuple(pairs))
    back = read(write_xliff(shown, drafts=True), shown)
    there = [item.target for item in shown.export.segments if plain(item.target).strip()]
    assert [item.target for item in back.segments if plain(item.target).strip()] == there


def test_a_sign_that_xml_cannot_hold_is_named() -> None:
    with pytest.raises(FormatError, match=r"S001 holds U\+0007"):
        write_xliff(sheet(((inlines("a\a"), ()),)), drafts=True)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (SENT[:500], "is damaged"),
        (SENT.replace(b"<xliff", b'<!DOCTYPE x [<!ENTITY a "b">]><xliff', 1), "declares a document type"),
        (SENT.decode().encode("utf-16").replace(b"U\0T\0F\0-\x008", b"U\0T\0F\0-\x001\x006"), None),
        (
            "Un été".encode("latin-1").join([b'<?xml version="1.0" encoding="UTF-8"?><xliff>', b"</xliff>"]),
            "encoding",
        ),
        (b"<html/>", "is no XLIFF 1.2 file"),
        (
            b'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0"/>',
            "is XLIFF 2.0; export it as XLIFF",
        ),
        (SENT.replace(b"fr-01", b"fr"), "is no export of this program"),
        (SENT.replace(b'id="S002"', b'id="S001"'), "has unit “S001” twice"),
        (SENT.replace(b' id="S002"', b""), "has a unit without an id"),
        (b"<a>" * 400 + b"</a>" * 400, "is damaged"),
    ],
)
def test_a_file_that_is_no_return_is_refused_in_one_line(data: bytes, message: str | None) -> None:
    if message is None:
        assert read(data).strays == ()
        return
    with pytest.raises(FormatError, match=message) as told:
        open_xliff(data, "retour.xlf")
    assert "\n" not in str(told.value)


def test_moz_l10n_reads_the_same() -> None:
    from moz.l10n.formats import Format
    from moz.l10n.resource import parse_resource

    resource = parse_resource(Format.xliff, SENT)
    ids = [entry.id[-1] for section in resource.sections for entry in section.entries if hasattr(entry, "id")]
    assert ids == [item.segment for item in SHEET.export.segments]


def test_translate_toolkit_reads_the_same() -> None:
    from translate.storage.xliff import Xliff1File

    store = Xliff1File.parsestring(SENT)  # type: ignore[no-untyped-call]  # the library has no types here
    units = [unit for unit in store.units if unit.getid()]
    assert len(units) == len(SHEET.export.segments)
    for unit, sent in zip(units, SHEET.export.segments, strict=True):
        if len(sent.source) == 1 and "\n" not in plain(sent.source):
            assert str(unit.source) == plain(sent.source)
            assert str(unit.target or "") == plain(sent.target)


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
