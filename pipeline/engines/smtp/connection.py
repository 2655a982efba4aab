"""Reaching the mail server: an encrypted line to the right one, and who we are."""

import contextlib
import smtplib
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.config import Security
from pipeline.engines.smtp.line import Line
from pipeline.engines.smtp.replies import one_line
from pipeline.errors import DeliveryError

USER, PASSWORD = "COMMUNIQUE_MAIL_USER", "COMMUNIQUE_MAIL_PASSWORD"
_PERMANENT = 5
"""First digit of a reply that stays the same however often one asks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Where mail is handed in."""

    host: str
    port: int
    security: Security
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca_file: Path | None = None
    """Certificates that are trusted beside the machine's."""
    connect_seconds: float = 30.0
    reply_seconds: float = 300.0
    """To wait for a reply; RFC 5321, section 4.5.3.2, asks for five minutes,"""
    accept_seconds: float = 600.0
    """and for ten after the end of a message: who gives up sooner makes duplicates."""

    @property
    def name(self) -> str:
        """Host and port, as messages name them."""
        return f"{self.host}:{self.port}"


def connect(server: Server) -> Line:
    """Return an open line to a mail server, over which messages can be handed in.

    Raises:
        DeliveryError: the server cannot be reached, is not the one that it should be, or refuses us.
    """
    if server.user is not None and server.password is None:
        raise DeliveryError(f"{server.name}: asks for a password; set {PASSWORD}", lasting=True)
    with _explained(server), contextlib.ExitStack() as stack:
        smtp = _opened(server)
        stack.callback(smtp.close)
        _set_patience(smtp, server.reply_seconds)
        smtp.ehlo_or_helo_if_needed()
        if server.security is Security.STARTTLS:
            smtp.starttls(context=_trust(server))
            smtp.ehlo()
        if server.user is not None and server.password is not None:
            smtp.login(server.user, server.password)
        stack.pop_all()
        return Line(smtp, accept_seconds=server.accept_seconds)


def _opened(server: Server) -> smtplib.SMTP:
    if server.security is Security.TLS:
        return smtplib.SMTP_SSL(server.host, server.port, timeout=server.connect_seconds, context=_trust(server))
    return smtplib.SMTP(server.host, server.port, timeout=server.connect_seconds)


def _trust(server: Server) -> ssl.SSLContext:
    """Return whom a line may be to: the server of that name, vouched for by this machine or by the office."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if server.ca_file is not None:
        try:
            context.load_verify_locations(server.ca_file)
        except (OSError, ssl.SSLError):
            message = f"{server.ca_file}: is no file of certificates (mail.ca_file); it must be in the form PEM"
            raise DeliveryError(message, lasting=True) from None
    return context


def _set_patience(smtp: smtplib.SMTP, seconds: float) -> None:
    if smtp.sock is not None:
        smtp.sock.settimeout(seconds)
        # The end of a message is a packet of its own, and must not wait for what is on its way.
        smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


@contextlib.contextmanager
def _explained(server: Server) -> Iterator[None]:
    """Turn every way in which a connection fails into one line.

    Raises:
        DeliveryError: in place of any such error; it holds no password, and nothing that the server said of it.
    """
    try:
        yield
    except smtplib.SMTPAuthenticationError as error:
        lasting = error.smtp_code // 100 == _PERMANENT
        words = (
            f"refuses the user “{server.user}” with the password in {PASSWORD} (reply {error.smtp_code})"
            if lasting
            else f"cannot check passwords at the moment (reply {error.smtp_code}); try again later"
        )
    except smtplib.SMTPNotSupportedError:
        lasting = True
        words = (
            "does not offer STARTTLS, and nothing is sent unencrypted; ask whoever looks after it, or try “tls”"
            if server.security is Security.STARTTLS and server.user is None
            else "offers neither what mail.security asks for nor a way to give a password"
        )
    except smtplib.SMTPResponseException as error:
        words = f"refuses the connection: {error.smtp_code} {one_line(error.smtp_error)}"
        lasting = error.smtp_code // 100 == _PERMANENT
    except ssl.SSLCertVerificationError as error:
        words, lasting = f"its certificate is not trusted ({error.verify_message}); nothing was sent", True
    except ssl.SSLError:
        words, lasting = "speaks no encryption that we know on this port; check mail.port and mail.security", True
    except (OSError, ValueError) as error:
        words, lasting = f"{_why(error)}; check the name, the port and the network", False
    else:
        return
    # Raised out here, where no exception that knows the password is its context.
    raise DeliveryError(f"{server.name}: {words}", lasting=lasting)


def _why(error: Exception) -> str:
    # Waiting for a reply in vain, the library says that the line was closed.
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return "does not answer"
    if isinstance(error, smtplib.SMTPException):
        return "cannot be reached (the connection broke)"
    reason = error.strerror if isinstance(error, OSError) else None
    return f"cannot be reached ({(reason or 'unknown reason').lower()})"
