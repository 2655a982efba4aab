"""`doctor` calls the mail server as sending does: a wrong password is known before the day of the mailing."""

import os

import pytest

from pipeline.engines.smtp.connection import PASSWORD, USER
from pipeline.runner.environment import UNREACHED, Finding, examine
from tests.engines.smtp.certificates import Authority
from tests.engines.smtp.mail_server import mail_server
from tests.runner.mailing.conftest import Desk


def looked_at(desk: Desk, *, ask: bool = True) -> Finding:
    path = desk.root / "communique.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('engines = ["deep-translator:google"]', "engines = []"), encoding="utf-8")
    (found,) = (item for item in examine(desk.workspace, {}, ask_services=ask) if item.subject == "Mail server")
    return found


def test_a_server_that_lets_us_in_is_told_with_what_it_takes(desk: Desk) -> None:
    with mail_server(size=20_000_000) as server:
        desk.mails_to(server.port)
        found = looked_at(desk)
    assert (found.ok, found.detail) == (True, "127.0.0.1: lets us in, takes messages of up to 20 MB")
    assert server.steps == [], "no message is begun"


def test_user_and_password_come_from_the_environment(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    authority = Authority(desk.root)
    own = f'security = "starttls"\nuser = "somebody else"\nca_file = "{authority.file.name}"'
    monkeypatch.setenv(USER, "presse")
    monkeypatch.setenv(PASSWORD, "geheim")
    with mail_server(tls=authority.server(), password=os.environ[PASSWORD]) as server:
        desk.mails_to(server.port, own)
        assert looked_at(desk).ok
        monkeypatch.setenv(PASSWORD, "falsch")
        found = looked_at(desk)
    assert (found.ok, found.exit_code) == (False, UNREACHED)
    assert "refuses the user “presse”" in found.detail
    assert "falsch" not in found.detail


def test_nobody_is_called_where_that_is_not_wanted(desk: Desk) -> None:
    desk.mails_to(1)
    assert looked_at(desk, ask=False).detail == "127.0.0.1: not asked"
