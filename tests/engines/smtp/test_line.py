"""Handing a message in: what every answer, and every broken line, means."""

import pytest

from pipeline.config import Security
from pipeline.engines.smtp import Line, Server, connect
from pipeline.errors import WorkspaceError
from pipeline.model.mailing import Outcome, Step, Verdict
from tests.engines.smtp.mail_server import MailServer, mail_server

MESSAGE = "Subject: x\r\n\r\nEins\r\n.Zwei\r\n..\r\n".encode("ascii")


def line_to(server: MailServer, reply_seconds: float = 10.0, accept_seconds: float = 10.0) -> Line:
    return connect(
        Server(
            host="127.0.0.1",
            port=server.port,
            security=Security.NONE,
            reply_seconds=reply_seconds,
            accept_seconds=accept_seconds,
        )
    )


def delivered(server: MailServer, reply_seconds: float = 10.0, accept_seconds: float = 10.0) -> Outcome:
    line = line_to(server, reply_seconds, accept_seconds)
    try:
        return line.deliver("presse@example.org", "zoe@example.org", MESSAGE, lambda: None)
    finally:
        line.close()


def test_a_message_arrives_byte_by_byte() -> None:
    with mail_server() as server:
        outcome = delivered(server)
        assert outcome == Outcome(verdict=Verdict.ACCEPTED, step=Step.MESSAGE, reply="250 OK: queued")
        (taken,) = server.received
        assert (taken.sender, taken.recipient) == ("presse@example.org", "zoe@example.org")
        assert taken.data == MESSAGE
        assert server.options["MAIL"] == [f"SIZE={len(MESSAGE)}"]


def test_many_messages_go_over_one_line() -> None:
    with mail_server() as server:
        line = line_to(server)
        verdicts = [
            line.deliver("presse@example.org", f"{number}@example.org", MESSAGE, lambda: None).verdict
            for number in range(20)
        ]
        line.close()
        assert verdicts == [Verdict.ACCEPTED] * 20
        assert server.recipients == [f"{number}@example.org" for number in range(20)]


STEPS = {"MAIL": Step.SENDER, "RCPT": Step.RECIPIENT, "DATA": Step.MESSAGE, "END": Step.MESSAGE}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(("code", "verdict"), [("451", Verdict.LATER), ("554", Verdict.REFUSED)])
def test_a_reply_of_the_server_counts_at_every_step(step: str, code: str, verdict: Verdict) -> None:
    with mail_server(
        lambda _server, now, _envelope: f"{code} 5.7.1 non\u0007 merci, «é»" if now == step else None
    ) as s:
        line = line_to(s)
        outcome = line.deliver("presse@example.org", "zoe@example.org", MESSAGE, lambda: None)
        assert (outcome.verdict, outcome.step, outcome.lost) == (verdict, STEPS[step], False)
        assert outcome.reply.startswith(f"{code} 5.7.1 non")
        assert outcome.reply.isprintable()
        s.behaviour = lambda *_: None
        again = line.deliver("presse@example.org", "eva@example.org", MESSAGE, lambda: None)
        line.close()
        assert again.verdict is Verdict.ACCEPTED
        assert s.recipients == ["eva@example.org"]


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
def test_a_line_that_breaks_before_the_end_delivered_nothing(step: str) -> None:
    with mail_server(lambda _server, now, _envelope: "drop" if now == step else None) as server:
        outcome = delivered(server)
        assert (outcome.verdict, outcome.step, outcome.lost) == (Verdict.LATER, STEPS[step], True)
        assert server.received == []


def test_a_line_that_breaks_in_the_middle_of_the_message_delivered_nothing() -> None:
    large = b"Subject: x\r\n\r\n" + b"x" * 70 * 200_000
    with mail_server(lambda _server, now, _envelope: "354 drop" if now == "DATA" else None) as server:
        line = line_to(server)
        outcome = line.deliver("presse@example.org", "zoe@example.org", large, lambda: None)
        assert (outcome.verdict, outcome.lost, server.received) == (Verdict.LATER, True, [])


def test_a_server_that_takes_the_message_and_dies_leaves_it_unknown() -> None:
    with mail_server(lambda _server, now, _envelope: "drop" if now == "END" else None) as server:
        outcome = delivered(server)
        assert (outcome.verdict, outcome.lost) == (Verdict.UNKNOWN, True)
        assert server.recipients == ["zoe@example.org"]


def test_a_server_that_never_answers_the_message_leaves_it_unknown() -> None:
    with mail_server(lambda _server, now, _envelope: "hang" if now == "END" else None) as server:
        assert delivered(server, accept_seconds=0.2).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
def test_a_server_that_falls_silent_before_delivered_nothing(step: str) -> None:
    with mail_server(lambda _server, now, _envelope: "hang" if now == step else None) as server:
        outcome = delivered(server, reply_seconds=0.2)
        assert (outcome.verdict, outcome.lost) == (Verdict.LATER, True)


@pytest.mark.parametrize(
    ("step", "verdict"), [("RCPT", Verdict.LATER), ("DATA", Verdict.LATER), ("END", Verdict.UNKNOWN)]
)
def test_an_answer_that_means_nothing_is_never_taken_for_yes(step: str, verdict: Verdict) -> None:
    with mail_server(lambda _server, now, _envelope: "399 perhaps" if now == step else None) as server:
        outcome = delivered(server)
        assert (outcome.verdict, outcome.lost) == (verdict, True)


def test_a_refusal_counts_though_the_line_breaks_right_after_it() -> None:
    replies = {"RCPT": "550 5.1.1 no such user", "RSET": "drop"}
    with mail_server(lambda _server, now, _envelope: replies.get(now)) as server:
        outcome = delivered(server)
        assert (outcome.verdict, outcome.step, outcome.lost) == (Verdict.REFUSED, Step.RECIPIENT, True)


def test_a_server_that_closes_the_line_is_called_again_later() -> None:
    with mail_server(lambda _server, now, _envelope: "421 closing" if now == "RCPT" else None) as server:
        outcome = delivered(server)
        assert (outcome.verdict, outcome.lost) == (Verdict.LATER, True)


def test_what_fails_right_before_the_message_keeps_it_back() -> None:
    def fail() -> None:
        raise WorkspaceError("the disk is full")

    with mail_server() as server:
        line = line_to(server)
        with pytest.raises(WorkspaceError):
            line.deliver("presse@example.org", "zoe@example.org", MESSAGE, fail)
        line.close()
        assert (server.steps, server.received) == (["MAIL", "RCPT"], [])


def test_what_is_noted_is_noted_after_the_recipient_and_before_the_message() -> None:
    with mail_server() as server:
        line = line_to(server)
        line.deliver("presse@example.org", "zoe@example.org", MESSAGE, lambda: server.steps.append("noted"))
        line.close()
        assert server.steps == ["MAIL", "RCPT", "noted", "DATA", "END"]


def test_the_limit_of_the_server_is_known() -> None:
    with mail_server(size=1000) as server:
        line = line_to(server)
        assert line.size == 1000
        outcome = line.deliver("presse@example.org", "zoe@example.org", MESSAGE * 100, lambda: None)
        line.close()
        assert outcome.verdict is Verdict.REFUSED
