"""What is mailed to whom, and what became of it."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

_POLICY = re.compile(r"530\b|5\d\d 5\.7\.")
"""A reply that asks for a password (RFC 4954, section 6), or a status of policy (RFC 3463, section 3.8)."""


class DeliveryState(StrEnum):
    """Where the message to one recipient stands. Each recipient is in exactly one state."""

    QUEUED = "queued"
    """It will be sent, in this run or the next."""
    SENDING = "sending"
    """It is under way at this moment. Found after a crash, it becomes `unknown`."""
    ACCEPTED = "accepted"
    """The mail server has taken it, and answers for it from then on."""
    REFUSED = "refused"
    """The mail server will never take it, or it came back."""
    UNKNOWN = "unknown"
    """It was handed over and no answer came. A person settles it; it is never sent again by itself."""
    SKIPPED = "skipped"
    """It is not sent, for a reason that is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """The message to one recipient."""

    version: int
    """Of the release."""
    language: str
    """BCP 47 tag of the edition."""
    key: str
    """By what the address is known."""
    address: str
    name: str | None
    state: DeliveryState
    message_id: str
    attempts: int = 0
    """How often it was tried in vain since it was queued last."""
    reply: str | None = None
    """What the mail server said last, or why it is skipped."""
    at: datetime | None = None
    """When it came into this state."""
    by: str | None = None
    """Who settled it, where a person did."""

    @property
    def domain(self) -> str:
        """What stands behind the @, in small letters."""
        return self.key.rpartition("@")[2]


class Verdict(StrEnum):
    """What an attempt to deliver came to (RFC 5321, section 4.2.1)."""

    ACCEPTED = "accepted"
    """A reply 2yz to the whole message."""
    REFUSED = "refused"
    """A reply 5yz: never."""
    LATER = "later"
    """A reply 4yz, or the connection broke before the message was complete: nothing was delivered."""
    UNKNOWN = "unknown"
    """The message was complete, and no answer came."""


class Step(StrEnum):
    """How far an attempt came: the command that it ended with (RFC 5321, section 3.3)."""

    SENDER = "sender"
    """MAIL: the server said nothing of recipient or message yet."""
    RECIPIENT = "recipient"
    """RCPT: what the server says concerns this recipient only."""
    MESSAGE = "message"
    """DATA, and what follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How an attempt to deliver ended."""

    verdict: Verdict
    step: Step
    reply: str
    """The server's answer, or what happened instead; one line."""
    lost: bool = False
    """The connection is gone."""

    @property
    def not_allowed(self) -> bool:
        """Whether it was refused because of who sends or what is sent, and not because of the recipient."""
        return self.verdict is Verdict.REFUSED and _POLICY.match(self.reply) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One order to send a version of a release to lists of recipients."""

    number: int
    """Counted over all orders for the release."""
    version: int
    at: datetime
    """When it was given; the date of its messages."""
