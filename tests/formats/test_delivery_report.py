"""What comes back by mail: reports, answering machines, farewells, and mails that are made to do harm."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.formats.delivery_report import MAX_RECIPIENTS, Kind, read_returned

REPORT = b"""From: MAILER-DAEMON@example.org
Subject: Undelivered
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

It failed.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org

%s
--b
Content-Type: message/rfc822

Message-ID: <bus.v1.fr.%s@example.org>

--b--
"""
GROUP = b"""Final-Recipient: rfc822; zoe@example.org
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 no such user
"""
IDENTITY = b"0" * 32


def test_a_report_names_the_address_the_reason_and_the_message() -> None:
    found = read_returned(REPORT % (GROUP, IDENTITY))
    (failure,) = found.failures
    assert (found.kind, failure.address, failure.status) == (Kind.REPORT, "zoe@example.org", "5.1.1")
    assert failure.failed
    assert failure.concerns_address
    assert "no such user" in failure.text
    assert "<bus.v1.fr." in found.references


def test_a_full_mailbox_does_not_cost_the_address() -> None:
    (failure,) = read_returned(REPORT % (GROUP.replace(b"5.1.1", b"5.2.2"), IDENTITY)).failures
    assert failure.failed
    assert not failure.concerns_address


def test_a_report_of_ever_so_many_is_bounded() -> None:
    groups = b"\n".join([GROUP] * (MAX_RECIPIENTS + 500))
    assert len(read_returned(REPORT % (groups, IDENTITY)).failures) <= MAX_RECIPIENTS


@settings(max_examples=200)
@given(st.binary(max_size=2_000))
def test_anything_at_all_is_read_without_a_failure(data: bytes) -> None:
    assert read_returned(data).kind in Kind
    assert read_returned(REPORT % (data, data)).kind in Kind
