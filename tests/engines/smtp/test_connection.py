"""The line to the mail server: to the right one, encrypted, and nothing before that."""

from dataclasses import replace
from pathlib import Path

import pytest
from aiosmtpd.smtp import Envelope

from pipeline.config import Security
from pipeline.engines.smtp import Server, connect
from pipeline.errors import DeliveryError
from pipeline.model.mailing import Verdict
from tests.engines.smtp.certificates import Authority
from tests.engines.smtp.mail_server import MailServer, mail_server

SECRET, RIGHT, WRONG = "Zwölf-Boxkämpfer", "geheim", "falsch"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


def server_at(port: int, security: Security, ca_file: Path | None = None, password: str | None = None) -> Server:
    user = None if password is None else "presse"
    return Server(host="127.0.0.1", port=port, security=security, ca_file=ca_file, user=user, password=password)


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_mail_goes_over_an_encrypted_line(authority: Authority, security: Security) -> None:
    with mail_server(tls=authority.server(), implicit=security is Security.TLS) as mail:
        line = connect(server_at(mail.port, security, authority.file))
        outcome = line.deliver("presse@example.org", "zoe@example.org", b"Subject: x\r\n\r\n", lambda: None)
        line.close()
        assert outcome.verdict is Verdict.ACCEPTED


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
@pytest.mark.parametrize("wrong", ["host", "expired", "authority"])
def test_a_wrong_certificate_ends_everything(
    authority: Authority, tmp_path: Path, security: Security, wrong: str
) -> None:
    host = "mail.example.org" if wrong == "host" else "127.0.0.1"
    trusted = Authority(tmp_path).file if wrong == "authority" else authority.file
    with mail_server(
        tls=authority.server(host=host, expired=wrong == "expired"), implicit=security is Security.TLS
    ) as mail:
        with pytest.raises(DeliveryError, match="certificate is not trusted") as raised:
            connect(server_at(mail.port, security, trusted))
        assert (raised.value.lasting, mail.steps) == (True, [])


def test_a_server_that_withholds_encryption_gets_nothing() -> None:
    with mail_server() as mail:
        with pytest.raises(DeliveryError, match="does not offer STARTTLS, and nothing is sent unencrypted"):
            connect(server_at(mail.port, Security.STARTTLS))
        with pytest.raises(DeliveryError, match="speaks no encryption that we know on this port"):
            connect(server_at(mail.port, Security.TLS))
        assert mail.steps == []


def test_a_password_is_given_over_the_encrypted_line(authority: Authority) -> None:
    with mail_server(tls=authority.server(), password=RIGHT) as mail:
        line = connect(server_at(mail.port, Security.STARTTLS, authority.file, RIGHT))
        outcome = line.deliver("presse@example.org", "zoe@example.org", b"Subject: x\r\n\r\n", lambda: None)
        line.close()
        assert outcome.verdict is Verdict.ACCEPTED


def test_a_wrong_password_is_told_without_it(authority: Authority) -> None:
    with mail_server(tls=authority.server(), password=RIGHT) as mail:
        with pytest.raises(DeliveryError, match="refuses the user “presse” with the password in") as raised:
            connect(server_at(mail.port, Security.STARTTLS, authority.file, WRONG))
        assert raised.value.lasting
        assert WRONG not in repr(raised.value) + repr(raised.value.__context__)
        assert WRONG not in repr(server_at(1, Security.TLS, None, WRONG))


def test_a_server_that_cannot_check_passwords_does_not_call_ours_wrong(authority: Authority) -> None:
    def broken(_mail: MailServer, step: str, _envelope: Envelope) -> str | None:
        return "454 4.7.0 temporary authentication failure" if step == "AUTH" else None

    with mail_server(broken, tls=authority.server(), password=RIGHT) as mail:
        with pytest.raises(DeliveryError, match=r"cannot check passwords at the moment \(reply 454\)") as raised:
            connect(server_at(mail.port, Security.STARTTLS, authority.file, RIGHT))
        assert not raised.value.lasting


def test_a_password_of_any_letters_fails_in_words(authority: Authority) -> None:
    with (
        mail_server(tls=authority.server(), password=RIGHT) as mail,
        pytest.raises(DeliveryError) as raised,
    ):
        connect(server_at(mail.port, Security.STARTTLS, authority.file, SECRET))
    assert SECRET not in str(raised.value)


def test_a_missing_password_is_told_before_anything_is_sent() -> None:
    server = Server(host="127.0.0.1", port=1, security=Security.NONE, user="presse")
    with pytest.raises(DeliveryError, match="set COMMUNIQUE_MAIL_PASSWORD"):
        connect(server)


SAID = {
    "drop": "cannot be reached (the connection broke); check the name, the port and the network",
    "hang": "does not answer; check the name, the port and the network",
    "421 4.3.2 closing": "refuses the",
    "554 5.7.1 go away": "refuses the",
}


@pytest.mark.parametrize("step", ["GREETING", "EHLO", "STARTTLS", "AUTH"])
@pytest.mark.parametrize("reply", SAID)
def test_a_server_that_fails_before_the_first_message_is_told_in_one_line(
    authority: Authority, step: str, reply: str
) -> None:
    def fail(_server: MailServer, now: str, _envelope: Envelope) -> str | None:
        return reply if now == step else None

    with mail_server(fail, tls=authority.server(), password=RIGHT) as mail:
        server = server_at(mail.port, Security.STARTTLS, authority.file, RIGHT)
        with pytest.raises(DeliveryError) as raised:
            connect(replace(server, connect_seconds=0.3, reply_seconds=0.3))
        expected = "cannot check passwords" if (step, reply[:1]) == ("AUTH", "4") else SAID[reply]
        assert expected in str(raised.value)
        assert "\n" not in str(raised.value)
        assert raised.value.lasting == reply.startswith("5")
        assert mail.steps == []


def test_nobody_there_may_be_there_later() -> None:
    with pytest.raises(DeliveryError, match=r"127\.0\.0\.1:1: cannot be reached \(connection refused\)") as raised:
        connect(server_at(1, Security.NONE))
    assert not raised.value.lasting


def test_a_file_that_holds_no_certificates_is_named(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("nothing")
    with mail_server() as mail, pytest.raises(DeliveryError, match=r"ca\.pem: is no file of certificates"):
        connect(server_at(mail.port, Security.TLS, tmp_path / "ca.pem"))
