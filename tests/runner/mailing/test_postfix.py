"""A real Postfix takes what is sent: what arrives, what it refuses, puts off or sends back."""

import re
import subprocess
import sys
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from pipeline.errors import DeliveryError, GateError
from pipeline.model.mailing import DeliveryState
from pipeline.runner.bounces import take_bounces
from pipeline.runner.bundling import bundle_release
from pipeline.runner.mail_ledger import Order
from pipeline.runner.mail_rehearsal import rehearse
from pipeline.runner.press import Press
from pipeline.runner.publishing import build_release
from pipeline.runner.recipients import open_register
from pipeline.runner.revising import withdraw_release
from tests.cli.conftest import EVA
from tests.engines.smtp.certificates import Authority
from tests.engines.smtp.postfix import Postfix, needs_passwords, needs_postfix, postfix, wait_until
from tests.runner.mailing.conftest import BUS, NOW, ROOT, Desk, TestClock, people
from tests.runner.mailing.test_sending import MIXED, states

pytestmark = needs_postfix

FRENCH, GERMAN = "presse@valdraine.example.org", "presse@waldringen.example.org"
OFFICE = (FRENCH, GERMAN)
EVA_THERE, MAX, ZOE = GOT_IT = ("eva@xn--bcher-kva.example", "max@example.org", "zoe@example.org")
P = tuple(f"p{number:05d}@example.org" for number in range(40))
LATER = "450 4.2.0 come back later"


def run(desk: Desk, *words: str) -> "subprocess.CompletedProcess[str]":
    """Run the command itself."""
    command = (sys.executable, "-m", "pipeline", "-w", str(desk.root), *words)
    return subprocess.run(command, capture_output=True, text=True, check=False)


def message(data: bytes) -> EmailMessage:
    found = message_from_bytes(data, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def text(found: EmailMessage, kind: str = "plain") -> str:
    part = found.get_body((kind,))
    assert part is not None
    content = part.get_content()
    assert isinstance(content, str)
    return content


def test_everybody_gets_it_once_in_their_language_over_an_encrypted_line(desk: Desk, authority: Authority) -> None:
    desk.takes_in(*MIXED)
    with postfix(authority.certificate(), (*GOT_IT, *OFFICE)) as server:
        desk.mails_to(server.port, desk.trusts(authority.file))
        mailed = desk.send("presse", "landtag")
        again = desk.send("presse", "landtag")
        assert server.counts() == dict.fromkeys(GOT_IT, 1)
        (french,), (german,) = server.mails(ZOE), server.mails(EVA_THERE)
    assert (mailed.complete, mailed.counts, mailed.reasons) == (True, again.counts, {"objected": 1})
    assert b"(using TLSv1.3 with cipher " in french
    assert b"(using TLSv1.3 with cipher " in german
    unsubscribe = b"<mailto:abmelden@waldringen.example.org?subject=unsubscribe>, <https://presse.waldringen."
    assert b"\nList-Unsubscribe: " + unsubscribe in french
    found, other = message(french), message(german)
    assert (found["Content-Language"], other["Content-Language"]) == ("fr", "de")
    assert (found["Return-Path"], other["Return-Path"]) == (f"<{FRENCH}>", f"<{GERMAN}>")
    assert found["From"] == f"Chancellerie d’État <{FRENCH}>"
    assert (found["To"], other["To"]) == (f"Zoé Vaubrecourt <{ZOE}>", f"Eva Müller <{EVA_THERE}>")
    assert found["Subject"] == "Bus transfrontalier\u00a0: 412\u202f600 voyageurs sur la ligne\u00a040 en un an"
    assert re.fullmatch(rf"<{BUS}\.v1\.fr\.[0-9a-f]{{32}}@valdraine\.example\.org>", found["Message-ID"])
    assert "412\u202f600" in text(found)
    assert '<html lang="fr"' in text(found, "html")
    (pdf,) = found.iter_attachments()
    assert isinstance(pdf, EmailMessage)
    assert pdf.get_filename() == f"{BUS}.fr.pdf"
    assert pdf.get_content() == (desk.root / "releases" / BUS / "dist" / f"{BUS}.fr.pdf").read_bytes()


def test_what_arrives_is_byte_by_byte_what_was_rehearsed_dots_at_the_start_of_lines_too(
    desk: Desk, authority: Authority
) -> None:
    desk.takes_in(*MIXED)
    form = (ROOT / "templates" / "mail" / "message.txt").read_text(encoding="utf-8")
    own = desk.root / "templates" / "mail" / "message.txt"
    own.parent.mkdir()
    own.write_text(form.replace("{{ text }}", ".Punkt\n..\n...\n{{ text }}"), encoding="utf-8")
    with postfix(authority.certificate(), (*GOT_IT, *OFFICE)) as server:
        desk.mails_to(server.port, desk.trusts(authority.file))
        order = Order(release=BUS, lists=("presse",), by=EVA)
        rehearsal = rehearse(desk.workspace, order, sample=None, at=desk.clock.now())
        assert desk.send().complete
        arrived = [data for address in GOT_IT for data in server.mails(address)]
    written = [path.read_bytes().replace(b"\r\n", b"\n") for path in sorted(rehearsal.folder.glob("*.eml"))]
    for data, file in zip(arrived, written, strict=True):
        assert b"\n.Punkt\n..\n...\n" in file
        added, _, rest = data.partition(b"\nTo: ")
        assert b"To: " + rest == file
        names = re.findall(r"^([\w-]+):", added.decode(), re.MULTILINE)
        assert names == ["Return-Path", "X-Original-To", "Delivered-To", "Received"]


def test_a_postfix_that_a_stranger_vouches_for_gets_nothing(
    desk: Desk, authority: Authority, tmp_path: Path
) -> None:
    desk.takes_in(*MIXED)
    with postfix(Authority(tmp_path).certificate(), (*GOT_IT, *OFFICE)) as server:
        desk.mails_to(server.port, desk.trusts(authority.file))
        with pytest.raises(DeliveryError, match=r"its certificate is not trusted .*; nothing was sent"):
            desk.send()
        assert (states(desk), server.counts(), "client=" in server.log) == ({}, {}, False)


@needs_passwords
def test_the_command_signs_in_with_the_password_of_its_environment(
    desk: Desk, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.takes_in(*MIXED)
    settings = f"{desk.trusts(authority.file)}expires_after = 100000\n"
    send = ("send", BUS, "--list", "presse", "--send")
    with postfix(authority.certificate(), (*GOT_IT, *OFFICE), users={"presse": "sesam-1"}) as server:
        desk.mails_to(server.port, f'{settings}user = "presse"')
        monkeypatch.setenv("COMMUNIQUE_MAIL_PASSWORD", "sesam-2")
        wrong = run(desk, *send)
        assert server.counts() == {}
        monkeypatch.setenv("COMMUNIQUE_MAIL_PASSWORD", "sesam-1")
        right, again = run(desk, *send), run(desk, *send)
        assert server.counts() == dict.fromkeys(GOT_IT, 1)
        assert server.log.count("sasl_method=PLAIN, sasl_username=presse") == 3
    refused = "refuses the user “presse” with the password in COMMUNIQUE_MAIL_PASSWORD (reply 535)"
    assert (wrong.returncode, wrong.stderr) == (3, f"communique: 127.0.0.1:{server.port}: {refused}\n")
    assert (right.returncode, again.returncode) == (0, 0)
    assert "4 recipients: 3 accepted, 1 skipped" in right.stdout
    assert again.stdout == right.stdout


@needs_passwords
def test_whoever_forgot_the_user_has_refused_nobody_when_it_is_mended(
    desk: Desk, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.takes_in(*MIXED)
    monkeypatch.setenv("COMMUNIQUE_MAIL_PASSWORD", "sesam-1")
    with postfix(authority.certificate(), (*GOT_IT, *OFFICE), users={"presse": "sesam-1"}) as server:
        desk.mails_to(server.port, desk.trusts(authority.file))
        mailed = desk.send()
        assert (mailed.count(DeliveryState.QUEUED), mailed.complete, server.counts()) == (3, False, {})
        assert str(mailed.ended).startswith("3 failures in a row, the last one: 554 5.7.1 ")
        desk.mails_to(server.port, f'{desk.trusts(authority.file)}user = "presse"')
        assert desk.send().complete
        assert server.counts() == dict.fromkeys(GOT_IT, 1)


def test_an_unknown_mailbox_is_told_with_the_servers_words_and_the_rest_goes_on(
    desk: Desk, authority: Authority
) -> None:
    desk.takes_in(*people(4))
    with postfix(authority.certificate(), (P[0], *P[2:4], *OFFICE)) as server:
        desk.mails_to(server.port, desk.trusts(authority.file))
        mailed = desk.send()
        desk.send()
        assert server.counts() == dict.fromkeys((P[0], *P[2:4]), 1)
        assert server.log.count("NOQUEUE: reject") == 1
    (shown,) = mailed.shown
    assert (shown.address, shown.state) == (P[1], DeliveryState.REFUSED)
    assert shown.reply == (f"550 5.1.1 <{P[1]}>: Recipient address rejected: User unknown in virtual mailbox table")


def test_whoever_is_put_off_stays_queued_and_gets_it_when_the_rule_is_gone(
    desk: Desk, authority: Authority
) -> None:
    desk.takes_in(*people(3))
    with postfix(authority.certificate(), (*P[:3], *OFFICE)) as server:
        desk.mails_to(server.port, desk.trusts(authority.file))
        server.table("at_recipient", {P[1]: LATER})
        mailed = desk.send()
        assert (mailed.count(DeliveryState.ACCEPTED), mailed.count(DeliveryState.QUEUED)) == (2, 1)
        assert mailed.shown[0].reply == f"450 4.2.0 <{P[1]}>: Recipient address rejected: come back later"
        server.table("at_recipient", {})
        assert desk.send().complete
        assert server.counts() == dict.fromkeys(P[:3], 1)


def test_a_whole_list_that_is_put_off_is_no_failure_though_postfix_closes_the_line(
    desk: Desk, authority: Authority
) -> None:
    desk.takes_in(*people(25))
    with postfix(authority.certificate(), (*P[:25], *OFFICE), more="smtpd_error_sleep_time = 0") as server:
        desk.mails_to(server.port, f"{desk.trusts(authority.file)}stop_after = 1")
        server.table("at_recipient", {"example.org": LATER})
        mailed = desk.send()
        assert (mailed.ended, mailed.count(DeliveryState.QUEUED)) == (None, 25)
        assert "too many errors after RCPT" in server.log
        server.table("at_recipient", {})
        assert desk.send().complete
        assert server.counts() == dict.fromkeys(P[:25], 1)


@dataclass
class IdleClock(TestClock):
    """A clock that waits until the server has closed the line, and puts nobody off any more."""

    __test__ = False
    server: Postfix | None = None

    def sleep(self, seconds: float) -> None:
        assert self.server is not None
        wait_until(
            lambda: self.server is not None and "timeout after" in self.server.log, "Postfix closes the line"
        )
        self.server.table("at_recipient", {})
        super().sleep(seconds)


def test_a_line_that_postfix_closed_because_it_was_idle_is_opened_again_at_once(
    desk: Desk, authority: Authority
) -> None:
    desk.takes_in(*people(1))
    with postfix(authority.certificate(), (P[0], *OFFICE), more="smtpd_timeout = 1s") as server:
        desk.mails_to(server.port, desk.trusts(authority.file))
        server.table("at_recipient", {P[0]: LATER})
        desk.clock = IdleClock(server=server)
        assert desk.send().complete
    assert desk.clock.waits == [60]


def test_what_is_larger_than_postfix_says_it_takes_is_linked_or_nothing_is_sent(
    desk: Desk, authority: Authority
) -> None:
    desk.takes_in(*people(1))
    with postfix(authority.certificate(), (P[0], *OFFICE), more="message_size_limit = 60000") as server:
        desk.mails_to(server.port, desk.trusts(authority.file))
        with pytest.raises(GateError, match=r"takes up to 0\.1 MB; say where the PDF can be fetched"):
            desk.send()
        assert (states(desk), server.counts()) == ({}, {})
        place = 'downloads = "https://presse.example.org/dateien/"'
        desk.mails_to(server.port, desk.trusts(authority.file) + place)
        assert desk.send().complete
        (data,) = server.mails(P[0])
    assert f"https://presse.example.org/dateien/{BUS}.fr.pdf" in text(message(data))
    assert list(message(data).iter_attachments()) == []


def test_what_postfix_took_and_sends_back_marks_the_address_and_the_next_mailing_skips_it(
    desk: Desk, authority: Authority
) -> None:
    desk.takes_in(*people(4))
    kept, moved, full, other = P[:4]
    with postfix(
        authority.certificate(),
        (kept, other, *OFFICE),
        aliases={moved: "elsewhere@example.org", full: "box@full.example.org"},
        transports={"full.example.org": "error:5.2.2 mailbox is full"},
    ) as server:
        desk.mails_to(server.port, desk.trusts(authority.file))
        assert desk.send().complete
        assert server.counts() == {kept: 1, other: 1, FRENCH: 2}
        for report in server.mails(FRENCH):
            assert report.startswith(b"Return-Path: <>\n")
            assert len(report) < 10_000, "only the header comes back"
        told = run(desk, "bounces", str(server.box(FRENCH)))
        again = take_bounces(desk.workspace, server.box(FRENCH), NOW)
        assert states(desk) == {kept: "accepted", moved: "refused", full: "refused", other: "accepted"}
        withdraw(desk)
        mailed = desk.send()
        assert server.counts() == {kept: 2, other: 2, FRENCH: 3}
    assert f'{moved}: unknown user: "elsewhere@example.org" (skipped from now on)\n' in told.stdout
    assert f"{full}: mailbox is full (stays in the register)\n" in told.stdout
    assert (again.counts["report"], again.counts["new"], again.unmatched) == (2, 0, [])
    with open_register(desk.workspace) as register:
        assert [address for address in P[:4] if register.why_not(address)] == [moved]
    assert (mailed.version, mailed.reasons) == (2, {"is undeliverable": 1})


def withdraw(desk: Desk) -> None:
    """Make the next version of the release."""
    workspace = desk.workspace
    press = Press(workspace, NOW)
    bundle_release(workspace, BUS, press, by=EVA, at=NOW)
    withdraw_release(workspace, BUS, {"de": "Falsch.", "fr": "Faux."}, by=EVA, at=NOW)
    build_release(workspace, BUS, press, lambda: None)
