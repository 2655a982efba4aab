"""Names in a bundle mean one file, inside the folder, on every system that unpacks it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.member_names import name_fault, printable, twin_key


@pytest.mark.parametrize("name", ["manifest.json", "2026-03-02-faehre.fr.pdf", "media/Fähre am Kai.png", "CONTENT"])
def test_plain_names_and_folders_are_welcome(name: str) -> None:
    assert name_fault(name) is None


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("", "1 to 200 characters"),
        ("a" * 201, "1 to 200 characters"),
        ("/etc/passwd", "root of the disk"),
        ("../evil", "leads out"),
        ("media/../../evil", "leads out"),
        ("media\\evil", "backslash"),
        ("C:evil", "drive letter"),
        ("notes:hidden", "Windows forbids"),
        ("a//b", "empty folder"),
        ("./a", "empty folder"),
        ("media/", "empty folder"),
        ("release.pdf.", "drops"),
        ("release /a", "drops"),
        ("nul.pdf", "device"),
        ("media/COM1", "device"),
        ("a\nb", "control character"),
        ("a\0.pdf", "control character"),
        ("release\u202efdp.exe", "control character"),
        ("zero\u200bwidth", "control character"),
    ],
)
def test_a_name_that_means_something_else_somewhere_is_refused_with_the_reason(name: str, fault: str) -> None:
    assert fault in (name_fault(name) or "")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("README.txt", "readme.TXT"),
        ("Fähre.png", "Fa\u0308hre.png"),
        ("Straße.pdf", "STRASSE.pdf"),
        ("a.pdf", "a.pdf. "),
        ("media./x", "media/x"),
    ],
)
def test_names_that_a_system_takes_for_one_file_are_twins(one: str, other: str) -> None:
    assert twin_key(one) == twin_key(other)


def test_different_names_are_no_twins() -> None:
    assert twin_key("a.de.pdf") != twin_key("a.fr.pdf")


@given(st.text())
def test_a_printable_name_holds_nothing_that_moves_a_terminal(name: str) -> None:
    shown = printable(name)
    assert all(sign.isprintable() or sign.isspace() or not sign.isascii() for sign in shown)
    assert not {"\x1b", "\n", "\r", "\u202e"} & set(shown)
