"""A real Postfix, or the sender, goes away in the middle: nobody gets it twice, and nobody is forgotten."""

import random
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from pipeline.model.mailing import DeliveryState
from pipeline.runner.deliveries import settle
from tests.cli.conftest import EVA
from tests.engines.smtp.certificates import Authority
from tests.engines.smtp.postfix import PATIENCE, Postfix, needs_postfix, postfix, wait_until
from tests.runner.mailing.campaign import started
from tests.runner.mailing.conftest import BUS, NOW, Desk, people
from tests.runner.mailing.test_postfix import OFFICE, P
from tests.runner.mailing.test_sending import states

pytestmark = needs_postfix

ONCE = dict.fromkeys(P, 1)
HELD = P[20]


@contextmanager
def office_of_forty(desk: Desk, authority: Authority) -> Iterator[Postfix]:
    """Give a Postfix to which an office mails forty people."""
    desk.takes_in(*people(40))
    with postfix(authority.certificate(), (*P, *OFFICE)) as server:
        desk.mails_to(server.port, f"{desk.trusts(authority.file)}expires_after = 100000")
        yield server


def hold(server: Postfix, step: str, seconds: int) -> None:
    """Let the server fall silent when one person's turn comes: at their address, or after their message."""
    server.table("watched", {HELD: "INFO held"})
    server.table(step, {HELD: f"sleep {seconds}"})


def await_held(server: Postfix, step: str) -> None:
    """Wait until it is silent."""
    stage = {"at_recipient": "RCPT", "at_end": "END-OF-MESSAGE"}[step]
    wait_until(lambda: f"info: {stage} from unknown[127.0.0.1]: held" in server.log, f"{HELD} is held")


def let_go(server: Postfix) -> None:
    for name in ("watched", "at_recipient", "at_end"):
        server.table(name, {})


def kill_when_there_are(number: int, desk: Desk, server: Postfix, seconds: float) -> None:
    """Start a sender, and kill it a moment after a number of messages have arrived."""
    with started(desk) as process:
        wait_until(lambda: server.arrived() >= number or process.poll() is not None, f"{number} messages are there")
        time.sleep(seconds)
        process.kill()
    assert process.returncode == -signal.SIGKILL


def unknown(desk: Desk) -> list[str]:
    return [address for address, state in states(desk).items() if state == "unknown"]


@pytest.mark.parametrize("end", [Postfix.stop, Postfix.crash])
@pytest.mark.parametrize("step", ["at_recipient", "at_end"])
def test_after_postfix_was_stopped_or_crashed_everybody_gets_it_once_but_whose_message_was_in_its_hands(
    desk: Desk, authority: Authority, step: str, end: Callable[[Postfix], None]
) -> None:
    with office_of_forty(desk, authority) as server, ThreadPoolExecutor() as pool:
        hold(server, step, 60)
        sending = pool.submit(desk.send)
        await_held(server, step)
        server.settle()  # a Postfix that dies while it delivers may deliver twice, which is not ours to mend
        end(server)
        mailed = sending.result(PATIENCE)
        doubtful = [HELD] if step == "at_end" else []
        assert str(mailed.ended).startswith("3 failures in a row, the last one: 127.0.0.1:")
        assert (mailed.count(DeliveryState.ACCEPTED), unknown(desk)) == (20, doubtful)
        let_go(server)
        server.start()
        assert desk.send().complete is not bool(doubtful)
        assert server.counts() == {address: 1 for address in P if address not in doubtful}
        for address in doubtful:
            settle(desk.workspace, BUS, address, sent=False, by=EVA, at=NOW)
        assert desk.send().complete
        assert server.counts() == ONCE


@pytest.mark.parametrize("step", ["at_recipient", "at_end"])
def test_after_a_sender_was_killed_everybody_has_it_once_even_whose_message_postfix_then_took(
    desk: Desk, authority: Authority, step: str
) -> None:
    with office_of_forty(desk, authority) as server:
        hold(server, step, 60 if step == "at_recipient" else 2)
        with started(desk) as process:
            await_held(server, step)
            process.kill()
        let_go(server)
        doubtful = step == "at_end"
        assert started(desk).wait(PATIENCE) == (3 if doubtful else 0)
        assert unknown(desk) == ([HELD] if doubtful else [])
        wait_until(lambda: server.arrived() == len(P), "Postfix has taken what it was given")
        assert server.counts() == ONCE


def test_senders_that_are_killed_at_any_moment_send_no_doubles_and_forget_nobody(
    desk: Desk, authority: Authority
) -> None:
    chance = random.Random(11)  # noqa: S311 (chooses points in time)
    with office_of_forty(desk, authority) as server:
        for number in (4, 15, 26, 37):
            kill_when_there_are(number, desk, server, chance.uniform(0, 0.01))
        desk.send()
        counts = server.counts()
        assert set(counts.values()) == {1}
        assert {*P} - {*counts} <= {*unknown(desk)}
        for address in unknown(desk):
            settle(desk.workspace, BUS, address, sent=address in counts, by=EVA, at=NOW)
        assert desk.send().complete
        assert server.counts() == ONCE
