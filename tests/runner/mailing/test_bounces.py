"""Mail that came back: the ledger learns of it, wrong addresses are skipped, and people are left to people."""

import mailbox
from email import message_from_bytes
from pathlib import Path

import pytest

from pipeline.errors import WorkspaceError
from pipeline.model.mailing import DeliveryState
from pipeline.runner.bounces import Taken, take_bounces
from pipeline.runner.deliveries import settle, totals
from pipeline.runner.recipients import open_register
from tests.cli.conftest import EVA
from tests.engines.smtp.mail_server import mail_server
from tests.formats.test_delivery_report import mail, report
from tests.runner.mailing.conftest import BUS, NOW, Desk, people
from tests.runner.mailing.test_sending import states


@pytest.fixture
def sent(desk: Desk) -> tuple[Desk, dict[str, str]]:
    """Return an office that mailed its release to five people, and the identity of each message."""
    desk.takes_in(*people(5))
    with mail_server() as server:
        desk.mails_to(server.port)
        desk.send()
    return desk, {item.recipient: message_from_bytes(item.data)["Message-ID"] for item in server.received}


def failed(address: str, status: str = "5.1.1", action: str = "failed") -> str:
    return (
        f"Final-Recipient: rfc822;{address}\nAction: {action}\nStatus: {status}\nDiagnostic-Code: smtp; {status} no"
    )


def take(desk: Desk, *mails: bytes, name: str = "mails.mbox") -> Taken:
    path = desk.root / name
    box = mailbox.mbox(path)
    for data in mails:
        box.add(mailbox.mboxMessage(data))
    box.close()
    return take_bounces(desk.workspace, path, NOW)


def why_not(desk: Desk, address: str) -> str | None:
    with open_register(desk.workspace) as register:
        return register.why_not(address)


def test_an_address_that_does_not_exist_is_noted_and_skipped_from_now_on(sent: tuple[Desk, dict[str, str]]) -> None:
    desk, ids = sent
    address = "p00001@example.org"
    back = report(failed("elsewhere@other.example"), headers=f"Message-ID: {ids[address]}\n")
    taken = take(desk, back)
    (item,) = taken.came_back
    assert (item.delivery.address, item.new, item.skipped) == (address, True, True)
    assert states(desk)[address] == "refused"
    assert why_not(desk, address) == "is undeliverable since 2026-10-08: 5.1.1 no"
    again = take(desk, back)
    assert [(item.new, item.skipped) for item in again.came_back] == [(False, False), (False, False)]


def test_a_message_that_a_filter_refused_does_not_cost_the_address(sent: tuple[Desk, dict[str, str]]) -> None:
    desk, ids = sent
    address = "p00002@example.org"
    take(desk, report(failed(address, "5.7.1"), headers=f"Message-ID: {ids[address]}\n"))
    assert (states(desk)[address], why_not(desk, address)) == ("refused", None)
    settle(desk.workspace, BUS, address, sent=False, by=EVA, at=NOW)
    assert states(desk)[address] == "queued"


def test_without_a_message_the_address_tells_which_one_came_back(sent: tuple[Desk, dict[str, str]]) -> None:
    desk, _ = sent
    taken = take(
        desk, report(failed("P00003@example.org"), headers=None), report(failed("x@example.org"), headers=None)
    )
    assert [item.delivery.address for item in taken.came_back] == ["p00003@example.org"]
    assert [item.address for item in taken.unmatched] == ["x@example.org"]
    assert states(desk)["p00003@example.org"] == "refused"


def test_mail_that_is_late_changes_nothing(sent: tuple[Desk, dict[str, str]]) -> None:
    desk, ids = sent
    back = report(
        failed("p00000@example.org", "4.4.1", "delayed"), headers=f"Message-ID: {ids['p00000@example.org']}\n"
    )
    taken = take(desk, back)
    assert (taken.counts["late"], taken.came_back, states(desk)["p00000@example.org"]) == (1, [], "accepted")


def test_automatic_answers_are_counted_and_farewells_listed(sent: tuple[Desk, dict[str, str]]) -> None:
    desk, _ = sent
    taken = take(
        desk,
        mail("Ich bin nicht da.", Auto_Submitted="auto-replied"),
        mail("Désinscription"),
        mail("Wann ist die Pressekonferenz?"),
    )
    assert {kind: taken.counts[kind] for kind in ("report", "automatic", "farewell", "other")} == {
        "report": 0, "automatic": 1, "farewell": 1, "other": 1,
    }  # fmt: skip
    assert [item.sender for item in taken.farewells] == ["Zoé <zoe@example.org>"]
    assert why_not(desk, "p00000@example.org") is None


def test_a_forged_identity_marks_nobody(sent: tuple[Desk, dict[str, str]]) -> None:
    desk, ids = sent
    forged = ids["p00000@example.org"].replace(BUS, "../../etc").replace(".v1.", ".v9.")
    other = f"<gibt-es-nicht.v1.fr.{'0' * 32}@example.org>"
    for identity in (forged, other):
        take(desk, report(failed("nobody@example.org"), headers=f"Message-ID: {identity}\n"))
    assert set(states(desk).values()) == {"accepted"}


def test_single_mails_and_folders_are_read_too(sent: tuple[Desk, dict[str, str]], tmp_path: Path) -> None:
    desk, ids = sent
    folder = mailbox.Maildir(tmp_path / "Maildir")
    for address in ("p00000@example.org", "p00001@example.org"):
        folder.add(report(failed(address), headers=f"Message-ID: {ids[address]}\n"))
    folder.close()
    assert take_bounces(desk.workspace, tmp_path / "Maildir", NOW).counts["new"] == 2
    single = tmp_path / "back.eml"
    single.write_bytes(report(failed("x@y.example"), headers=f"Message-ID: {ids['p00002@example.org']}\n"))
    assert take_bounces(desk.workspace, single, NOW).counts["new"] == 1
    found = totals(desk.workspace, BUS, NOW)
    assert found[1, "fr", DeliveryState.REFUSED] == 3


def test_a_mailbox_of_large_mails_is_read_in_pieces(sent: tuple[Desk, dict[str, str]]) -> None:
    desk, ids = sent
    large = mail("x" * 70 + "\n") + b"y" * 3_000_000
    back = report(failed("p00004@example.org"), headers=f"Message-ID: {ids['p00004@example.org']}\n")
    assert take(desk, large, back).counts["new"] == 1


def test_what_is_no_file_is_told(sent: tuple[Desk, dict[str, str]]) -> None:
    desk, _ = sent
    with pytest.raises(WorkspaceError, match="cannot be read"):
        take_bounces(desk.workspace, desk.root / "nothing.mbox", NOW)
