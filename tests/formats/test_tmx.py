"""Translation memories from other tools are read whatever they hold, and ours are read by other tools."""

import io
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import FormatError
from pipeline.formats.tmx import MAX_BYTES, MAX_SEGMENT, TmxReader, TmxUnit, write_tmx

AT = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)


def written(*units: TmxUnit) -> bytes:
    return b"".join(write_tmx(units, source="de", target="fr", created=AT, version="1.0"))


def reader(data: bytes, *, target: str = "fr") -> TmxReader:
    return TmxReader(io.BytesIO(data), "partner.tmx", "de", target)


def file_with(*units: str, before: str = "") -> bytes:
    body = "\n".join(units)
    return f'{before}<tmx version="1.4">\n<header srclang="de"/>\n<body>\n{body}\n</body>\n</tmx>'.encode()


def unit(source: str = "Guten Tag.", target: str = "Bonjour.", languages: tuple[str, str] = ("de", "fr")) -> str:
    sides = zip(languages, (source, target), strict=True)
    variants = "".join(f'<tuv xml:lang="{language}"><seg>{text}</seg></tuv>' for language, text in sides)
    return f"<tu>{variants}</tu>"


def pairs(data: bytes, *, target: str = "fr") -> list[tuple[str, str]]:
    return [(item.source, item.target) for item in reader(data, target=target)]


texts = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), min_size=1
).filter(lambda text: text == text.strip() and "  " not in text)


@given(st.lists(st.builds(TmxUnit, source=texts, target=texts, id=texts, changed=st.sampled_from([None, AT]))))
def test_what_was_written_is_read_back(units: list[TmxUnit]) -> None:
    assert list(reader(written(*units))) == units


def test_the_same_units_give_the_same_bytes() -> None:
    item = TmxUnit(source="a", target="b", id="1", changed=AT)
    assert written(item) == written(item)
    assert b'changedate="20261123T123000Z"' in written(item)


def test_the_file_has_the_structure_of_tmx_1_4() -> None:
    from lxml import etree

    dtd = etree.DTD(
        io.StringIO(
            "<!ELEMENT tmx (header, body)><!ATTLIST tmx version CDATA #FIXED '1.4'>"
            "<!ELEMENT header EMPTY><!ATTLIST header creationtool CDATA #REQUIRED"
            " creationtoolversion CDATA #REQUIRED segtype (block|paragraph|sentence|phrase) #REQUIRED"
            " o-tmf CDATA #REQUIRED adminlang CDATA #REQUIRED"
            " srclang CDATA #REQUIRED datatype CDATA #REQUIRED creationdate CDATA #IMPLIED>"
            "<!ELEMENT body (tu*)><!ELEMENT tu (tuv+)><!ATTLIST tu tuid CDATA #IMPLIED changedate CDATA #IMPLIED>"
            "<!ELEMENT tuv (seg)><!ATTLIST tuv xml:lang CDATA #REQUIRED><!ELEMENT seg (#PCDATA)>"
        )
    )
    root = etree.fromstring(written(TmxUnit(source="Ä & <b>", target="»", id='"x"', changed=AT)))
    assert dtd.validate(root), dtd.error_log
    assert root.find("header").get("creationtool") == "communique"


def test_a_character_that_no_xml_file_can_hold_is_refused() -> None:
    with pytest.raises(FormatError, match=r"“r#S001” holds the character U\+000B"):
        written(TmxUnit(source="a\vb", target="c", id="r#S001"))


def test_codes_are_left_out_and_marked_text_stays() -> None:
    source = (
        'Ein <bpt i="1">&lt;b></bpt><hi type="x">fetter</hi><ept i="1">&lt;/b></ept> Text<ph><sub>Note</sub></ph>.'
    )
    assert pairs(file_with(unit(source))) == [("Ein fetter Text.", "Bonjour.")]


def test_line_breaks_of_the_file_are_blanks_and_no_break_spaces_stay() -> None:
    assert pairs(file_with(unit("\n  Guten\n  Tag ", "Bonjour\u202f!"))) == [("Guten Tag", "Bonjour\u202f!")]


def test_a_language_finds_its_varieties_and_prefers_itself() -> None:
    three = unit("Velo", "vélo FR", ("DE_ch", "fr-FR")).replace(
        "</tu>", '<tuv lang="fr-CH"><seg>vélo CH</seg></tuv></tu>'
    )
    assert pairs(file_with(three), target="fr-CH") == [("Velo", "vélo CH")]
    assert pairs(file_with(three), target="fr") == [("Velo", "vélo FR")]


def test_the_last_change_counts_before_the_making() -> None:
    dated = unit().replace("<tu>", '<tu creationdate="20190101T000000Z" changedate="20261123T123000Z">')
    wrong = unit().replace("<tu>", '<tu creationdate="20190101T000000Z" changedate="last week">')
    assert [item.changed for item in reader(file_with(dated, wrong, unit()))] == [
        AT, datetime(2019, 1, 1, tzinfo=UTC), None,
    ]  # fmt: skip


def test_units_that_cannot_be_used_are_counted_with_the_first_lines() -> None:
    data = file_with(unit(), *[unit(languages=("de", "it"))] * 7, unit(target=" "), "<tu/>", unit())
    units = reader(data)
    assert len(list(units)) == 2
    assert units.report() == (
        "partner.tmx: 7 left out: no text in “fr” (line 5, 6, 7, 8, 9 …)",
        "partner.tmx: 1 left out: one side is empty (line 12)",
        "partner.tmx: 1 left out: no text in “de” (line 13)",
    )


def test_an_entity_of_the_files_own_is_never_expanded() -> None:
    units = reader(
        file_with(unit("x &a; y"), unit("A &amp; B &#8211; C"), before='<!DOCTYPE tmx [<!ENTITY a "b">]>')
    )
    assert [item.source for item in units] == ["A & B – C"]
    assert units.report() == ("partner.tmx: 1 left out: an entity of the file’s own stands in the text (line 4)",)


def test_entities_that_multiply_each_other_are_refused() -> None:
    inner = "".join(f'<!ENTITY {outer} "{10 * f"&{name};"}">' for name, outer in pairwise("abcdefghi"))
    bomb = file_with(unit("x &i; y"), before=f'<!DOCTYPE tmx [<!ENTITY a "haha">{inner}]>')
    with pytest.raises(FormatError, match="is damaged"):
        list(reader(bomb))


def test_a_file_on_disk_or_elsewhere_is_never_fetched(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    outside = (
        f'<!DOCTYPE tmx SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY e SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
    )
    assert pairs(file_with(unit("x &e;"), unit(), before=outside)) == [("Guten Tag.", "Bonjour.")]


def test_a_segment_longer_than_any_sentence_is_left_out() -> None:
    assert pairs(file_with(unit("x" * 65_536), unit(target="y" * (MAX_SEGMENT + 1)), unit())) == [
        ("Guten Tag.", "Bonjour.")
    ]


@pytest.mark.parametrize("data", [b"<html><body/></html>", b"<x><tu/></x>", b"<html>" + b"<p>x</p>" * MAX_BYTES])
def test_another_xml_file_is_refused(data: bytes) -> None:
    with pytest.raises(FormatError, match=r"partner\.tmx: is no translation memory \(TMX\)"):
        list(reader(data))


@pytest.mark.parametrize("data", [b"", b"\0\1\2", b"PK\3\4", "Überall".encode("utf-16"), b"<tmx>" * 300])
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(FormatError, match="is damaged or breaks off here"):
        list(reader(data))


def test_of_a_file_that_breaks_off_the_line_is_named_after_what_could_be_read() -> None:
    units = reader(file_with(unit(), unit(), unit())[:-90])
    read = []
    with pytest.raises(FormatError, match=r"partner\.tmx:\d: is damaged or breaks off here"):
        read += list(units)
    assert units.read == 2


def test_a_unit_without_end_does_not_fill_the_memory() -> None:
    endless = file_with("<tu>" + '<tuv xml:lang="it"><seg>x</seg></tuv>' * (MAX_BYTES // 30) + "</tu>")
    with pytest.raises(FormatError, match="a unit larger than any text"):
        list(reader(endless))
