"""LibreOffice itself edits review documents; what it saves comes back, and its views of a text are ours."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from pipeline.errors import FormatError
from pipeline.formats.review_docx.read import open_review
from pipeline.model.inline import plain
from tests.review.by_office import steps
from tests.review.by_word import edited
from tests.review.campaign import Copy, copies
from tests.review.desk import script
from tests.review.edits import IN_OFFICE
from tests.review.libreoffice import Job, Office

View = list[tuple[str, ...]]


@pytest.fixture(scope="module")
def copy() -> Copy:
    return copies()[1]


@pytest.fixture
def sent(copy: Copy, tmp_path: Path) -> Path:
    path = tmp_path / "sent.docx"
    path.write_bytes(copy.sent)
    return path


@pytest.mark.parametrize(("seed", "track"), [(1, True), (2, True), (3, False), (4, False), (5, None), (6, None)])
def test_every_edit_in_libreoffice_comes_back(
    seed: int, track: bool | None, copy: Copy, sent: Path, office: Office
) -> None:
    made = script(copy.export, seed, track=track, kinds=IN_OFFICE)
    back = sent.with_name("back.docx")
    office.do(Job(open=sent, steps=list(steps(made.edits)), save=back))
    assert copy.judged(made, back.read_bytes()) == (), made.label
    assert ours(back.read_bytes()) == theirs(office, back), made.label


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_libreoffice_reads_what_word_writes_as_we_do(seed: int, copy: Copy, sent: Path, office: Office) -> None:
    made = script(copy.export, seed, track=True, kinds=IN_OFFICE)
    back = sent.with_name("back.docx")
    back.write_bytes(edited(copy.sent, made.edits))
    assert ours(back.read_bytes()) == theirs(office, back), made.label


def test_a_document_that_libreoffice_only_saved_comes_back_as_it_was_sent(
    copy: Copy, sent: Path, office: Office
) -> None:
    back = sent.with_name("back.docx")
    office.do(Job(open=sent, steps=[], save=back))
    assert copy.read(back.read_bytes()) == copy.read(copy.sent)


@pytest.mark.parametrize("column", range(4))
def test_a_file_that_lost_a_column_is_refused_and_says_why(
    column: int, copy: Copy, sent: Path, office: Office
) -> None:
    back = sent.with_name("back.docx")
    office.do(Job(open=sent, steps=[{"do": "delete_column", "column": column}], save=back))
    with pytest.raises(FormatError, match="column"):
        copy.read(back.read_bytes())


def test_a_step_that_cannot_be_taken_is_told(sent: Path, office: Office) -> None:
    with pytest.raises(RuntimeError, match="no row S999"):
        office.do(Job(open=sent, steps=[{"do": "delete_row", "row": "S999"}]))


def ours(data: bytes) -> tuple[View, View]:
    """Return the cells as the reader sees them with all changes accepted, and with all rejected."""
    rows = open_review(data, "back.docx").contents.rows
    return (
        view((plain(cell.accepted) for cell in row.cells) for row in rows if row.deleted is None),
        view((plain(cell.original) for cell in row.cells) for row in rows),
    )


def theirs(office: Office, path: Path) -> tuple[View, View]:
    """Return the same as LibreOffice sees it."""
    accepted, original = office.views(path)
    return view(accepted), view(original)


def view(rows: Iterable[Iterable[str]] | Sequence[Sequence[str]]) -> View:
    """Return what people see: blanks as one, without rows that are empty.

    LibreOffice leaves an empty row behind where an inserted one is rejected that holds a comment, and puts U+200D
    into cells of inserted rows.
    """
    cells = (tuple(" ".join(text.replace("\u200d", "").split()) for text in row) for row in rows)
    return [row for row in cells if any(row)]
