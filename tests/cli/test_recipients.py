"""`communique recipients`."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

TABLE = """E-Mail;Name;Sprache;Verteiler;Quelle;Rechtsgrundlage;Datum;Widerspruch;Sperrfrist
Zoe@example.org;Zoé Vaubrecourt;fr;Presse, Landtag;Akkreditierung 2026;Einwilligung;31.01.2026;;ja
eva@bücher.example;Eva Müller;de;Presse;Akkreditierung 2026;Einwilligung;31.01.2026;;
"""


@pytest.fixture
def office(office: Path) -> Path:
    (office / "presse.csv").write_text(TABLE, encoding="cp1252")
    return office


def test_a_table_comes_in_and_its_figures_add_up(run: Run) -> None:
    said = run("recipients", "import", "presse.csv")
    assert (said.code, said.err) == (0, "")
    assert said.out == "2 rows: 2 added, 0 changed, 0 unchanged, 0 repeated in the file, 0 refused.\n"
    result = json.loads(run("recipients", "import", "presse.csv", "--json").out)
    assert (result["unchanged"], result["rows"], result["faults"], result["kept"]) == (2, 2, [], True)


def test_a_rehearsal_keeps_nothing(run: Run) -> None:
    said = run("recipients", "import", "presse.csv", "--dry-run")
    assert (said.code, "2 added" in said.out, "Nothing was taken in." in said.out) == (0, True, True)
    assert "There are no recipients yet" in run("recipients", "list").out


def test_faults_are_listed_and_keep_the_file_out(run: Run, office: Path) -> None:
    (office / "presse.csv").write_text(TABLE + "jean@;;it;Presse;;Einwilligung;gestern;;\n", encoding="utf-8")
    said = run("recipients", "import", "presse.csv")
    assert said.code == 2
    first, second, third, fourth, figures, end = said.out.splitlines()
    assert first.startswith("presse.csv:4: address is no mail address")
    assert second.startswith("presse.csv:4: language “it” is no language of this workspace; write one of: de, fr")
    assert third.startswith("presse.csv:4: source is missing; fill it in, or give --source")
    assert fourth.startswith("presse.csv:4: date “gestern” is no day")
    assert figures.endswith("1 refused.")
    assert end.endswith("or leave them out with --skip-faulty.")
    assert run("recipients", "import", "presse.csv", "--skip-faulty").code == 0
    assert len(json.loads(run("recipients", "list", "--list", "presse", "--json").out)) == 2


def test_an_address_book_comes_in_with_options_for_what_cards_do_not_say(run: Run, office: Path) -> None:
    (office / "book.vcf").write_text("BEGIN:VCARD\nFN:Zoé\nEMAIL:zoe@example.org\nEND:VCARD\n", encoding="utf-8")
    options = ("--list", "Presse", "--language", "fr", "--source", "Messe", "--legal-basis", "consent")
    assert run("recipients", "import", "book.vcf", *options).code == 2, "since when is missing"
    assert run("recipients", "import", "book.vcf", *options, "--date", "2026-01-31").code == 0
    shown = json.loads(run("recipients", "show", "zoe@example.org", "--json").out)
    assert shown["stored"] == {
        "address": "zoe@example.org", "name": "Zoé", "language": "fr", "lists": ["presse"], "source": "Messe",
        "legal_basis": "consent", "date": "2026-01-31", "objection": None, "embargo": False, "undeliverable": None,
    }  # fmt: skip


def test_lists_are_shown_with_figures_and_with_addresses(run: Run) -> None:
    run("recipients", "import", "presse.csv")
    run("recipients", "object", "zoe@example.org", "--date", "2026-02-01")
    assert run("recipients", "list").out.splitlines() == [
        "List     Language  Get mail  Objected  Undeliverable",
        "landtag  fr        0         1         0",
        "presse   de        1         0         0",
        "presse   fr        0         1         0",
    ]
    assert json.loads(run("recipients", "list", "--json").out)[1]["reached"] == 1
    assert run("recipients", "list", "--list", "Presse").out.splitlines() == [
        "eva@xn--bcher-kva.example  de  Eva Müller",
        "Zoe@example.org  fr  Zoé Vaubrecourt  (objected on 2026-02-01)",
    ]
    said = run("recipients", "list", "--list", "press")
    assert (said.code, "there are: landtag, presse" in said.err) == (2, True)


def test_an_export_comes_in_again_unchanged(run: Run) -> None:
    run("recipients", "import", "presse.csv")
    run("recipients", "object", "zoe@example.org", "--date", "2026-02-01")
    assert "2 recipients written" in run("recipients", "export", "--list", "presse", "--output", "out.csv").out
    assert "2 unchanged" in run("recipients", "import", "out.csv").out


def test_who_is_forgotten_is_shown_as_nothing_and_stays_out(run: Run) -> None:
    run("recipients", "import", "presse.csv")
    said = run("recipients", "object", "ZOE@example.org", "--date", "2026-02-01", "--forget")
    assert said.out == "1 address: deleted; a mark keeps them from being taken in again.\n"
    assert (
        "Nothing is stored of zoe@example.org: it objected on 2026-02-01."
        in run("recipients", "show", "zoe@example.org").out
    )
    said = run("recipients", "import", "presse.csv")
    assert (said.code, "presse.csv:2: address objected, and their data were deleted" in said.out) == (2, True)


def test_objections_come_from_a_file_too(run: Run, office: Path) -> None:
    run("recipients", "import", "presse.csv")
    (office / "out.txt").write_text("address\nzoe@example.org\nother@example.org\n", encoding="utf-8")
    counts = json.loads(run("recipients", "object", "out.txt", "--json").out)
    assert counts == {"recorded": 1, "forgotten": 0, "marked": 1, "known": 0}
    assert run("recipients", "object", "missing.txt").code == 2
    assert "still to come" in run("recipients", "object", "zoe@example.org", "--date", "2999-01-01").err


def test_everything_stored_of_a_person_is_shown(run: Run) -> None:
    run("recipients", "import", "presse.csv")
    said = run("recipients", "show", "Eva@Bücher.example").out
    for text in ("Eva Müller", "Akkreditierung 2026", "Einwilligung", "2026-01-31", "Gets mail:      yes"):
        assert text in said
    assert "is not in the register" in run("recipients", "show", "nobody@example.org").out
    assert run("recipients", "show", "nobody").code == 2


def test_off_a_list_and_off_the_last_one(run: Run) -> None:
    run("recipients", "import", "presse.csv")
    assert "stays on others" in run("recipients", "remove", "zoe@example.org", "--list", "Landtag").out
    assert (
        "nothing is stored of it any more" in run("recipients", "remove", "zoe@example.org", "--list", "presse").out
    )
    said = json.loads(run("recipients", "remove", "eva@bücher.example", "--list", "presse", "--json").out)
    assert (said["on_other_lists"], said["stored"]) == (False, False)


def test_an_address_that_came_back_is_tried_again_when_cleared(run: Run, office: Path) -> None:
    from datetime import date

    from pipeline.workspace.recipients import PLACE, RecipientRegister

    run("recipients", "import", "presse.csv")
    with RecipientRegister(office / PLACE) as register:
        register.refuse("zoe@example.org", "550 unknown", date(2026, 2, 1))
    assert "(undeliverable since 2026-02-01: 550 unknown)" in run("recipients", "list", "--list", "presse").out
    assert "no, it is undeliverable since 2026-02-01" in run("recipients", "show", "zoe@example.org").out
    assert run("recipients", "clear", "zoe@example.org").out == "zoe@example.org is tried again.\n"
    said = run("recipients", "clear", "zoe@example.org")
    assert (said.code, "was not undeliverable; it gets mail" in said.err) == (2, True)


def test_a_damaged_register_stops_every_command(run: Run, office: Path) -> None:
    run("recipients", "import", "presse.csv")
    (office / "recipients" / "recipients.sqlite").write_bytes(b"")
    for command in (
        ("list",),
        ("show", "eva@example.org"),
        ("import", "presse.csv"),
        ("object", "eva@example.org"),
    ):
        said = run("recipients", *command)
        assert (said.code, "the register of recipients is damaged" in said.err) == (2, True)
