"""XLIFF goes out and comes back."""

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.errors import FormatError
from pipeline.formats.xliff.codes import Codes
from pipeline.formats.xliff.read import open_xliff
from pipeline.formats.xliff.write import write_xliff
from pipeline.model.bitext import State
from pipeline.model.exchange import Returned
from pipeline.model.inline import Inlines, Run, inlines, merge, plain
from tests.formats.review_docx.sheets import sheet
from tests.formats.xliff.returns import SENT, SHEET, X, edited, read, target

GOLDEN = Path(__file__).parent / "golden.xlf"


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


RICH: Inlines = (
    Run(text="Das\n"),
    Run(text="Land", bold=True),
    Run(text=" und "),
    Run(text="Alvenz", bold=True),
    Run(text=" laden "),
    Run(text="ein", italic=True),
)
"""A line break and two bold passages (codes 1, 2, 3), then one in italics (4)."""
DRAFT: Inlines = (
    Run(text="Le\n"),
    Run(text="Land", bold=True),
    Run(text=" et "),
    Run(text="Alvence", bold=True),
    Run(text=" "),
    Run(text="invitent", italic=True),
)
FORMATTED = sheet(((RICH, DRAFT),))
WRITTEN = write_xliff(FORMATTED, drafts=True)
GOOD = 'Tout<x id="1"/>le <g id="2">Land</g> et <g id="3">Alvence</g> vous <g id="4">invitent</g>'


def test_marks_that_a_tool_puts_around_words_change_nothing() -> None:
    text = '<mrk mtype="seg" mid="0">Le <g id="1"><mrk mtype="term">Land</mrk></g> bâtit.</mrk>'
    back = read(edited("S002", text))
    assert target(back, "S002") == (Run(text="Le "), Run(text="Land", bold=True), Run(text=" bâtit."))
    assert back.strays == ()


def test_codes_may_change_places_and_stand_inside_each_other() -> None:
    text = '<g id="4">Tout <g id="2">le Land</g></g><x id="1"/>et <g id="3">Alvence</g>'
    back = read(edited("S001", text, WRITTEN), FORMATTED)
    assert target(back, "S001") == (
        Run(text="Tout ", italic=True),
        Run(text="le Land", bold=True, italic=True),
        Run(text="\net "),
        Run(text="Alvence", bold=True),
    )
    assert back.strays == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (GOOD.replace('<x id="1"/>', " "), "The formatting is gone: line break"),
        (GOOD.replace('<g id="3">Alvence</g>', "Alvence"), "The formatting is gone: bold"),
        (GOOD.replace('<g id="3">Alvence</g>', '<g id="3"/>Alvence'), "The formatting is gone: bold"),
        ("Le Land et Alvence", "The formatting is gone: line break, bold, italic"),
        (GOOD + '<g id="4">!</g>', "The formatting stands there more often than it was sent: italic"),
        (GOOD + '<x id="1"/>!', "The formatting stands there more often than it was sent: line break"),
    ],
)
def test_words_are_taken_and_lost_or_doubled_formatting_is_told(text: str, reason: str) -> None:
    back = read(edited("S001", text, WRITTEN), FORMATTED)
    assert plain(target(back, "S001")).startswith(("Tout", "Le Land"))
    assert [(item.segment, item.reason) for item in back.strays] == [("S001", reason)]


def test_a_link_in_the_place_of_another_is_told() -> None:
    links = (Run(text="A", href="https://a.example/"), Run(text=" "), Run(text="B", href="https://b.example/"))
    shown = sheet(((links, links),))
    data = edited("S001", '<g id="1">Un</g> <g id="1">Deux</g>', write_xliff(shown, drafts=True))
    assert [item.reason for item in read(data, shown).strays] == [
        "The formatting is gone: link",
        "The formatting stands there more often than it was sent: link",
    ]


def test_who_puts_back_what_the_draft_had_lost_is_right() -> None:
    shown = sheet(((RICH, inlines("Le Land et Alvence invitent")),))
    back = read(edited("S001", GOOD, write_xliff(shown, drafts=True)), shown)
    assert (len(target(back, "S001")), back.strays) == (6, ())


def renumbered(data: bytes, *names: str) -> bytes:
    """Return the file with other ids for the codes 1, 2, 3 …, in source and target."""
    root = etree.fromstring(data)
    for code in root.iter(f"{X}g", f"{X}x"):
        code.set("id", names[int(code.get("id")) - 1])
    return bytes(etree.tostring(root))


@pytest.mark.parametrize(
    "names", [("0", "1", "2", "3"), ("4", "3", "2", "1"), ("br", "b", "b", "i"), ("3", "1", "1", "2")]
)
def test_codes_may_be_numbered_anew(names: tuple[str, ...]) -> None:
    data = renumbered(edited("S001", GOOD, WRITTEN), *names)
    assert target(read(data, FORMATTED), "S001") == target(read(edited("S001", GOOD, WRITTEN), FORMATTED), "S001")
    assert read(renumbered(WRITTEN, *names), FORMATTED).segments == read(WRITTEN, FORMATTED).segments


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (
            renumbered(WRITTEN, "1", "2", "2", "2"),
            "The source’s inline codes came back with ids that mean two things",
        ),
        (
            WRITTEN.replace(b'<g id="4" ctype="italic">ein</g></source>', b"ein</source>"),
            "The formatting of the source is another one than was sent",
        ),
    ],
)
def test_what_a_code_stands_for_is_never_guessed(data: bytes, reason: str) -> None:
    back = read(data, FORMATTED)
    assert (back.segments, [item.reason for item in back.strays]) == ((), [reason])


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


def test_a_note_on_the_whole_file_is_a_remark_too() -> None:
    data = SENT.replace(b"</header>", b'<note from="Ada">Tr\xc3\xa8s bien.</note></header>')
    (remark,) = read(data).remarks
    assert (remark.segment, remark.by, remark.text) == (None, "Ada", "Très bien.")


def test_two_translations_of_one_unit_are_left_to_a_person() -> None:
    back = read(SENT.replace(b"</target>", b"</target><target>Un autre</target>", 1))
    assert all(item.segment != "S001" for item in back.segments)
    (stray,) = back.strays
    assert (stray.segment, stray.text) == ("S001", "Un nouveau pont ouvert / Un autre")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [(b'id="S003"', b'id="S002"', "has unit “S002” twice"), (b' id="S003"', b"", "has a unit without an id")],
)
def test_units_with_no_id_or_the_same_one_are_refused(old: bytes, new: bytes, fault: str) -> None:
    with pytest.raises(FormatError, match=fault):
        read(SENT.replace(old, new))


def test_a_unit_that_was_split_is_told_piece_by_piece() -> None:
    data = SENT.replace(b'id="S003"', b'id="S003-1"').replace(b'id="S004"', b'id="S003-2"')
    reasons = [item.reason for item in read(data).strays]
    assert reasons[2:] == ["A unit “S003-1” that was never sent", "A unit “S003-2” that was never sent"]


@pytest.mark.parametrize(
    "data",
    [
        edited("S003", "Il\x9b31m est long."),
        edited("S002", 'Il <g id="&#x9b;2J">est&#x9b;</g> long.'),
        edited("S002", '<b id="&#x9b;">Il&#x9b;</b>'),
        SENT.replace(b'id="S002"', "id='S\x9b2J'".encode()),
        SENT.replace(b"</trans-unit>", "<note from='A\x9b2J'>b\x9b</note></trans-unit>".encode(), 1),
        SENT.replace(b"Sie ist", "Er\x9b ist".encode()).replace(b"Il est", "Il\x9b est".encode()),
    ],
)
def test_a_control_character_reaches_neither_a_text_nor_a_terminal(data: bytes) -> None:
    back = read(data)
    shown = [f"{stray.reason} {stray.text}" for stray in back.strays]
    shown += [f"{remark.by} {remark.text}" for remark in back.remarks]
    assert shown
    assert "\x9b" not in "".join((*shown, *(plain(item.target) for item in back.segments)))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a" * 100_001, "The translation has more than 100,000 characters"),
        ('<g id="1">a</g>' * 10_000, "More inline codes than any text has"),
    ],
)
def test_far_more_than_a_translation_has_is_left_to_a_person(text: str, reason: str) -> None:
    (stray,) = read(edited("S002", text)).strays
    assert (stray.segment, stray.reason, len(stray.text) <= 100_000) == ("S002", reason, True)


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
    assert [item.target for item in back.segments] == [item.target for item in shown.export.segments]
    assert back.strays == ()


@settings(deadline=None)
@given(texts, texts, st.randoms(use_true_random=False))
def test_a_correction_that_moves_everything_is_read_as_it_was_written(
    source: Inlines, draft: Inlines, chance: Random
) -> None:
    moved = list(draft)
    chance.shuffle(moved)
    correction = merge((*moved, Run(text=" neuf")))
    shown = sheet(((source, draft),))
    root = etree.fromstring(write_xliff(shown, drafts=True))
    (element,) = root.iter(f"{X}target")
    element[:], element.text = [], ""
    Codes.of(source, draft).write(element, correction)
    assert read(etree.tostring(root), shown).segments == (Returned(segment="S001", target=correction),)


@settings(deadline=None)
@given(st.integers(0, len(SENT) - 1), st.integers(0, 9), st.binary(max_size=4))
def test_a_damaged_file_is_refused_or_read_and_nothing_else(start: int, length: int, new: bytes) -> None:
    try:
        back = read(SENT[:start] + new + SENT[start + length :])
    except FormatError:
        return
    told = {item.segment for item in back.segments} | {item.segment for item in back.strays}
    assert {item.segment for item in SHEET.export.segments} <= told


def test_a_text_in_pieces_and_an_old_control_character_come_back_untouched() -> None:
    pieces = (Run(text="a"), Run(text="b"), Run(text="c\x85", bold=True))
    shown = sheet(((inlines("x"), pieces),))
    assert read(write_xliff(shown, drafts=True), shown).segments == (Returned(segment="S001", target=pieces),)


def test_a_sign_that_xml_cannot_hold_is_named() -> None:
    with pytest.raises(FormatError, match=r"S001 holds U\+0007"):
        write_xliff(sheet(((inlines("a\a"), ()),)), drafts=True)


UTF_7 = b"<?xml version='1.0' encoding='UTF-7'?>" + (
    '<!DOCTYPE x [<!ENTITY a "b">]>' + SENT.decode().partition("?>")[2]
).encode("utf-7")


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
        (UTF_7, "declares a document type"),
        (SENT.replace(b"UTF-8", b"X-NONE", 1), "is damaged, or not in the encoding it declares"),
        (b"", "is damaged"),
        (
            SENT.replace(b"</body>", b'<trans-unit id="a"/>' * 20_001 + b"</body>"),
            "has more than 20,000 units",
        ),
        (SENT.replace(b"</header>", b"<note/>" * 500_001 + b"</header>"), "has more than 500,000 elements"),
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
