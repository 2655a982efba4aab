"""A line to a mail server, and one message after the other over it.

What matters is when a message counts as handed over (RFC 5321). If the connection breaks before the final dot was
written, the server must drop the message (section 4.1.1.10): it may be sent again. From the dot on, only what the
server answers tells (section 4.2.5; RFC 1047): without that, nobody knows, and it is never sent again by itself.
"""

import contextlib
import smtplib
from collections.abc import Callable

from pipeline.engines.smtp.replies import one_line
from pipeline.model.mailing import Outcome, Step, Verdict

_GO_AHEAD = 354
_CLOSING = 421
"""The server closes the line, whatever it was asked (section 3.8)."""
_VERDICTS = {2: Verdict.ACCEPTED, 4: Verdict.LATER, 5: Verdict.REFUSED}
_BROKEN = "the connection broke"


class Line:
    """An open connection; `close` it."""

    def __init__(self, smtp: smtplib.SMTP, *, accept_seconds: float) -> None:
        self._smtp = smtp
        self._accept_seconds = accept_seconds
        self._extended = smtp.has_extn("dsn")
        self.used = False
        """Whether a message was tried over it before; such a line may be closed by now."""

    @property
    def size(self) -> int | None:
        """The largest message that the server takes, in bytes (RFC 1870); None where it does not say."""
        said = self._smtp.esmtp_features.get("size", "")
        return int(said) or None if said.isascii() and said.isdigit() else None

    def deliver(self, sender: str, recipient: str, message: bytes, before_data: Callable[[], None]) -> Outcome:
        """Hand in a message for one recipient, and return what came of it.

        Args:
            sender: where undeliverable mail comes back to.
            recipient: in ASCII.
            message: with CRLF line ends.
            before_data: called when the server has taken the recipient, right before it gets the message; what it
                raises passes through, and no message was sent then.
        """
        step = Step.SENDER
        self.used = True
        try:
            code, said = self._smtp.mail(sender, self._mail_options(message))
            if code // 100 == 2:  # noqa: PLR2004 (a reply that agrees)
                step = Step.RECIPIENT
                code, said = self._smtp.rcpt(recipient, self._recipient_options(recipient))
            if code // 100 != 2:  # noqa: PLR2004 (a reply that agrees)
                return self._ended(step, code, said)
            step = Step.MESSAGE
            before_data()
            self._smtp.putcmd("DATA")
            code, said = self._smtp.getreply()
            if code != _GO_AHEAD:
                return self._ended(step, code, said)
            self._smtp.send(_transparent(message))
        except smtplib.SMTPException:
            return self._lost(Verdict.LATER, step, f"{_BROKEN} before the message was complete")
        return self._complete()

    def close(self) -> None:
        """End the connection as one should, if it is still there."""
        with contextlib.suppress(OSError):
            if self._smtp.sock is not None:
                self._smtp.sock.settimeout(1.0)
                self._smtp.quit()
        self._smtp.close()

    def _complete(self) -> Outcome:
        """Write the final dot, and wait for the answer that tells everything."""
        try:
            if self._smtp.sock is None:
                raise smtplib.SMTPServerDisconnected(_BROKEN)
            patience = self._smtp.sock.gettimeout()
            self._smtp.sock.settimeout(self._accept_seconds)
            self._smtp.send(b".\r\n")
            code, said = self._smtp.getreply()
            if self._smtp.sock is not None:
                self._smtp.sock.settimeout(patience)
        except OSError:
            return self._lost(Verdict.UNKNOWN, Step.MESSAGE, f"{_BROKEN} after the message, before an answer")
        if code // 100 not in _VERDICTS:
            return self._lost(Verdict.UNKNOWN, Step.MESSAGE, f"an answer that means nothing: {one_line(said)}")
        return self._ended(Step.MESSAGE, code, said)

    def _ended(self, step: Step, code: int, said: bytes) -> Outcome:
        """Return what a reply means; the line is ready for the next message, or gone."""
        reply = f"{code} {one_line(said)}".strip()
        if code // 100 not in {4, 5} and not (step is Step.MESSAGE and code // 100 == 2):  # noqa: PLR2004 (first digits)
            return self._lost(Verdict.LATER, step, f"an answer that means nothing here: {reply}")
        if code == _CLOSING:
            return self._lost(Verdict.LATER, step, reply)
        verdict = _VERDICTS[code // 100]
        if verdict is not Verdict.ACCEPTED:
            try:
                self._smtp.rset()
            except OSError:
                return self._lost(verdict, step, reply)
        return Outcome(verdict=verdict, step=step, reply=reply)

    def _lost(self, verdict: Verdict, step: Step, reply: str) -> Outcome:
        self._smtp.close()
        return Outcome(verdict=verdict, step=step, reply=reply, lost=True)

    def _mail_options(self, message: bytes) -> list[str]:
        size = [f"SIZE={len(message)}"] if self._smtp.has_extn("size") else []
        return [*size, "RET=HDRS"] if self._extended else size

    def _recipient_options(self, recipient: str) -> list[str]:
        """Ask for what comes back to name the recipient as we do (RFC 3461), however it was passed on."""
        xtext = recipient.replace("+", "+2B").replace("=", "+3D")
        return ["NOTIFY=FAILURE", f"ORCPT=rfc822;{xtext}"] if self._extended else []


def _transparent(message: bytes) -> bytes:
    """Return a message as it is sent: a dot at the start of a line is doubled (section 4.5.2)."""
    body = message if message.endswith(b"\r\n") else message + b"\r\n"
    doubled = body.replace(b"\r\n.", b"\r\n..")
    return b"." + doubled if doubled.startswith(b".") else doubled
