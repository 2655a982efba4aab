"""Mail that comes back: what servers report, what machines answer, who wants to leave, what is made to do harm."""

import email.header

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.formats.delivery_report import MAX_RECIPIENTS, Kind, read_returned

MESSAGE_ID = "Message-ID: <bus.v1.fr.00000000000000000000000000000000@example.org>\n"
GROUP = """Original-Recipient: rfc822;zoe@example.org
Final-Recipient: rfc822;z.dupont@example.com
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user"""


def mail(text: str, **headers: str) -> bytes:
    """Return a mail that a person, or a machine, wrote; `Auto_Submitted` stands for `Auto-Submitted`."""
    named = {"From": "Zoé <zoe@example.org>", "Subject": "Re: Linie 40"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    named.setdefault("Content-Type", "text/plain; charset=utf-8")
    lines = (f"{name}: {email.header.Header(value).encode()}" for name, value in named.items())
    return "\n".join((*lines, "", text)).encode("utf-8")


def report(*groups: str, headers: str | None = MESSAGE_ID, kind: str = "message/rfc822") -> bytes:
    """Return a delivery report (RFC 3464).

    Args:
        groups: what is told of each recipient.
        headers: those of the message that came back; None for a report without it.
        kind: as what the message stands in the report.
    """
    parts = [
        "Content-Type: text/plain\n\nIt could not be delivered.",
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mail.example.org\n\n" + "\n\n".join(groups),
    ]
    if headers is not None:
        parts.append(f"Content-Type: {kind}\n\n{headers}Subject: Linie 40\n")
    head = (
        "From: MAILER-DAEMON@example.org\nSubject: Undelivered\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n'
    )
    return (head + "".join(f"\n--b\n{part}\n" for part in parts) + "\n--b--\n").encode("utf-8")


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_a_report_names_the_message_the_address_and_the_reason(kind: str) -> None:
    found = read_returned(report(GROUP, kind=kind))
    (failure,) = found.failures
    assert found.kind is Kind.REPORT
    assert MESSAGE_ID.strip().partition(": ")[2] in found.references
    assert (failure.address, failure.status, failure.failed) == ("zoe@example.org", "5.1.1", True)
    assert failure.text == "550 5.1.1 no such user"


def test_a_report_without_the_message_still_names_the_address() -> None:
    found = read_returned(report(GROUP, headers=None))
    assert [item.address for item in found.failures] == ["zoe@example.org"]


def test_an_address_that_was_encoded_for_the_server_is_read() -> None:
    group = GROUP.replace("rfc822;zoe@example.org", "rfc822; zoe+2Bpresse@example.org")
    assert [item.address for item in read_returned(report(group)).failures] == ["zoe+presse@example.org"]


def test_mail_that_is_only_late_has_not_failed() -> None:
    (failure,) = read_returned(report(GROUP.replace("failed", "delayed").replace("5.1.1", "4.4.7"))).failures
    assert not failure.failed
    assert not failure.concerns_address


@pytest.mark.parametrize("action", ["delivered", "relayed", "expanded", "nonsense"])
def test_what_was_delivered_or_passed_on_is_no_failure(action: str) -> None:
    assert read_returned(report(GROUP.replace("failed", action))).failures == ()


@pytest.mark.parametrize(
    ("status", "wrong"),
    [
        ("5.1.1", True),
        ("5.1.10", True),
        ("5.2.1", True),
        ("5.4.4", True),
        ("5.0.0", True),
        (None, True),
        ("5.2.2", False),
        ("5.2.3", False),
        ("5.3.4", False),
        ("5.6.1", False),
        ("5.7.1", False),
        ("4.4.7", False),
    ],
)
def test_only_some_failures_say_that_the_address_is_wrong(status: str | None, wrong: bool) -> None:
    group = GROUP.replace("Status: 5.1.1\n", f"Status: {status}\n" if status else "")
    (failure,) = read_returned(report(group)).failures
    assert failure.concerns_address == wrong


def test_a_report_on_thousands_is_bounded() -> None:
    assert len(read_returned(report(*[GROUP] * (MAX_RECIPIENTS + 500))).failures) <= MAX_RECIPIENTS


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated"},
        {"Precedence": "auto_reply"},
        {"X_Autoreply": "yes"},
    ],
)
def test_automatic_answers_are_recognised(headers: dict[str, str]) -> None:
    assert read_returned(mail("Abmelden", **headers)).kind is Kind.AUTOMATIC


def test_a_receipt_is_automatic() -> None:
    kind = "multipart/report; report-type=disposition-notification; boundary=b"
    assert read_returned(mail("--b--", Content_Type=kind)).kind is Kind.AUTOMATIC


def test_a_complaint_by_the_mail_provider_counts_as_leaving() -> None:
    kind = "multipart/report; report-type=feedback-report; boundary=b"
    assert read_returned(mail("--b--", Content_Type=kind)).kind is Kind.FAREWELL


@pytest.mark.parametrize(
    "text",
    [
        "Abmelden",
        "  désinscription. ",
        "UNSUBSCRIBE!\n",
        "Bitte abmelden\n-- \nEva Müller\nRedaktion",
        "abmelden\n-----Ursprüngliche Nachricht-----\nVon: Presse",
        "Désinscription\n\nLe 8 oct. 2026, Presse a écrit :\n> La ligne 40\n> unsubscribe",
    ],
)
def test_who_only_wants_to_leave_is_recognised(text: str) -> None:
    assert read_returned(mail(text)).kind is Kind.FAREWELL


def test_whoever_writes_more_is_for_a_person_to_read() -> None:
    assert read_returned(mail("Bitte nicht abmelden, aber wann ist der Termin?")).kind is Kind.OTHER


def test_a_mail_of_the_unsubscribe_button_is_recognised_by_its_subject() -> None:
    assert read_returned(mail("", Subject="unsubscribe")).kind is Kind.FAREWELL


def test_html_alone_is_read_too() -> None:
    html = mail("<html><body><p>Abmelden</p></body></html>", Content_Type="text/html; charset=utf-8")
    assert read_returned(html).kind is Kind.FAREWELL


def test_a_part_that_is_no_text_says_nothing() -> None:
    assert read_returned(mail("abmelden", Content_Type="application/pdf")).kind is Kind.OTHER


def test_signs_that_steer_a_terminal_are_taken_out() -> None:
    found = read_returned(mail("x", Subject="a\x1b[31mb").replace(b"=1B", b"\x1b"))
    assert found.subject.isprintable()
    (failure,) = read_returned(report(GROUP.replace("no such", "no\x1b[2Jsuch"))).failures
    assert failure.text.isprintable()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 5_000,
        b"Content-Type: multipart/report; boundary=\n\n--\n",
        b"Content-Type: text/plain; charset=nonsense\n\nabc",
        b"Subject: =?x?b?!!!?=\nFrom: =?utf-8?b?/////?=\n\n",
        b"From: \xff\xfe\nSubject: \x80\n\n\x80",
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3_000)),
        b"Content-Type: message/rfc822\n\n" * 3_000,
        b"X: " + b"y" * 3_000_000 + b"\n\nz",
        b"Content-Type: text/html\n\n" + b"<" * 900_000,
    ],
)
def test_hostile_mails_harm_nobody(data: bytes) -> None:
    assert read_returned(data).kind in {Kind.OTHER, Kind.AUTOMATIC}


@settings(max_examples=200)
@given(st.binary(max_size=200), st.integers(0, 700))
def test_any_damage_is_survived(noise: bytes, place: int) -> None:
    whole = report(GROUP)
    assert read_returned(whole[:place] + noise + whole[place + len(noise) :]).kind in Kind
