"""`python -m benchmarks.mailing`: what sending exactly once costs, and whether killing the sender breaks it."""

import contextlib
import multiprocessing
import os
import smtplib
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from benchmarks.figures import Figure, print_figures
from pipeline.model.mailing import DeliveryState
from pipeline.runner.mail_ledger import Order
from pipeline.runner.mail_rehearsal import rehearse
from pipeline.runner.mailing import Watch, send_release
from pipeline.runner.pace import Clock
from pipeline.runner.publishing import files_of
from pipeline.runner.stamp import fingerprint, write_stamp
from tests.engines.smtp.mail_server import mail_server
from tests.runner.mailing.campaign import campaign, numbered
from tests.runner.mailing.conftest import BUS, Desk, made_office

RECIPIENTS = 10_000
PDF = 200_000
KILLS, PEOPLE = 200, 2_000
ROUNDS = 3
"""Turns of ours and the bare loop; the best of each counts, as others use this machine, too."""
PAGE = 4096
"""Bytes; what Linux counts memory in."""


class _Sink:
    """Takes every message and keeps none."""

    async def handle_DATA(self, _server: SMTP, _session: Session, _envelope: Envelope) -> str:  # noqa: N802 (aiosmtpd's)
        return "250 OK"


def main(recipients: int = RECIPIENTS, kills: int = KILLS, people: int = PEOPLE) -> None:
    """Print every figure beside its limit."""
    with tempfile.TemporaryDirectory() as folder:
        print_figures(tuple(_figures(Path(folder), recipients, kills, people)))


def _figures(folder: Path, recipients: int, kills: int, people: int) -> Iterator[Figure]:
    desk = _office(folder / "speed", recipients)
    with sink() as port:
        desk.mails_to(port, "expires_after = 100000")
        message = _message(desk)
        ours, theirs, growth = [], [], []
        for _ in range(ROUNDS):
            seconds, grown = _ours(desk, recipients)
            ours.append(seconds)
            growth.append(grown)
            theirs.append(_theirs(message, port, recipients))
    detail = f"{recipients} × {PDF // 1000} kB PDF: {min(ours):.1f} s / {min(theirs):.1f} s, best of {ROUNDS}"
    yield Figure(
        name="mailing / bare smtplib loop", measured=min(ours) / min(theirs), limit=1.3, unit="×", detail=detail
    )
    yield Figure(name="memory that grows while mailing", measured=max(growth) / 1e6, limit=5, unit="MB", detail="")
    desk = _office(folder / "crash", 0)
    desk.takes_in(*numbered(people))
    with mail_server() as server:
        desk.mails_to(server.port, "expires_after = 100000")
        found = campaign(desk, server, people=people, kills=kills, seed=11)
    detail = f"{found.kills} senders killed, {people} recipients, {found.unknown} left to a person"
    yield Figure(name="recipients who got it twice", measured=found.doubles, limit=0, unit="", detail=detail)
    yield Figure(name="recipients who were forgotten", measured=found.lost, limit=0, unit="", detail=detail)


def _office(root: Path, recipients: int) -> Desk:
    """Return an office whose PDFs have the size that is measured with."""
    root.mkdir()
    made_office(root)
    desk = Desk(root)
    workspace = desk.workspace
    for path in files_of(workspace, BUS):
        if path.suffix == ".pdf":
            path.write_bytes(os.urandom(PDF))
    write_stamp(workspace, BUS, fingerprint(workspace, BUS), files_of(workspace, BUS))
    if recipients:
        desk.takes_in(*numbered(recipients))
    return desk


def _ours(desk: Desk, recipients: int) -> tuple[float, float]:
    """Return how long a mailing takes, and by how many bytes the process grows from its tenth part to its end."""
    for path in (desk.root / "releases" / BUS).glob("l*"):
        path.unlink()  # ledger and audit log: everybody gets it once more
    sizes: list[int] = []
    done = 0

    def advance() -> None:
        nonlocal done
        done += 1
        if done in {recipients // 10, recipients}:
            sizes.append(_resident())

    @contextlib.contextmanager
    def progress(_total: int) -> Iterator[Callable[[], None]]:
        yield advance

    zone = desk.workspace.settings.office.time_zone
    clock = Clock(now=lambda: datetime.now(zone), monotonic=time.monotonic, sleep=time.sleep)
    watch = Watch(clock=clock, stopping=lambda: False, progress=progress, notice=print)
    start = time.perf_counter()
    mailed = send_release(desk.workspace, Order(release=BUS, lists=("presse",), by="Bench"), watch)
    seconds = time.perf_counter() - start
    if mailed.count(DeliveryState.ACCEPTED) != recipients:
        raise SystemExit(f"only {mailed.counts} of {recipients} went out: {mailed.ended}")
    return seconds, sizes[-1] - sizes[0]


def _theirs(message: bytes, port: int, recipients: int) -> float:
    """Return how long a loop takes that hands in the same bytes, and notes nothing."""
    start = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as server:
        for number in range(recipients):
            server.sendmail("presse@waldringen.example.org", f"p{number:06d}@example.org", message)
    return time.perf_counter() - start


def _message(desk: Desk) -> bytes:
    """Return a message as it is mailed."""
    order = Order(release=BUS, lists=("presse",), by="Bench")
    folder = rehearse(desk.workspace, order, sample=1, at=desk.clock.now()).folder
    return max(folder.glob("*.eml")).read_bytes()


@contextlib.contextmanager
def sink() -> Iterator[int]:
    """Give the port of a server in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    context = multiprocessing.get_context("spawn")
    ready, stop = context.Event(), context.Event()
    process = context.Process(target=_serve, args=(port, ready, stop))
    process.start()
    try:
        ready.wait(30)
        yield port
    finally:
        stop.set()
        process.join()


def _serve(
    port: int, ready: "multiprocessing.synchronize.Event", stop: "multiprocessing.synchronize.Event"
) -> None:
    controller = Controller(_Sink(), hostname="127.0.0.1", port=port)
    controller.start()
    ready.set()
    stop.wait()
    controller.stop()


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * PAGE


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
