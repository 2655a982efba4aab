"""What a person does next, once a release is approved: bundle it, mail it, settle what is unknown, or nothing."""

from datetime import timedelta

from aiosmtpd.smtp import Envelope

from pipeline.runner.bundling import bundle_release
from pipeline.runner.overview import status_of
from pipeline.runner.press import Press
from pipeline.runner.publishing import build_release
from tests.cli.conftest import EVA
from tests.engines.smtp.mail_server import MailServer, mail_server
from tests.runner.corrected import correct_figure
from tests.runner.mailing.conftest import BUS, NOW, Desk, people


def step(desk: Desk) -> str:
    return status_of(desk.workspace, BUS, desk.clock.now()).next_step


def test_what_is_approved_is_bundled_and_then_published(desk: Desk) -> None:
    assert step(desk) == f"communique bundle {BUS}"
    build_release(desk.workspace, BUS, Press(desk.workspace, NOW), lambda: None)
    assert step(desk) == f"communique bundle {BUS}"
    bundle_release(desk.workspace, BUS, Press(desk.workspace, NOW), by=EVA, at=NOW)
    assert step(desk) == "nothing: published"
    correct_figure(desk.workspace, NOW)
    assert step(desk) == f"communique bundle {BUS}"


def test_an_office_that_mails_is_told_until_everybody_has_it(desk: Desk) -> None:
    bundle_release(desk.workspace, BUS, Press(desk.workspace, NOW), by=EVA, at=NOW)
    desk.takes_in(*people(3))
    with mail_server() as server:
        desk.mails_to(server.port)
        assert step(desk) == f"communique send {BUS} --list …"
        desk.stopping = lambda: len(server.received) == 1
        desk.send()
        assert step(desk) == f"communique send {BUS} …: 2 still wait"
        desk.stopping = lambda: False
        desk.send()
        assert step(desk) == "nothing: published and mailed"


def test_what_is_unknown_comes_first(desk: Desk) -> None:
    def lose(_server: MailServer, now: str, _envelope: Envelope) -> str | None:
        return "drop" if now == "END" else None

    bundle_release(desk.workspace, BUS, Press(desk.workspace, NOW), by=EVA, at=NOW)
    desk.takes_in(*people(1))
    with mail_server(lose) as server:
        desk.mails_to(server.port)
        desk.send()
    assert step(desk) == f"communique deliveries {BUS}: 1 unknown"


def test_nobody_is_asked_to_mail_what_is_no_news_any_more(desk: Desk) -> None:
    bundle_release(desk.workspace, BUS, Press(desk.workspace, NOW), by=EVA, at=NOW)
    desk.mails_to(1)
    desk.clock.at = NOW + timedelta(days=30)
    assert step(desk) == "nothing: published"
