"""Files of recipients: all of one comes in or nothing, and what goes out comes in again as the same."""

import tempfile
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import CommuniqueError, FormatError, WorkspaceError
from pipeline.formats.recipient_rows import list_names
from pipeline.formats.recipients_csv import dump
from pipeline.model.recipient import Recipient
from pipeline.runner.recipients import (
    MAX_FAULTS,
    MAX_FILE,
    Imported,
    export_recipients,
    import_recipients,
    open_register,
    record_objections,
)
from pipeline.workspace import Workspace
from pipeline.workspace.recipient_writer import Objected

TODAY = date(2026, 11, 23)
HEADER = "address;language;lists;source;legal basis;date\n"
GOOD = "eva@example.org;de;presse;Messe;consent;2026-01-31\n"

SAMPLE = Path(__file__).parents[2] / "docs" / "presseverteiler.csv"


@pytest.fixture
def office(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "office")


def take_in(office: Workspace, text: str, *, skip_faulty: bool = False, dry_run: bool = False) -> Imported:
    file = office.root / "people.csv"
    file.write_text(text, encoding="utf-8")
    return import_recipients(office, file, defaults={}, today=TODAY, skip_faulty=skip_faulty, dry_run=dry_run)


def stored(office: Workspace) -> list[str]:
    with open_register(office) as register:
        names = {count.name for count in register.overview()}
        return sorted({record.recipient.address for name in names for record in register.members(name)})


def test_the_table_to_try_it_with_comes_in_whole(office: Workspace) -> None:
    found = import_recipients(office, SAMPLE, defaults={}, today=date(2026, 12, 1))
    assert (found.faults, found.added) == ((), 7)
    assert len(stored(office)) == 7


def test_a_file_with_faults_stays_out_unless_they_may_be_skipped(office: Workspace) -> None:
    text = HEADER + GOOD + "jean@;fr;presse;Messe;consent;2026-01-31\n" + GOOD + "zoe@example.org;xx;;;;\n"
    for options in ({}, {"dry_run": True}, {"dry_run": True, "skip_faulty": True}):
        result = take_in(office, text, **options)
        assert (result.added, result.repeated, result.refused, result.rows) == (1, 1, 2, 4)
        assert (result.kept, stored(office)) == (False, [])
    assert [(fault.line, fault.column) for fault in result.faults] == [
        (3, "address"), (5, "language"), (5, "lists"), (5, "source"), (5, "legal_basis"), (5, "date")
    ]  # fmt: skip
    assert take_in(office, text, skip_faulty=True).kept
    assert stored(office) == ["eva@example.org"]


def test_a_file_that_proves_broken_at_its_end_leaves_nothing(office: Workspace) -> None:
    with pytest.raises(FormatError, match=r"people\.csv:3: is no table"):
        take_in(office, HEADER + GOOD + '"jean', skip_faulty=True)
    assert stored(office) == []


def test_an_address_book_is_known_by_its_name_and_by_its_beginning(office: Workspace) -> None:
    card = "BEGIN:VCARD\nFN:Zoé\nEMAIL:{}@example.org\nLANG:fr\nEND:VCARD\n"
    defaults = {"lists": "Presse", "source": "x", "legal_basis": "consent", "date": "2026-01-31"}
    for name in ("a.vcf", "b.txt"):
        (office.root / name).write_text(card.format(name[0]), encoding="utf-8")
        assert import_recipients(office, office.root / name, defaults=defaults, today=TODAY).added == 1
    assert stored(office) == ["a@example.org", "b@example.org"]


def test_of_many_faults_the_first_are_told_and_all_are_counted(office: Workspace) -> None:
    result = take_in(office, HEADER + "x;de;presse;Messe;consent;2026-01-31\n" * (MAX_FAULTS + 10))
    assert (len(result.faults), result.refused) == (MAX_FAULTS, MAX_FAULTS + 10)


def test_files_that_are_too_large_or_no_files_are_refused(office: Workspace, tmp_path: Path) -> None:
    with (tmp_path / "large.csv").open("wb") as stream:
        stream.truncate(MAX_FILE + 1)
    for path, message in ((tmp_path / "large.csv", "larger than 50 MB"), (tmp_path, "not a regular file")):
        with pytest.raises(FormatError, match=message):
            import_recipients(office, path, defaults={}, today=TODAY)
    with pytest.raises(WorkspaceError, match="no such file"):
        import_recipients(office, tmp_path / "missing.csv", defaults={}, today=TODAY)


def test_objections_of_a_file_are_recorded_together_or_not_at_all(office: Workspace) -> None:
    take_in(office, HEADER + GOOD + GOOD.replace("eva", "zoe"))
    file = office.root / "objections.csv"
    file.write_text("E-Mail;Widerspruch\nEva@example.org;01.02.2026\nother@example.org;\n", encoding="utf-8")
    counts = record_objections(office, str(file), when=TODAY, today=TODAY)
    assert counts == {Objected.RECORDED: 1, Objected.MARKED: 1}
    with open_register(office) as register:
        assert register.why_not("eva@example.org") == "objected on 2026-02-01"
    for row, message in (("jean", "no mail address"), ("jean@example.org;2062-01-01", "still to come")):
        file.write_text(f"E-Mail;Widerspruch\nzoe@example.org;\n{row}\n", encoding="utf-8")
        with pytest.raises(FormatError, match=rf"objections\.csv:3: .*{message}"):
            record_objections(office, str(file), when=TODAY, today=TODAY)
    with open_register(office) as register:
        assert register.why_not("zoe@example.org") is None


def test_an_export_that_fails_leaves_no_file(office: Workspace, tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="no list"):
        export_recipients(office, "presse", tmp_path / "out.csv")
    assert not (tmp_path / "out.csv").exists()


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=20).map(
    lambda text: unicodedata.normalize("NFC", text)
)
CELL = TEXT.filter(lambda text: not text.startswith(("=", "+", "-", "@")))
LISTS = st.lists(CELL.filter(lambda name: not set(name) & set(";,|")).map(list_names), max_size=3)
RECIPIENTS = st.builds(
    Recipient,
    address=st.builds("{}@{}".format, st.text("abcXYZ", min_size=1, max_size=6), st.sampled_from(["example.org"])),
    name=st.none() | CELL,
    language=st.sampled_from(["de", "fr"]),
    lists=LISTS.map(lambda names: tuple(sorted({"alle", *(name for (name,) in names)}))),
    source=CELL,
    legal_basis=CELL,
    since=st.dates(date(1990, 1, 1), TODAY),
    objection=st.none() | st.dates(date(1990, 1, 1), TODAY),
    embargo_ok=st.booleans(),
)


@settings(max_examples=25)
@given(st.lists(RECIPIENTS, min_size=1, max_size=8, unique_by=lambda item: item.address.lower()))
def test_a_list_that_goes_out_comes_in_as_the_same(people: list[Recipient]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        office, other = (Workspace.create(Path(folder, name)) for name in ("office", "other"))
        (office.root / "people.csv").write_bytes(b"".join(dump(people)))
        first = import_recipients(office, office.root / "people.csv", defaults={}, today=TODAY)
        assert (first.added, first.faults) == (len(people), ())
        file = Path(folder, "out.csv")
        assert export_recipients(office, "alle", file) == len(people)
        assert file.stat().st_mode & 0o777 == 0o600
        again = import_recipients(office, file, defaults={}, today=TODAY)
        assert (again.unchanged, again.rows) == (len(people), len(people))
        assert import_recipients(other, file, defaults={}, today=TODAY).added == len(people)
        assert export_recipients(other, "alle", Path(folder, "twice.csv")) == len(people)
        assert Path(folder, "twice.csv").read_bytes() == file.read_bytes()


@settings(max_examples=60)
@given(st.binary(max_size=300), st.sampled_from([b"", HEADER.encode(), b"BEGIN:VCARD\r\n"]))
def test_any_bytes_as_a_file_end_in_figures_that_add_up_or_one_clear_error(data: bytes, head: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        office = Workspace.create(Path(folder, "office"))
        (office.root / "x").write_bytes(head + data)
        try:
            result = import_recipients(office, office.root / "x", defaults={}, today=TODAY)
        except CommuniqueError:
            return
        parts = (result.added, result.changed, result.unchanged, result.repeated, result.refused)
        assert sum(parts) == result.rows
