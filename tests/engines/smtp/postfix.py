"""A real Postfix of the test's own on loopback, which hands mail to nobody outside its folder."""

import contextlib
import os
import random
import shutil
import signal
import socket
import stat
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.engines.smtp.postfix_files import LOGIN, MAIN, MASTER, PASSWORDS

_PATH = f"{os.environ.get('PATH', '')}:/usr/sbin"
COMMAND, ADD_USER = shutil.which("postfix", path=_PATH), shutil.which("saslpasswd2", path=_PATH)
PATIENCE = 30.0
"""Seconds to wait for anything, at most; all of it mostly takes less than one."""
QUEUES = ("maildrop", "incoming", "active", "deferred", "hold", "corrupt")

needs_postfix = pytest.mark.skipif(
    COMMAND is None or os.geteuid() != 0,
    reason="Postfix is not here, or this is not root, as whom it must be started; .ci/run installs it",
)

needs_passwords = pytest.mark.skipif(
    ADD_USER is None, reason="saslpasswd2 is not here; .ci/run installs it (sasl2-bin, libsasl2-modules)"
)


@dataclass(frozen=True)
class Postfix:
    """An instance in a folder of its own."""

    folder: Path
    port: int

    def start(self) -> None:
        """Start it, and return when it listens."""
        code, said = self._command("start")
        assert code == 0, f"Postfix does not start: {said}\n{self.log}"

    def stop(self) -> None:
        """Ask it to stop, and return when the last of its processes is gone."""
        group = self._group()
        self._command("abort")  # `stop` does the same, and then looks only once a second
        self._await_end(group)

    def crash(self) -> None:
        """End all of its processes at once, as a power failure does."""
        group = self._group()
        assert group, "it does not run"
        os.killpg(group, signal.SIGKILL)
        self._await_end(group)

    def end(self) -> None:
        """Make sure that it does not run."""
        group = self._group()
        try:
            if alive(group):
                self.stop()
        finally:
            if alive(group):
                self.crash()

    def table(self, name: str, rows: Mapping[str, str]) -> None:
        """Write one of its tables; those that smtpd(8) reads hold from the next line to it on."""
        text = "".join(f"{key} {value}\n" for key, value in rows.items())
        self.file(name, text)

    def file(self, name: str, text: str) -> None:
        """Write a file of its configuration.

        Postfix waits until a file is older than a second, lest it be half written; this one looks old.
        """
        path = self.folder / "etc" / name
        path.write_text(text, encoding="ascii")
        settled = time.time() - 60
        os.utime(path, (settled, settled))

    @property
    def log(self) -> str:
        path = self.folder / "log"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def mails(self, address: str) -> list[bytes]:
        """Return what lies in somebody's mailbox, once all is delivered."""
        self.settle()
        return [path.read_bytes() for path in sorted(self.box(address).glob("new/*"))]

    def counts(self) -> Counter[str]:
        """Return how many messages lie in each mailbox, once all is delivered."""
        self.settle()
        return Counter({path.name: len(list(path.glob("new/*"))) for path in (self.folder / "mail").iterdir()})

    def arrived(self) -> int:
        """Return how many messages lie in all mailboxes at this moment."""
        return sum(1 for _ in (self.folder / "mail").glob("*/new/*"))

    def box(self, address: str) -> Path:
        """Return the Maildir of an address."""
        return self.folder / "mail" / address

    def settle(self) -> None:
        """Wait until nothing is under way in it; what it sends back is queued before the message itself is gone."""
        wait_until(lambda: not any(self._queued()), "everything is delivered")

    def _queued(self) -> Iterator[Path]:
        """Yield the files of messages that it has taken; it makes each executable before it says so."""
        for name in QUEUES:
            for path in (self.folder / "queue" / name).rglob("*"):
                with contextlib.suppress(FileNotFoundError):
                    if path.is_file() and path.stat().st_mode & stat.S_IXUSR:
                        yield path

    def _command(self, word: str) -> tuple[int, str]:
        """Run postfix(1); return its exit code and what it said."""
        assert COMMAND is not None
        # Not over pipes: master(8) would inherit them, and keep them open.
        with (self.folder / "said").open("w+", encoding="utf-8") as said:
            command = (COMMAND, "-c", str(self.folder / "etc"), word)
            code = subprocess.run(command, stdout=said, stderr=said, timeout=PATIENCE, check=False).returncode
            said.seek(0)
            return code, said.read()

    @property
    def _number(self) -> Path:
        return self.folder / "queue" / "pid" / "master.pid"

    def _group(self) -> int:
        """Return the process group that master(8) leads; 0 where it does not run."""
        return int(self._number.read_text()) if self._number.exists() else 0

    def _await_end(self, group: int) -> None:
        wait_until(lambda: not alive(group), "all processes of Postfix are gone")
        self._number.unlink(missing_ok=True)  # from now on it may be somebody else's


def alive(group: int) -> bool:
    """Return whether a process of a group runs; ended ones that nobody asked about do not count."""
    for path in Path("/proc").glob("[0-9]*/stat") if group else ():
        with contextlib.suppress(OSError):
            state, _, number = path.read_text(errors="replace").rpartition(")")[2].split()[:3]
            if int(number) == group and state not in {"Z", "X"}:
                return True
    return False


def wait_until(true: Callable[[], bool], what: str) -> None:
    """Return as soon as something is true.

    Raises:
        AssertionError: that took too long.
    """
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, f"waited in vain until {what}"
        time.sleep(0.005)


@contextlib.contextmanager
def postfix(
    certificate: Path,
    boxes: Iterable[str],
    *,
    aliases: Mapping[str, str] | None = None,
    transports: Mapping[str, str] | None = None,
    users: Mapping[str, str] | None = None,
    more: str = "",
) -> Iterator[Postfix]:
    """Give a running Postfix.

    Args:
        certificate: with its private key, as PEM.
        boxes: addresses that it has mailboxes for; it refuses all others of their domains.
        aliases: addresses that it accepts, and what it makes of them afterwards.
        transports: how it delivers to a domain, or does not.
        users: who may send, with their passwords; without them everybody may.
        more: settings (postconf(5)).
    """
    # Its processes are of several users: the folder must be open to all, and pytest's own are not.
    with tempfile.TemporaryDirectory(prefix="postfix-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        server = Postfix(folder=folder, port=_free_port())
        for part, owner in (("etc", "root"), ("queue", "root"), ("data", "postfix"), ("mail", "nobody")):
            (folder / part).mkdir()
            shutil.chown(folder / part, owner)
        server.file("master.cf", MASTER.format(port=server.port))
        if users is not None:
            more += _login(server, users)
        server.file("main.cf", MAIN.format(folder=folder, certificate=certificate, more=more))
        boxes = tuple(boxes)
        server.table("boxes", {address: f"{address}/" for address in boxes})
        server.table("domains", {address.partition("@")[2]: "here" for address in boxes})
        server.table("aliases", aliases or {})
        server.table("transports", transports or {})
        for rules in ("at_recipient", "watched", "at_end"):
            server.table(rules, {})
        try:
            server.start()
            yield server
        finally:
            server.end()


def _login(server: Postfix, users: Mapping[str, str]) -> str:
    """Put down users with their passwords; return the settings by which only they may send."""
    assert ADD_USER is not None
    file = server.folder / "passwords"
    for user, password in users.items():
        command = (ADD_USER, "-p", "-c", "-f", str(file), "-u", "mail.example.org", user)
        subprocess.run(command, input=password, text=True, check=True, timeout=PATIENCE)
    shutil.chown(file, "postfix")
    (server.folder / "etc" / "sasl").mkdir()  # where Debian's Postfix looks, whatever the setting says
    server.file("sasl/smtpd.conf", PASSWORDS.format(folder=server.folder))
    return LOGIN.format(folder=server.folder)


def _free_port() -> int:
    """Return a port that nobody uses, from below those that the system gives to outgoing connections.

    So nobody is given it while a test has stopped Postfix, least of all the client that calls it in vain.
    """
    while True:
        port = random.randrange(20_000, 32_000)  # noqa: S311 (no secret)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
