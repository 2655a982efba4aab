"""Taking in mail that came back: ledgers learn of it, and addresses that do not exist are written to no more."""

import contextlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import WorkspaceError
from pipeline.formats.delivery_report import MAX_BYTES, Failure, Kind, Returned, read_returned
from pipeline.model.mailing import Delivery
from pipeline.model.message_id import read_message_id
from pipeline.runner.mail_ledger import ledger_path, open_ledger
from pipeline.runner.recipients import open_register
from pipeline.workspace import Workspace
from pipeline.workspace.files import reported
from pipeline.workspace.ledger import Ledger
from pipeline.workspace.recipients import RecipientRegister

MAX_MAILS = 200_000
MAX_SHOWN = 1_000
"""Mails that are told of one by one, of each sort."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CameBack:
    """A message of ours that was not delivered."""

    release: str
    delivery: Delivery
    failure: Failure
    new: bool
    """The ledger did not know it yet."""
    skipped: bool
    """The address is undeliverable from now on."""


@dataclass(slots=True, kw_only=True)
class Taken:
    """What was in a mailbox."""

    counts: Counter[str] = field(default_factory=Counter)
    """Mails by their kind, and `late` ones: reports that a message is still under way."""
    came_back: list[CameBack] = field(default_factory=list)
    farewells: list[Returned] = field(default_factory=list)
    """Who wants no more mails; a person records that."""
    unmatched: list[Failure] = field(default_factory=list)
    """Reports on messages that are not ours, as far as we can tell."""


def take_bounces(workspace: Workspace, path: Path, at: datetime) -> Taken:
    """Take in mails from a file (one mail, or a mailbox in the form mbox) or all below a folder (Maildir, .eml).

    Args:
        workspace: whose ledgers and register learn of it.
        path: where they are.
        at: the present time.

    Raises:
        WorkspaceError: they cannot be read, or a ledger or the register not be written.
    """
    taken = Taken()
    unnamed: list[Failure] = []
    with _Shelf(workspace) as shelf, open_register(workspace) as register:
        books = _Books(shelf=shelf, register=register, taken=taken, at=at)
        for number, data in enumerate(mails(path), 1):
            if number > MAX_MAILS:
                raise WorkspaceError(f"{path}: holds more than {MAX_MAILS} mails; take them in in parts")
            unnamed += books.take(read_returned(data))[: MAX_MAILS - len(unnamed)]
        for item, failure in zip(shelf.newest_to(unnamed), unnamed, strict=True):
            if item is not None:
                books.note(*item, failure)
            elif len(taken.unmatched) < MAX_SHOWN:
                taken.unmatched.append(failure)
    return taken


@dataclass(frozen=True, slots=True, kw_only=True)
class _Books:
    """What is written into while mails are taken in."""

    shelf: "_Shelf"
    register: RecipientRegister
    taken: Taken
    at: datetime

    def take(self, mail: Returned) -> Sequence[Failure]:
        """Take in a mail; return the failures of which it does not say which message they are about."""
        counts, farewells = self.taken.counts, self.taken.farewells
        counts[mail.kind] += 1
        if mail.kind is Kind.FAREWELL and len(farewells) < MAX_SHOWN:
            farewells.append(mail)
        failures = [failure for failure in mail.failures if failure.failed]
        counts["late"] += mail.kind is Kind.REPORT and not failures
        item = self.shelf.find(mail) if failures else None
        if item is None:
            return failures
        self.note(*item, failures[0])
        return ()

    def note(self, release: str, delivery: Delivery, failure: Failure) -> None:
        """Note that a message came back."""
        reply = " ".join(filter(None, ("came back:", failure.status, failure.text)))
        new = self.shelf.ledger(release).came_back(delivery, reply, self.at)
        wrong = new and failure.concerns_address
        skipped = wrong and self.register.refuse(delivery.address, failure.text, self.at.date())
        self.taken.counts["new"] += new
        if len(self.taken.came_back) < MAX_SHOWN:
            self.taken.came_back.append(
                CameBack(release=release, delivery=delivery, failure=failure, new=new, skipped=skipped)
            )


class _Shelf:
    """Opens ledgers, and keeps the last one open: what comes back mostly is of one release."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._stack = contextlib.ExitStack()
        self._open: tuple[str, Ledger] | None = None

    def __enter__(self) -> "_Shelf":
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def ledger(self, release: str) -> Ledger:
        """Return the ledger of a release that has one."""
        if self._open is None or self._open[0] != release:
            self._stack.close()
            self._open = (release, self._stack.enter_context(open_ledger(self._workspace, release)))
        return self._open[1]

    def find(self, mail: Returned) -> tuple[str, Delivery] | None:
        """Return the message of ours that a mail is about, with its release."""
        name = read_message_id(mail.references)
        if name is None or not self._workspace.has(name.release):
            return None
        if not ledger_path(self._workspace, name.release).exists():
            return None
        found = self.ledger(name.release).with_message_id(name.text)
        return (name.release, found) if found else None

    def newest_to(self, failures: Sequence[Failure]) -> list[tuple[str, Delivery] | None]:
        """Return the message that was sent last to the address of each failure, with its release."""
        newest: list[tuple[str, Delivery] | None] = [None] * len(failures)
        for release in self._workspace.release_ids() if failures else ():
            if not ledger_path(self._workspace, release).exists():
                continue
            for number, failure in enumerate(failures):
                found = self.ledger(release).newest_to(failure.address.lower()) if failure.address else None
                known = newest[number]
                if found and (known is None or _when(found) > _when(known[1])):
                    newest[number] = (release, found)
        return newest


def _when(item: Delivery) -> float:
    return item.at.timestamp() if item.at else 0.0


def mails(path: Path) -> Iterator[bytes]:
    """Yield mails one by one, of each its first megabyte."""
    with reported(path, "read"):
        files = sorted(item for item in path.rglob("*") if item.is_file()) if path.is_dir() else [path]
        for file in files:
            if not file.is_file():
                raise WorkspaceError(f"{file}: cannot be read: it is no file")
            with file.open("rb") as stream:
                begins = stream.read(5)
                stream.seek(0)
                if begins == b"From ":
                    yield from _mailbox(stream)
                else:
                    yield stream.read(MAX_BYTES)


def _mailbox(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the mails of an mbox (RFC 4155): each begins with a line `From …`, after an empty one."""
    mail = bytearray()
    empty = True
    while line := stream.readline(MAX_BYTES):
        if empty and line.startswith(b"From "):
            if mail:
                yield bytes(mail)
            mail.clear()
        elif len(mail) < MAX_BYTES:
            mail += line
        empty = line in {b"\n", b"\r\n"}
    if mail:
        yield bytes(mail)
