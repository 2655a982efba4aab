"""The Message-ID of a message to a recipient: always the same, and telling which message it is.

A message that is sent again after a doubtful delivery has the identity of the first (RFC 5322, section 3.6.4), so
that mail systems that have it already can drop it; and what comes back names its release.
"""

import hashlib
import re
from dataclasses import dataclass

_FORM = re.compile(r"<([a-z0-9-]{1,80})\.v([0-9]{1,6})\.([A-Za-z0-9-]{2,35})\.([0-9a-f]{32})@([^<>@\s]{1,255})>")


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageName:
    """What a Message-ID of ours says."""

    text: str
    release: str
    version: int
    language: str


def message_id(release: str, version: int, language: str, key: str, domain: str) -> str:
    """Return the Message-ID of a message.

    Args:
        release: id of the release.
        version: of the release.
        language: BCP 47 tag of the edition.
        key: by what the recipient's address is known; it cannot be read from the Message-ID.
        domain: the sender's.
    """
    told = "\0".join((release, str(version), language, key))
    return f"<{release}.v{version}.{language}.{hashlib.sha256(told.encode()).hexdigest()[:32]}@{domain}>"


def read_message_id(text: str) -> MessageName | None:
    """Return what the first Message-ID of ours in `text` says, or None where there is none."""
    found = _FORM.search(text)
    if found is None:
        return None
    return MessageName(text=found[0], release=found[1], version=int(found[2]), language=found[3])
