"""The register: who gets mail and who does not, for as long as the file lives."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import FormatError, WorkspaceError
from pipeline.formats.recipient_rows import Entry, Fault
from pipeline.model.recipient import Recipient
from pipeline.workspace.recipient_writer import Objected, RecipientWriter, Taken
from pipeline.workspace.recipients import MAX_REASON, RecipientRegister

ROOT = Path(__file__).parents[2]
DAY = date(2026, 11, 23)
EVA = Recipient(
    address="Eva@example.org",
    name="Eva Muster",
    language="de",
    lists=("landtag", "presse"),
    source="Akkreditierung 2026",
    legal_basis="consent",
    since=date(2026, 1, 31),
)
ZOE = replace(EVA, address="zoe@example.org", name="Zoé Vaubrecourt", language="fr", lists=("presse",))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "recipients" / "recipients.sqlite"


def take_in(path: Path, *people: Recipient, tells_embargo: bool = True) -> list[Taken | Fault]:
    with RecipientRegister(path) as register, register.writing() as writer:
        return [
            writer.take_in(Entry(line=line, recipient=item, tells_embargo=tells_embargo))
            for line, item in enumerate(people, 2)
        ]


def reached(path: Path, *lists: str, language: str | None = None) -> list[str]:
    with RecipientRegister(path) as register:
        return [item.address for item in register.recipients(lists, language)]


def reason(result: Taken | Fault) -> str:
    assert isinstance(result, Fault)
    return result.message


def test_recipients_come_in_the_order_of_their_addresses_each_once(path: Path) -> None:
    many = [replace(ZOE, address=f"p{number:04d}@example.org") for number in reversed(range(1_200))]
    take_in(path, ZOE, EVA, *many)
    everybody = reached(path, "presse", "landtag")
    assert everybody == sorted(everybody, key=str.lower)
    assert (len(everybody), everybody[0]) == (1_202, EVA.address)
    assert reached(path, "Landtag") == [EVA.address]
    assert reached(path, "presse", language="de") == [EVA.address]
    with RecipientRegister(path) as register:
        assert register.count(["presse", "landtag"]) == {"de": 1, "fr": 1_201}
        assert next(register.recipients(["presse"])) == EVA


def test_a_list_that_does_not_exist_is_told_at_once(path: Path) -> None:
    take_in(path, EVA)
    with RecipientRegister(path) as register:
        with pytest.raises(WorkspaceError, match=r"no list “pressse” of recipients; there are: landtag, presse"):
            register.recipients(["pressse"])
        with pytest.raises(WorkspaceError, match="no list"):
            register.count(["pressse"])
        assert list(register.recipients([])) == []


def test_what_comes_in_again_is_added_to_what_is_known(path: Path) -> None:
    take_in(path, replace(EVA, embargo_ok=True))
    again = replace(EVA, address="EVA@EXAMPLE.ORG", name=None, lists=("kultur",), language="fr")
    assert take_in(path, again, tells_embargo=False) == [Taken.CHANGED]
    assert take_in(path, again, tells_embargo=False) == [Taken.UNCHANGED]
    with RecipientRegister(path) as register:
        found = register.find("eva@example.org")
    assert found is not None
    expected = replace(EVA, lists=("kultur", "landtag", "presse"), language="fr", embargo_ok=True)
    assert found.recipient == expected


def test_an_address_twice_in_a_file_is_counted_or_a_fault(path: Path) -> None:
    same, other = replace(EVA, address="eva@EXAMPLE.org"), replace(EVA, lists=("kultur",))
    added, repeated, fault = take_in(path, EVA, same, other)
    assert (added, repeated) == (Taken.ADDED, Taken.REPEATED)
    assert "stands in line 2 already with other data" in reason(fault)
    assert take_in(path, other) == [Taken.CHANGED], "another file may say something new"


def test_nobody_is_on_more_lists_than_a_table_can_say(path: Path) -> None:
    many = tuple(f"liste {number:02d}" for number in range(50))
    take_in(path, replace(EVA, lists=many))
    assert "would be on 51 lists" in reason(take_in(path, replace(EVA, lists=("neu",)))[0])


def test_who_objected_gets_nothing_and_is_never_taken_in_again(path: Path) -> None:
    take_in(path, EVA, ZOE)
    with RecipientRegister(path) as register:
        assert register.object("EVA@example.org", DAY) is Objected.RECORDED
        assert register.object("eva@example.org", date(2027, 1, 1)) is Objected.KNOWN
        assert register.why_not("eva@example.org") == "objected on 2026-11-23"
        assert register.why_not("zoe@example.org") is None
        assert register.count(["presse"]) == {"fr": 1}
    assert reached(path, "presse") == [ZOE.address]
    assert "objected on 2026-11-23" in reason(take_in(path, EVA)[0])
    assert take_in(path, replace(EVA, objection=DAY)) == [Taken.UNCHANGED]


def test_a_file_can_bring_objections(path: Path) -> None:
    take_in(path, EVA)
    objecting = [replace(item, objection=DAY) for item in (EVA, ZOE)]
    assert take_in(path, *objecting) == [Taken.CHANGED, Taken.ADDED]
    assert reached(path, "presse") == []


def test_who_is_forgotten_leaves_a_mark_that_no_address_can_be_read_from(path: Path) -> None:
    take_in(path, EVA, ZOE)
    with RecipientRegister(path) as register:
        assert register.object("Eva@Example.org", DAY, forget=True) is Objected.FORGOTTEN
        assert register.object("stranger@example.org", DAY) is Objected.MARKED
        assert register.object("stranger@example.org", DAY, forget=True) is Objected.KNOWN
        assert register.find("eva@example.org") is None
        assert register.why_not("eva@example.org") == "objected on 2026-11-23"
        with pytest.raises(WorkspaceError, match="no list"):
            register.recipients(["landtag"])
    assert b"eva@" not in path.read_bytes().lower()
    assert b"muster" not in path.read_bytes().lower()
    stranger = replace(ZOE, address="stranger@example.org")
    assert [("never taken in again" in reason(fault)) for fault in take_in(path, EVA, stranger)] == [True, True]


def test_an_objection_during_a_mailing_counts_from_the_next_page_on(path: Path) -> None:
    take_in(path, *(replace(ZOE, address=f"p{number:04d}@example.org") for number in range(600)))
    with RecipientRegister(path) as register:
        mailing = register.recipients(["presse"])
        next(mailing)
        register.object("p0599@example.org", DAY)
        register.refuse("p0598@example.org", "mailbox unavailable", DAY)
        assert [item.address for item in mailing][-1] == "p0597@example.org"


def test_an_undeliverable_address_is_skipped_until_somebody_clears_it(path: Path) -> None:
    take_in(path, EVA)
    with RecipientRegister(path) as register:
        assert register.refuse("eva@example.org", "550 5.1.1\r\n\x1b[31m unknown " + "x" * 5_000, DAY)
        assert not register.refuse("nobody@example.org", "550", DAY)
        assert register.refuse("eva@example.org", "550 5.1.1 unknown", date(2026, 12, 1))
        assert register.why_not("eva@example.org") == "is undeliverable since 2026-11-23: 550 5.1.1 unknown"
        (german, *_) = register.overview()
        assert (german.reached, german.objected, german.undeliverable) == (0, 0, 1)
        assert [record.refusal is not None for record in register.members("presse")] == [True]
    assert reached(path, "presse") == []
    assert take_in(path, EVA) == [Taken.UNCHANGED]
    assert reached(path, "presse") == [], "a file that comes in again does not mend an address"
    with RecipientRegister(path) as register:
        assert (register.clear("eva@example.org"), register.clear("eva@example.org")) == (True, False)
    assert reached(path, "presse") == [EVA.address]


def test_what_a_mail_server_says_is_kept_short_and_on_one_line(path: Path) -> None:
    take_in(path, EVA)
    with RecipientRegister(path) as register:
        register.refuse("eva@example.org", "550\r\n\x1b[31m " + "x" * 5_000, DAY)
        found = register.find("eva@example.org")
    assert found is not None
    assert found.refusal is not None
    assert found.refusal.reason.startswith("550 [31m xxx")
    assert len(found.refusal.reason) == MAX_REASON


def test_off_the_last_list_nothing_is_kept_but_an_objection(path: Path) -> None:
    take_in(path, EVA, ZOE)
    with RecipientRegister(path) as register:
        assert register.remove("eva@example.org", "Landtag")
        with pytest.raises(WorkspaceError, match="no list “landtag”"):
            register.remove("eva@example.org", "landtag")
        assert not register.remove("eva@example.org", "presse")
        with pytest.raises(WorkspaceError, match="is not on the list “presse”"):
            register.remove("eva@example.org", "presse")
        assert register.find("eva@example.org") is None
        register.object("zoe@example.org", DAY)
        register.remove("zoe@example.org", "presse")
        assert register.why_not("zoe@example.org") == "objected on 2026-11-23"


def test_what_is_no_address_is_told(path: Path) -> None:
    with RecipientRegister(path) as register, pytest.raises(FormatError, match="“eva” is no mail address"):
        register.object("eva", DAY)


def test_the_register_is_for_its_owner_alone_and_not_for_version_control(path: Path) -> None:
    take_in(path, EVA)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert (path.parent / ".gitignore").read_text() == "*\n"
    path.chmod(0o644)
    reached(path, "presse")
    assert path.stat().st_mode & 0o777 == 0o600


def take_in_half(writer: RecipientWriter) -> None:
    writer.take_in(Entry(line=2, recipient=ZOE, tells_embargo=True))
    raise KeyboardInterrupt


def test_an_error_half_way_leaves_the_register_as_it_was(path: Path) -> None:
    take_in(path, EVA)
    with RecipientRegister(path) as register:
        with pytest.raises(KeyboardInterrupt), register.writing() as writer:
            take_in_half(writer)
        assert list(register.recipients(["presse"])) == [EVA]


KILLED = """
import os, signal, sys
from dataclasses import replace
from pathlib import Path
from pipeline.formats.recipient_rows import Entry
from pipeline.workspace.recipients import RecipientRegister
with RecipientRegister(Path(sys.argv[1])) as register:
    eva = next(register.recipients(["presse"]))
    with register.writing() as writer:
        for number in range(20_000):
            person = replace(eva, address=f"p{number}@example.org", lists=("presse", "neu"))
            writer.take_in(Entry(line=number, recipient=person, tells_embargo=True))
        os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_import_leaves_the_register_as_it_was(path: Path) -> None:
    take_in(path, EVA)
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(path)], check=False, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert done.returncode == -signal.SIGKILL
    assert reached(path, "presse") == [EVA.address]
    assert take_in(path, ZOE) == [Taken.ADDED]


OTHER = """
import sys
from dataclasses import replace
from pathlib import Path
from pipeline.formats.recipient_rows import Entry
from pipeline.model.recipient import Recipient
from pipeline.workspace.recipients import RecipientRegister
from datetime import date
for number in range(100):
    person = Recipient(address=f"{sys.argv[2]}{number}@example.org", language="de", lists=("presse",), source="x",
                       legal_basis="consent", since=date(2026, 1, 31))
    with RecipientRegister(Path(sys.argv[1])) as register, register.writing() as writer:
        writer.take_in(Entry(line=number, recipient=person, tells_embargo=True))
"""


def test_two_processes_make_and_fill_the_register_at_once(path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    running = [
        subprocess.Popen([sys.executable, "-c", OTHER, str(path), name], env=environment) for name in ("a", "b")
    ]
    assert [process.wait() for process in running] == [0, 0]
    assert len(reached(path, "presse")) == 200


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[: len(data) // 2],
        lambda data: data[:4_096] + b"\xff" * (len(data) - 4_096),
        lambda _: b"",
        lambda _: b"no database at all" * 1_000,
    ],
    ids=["cut", "overwritten", "empty", "other"],
)
def test_a_damaged_register_is_one_clear_error_and_stays_where_it_is(
    path: Path, damage: Callable[[bytes], bytes]
) -> None:
    take_in(path, EVA, ZOE)
    path.write_bytes(damage(path.read_bytes()))
    before = path.read_bytes()
    with pytest.raises(
        WorkspaceError, match=r"recipients\.sqlite: the register of recipients is damaged .* backup"
    ):
        take_in(path, EVA)
    assert path.read_bytes() == before


def test_another_database_is_not_taken_for_the_register(path: Path) -> None:
    path.parent.mkdir()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE other (x)")
    connection.close()
    with pytest.raises(WorkspaceError, match="no register of this version"):
        RecipientRegister(path)


def test_a_date_that_cannot_be_read_is_damage(path: Path) -> None:
    take_in(path, EVA)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("UPDATE recipient SET since = 'gestern'")
    connection.close()
    with pytest.raises(WorkspaceError, match="a date in it cannot be read"):
        reached(path, "presse")
