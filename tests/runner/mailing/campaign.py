"""Killing a sender again and again, at any point, and counting what arrived."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.model.mailing import DeliveryState
from pipeline.runner.deliveries import deliveries, settle, totals
from tests.cli.conftest import EVA
from tests.engines.smtp.mail_server import MailServer
from tests.runner.mailing.conftest import BUS, Desk

LATEST = 0.004
"""Seconds after a step of the conversation at which the sender is killed at the latest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """What came of it."""

    kills: int
    doubles: int
    """Recipients that got it more than once."""
    lost: int
    """Recipients who did not get it although the ledger says so, or of whom it says nothing."""
    unknown: int
    """Messages that were left to a person."""


def campaign(desk: Desk, server: MailServer, people: int, kills: int, seed: int) -> Campaign:
    """Kill senders until the number is reached, let a person settle what is unknown, and send the rest.

    Args:
        desk: an office whose register holds the people.
        server: where it sends to.
        people: how many there are.
        kills: how many senders are killed.
        seed: of the points at which.
    """
    chance = random.Random(seed)  # noqa: S311 (chooses points in time)
    unknown = done = 0
    for _ in range(kills):
        steps = chance.randrange(1, max(2, 6 * people // kills))
        done += killed_after(desk, server, steps, chance.uniform(0, LATEST)) == -signal.SIGKILL
        unknown += _settled(desk, server)
    assert started(desk).wait() == 0
    unknown += _settled(desk, server)
    counts = Counter(server.recipients)
    states = totals(desk.workspace, BUS, desk.clock.now())
    accepted = sum(number for (_, _, state), number in states.items() if state is DeliveryState.ACCEPTED)
    return Campaign(
        kills=done,
        doubles=sum(number > 1 for number in counts.values()),
        lost=max(people - len(counts), people - accepted),
        unknown=unknown,
    )


def killed_after(
    desk: Desk, server: MailServer, steps: int, seconds: float, number: signal.Signals = signal.SIGKILL
) -> int:
    """Start a sender, send it a signal a moment after some steps, and return its exit code."""
    left = steps
    with started(desk) as process:

        def kill() -> None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process.pid, number)

        def count(_step: str) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                threading.Timer(seconds, kill).start()

        server.observe = count
        ended = process.wait(timeout=300)
        server.observe = lambda _: None
    return ended


def started(desk: Desk) -> "subprocess.Popen[bytes]":
    command = (sys.executable, "-m", "pipeline", "-w", str(desk.root), "send", BUS, "--list", "presse", "--send")
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _settled(desk: Desk, server: MailServer) -> int:
    """Decide about what is unknown by what the server has; return how many that were."""
    workspace, at = desk.workspace, desk.clock.now()
    arrived = set(server.recipients)
    found = list(deliveries(workspace, BUS, (DeliveryState.UNKNOWN,), at))
    for item in found:
        settle(workspace, BUS, item.address, sent=item.address in arrived, by=EVA, at=at)
    return len(found)


def numbered(count: int) -> Iterator[str]:
    """Yield rows of a table of recipients in two languages."""
    for number in range(count):
        language = ("de", "fr")[number % 2]
        yield f"p{number:06d}@{number % 7}.example.org;;{language};presse;Akkreditierung;consent;2026-01-31;;"
