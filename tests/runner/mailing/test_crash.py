"""A sender that is killed at any point, again and again: nobody gets it twice, and nobody is forgotten."""

import signal

from tests.engines.smtp.mail_server import mail_server
from tests.runner.mailing.campaign import campaign, killed_after, numbered, started
from tests.runner.mailing.conftest import Desk
from tests.runner.mailing.test_sending import states


def test_a_sender_killed_at_any_point_sends_no_doubles_and_forgets_nobody(desk: Desk) -> None:
    desk.takes_in(*numbered(60))
    with mail_server() as server:
        desk.mails_to(server.port, "expires_after = 100000")
        found = campaign(desk, server, people=60, kills=12, seed=7)
    assert (found.doubles, found.lost) == (0, 0)
    assert found.kills >= 10


def test_a_sender_that_is_asked_to_end_finishes_its_message(desk: Desk) -> None:
    desk.takes_in(*numbered(60))
    with mail_server() as server:
        desk.mails_to(server.port, "expires_after = 100000")
        assert killed_after(desk, server, steps=40, seconds=0, number=signal.SIGTERM) == 3
        some = len(server.received)
        assert set(states(desk).values()) == {"accepted", "queued"}
        assert started(desk).wait() == 0
    assert (0 < some < 60, len(server.recipients), len(set(server.recipients))) == (True, 60, 60)


def test_two_senders_at_once_send_as_one(desk: Desk) -> None:
    desk.takes_in(*numbered(60))
    with mail_server() as server:
        desk.mails_to(server.port, "expires_after = 100000")
        codes = [process.wait() for process in (started(desk), started(desk))]
        started(desk).wait()
    assert 0 in codes
    assert (len(server.recipients), len(set(server.recipients))) == (60, 60)
