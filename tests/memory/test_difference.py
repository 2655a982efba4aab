"""What differs is shown in whole words, and nothing of either text is lost."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.difference import MAX_WORDS, PieceKind, word_diff


def shown(old: str, new: str) -> str:
    marks = {PieceKind.EQUAL: "{}", PieceKind.DELETED: "[-{}-]", PieceKind.INSERTED: "[+{}+]"}
    return "".join(marks[piece.kind].format(piece.text) for piece in word_diff(old, new))


def test_a_changed_word_is_shown_with_the_new_one_after_it() -> None:
    assert shown("Rund 120 Gäste kamen.", "Rund 85 Gäste kamen.") == "Rund [-120-][+85+] Gäste kamen."


def test_words_are_never_cut() -> None:
    assert shown("Landesregierung", "Landesmuseum") == "[-Landesregierung-][+Landesmuseum+]"


def test_neighbouring_changes_are_one() -> None:
    assert shown("am 3. März in Alvenz", "am 17. April in Alvenz") == "am [-3-][+17+]. [-März-][+April+] in Alvenz"
    assert (
        shown("der neue Weg ist offen", "die alte Straße ist offen")
        == "[-der neue Weg-][+die alte Straße+] ist offen"
    )


def test_what_is_only_gone_or_only_new_stands_alone() -> None:
    assert shown("sehr gut", "gut") == "[-sehr -]gut"
    assert shown("gut", "gut gemacht") == "gut[+ gemacht+]"


def test_equal_texts_are_one_piece_and_empty_ones_none() -> None:
    assert shown("Guten Tag.", "Guten Tag.") == "Guten Tag."
    assert word_diff("", "") == ()


def test_very_long_texts_are_compared_as_wholes() -> None:
    old, new = "alt " * MAX_WORDS, "neu " * MAX_WORDS
    assert [piece.kind for piece in word_diff(old, new)][:2] == [PieceKind.DELETED, PieceKind.INSERTED]


@given(*(st.text(st.sampled_from("ab .,ß\n\u00a0"), max_size=40) for _ in range(2)))
def test_both_texts_can_be_read_from_the_pieces(old: str, new: str) -> None:
    pieces = word_diff(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind is not PieceKind.INSERTED) == old
    assert "".join(piece.text for piece in pieces if piece.kind is not PieceKind.DELETED) == new
    assert all(piece.text for piece in pieces)
