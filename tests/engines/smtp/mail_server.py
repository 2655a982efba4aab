"""Real mail servers on loopback that accept, refuse, put off, fall silent and break off, at any step."""

import asyncio
import contextlib
import ssl
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

Behaviour = Callable[["MailServer", str, Envelope], str | None]
"""Returns the reply to a step (`AUTH`, `MAIL`, `RCPT`, `DATA`, `END`), or None for what a server should say.

`drop` breaks the line, `hang` falls silent, `354 drop` breaks it while the message comes. It is also asked before
there is a message (`GREETING`, `EHLO`, `STARTTLS`, `AUTH`) and between two (`RSET`); those steps are not noted.
"""


@dataclass(frozen=True)
class Received:
    """A message that a server took."""

    sender: str
    recipient: str
    data: bytes


@dataclass
class MailServer:
    """A running server, what it was asked and what it took."""

    behaviour: Behaviour = lambda *_: None
    steps: list[str] = field(default_factory=list)
    received: list[Received] = field(default_factory=list)
    options: dict[str, list[str]] = field(default_factory=dict)
    port: int = 0
    observe: Callable[[str], None] = lambda _: None
    """Called with each step before it is answered."""
    lines: set[SMTP] = field(default_factory=set)
    """Connections that are open."""

    @property
    def recipients(self) -> list[str]:
        return [item.recipient for item in self.received]

    async def answer(self, step: str, server: SMTP, envelope: Envelope) -> str | None:
        """Return how a step is answered if not as it should be; empty where the line is gone."""
        self.steps.append(step)
        self.observe(step)
        return await self.misbehave(step, server, envelope)

    async def misbehave(self, step: str, server: SMTP, envelope: Envelope) -> str | None:
        """Return how a step is answered if not as it should be, without noting it."""
        reply = self.behaviour(self, step, envelope)
        if reply == "hang":
            await asyncio.Event().wait()
        if reply == "drop":
            break_line(server)
            return ""
        return reply


def break_line(server: SMTP) -> None:
    """Close the connection at once, as a crash would."""
    assert isinstance(server.transport, asyncio.Transport)
    server.transport.abort()


class Handler:
    """What aiosmtpd calls for each step."""

    def __init__(self, mail: MailServer) -> None:
        self.mail = mail

    async def handle_MAIL(  # noqa: N802 (aiosmtpd's name)
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        self.mail.options["MAIL"] = options
        reply = await self.mail.answer("MAIL", server, envelope)
        if reply is not None:
            envelope.mail_from = None
        return "250 OK" if reply is None else reply

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        self.mail.options["RCPT"] = options
        reply = await self.mail.answer("RCPT", server, envelope)
        if reply is not None:
            envelope.rcpt_tos.clear()
        return "250 OK" if reply is None else reply

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 (aiosmtpd's)
        assert isinstance(envelope.content, bytes)
        taken = Received(envelope.mail_from or "", envelope.rcpt_tos[0], envelope.content)
        reply = await self.mail.answer("END", server, envelope)
        if reply is None or reply in {"", "hang"}:  # it was taken, whether the answer arrives or not
            self.mail.received.append(taken)
        return "250 OK: queued" if reply is None else reply


class _Server(SMTP):
    mail: MailServer

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.mail.lines.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        super().connection_lost(error)
        self.mail.lines.discard(self)

    async def _handle_client(self) -> None:
        if await self._as_asked("GREETING"):
            await super()._handle_client()
        elif self.transport is not None:
            self.transport.close()

    async def smtp_EHLO(self, hostname: str) -> None:  # noqa: N802 (aiosmtpd's name)
        if await self._as_asked("EHLO"):
            await super().smtp_EHLO(hostname)

    async def smtp_HELO(self, hostname: str) -> None:  # noqa: N802 (aiosmtpd's name)
        if await self._as_asked("EHLO"):
            await super().smtp_HELO(hostname)

    async def smtp_STARTTLS(self, arg: str) -> None:  # noqa: N802 (aiosmtpd's name)
        if await self._as_asked("STARTTLS"):
            await super().smtp_STARTTLS(arg)

    async def smtp_AUTH(self, arg: str) -> None:  # noqa: N802 (aiosmtpd's name)
        if await self._as_asked("AUTH"):
            await super().smtp_AUTH(arg)

    async def smtp_RSET(self, arg: str) -> None:  # noqa: N802 (aiosmtpd's name)
        if await self._as_asked("RSET"):
            await super().smtp_RSET(arg)

    async def _as_asked(self, step: str) -> bool:
        """Return whether a step without a message is answered as it should be."""
        reply = await self.mail.misbehave(step, self, Envelope())
        if reply:
            await self.push(reply)
        return reply is None

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 (aiosmtpd's name)
        assert self.envelope is not None
        reply = await self.mail.answer("DATA", self, self.envelope)
        if reply is None:
            await super().smtp_DATA(arg)
        elif reply == "354 drop":
            await self.push("354 go ahead")
            break_line(self)
        elif reply:
            await self.push(reply)


class _Controller(Controller):
    mail: MailServer

    def factory(self) -> SMTP:
        server = _Server(self.handler, **self.SMTP_kwargs)
        server.mail = self.mail
        return server

    def _trigger_server(self) -> None:
        """Learn which free port it was given, before the first connection."""
        assert isinstance(self.server, asyncio.Server)
        self.port = self.mail.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # aiosmtpd leaves it without types


@contextlib.contextmanager
def mail_server(
    behaviour: Behaviour = lambda *_: None,
    *,
    tls: ssl.SSLContext | None = None,
    implicit: bool = False,
    size: int | None = None,
    password: str | None = None,
) -> Iterator[MailServer]:
    """Give a running server.

    Args:
        behaviour: how it misbehaves.
        tls: its certificate; it offers STARTTLS then.
        implicit: it speaks TLS from the first byte instead.
        size: the largest message that it takes.
        password: of the user `presse`; without it nobody may send.
    """

    def check(_server: Any, _session: Any, envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        if (reply := behaviour(mail, "AUTH", envelope)) is not None:
            return AuthResult(success=False, handled=False, message=reply)
        return AuthResult(success=data == LoginPassword(b"presse", (password or "").encode()), handled=False)

    mail = MailServer(behaviour=behaviour)
    options: dict[str, Any] = {"data_size_limit": size or 33_554_432, "timeout": 30}
    if tls is not None and not implicit:
        options |= {"tls_context": tls}
    if password is not None:
        options |= {"auth_required": True, "authenticator": check}
    controller = _Controller(
        Handler(mail), hostname="127.0.0.1", port=0, ssl_context=tls if implicit else None, **options
    )
    controller.mail = mail
    controller.start()
    try:
        yield mail
    finally:
        # The loop has to hear of every connection that ended before it ends itself.
        for line in tuple(mail.lines):
            controller.loop.call_soon_threadsafe(break_line, line)
        deadline = time.monotonic() + 5
        while mail.lines and time.monotonic() < deadline:
            time.sleep(0.001)
        controller.stop()
