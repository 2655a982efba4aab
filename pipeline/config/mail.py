"""How releases are mailed: the section `[mail]`."""

import ipaddress
import re
from datetime import timedelta
from urllib.parse import urlsplit

from pipeline.config.engines import read_url
from pipeline.config.settings import MailSettings, Security
from pipeline.fields import Fields
from pipeline.model.mailbox import Mailbox

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")
_MAILBOX = re.compile(rf"([^<>@\x00-\x1f]*[^<>@\s\x00-\x1f])\s*<({_ADDRESS.pattern})>")
_UNSUBSCRIBE = re.compile(r"(?:mailto:[!-;=?A-~]+@[!-;=?A-~]+|https://[!-;=?-~]+)")
_MAX_UNSUBSCRIBE = 400
"""Characters of an address: the header that holds two of them must stay on one line (RFC 5322, section 2.1.1)."""
_PORTS = {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}
_MAX_PORT = 65_535
_MAX_NUMBER = 1_000_000_000


def read_mail(fields: Fields | None) -> MailSettings | None:
    """Return the section `[mail]`, or None where the office sends no mail."""
    if fields is None:
        return None
    security = fields.member("security", Security) if "security" in fields.data else Security.STARTTLS
    mail = MailSettings(
        sender=_senders(fields),
        reply_to=_address(fields, "reply_to"),
        bounces_to=_address(fields, "bounces_to"),
        host=fields.required_text("host"),
        port=_number(fields, "port", default=_PORTS[security], least=1, most=_MAX_PORT),
        security=security,
        user=fields.text("user"),
        ca_file=fields.text("ca_file"),
        per_minute=_number(fields, "per_minute", default=120),
        per_domain_per_minute=_number(fields, "per_domain_per_minute", default=30),
        stop_after=_number(fields, "stop_after", default=10, least=1),
        attach_up_to=_number(fields, "attach_up_to", default=5_000_000),
        downloads=read_url(fields, "downloads"),
        unsubscribe=_unsubscribe(fields),
        expires_after=timedelta(hours=_number(fields, "expires_after", default=72, least=1, most=100_000)),
    )
    fields.close()
    if not re.fullmatch(r"[A-Za-z0-9.:-]+", mail.host):
        raise fields.error("host", "must be the name of a mail server, such as mail.example.org")
    if security is Security.NONE and not _is_here(mail.host):
        raise fields.error("security", "may be “none” only to a mail server on this machine; write starttls or tls")
    return mail


def _senders(fields: Fields) -> tuple[tuple[str, Mailbox], ...]:
    if isinstance(fields.data.get("sender"), str):
        return (("", _mailbox(fields, "sender")),)
    record = fields.record("sender")
    if record is None or not record.data:
        raise fields.error("sender", 'is missing; write it as "Name <name@example.org>", or one for each language')
    return tuple((language, _mailbox(record, language)) for language in record.names())


def _mailbox(fields: Fields, key: str) -> Mailbox:
    found = _MAILBOX.fullmatch(fields.required_text(key).strip())
    if found is None:
        raise fields.error(key, 'must be written "Name <name@example.org>", the address in plain ASCII letters')
    return Mailbox(name=found[1], address=found[2])


def _address(fields: Fields, key: str) -> str | None:
    text = fields.text(key)
    if text is not None and not _ADDRESS.fullmatch(text):
        raise fields.error(key, "must be a mail address in plain ASCII letters, such as presse@example.org")
    return text


def _number(fields: Fields, key: str, *, default: int, least: int = 0, most: int = _MAX_NUMBER) -> int:
    number = fields.number(key, default=default)
    if not least <= number <= most:
        raise fields.error(key, f"must be a whole number from {least} to {most}")
    return number


def _unsubscribe(fields: Fields) -> tuple[str, ...]:
    addresses = fields.texts("unsubscribe")
    if not addresses:
        raise fields.error(
            "unsubscribe", 'is missing; say how to get no more mails: ["mailto:abmelden@example.org"]'
        )
    for address in addresses:
        if len(address) > _MAX_UNSUBSCRIBE or not _UNSUBSCRIBE.fullmatch(address):
            raise fields.error(
                "unsubscribe", "must hold addresses such as mailto:abmelden@example.org or https://…"
            )
    if len({urlsplit(address).scheme for address in addresses}) < len(addresses):
        raise fields.error("unsubscribe", "must hold one mailto: and one https: address at most")
    return addresses


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
