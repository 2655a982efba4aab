"""Sending a release: everybody once, whatever the mail server does."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from aiosmtpd.smtp import Envelope

from pipeline.errors import DeliveryError, GateError, WorkspaceError
from pipeline.model.mailing import DeliveryState
from pipeline.runner.deliveries import totals
from pipeline.runner.mail_ledger import sole_sender
from pipeline.runner.recipients import open_register
from pipeline.workspace.ledger import Ledger
from tests.engines.smtp.mail_server import Behaviour, MailServer, mail_server
from tests.runner.mailing.conftest import BUS, NOW, Desk, people

MIXED = (
    "zoe@example.org;Zoé Vaubrecourt;fr;presse, landtag;Akkreditierung;consent;2026-01-31;;ja",
    "eva@bücher.example;Eva Müller;de;presse;Akkreditierung;consent;2026-01-31;;",
    "max@example.org;;de;presse;Akkreditierung;consent;2026-01-31;;",
    "weg@example.org;;de;presse;Akkreditierung;consent;2026-01-31;2026-02-01;",
)


def states(desk: Desk) -> dict[str, str]:
    """Return the state of every message in the ledger, by address."""
    path = desk.root / "releases" / BUS / "ledger.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        return dict(connection.execute("SELECT address, state FROM delivery"))


def only(step: str, reply: str, *addresses: str) -> Behaviour:
    """Misbehave at one step, for some addresses or all."""

    def behave(_server: MailServer, now: str, envelope: Envelope) -> str | None:
        concerned = not addresses or bool({*envelope.rcpt_tos} & {*addresses})
        return reply if now == step and concerned else None

    return behave


def test_everybody_gets_it_once_in_their_language(desk: Desk) -> None:
    desk.takes_in(*MIXED)
    with mail_server() as server:
        desk.mails_to(server.port)
        mailed = desk.send("presse", "landtag")
        again = desk.send("presse", "landtag")
    assert server.recipients == ["eva@xn--bcher-kva.example", "max@example.org", "zoe@example.org"]
    assert (mailed.complete, mailed.counts) == (True, again.counts)
    assert mailed.counts == {
        ("de", DeliveryState.ACCEPTED): 2,
        ("de", DeliveryState.SKIPPED): 1,
        ("fr", DeliveryState.ACCEPTED): 1,
    }
    assert mailed.reasons == {"objected": 1}
    french = message_from_bytes(server.received[2].data, policy=policy.default)
    assert french["To"] == "Zoé Vaubrecourt <zoe@example.org>"
    assert french["From"] == "Chancellerie d’État <presse@valdraine.example.org>"
    assert (french["Content-Language"], server.received[2].sender) == ("fr", "presse@valdraine.example.org")
    (pdf,) = french.iter_attachments()
    assert pdf.get_filename() == f"{BUS}.fr.pdf"
    assert pdf.get_content() == (desk.root / "releases" / BUS / "dist" / f"{BUS}.fr.pdf").read_bytes()


def test_whoever_comes_to_a_list_later_gets_it_and_nobody_else(desk: Desk) -> None:
    desk.takes_in(*people(3))
    with mail_server() as server:
        desk.mails_to(server.port)
        desk.send()
        desk.takes_in(*people(5))
        desk.send()
    assert sorted(server.recipients) == [f"p0000{number}@example.org" for number in range(5)]


def test_whoever_changes_language_does_not_get_it_in_both(desk: Desk) -> None:
    desk.takes_in("zoe@example.org;Zoé;fr;presse;x;consent;2026-01-31;;")
    with mail_server() as server:
        desk.mails_to(server.port)
        desk.send()
        desk.takes_in("zoe@example.org;Zoé;de;presse;x;consent;2026-01-31;;")
        mailed = desk.send()
    assert (len(server.received), mailed.complete, mailed.reasons) == (1, True, {"has it in “fr”": 1})


def test_whoever_changes_language_while_waiting_gets_the_new_one_alone(desk: Desk) -> None:
    desk.takes_in("zoe@example.org;Zoé;fr;presse;x;consent;2026-01-31;;")
    with mail_server() as server:
        desk.mails_to(server.port)
        desk.stopping = lambda: True
        desk.send()
        desk.takes_in("zoe@example.org;Zoé;de;presse;x;consent;2026-01-31;;")
        desk.stopping = lambda: False
        assert desk.send().complete
        desk.takes_in("zoe@example.org;Zoé;fr;presse;x;consent;2026-01-31;;")
        desk.send()
    assert [message_from_bytes(item.data)["Content-Language"] for item in server.received] == ["de"]
    assert set(totals(desk.workspace, BUS, NOW).values()) == {1}


def test_only_one_language_goes_out_where_that_is_asked(desk: Desk) -> None:
    desk.takes_in(*MIXED)
    with mail_server() as server:
        desk.mails_to(server.port)
        mailed = desk.send(languages=("fr",))
    assert server.recipients == ["zoe@example.org"]
    assert mailed.reasons == {"objected": 1, "wants “de”, which is not sent": 2}


def test_a_refused_address_is_told_and_never_tried_again(desk: Desk) -> None:
    desk.takes_in(*people(4))
    with mail_server(only("RCPT", "550 5.1.1 no such user", "p00001@example.org")) as server:
        desk.mails_to(server.port)
        mailed = desk.send()
        desk.send()
    assert (mailed.complete, mailed.count(DeliveryState.REFUSED), len(server.received)) == (False, 1, 3)
    (shown,) = mailed.shown
    assert (shown.address, shown.reply) == ("p00001@example.org", "550 5.1.1 no such user")
    assert server.steps.count("RCPT") == 4


def test_a_message_put_off_is_tried_again_with_growing_pauses(desk: Desk) -> None:
    desk.takes_in(*people(2))
    tries: list[float] = []

    def greylist(_server: MailServer, step: str, envelope: Envelope) -> str | None:
        if step == "RCPT" and envelope.rcpt_tos == ["p00000@example.org"]:
            tries.append(desk.clock.passed)
            return "450 4.2.0 come back later" if len(tries) < 4 else None
        return None

    with mail_server(greylist) as server:
        desk.mails_to(server.port)
        mailed = desk.send()
    assert mailed.complete
    assert tries == [0, 60, 180, 480]
    assert server.recipients == ["p00001@example.org", "p00000@example.org"]
    assert any(notice.startswith("Waiting") for notice in desk.notices)


def test_a_message_put_off_forever_stays_queued_for_the_next_run(desk: Desk) -> None:
    desk.takes_in(*people(1))
    with mail_server(only("RCPT", "450 4.2.0 later")) as server:
        desk.mails_to(server.port)
        mailed = desk.send()
        assert (mailed.ended, mailed.count(DeliveryState.QUEUED)) == (None, 1)
        assert mailed.shown[0].reply == "450 4.2.0 later"
        server.behaviour = lambda *_: None
        assert desk.send().complete


def test_a_line_that_breaks_before_the_message_was_complete_costs_nothing(desk: Desk) -> None:
    desk.takes_in(*people(3))
    broken: list[str] = []

    def once(_server: MailServer, step: str, _envelope: Envelope) -> str | None:
        if step in broken or step not in {"MAIL", "RCPT", "DATA"}:
            return None
        broken.append(step)
        return "drop"

    with mail_server(once) as server:
        desk.mails_to(server.port, "stop_after = 10")
        assert desk.send().complete
    assert broken == ["MAIL", "RCPT", "DATA"]
    assert sorted(server.recipients) == [f"p0000{number}@example.org" for number in range(3)]


def test_a_line_that_breaks_after_the_message_leaves_it_to_a_person(desk: Desk) -> None:
    desk.takes_in(*people(3))
    with mail_server(only("END", "drop", "p00001@example.org")) as server:
        desk.mails_to(server.port)
        mailed = desk.send()
        desk.send()
    assert (mailed.count(DeliveryState.UNKNOWN), mailed.count(DeliveryState.ACCEPTED)) == (1, 2)
    assert sorted(server.recipients) == [f"p0000{number}@example.org" for number in range(3)]


def test_a_line_that_the_server_closed_meanwhile_is_opened_again_at_once(desk: Desk) -> None:
    desk.takes_in(*people(6))

    def two_each(server: MailServer, step: str, _envelope: Envelope) -> str | None:
        tired = step == "MAIL" and server.steps.count("MAIL") % 3 == 0
        return "421 4.7.0 too many messages on this line" if tired else None

    with mail_server(two_each) as server:
        desk.mails_to(server.port)
        assert desk.send().complete
    assert (len(server.received), desk.clock.waits) == (6, [])


def test_a_line_that_the_server_closed_while_everybody_on_it_was_put_off_costs_nobody_a_try(desk: Desk) -> None:
    desk.takes_in(*people(1))

    def impatient(server: MailServer, step: str, _envelope: Envelope) -> str | None:
        tries = server.steps.count("MAIL")
        if step == "MAIL" and tries == 2:
            return "421 4.4.2 timeout exceeded"
        return "450 4.2.0 come back later" if step == "RCPT" and tries == 1 else None

    with mail_server(impatient) as server:
        desk.mails_to(server.port, "stop_after = 1")
        assert desk.send().complete
    assert (desk.clock.waits, server.steps.count("MAIL")) == ([60], 3)


@pytest.mark.parametrize(
    ("step", "reply"), [("DATA", "554 5.7.1 spam"), ("END", "451 4.3.0 later"), ("END", "drop")]
)
def test_failures_in_a_row_end_it(desk: Desk, step: str, reply: str) -> None:
    desk.takes_in(*people(10))
    with mail_server(only(step, reply)) as server:
        desk.mails_to(server.port)
        mailed = desk.send()
    assert mailed.ended is not None
    assert mailed.ended.startswith("3 failures in a row, the last one: ")
    assert server.steps.count("RCPT") == 3
    assert mailed.count(DeliveryState.QUEUED) >= 7
    assert sum(mailed.counts.values()) == 10


def test_a_server_that_takes_nothing_from_the_sender_refuses_nobody(desk: Desk) -> None:
    desk.takes_in(*people(4))
    with mail_server(only("MAIL", "550 5.7.1 sender not allowed")) as server:
        desk.mails_to(server.port)
        mailed = desk.send()
    assert "takes nothing from presse@valdraine.example.org: 550 5.7.1 sender not allowed" in str(mailed.ended)
    assert mailed.counts == {("fr", DeliveryState.QUEUED): 4}
    assert server.steps == ["MAIL"]


@pytest.mark.parametrize(
    ("step", "reply"),
    [
        ("RCPT", "554 5.7.1 relay access denied"),
        ("RCPT", "530 authentication required"),
        ("END", "550 5.7.1 looks like spam"),
    ],
)
def test_what_we_are_not_allowed_refuses_nobody_and_goes_out_with_the_next_run(
    desk: Desk, step: str, reply: str
) -> None:
    desk.takes_in(*people(5))
    with mail_server(only(step, reply)) as server:
        desk.mails_to(server.port)
        mailed = desk.send()
        assert mailed.ended == f"3 failures in a row, the last one: {reply}"
        assert (mailed.counts, server.steps.count("RCPT")) == ({("fr", DeliveryState.QUEUED): 5}, 3)
        server.behaviour = only(step, reply, "p00003@example.org")
        mailed = desk.send()
        assert (mailed.ended, mailed.count(DeliveryState.QUEUED), mailed.shown[0].reply) == (None, 1, reply)
        server.behaviour = lambda *_: None
        assert desk.send().complete
    assert sorted(server.recipients) == [f"p0000{number}@example.org" for number in range(5)]


def test_a_server_that_is_away_is_told_at_once(desk: Desk) -> None:
    desk.takes_in(*people(2))
    with mail_server() as server:
        desk.mails_to(server.port)
    with pytest.raises(DeliveryError, match="connection refused"):
        desk.send()
    assert states(desk) == {}


def test_who_objects_meanwhile_gets_nothing_more(desk: Desk) -> None:
    desk.takes_in(*people(3))

    def object_first(step: str) -> None:
        if step == "MAIL" and len(server.steps) == 1:
            with open_register(desk.workspace) as register:
                register.object("p00002@example.org", NOW.date())

    with mail_server() as server:
        server.observe = object_first
        desk.mails_to(server.port)
        mailed = desk.send()
    assert server.recipients == ["p00000@example.org", "p00001@example.org"]
    assert mailed.reasons == {"objected on 2026-10-08": 1}


def test_messages_go_out_evenly_and_no_faster_to_a_domain_than_allowed(desk: Desk) -> None:
    desk.takes_in(*people(4, "a.example"), *people(2, "b.example"))
    desk.clock.passed = 1000
    sent: list[tuple[float, str]] = []

    def note(_server: MailServer, step: str, envelope: Envelope) -> str | None:
        if step == "RCPT":
            sent.append((desk.clock.passed - 1000, envelope.rcpt_tos[0].partition("@")[2]))
        return None

    with mail_server(note) as server:
        desk.mails_to(server.port, "per_minute = 60\nper_domain_per_minute = 6")
        assert desk.send().complete
    assert [when for when, domain in sent if domain == "a.example"] == [0, 10, 20, 30]
    assert [when for when, domain in sent if domain == "b.example"] == [1, 11]


def test_somebody_who_asks_to_stop_is_heard_after_the_present_message(desk: Desk) -> None:
    desk.takes_in(*people(5))
    with mail_server() as server:
        desk.mails_to(server.port)
        desk.stopping = lambda: len(server.received) == 2
        mailed = desk.send()
        assert (mailed.ended, mailed.count(DeliveryState.ACCEPTED)) == ("it was asked to stop", 2)
        desk.stopping = lambda: False
        assert desk.send().complete
    assert len(server.received) == 5


def test_one_sends_at_a_time(desk: Desk) -> None:
    desk.takes_in(*people(1))
    with mail_server() as server:
        desk.mails_to(server.port)
        with (
            sole_sender(desk.workspace),
            pytest.raises(WorkspaceError, match="another “communique send” is sending"),
        ):
            desk.send()
    assert server.received == []


def test_what_was_under_way_when_a_program_was_killed_is_never_sent_by_itself(desk: Desk) -> None:
    desk.takes_in(*people(3))
    with mail_server() as server:
        desk.mails_to(server.port)
        desk.stopping = lambda: len(server.received) == 1
        desk.send()
        with closing(sqlite3.connect(desk.root / "releases" / BUS / "ledger.sqlite")) as connection, connection:
            connection.execute("UPDATE delivery SET state = 'sending' WHERE address = 'p00001@example.org'")
        desk.stopping = lambda: False
        mailed = desk.send()
    assert states(desk)["p00001@example.org"] == "unknown"
    assert (mailed.count(DeliveryState.UNKNOWN), len(server.received)) == (1, 2)
    assert any("may have arrived; it is not sent again" in notice for notice in desk.notices)


def test_a_lost_ledger_stops_everything(desk: Desk) -> None:
    desk.takes_in(*people(2))
    with mail_server() as server:
        desk.mails_to(server.port)
        desk.send()
        for path in (desk.root / "releases" / BUS).glob("ledger.sqlite*"):
            path.unlink()
        with pytest.raises(WorkspaceError, match=r"is missing, but the audit log says that .* was mailed"):
            desk.send()
    assert len(server.received) == 2


def test_a_damaged_ledger_stops_everything(desk: Desk) -> None:
    desk.takes_in(*people(2))
    with mail_server() as server:
        desk.mails_to(server.port)
        desk.send()
        for path in (desk.root / "releases" / BUS).glob("ledger.sqlite-*"):
            path.unlink()
        (desk.root / "releases" / BUS / "ledger.sqlite").write_bytes(b"")
        with pytest.raises(WorkspaceError, match="the ledger of who has this release is damaged"):
            desk.send()


def test_the_ledger_of_another_release_is_not_taken_for_ones_own(desk: Desk) -> None:
    desk.takes_in(*people(1))
    with Ledger(desk.root / "releases" / BUS / "ledger.sqlite", "2025-01-01-anders"):
        pass
    with mail_server() as server:
        desk.mails_to(server.port)
        with pytest.raises(WorkspaceError, match="is the ledger of “2025-01-01-anders”"):
            desk.send()


def test_the_ledger_is_no_business_of_anybody_else(desk: Desk) -> None:
    desk.takes_in(*people(1))
    with mail_server() as server:
        desk.mails_to(server.port)
        desk.send()
    folder = desk.root / "releases" / BUS
    assert (folder / "ledger.sqlite").stat().st_mode & 0o077 == 0
    assert "/ledger.sqlite*" in (folder / ".gitignore").read_text(encoding="utf-8")


def test_a_clock_that_jumps_back_is_told(desk: Desk) -> None:
    desk.takes_in(*people(2))
    with mail_server() as server:
        desk.mails_to(server.port)
        desk.send()
        desk.clock.at -= timedelta(hours=3)
        assert desk.send().complete
    assert any("check the clock" in notice for notice in desk.notices)


def test_a_clock_set_meanwhile_is_told_once(desk: Desk) -> None:
    desk.takes_in(*people(4))

    def jump(_server: MailServer, step: str, _envelope: Envelope) -> None:
        if step == "MAIL":
            desk.clock.at -= timedelta(minutes=5)

    with mail_server(jump) as server:
        desk.mails_to(server.port)
        assert desk.send().complete
    assert [notice for notice in desk.notices if "was set" in notice] == [
        "The clock of this machine was set; embargo and expiry are judged by what it says now."
    ]


def test_an_order_stands_in_the_audit_log(desk: Desk) -> None:
    desk.takes_in(*people(1))
    with mail_server() as server:
        desk.mails_to(server.port)
        desk.send()
    entry = list(desk.workspace.log(BUS).entries())[-1]
    assert (entry.action, entry.details["lists"], entry.details["before_embargo_ends"]) == (
        "mail",
        ["presse"],
        False,
    )


def test_a_list_that_does_not_exist_is_told_before_anything_is_done(desk: Desk) -> None:
    desk.takes_in(*people(1))
    desk.mails_to(1)
    with pytest.raises(WorkspaceError, match="there is no list “prese”"):
        desk.send("prese")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("412.600", "412.601", "“fr” is not approved as it stands"),
        ("\ndate:", "\nconfidential: true\ndate:", "it is marked confidential"),
    ],
)
def test_what_nobody_answers_for_does_not_leave(desk: Desk, old: str, new: str, words: str) -> None:
    desk.takes_in(*people(1))
    source = desk.root / "releases" / BUS / "source.md"
    source.write_text(source.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with mail_server() as server:
        desk.mails_to(server.port)
        with pytest.raises(GateError, match=words):
            desk.send()
    assert server.steps == []


def test_files_that_are_not_up_to_date_do_not_leave(desk: Desk) -> None:
    desk.takes_in(*people(1))
    desk.mails_to(1)
    (desk.root / "releases" / BUS / "dist" / f"{BUS}.fr.pdf").write_bytes(b"%PDF old")
    with pytest.raises(GateError, match=f"its files are not up to date; “communique build {BUS}” makes them"):
        desk.send()
    shutil.rmtree(desk.root / "releases" / BUS / "dist")
    with pytest.raises(GateError, match="its files are not up to date"):
        desk.send()


def test_what_is_too_old_does_not_leave_not_even_in_the_middle(desk: Desk) -> None:
    desk.takes_in(*people(3))
    desk.clock.at = NOW + timedelta(hours=100)
    desk.mails_to(1)
    with pytest.raises(GateError, match="it is too old since 2026-10-11 00:00 CEST"):
        desk.send()
    desk.clock.at = NOW

    def late(_server: MailServer, step: str, _envelope: Envelope) -> None:
        if step == "END":
            desk.clock.at = NOW + timedelta(hours=100)

    with mail_server(late) as server:
        desk.mails_to(server.port)
        mailed = desk.send()
    assert "too old" in str(mailed.ended)
    assert (len(server.received), mailed.count(DeliveryState.QUEUED)) == (1, 2)


def test_a_large_pdf_is_linked(desk: Desk) -> None:
    desk.takes_in(*people(1))
    with mail_server() as server:
        desk.mails_to(server.port, "attach_up_to = 1000")
        with pytest.raises(GateError, match=r"is too large to attach .* say where it can be fetched"):
            desk.send()
        desk.mails_to(server.port, 'attach_up_to = 1000\ndownloads = "https://presse.example.org/dateien"')
        desk.send()
    message = message_from_bytes(server.received[0].data, policy=policy.default)
    body = message.get_body(("plain",))
    assert body is not None
    assert f"https://presse.example.org/dateien/{BUS}.fr.pdf" in body.get_content()
    assert list(message.iter_attachments()) == []


def test_without_a_place_of_its_own_it_is_linked_in_the_newsroom(desk: Desk) -> None:
    desk.takes_in(*people(1))
    with mail_server() as server:
        desk.mails_to(server.port, 'attach_up_to = 1000\n[site]\nurl = "https://presse.example.org"')
        desk.send()
    address = f"https://presse.example.org/files/{BUS}/{BUS}.fr.pdf"
    message = message_from_bytes(server.received[0].data, policy=policy.default)
    body = message.get_body(("html",))
    assert body is not None
    assert f'href="{address}"' in body.get_content()


def test_what_the_server_would_not_take_is_linked(desk: Desk) -> None:
    desk.takes_in(*people(1))
    with mail_server(size=60_000) as server:
        desk.mails_to(server.port)
        with pytest.raises(GateError, match=r"the mail server takes up to 0\.1 MB"):
            desk.send()
        desk.mails_to(server.port, 'downloads = "https://presse.example.org/dateien/"')
        assert desk.send().complete
    assert f"https://presse.example.org/dateien/{BUS}.fr.pdf".encode() in server.received[0].data


def test_a_full_disk_stops_before_the_next_message(desk: Desk) -> None:
    desk.takes_in(*people(400))
    with mail_server() as server:
        desk.mails_to(server.port, "expires_after = 100000")
        code = (
            "import resource, runpy, sys\n"
            "resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))\n"
            "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
            f"sys.argv = ['communique', '-w', {str(desk.root)!r}, 'send', {BUS!r}, '--list', 'presse', '--send']\n"
            "runpy.run_module('pipeline', run_name='__main__')"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "ledger.sqlite: cannot be read or written" in done.stderr or "disk is full" in done.stderr
    assert "Traceback" not in done.stderr
    known = states(desk)
    assert [
        address for address in server.recipients if known[address] not in {"accepted", "sending", "unknown"}
    ] == []
