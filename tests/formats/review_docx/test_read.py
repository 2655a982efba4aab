"""A review document comes back: every correction exactly, everything doubtful with its text, nothing guessed."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.formats.review_docx.read import open_review
from pipeline.model.exchange import ChangeKind, Return, Sent
from pipeline.model.inline import Inlines, Run, inlines, merge, plain
from tests.formats.review_docx.sheets import document, sheet
from tests.formats.review_docx.word import REMARKS, SOURCE, Word

SHEET = sheet()
SENT = document(SHEET)
LUC = "Luc Ferrandier"
LOCAL = datetime(2026, 11, 23, 14, 5)  # noqa: DTZ001 (Word's times have no zone)


def word(*, tracking: bool = True) -> Word:
    return Word(SENT, author=LUC, tracking=tracking)


def read(edited: Word | bytes) -> Return:
    data = edited if isinstance(edited, bytes) else edited.save()
    return open_review(data, "retour.docx").read(SHEET.export, SENT)


def target(back: Return, segment: str) -> Inlines:
    return next(item.target for item in back.segments if item.segment == segment)


def sent(segment: str) -> Sent:
    return next(item for item in SHEET.export.segments if item.segment == segment)


def strays(back: Return) -> list[tuple[str | None, str]]:
    return [(item.segment, item.text) for item in back.strays]


def test_what_nobody_touched_comes_back_as_it_was_sent() -> None:
    back = read(SENT)
    assert back.ticket == SHEET.export.ticket
    assert {item.segment: item.target for item in back.segments} == {
        item.segment: item.target for item in SHEET.export.segments
    }
    assert not any(item.changes for item in back.segments)
    assert (back.strays, back.remarks, back.notices) == ((), (), ())


@pytest.mark.parametrize("tracking", [True, False])
@pytest.mark.parametrize("cluttered", [False, True])
def test_words_are_replaced_inserted_and_deleted(tracking: bool, cluttered: bool) -> None:
    edited = word(tracking=tracking)
    if cluttered:
        edited.clutter()
    edited.replace("S003", 10, 22, "long de 90 m")
    edited.replace("S003", 0, 0, "Oui. ")
    edited.replace("S003", len(edited.text("S003")) - 1, len(edited.text("S003")), " !")
    back = read(edited)
    assert plain(target(back, "S003")) == edited.text("S003")
    assert back.strays == ()
    (item,) = [item for item in back.segments if item.changes]
    assert {change.by for change in item.changes} == {LUC if tracking else None}


def test_every_change_has_its_kind_author_time_and_text() -> None:
    edited = word()
    edited.replace("S003", 0, 2, "Elle")
    edited.author = "Ada"
    edited.format("S003", 5, 8, "b")
    (item,) = [item for item in read(edited).segments if item.changes]
    assert {(change.kind, change.by, change.at, change.text) for change in item.changes} == {
        (ChangeKind.DELETED, LUC, LOCAL, "Il"),
        (ChangeKind.INSERTED, LUC, LOCAL, "Elle"),
        (ChangeKind.FORMATTED, "Ada", LOCAL, "est"),
    }


def test_a_formatting_comes_back_and_one_that_was_there_stays() -> None:
    edited = word()
    edited.format("S002", 8, 17, "i")
    assert target(read(edited), "S002") == (
        Run(text="Le "),
        Run(text="Land", bold=True),
        Run(text=" "),
        Run(text="construit", italic=True),
        Run(text=" un pont."),
    )


def test_words_inside_a_formatting_and_a_link_keep_both() -> None:
    edited = word()
    edited.replace("S005", 17, 20, "web")
    edited.replace("S002", 5, 7, "ND")
    back = read(edited)
    assert target(back, "S005") == (
        Run(text="En savoir plus\u00a0: "),
        Run(text="web.example.org", href="https://www.example.org/"),
    )
    assert plain(target(back, "S002")) == "Le LaND construit un pont."


def test_a_correction_of_a_correction_is_what_counts() -> None:
    edited = word()
    edited.replace("S003", 0, 2, "Elle")
    edited.author = "Ada"
    edited.replace("S003", 0, 4, "Celle-ci")
    back = read(edited)
    assert plain(target(back, "S003")).startswith("Celle-ci est long")
    (item,) = [item for item in back.segments if item.changes]
    assert {change.by for change in item.changes} == {LUC, "Ada"}


def test_a_tracked_and_an_untracked_change_in_one_sentence_have_two_authors() -> None:
    edited = word()
    edited.replace("S003", 0, 2, "Elle")
    edited.tracking = False
    edited.replace("S003", 5, 8, "sera")
    (item,) = [item for item in read(edited).segments if item.changes]
    assert {change.by for change in item.changes} == {LUC, None}
    assert plain(item.target).startswith("Elle sera long")


@pytest.mark.parametrize("tracking", [True, False])
def test_a_sentence_without_a_translation_is_written_by_the_reviewer(tracking: bool) -> None:
    edited = word(tracking=tracking)
    edited.replace("S004", 0, 0, "Il coûte cher\u00a0: 3 M€ (dont 1\u202f% d’études).")
    assert plain(target(read(edited), "S004")) == "Il coûte cher\u00a0: 3 M€ (dont 1\u202f% d’études)."


def test_pasted_looks_are_left_out() -> None:
    edited = word()
    edited.paste("S003", "Tout autre chose.")
    assert target(read(edited), "S003") == inlines("Tout autre chose.")


@pytest.mark.parametrize("tag", ["sdt", "smartTag", "customXml"])
def test_what_programs_wrap_around_words_does_not_hide_them(tag: str) -> None:
    edited = word()
    edited.replace("S003", 0, 2, "Elle")
    edited.wrap("S003", tag)
    assert plain(target(read(edited), "S003")).startswith("Elle est")


@pytest.mark.parametrize("tracking", [True, False])
def test_a_sentence_split_into_paragraphs_is_left_to_a_person(tracking: bool) -> None:
    edited = word(tracking=tracking)
    edited.split("S003", 9)
    back = read(edited)
    assert strays(back) == [("S003", "Il est lo\nng de 80 mètres\u00a0; il est neuf.")]
    assert all(item.segment != "S003" for item in back.segments)


def test_an_empty_paragraph_at_the_end_is_no_split() -> None:
    edited = word()
    edited.split("S002", len(edited.text("S002")))
    assert read(edited).strays == ()


@pytest.mark.parametrize("tracking", [True, False])
def test_an_emptied_translation_is_left_to_a_person(tracking: bool) -> None:
    edited = word(tracking=tracking)
    edited.replace("S003", 0, len(edited.text("S003")), "")
    (stray,) = read(edited).strays
    assert (stray.segment, stray.text) == ("S003", "")
    assert stray.reason == "The translation was emptied"
    assert stray.by == (LUC if tracking else None)


@pytest.mark.parametrize("tracking", [True, False])
def test_a_deleted_row_is_told_with_who_deleted_it(tracking: bool) -> None:
    edited = word(tracking=tracking)
    edited.delete_row("S003")
    back = read(edited)
    (stray,) = back.strays
    assert (stray.segment, stray.by) == ("S003", LUC if tracking else None)
    assert [item.segment for item in back.segments] == ["S001", "S002", "S004", "S005"]


@pytest.mark.parametrize("tracking", [True, False])
def test_an_added_row_is_kept_with_its_text(tracking: bool) -> None:
    edited = word(tracking=tracking)
    edited.insert_row("S002", ("", "", "Une phrase de plus.", "à ajouter"))
    edited.insert_row("S002")
    (stray,) = read(edited).strays
    assert (stray.segment, stray.text, stray.reason) == (None, "Une phrase de plus. | à ajouter", "A row was added")


@pytest.mark.parametrize("tracking", [True, False])
def test_a_moved_row_is_taken_with_its_corrections(tracking: bool) -> None:
    edited = word(tracking=tracking)
    edited.replace("S002", 0, 2, "Notre")
    edited.move_row("S002", below="S004")
    back = read(edited)
    assert back.strays == ()
    assert plain(target(back, "S002")) == "Notre Land construit un pont."
    assert back.notices == ("The rows stand in another order; that changes nothing",)


def test_merged_cells_are_left_to_a_person() -> None:
    edited = word()
    edited.merge_cells("S003", 2, 3)
    (stray,) = read(edited).strays
    assert stray.segment == "S003"
    assert "Il est long de 80 mètres" in stray.text


def test_a_row_that_stands_there_twice_with_different_words_is_no_ones() -> None:
    edited = word(tracking=False)
    edited.insert_row("S003", ("S003", "Sie ist 80 Meter lang.", "Elle mesure 80 mètres.", ""))
    back = read(edited)
    assert all(item.segment != "S003" for item in back.segments)
    assert {stray.segment for stray in back.strays} == {"S003"}
    assert any("Elle mesure 80 mètres." in stray.text for stray in back.strays)


def test_a_changed_source_is_told_and_the_translation_is_taken() -> None:
    edited = word()
    edited.replace("S003", 8, 10, "90", column=SOURCE)
    edited.replace("S003", 15, 17, "90")
    back = read(edited)
    assert plain(target(back, "S003")).startswith("Il est long de 90")
    (stray,) = back.strays
    assert (stray.segment, stray.text) == ("S003", "Sie ist 90 Meter lang.")


@pytest.mark.parametrize("tracking", [True, False])
def test_without_its_number_a_row_is_known_by_bookmark_and_source(tracking: bool) -> None:
    edited = word(tracking=tracking)
    edited.replace("S003", 0, 2, "Elle")
    edited.replace("S003", 0, 4, "", column=0)
    assert plain(target(read(edited), "S003")).startswith("Elle est")


def test_a_number_of_another_row_makes_a_row_no_ones() -> None:
    edited = word(tracking=False)
    edited.replace("S003", 0, 4, "S002", column=0)
    back = read(edited)
    assert all(item.segment != "S003" for item in back.segments)
    assert any("Il est long de 80 mètres" in stray.text for stray in back.strays)


def test_google_docs_keeps_only_what_is_visible() -> None:
    edited = word(tracking=False)
    edited.replace("S003", 0, 2, "Elle")
    for name in [name for name in edited.parts if name.startswith("customXml") or name == "docProps/custom.xml"]:
        del edited.parts[name]
    for mark in [*edited.root.iter()]:
        if isinstance(mark.tag, str) and mark.tag.endswith(("bookmarkStart", "bookmarkEnd")):
            mark.getparent().remove(mark)
    back = read(edited)
    assert back.ticket == SHEET.export.ticket
    assert plain(target(back, "S003")).startswith("Elle est")
    assert back.strays == ()


def test_comments_come_back_with_author_words_and_thread() -> None:
    edited = word()
    first = edited.comment("S003", 7, 11, "« longue » ?\nÀ vérifier.")
    edited.author = "Ada"
    edited.comment("S003", 0, 0, "Oui.", answers=first)
    edited.comment("S002", 0, 2, "Notre ?", column=SOURCE)
    back = read(edited)
    assert [(item.segment, item.by, item.at, item.text, item.quoted) for item in back.remarks] == [
        ("S003", LUC, LOCAL, "« longue » ?\nÀ vérifier.", "long"),
        ("S003", "Ada", LOCAL, "Oui.", "long"),
        ("S002", "Ada", LOCAL, "Notre ?", "Da"),
    ]


def test_a_comment_on_words_deleted_since_still_quotes_them() -> None:
    edited = word()
    edited.comment("S003", 7, 11, "trop long")
    edited.replace("S003", 7, 12, "")
    (remark,) = read(edited).remarks
    assert (remark.segment, remark.quoted) == ("S003", "long")


def test_words_in_the_remarks_column_are_a_remark_without_ours() -> None:
    edited = word()
    ours = edited.text("S003", REMARKS)
    edited.replace("S003", 0, 0, "Voir le dossier. ", column=REMARKS)
    (remark,) = read(edited).remarks
    assert (remark.segment, remark.by) == ("S003", LUC)
    assert remark.text.startswith("Voir le dossier.")
    assert ours


def test_words_outside_the_table_are_kept() -> None:
    edited = word(tracking=False)
    body = edited.root[0]
    run = edited.cell("S003").findall(".//{*}r")[0]
    paragraph = body.makeelement(run.getparent().tag)
    paragraph.append(run)
    body.insert(0, paragraph)
    back = read(edited)
    assert (None, "Il est long de 80 mètres\u00a0; il est neuf.") in strays(back)


@pytest.mark.parametrize(
    ("insert", "reason"),
    [
        ("<w:r xmlns:w='{w}'><w:drawing/></w:r>", "a picture"),
        ("<w:r xmlns:w='{w}'><w:footnoteReference w:id='1'/></w:r>", "a footnote"),
        ("<m:oMath xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'/>", "a formula"),
        ("<w:r xmlns:w='{w}'><w:sym w:font='Wingdings' w:char='F04A'/></w:r>", "a sign from another font"),
        ("<w:new xmlns:w='{w}'><w:r><w:t>x</w:t></w:r></w:new>", "does not know"),
    ],
)
def test_what_is_no_text_leaves_a_sentence_to_a_person(insert: str, reason: str) -> None:
    from lxml import etree

    edited = word(tracking=False)
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    edited.cell("S003").findall(f"{{{space}}}p")[0].append(etree.fromstring(insert.replace("{w}", space)))
    (stray,) = read(edited).strays
    assert (stray.segment, "Il est long" in stray.text) == ("S003", True)
    assert reason in stray.reason


def test_a_control_character_reaches_neither_a_text_nor_a_terminal() -> None:
    edited = word()
    edited.replace("S003", 0, 2, "\x9b31mIl")
    edited.comment("S002", 0, 2, "Sûr\x9b2J ?")
    back = read(edited)
    (stray,) = back.strays
    assert (stray.segment, stray.reason) == ("S003", "The translation holds a control character")
    assert "\x9b" not in stray.text
    assert [remark.text for remark in back.remarks] == ["Sûr 2J ?"]


def test_a_link_to_anything_but_the_web_and_mail_is_left_to_a_person() -> None:
    edited = word(tracking=False)
    name = "word/_rels/document.xml.rels"
    edited.parts[name] = edited.parts[name].replace(b"https://www.example.org/", b"file:///etc/passwd")
    assert "S005" in {stray.segment for stray in read(edited).strays}


def test_a_file_renamed_or_saved_again_is_the_same() -> None:
    assert open_review(word().save(), "Kopie von Kopie.docx").ticket == SHEET.export.ticket


texts = st.lists(
    st.builds(
        Run,
        text=st.text(st.sampled_from("abcé «»’-\u00a0\u202f\u2011&<>\"'0123,.;"), min_size=1, max_size=12),
        bold=st.booleans(),
        italic=st.booleans(),
        code=st.just(False),
        href=st.sampled_from([None, None, None, "https://www.example.org/"]),
    ),
    min_size=1,
    max_size=5,
).map(merge)


@settings(max_examples=40, deadline=None)
@given(st.lists(texts.filter(lambda text: plain(text).strip() == plain(text) != ""), min_size=1, max_size=4))
def test_whatever_is_written_is_read_back(targets: list[Inlines]) -> None:
    shown = sheet(tuple((inlines(f"Satz {number}."), text) for number, text in enumerate(targets)))
    data = document(shown)
    back = open_review(data, "x.docx").read(shown.export, data)
    assert [item.target for item in back.segments] == targets
    assert (back.strays, back.remarks) == ((), ())
