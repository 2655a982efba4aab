"""Checking a seal that lies beside the file it covers: offline, on files that may be forged."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from pipeline.engines.seal.certificates import trusted
from pipeline.engines.seal.chain import is_modest
from pipeline.engines.seal.form import is_in_form
from pipeline.engines.seal.library import part
from pipeline.engines.seal.verdict import OVERLOADED, Claim, judge
from pipeline.model.seal import Seal

UNTIDY = "The seal holds something that nobody signed, or is written down in another way than seals are."


def read_detached_seal(seal: bytes, content: bytes, trust: tuple[bytes, ...] = (), *, at: datetime) -> Seal:
    """Return the seal over a file beside it (CMS SignedData, RFC 5652; CAdES, ETSI EN 319 122-1), judged.

    Nothing is asked of any server; so it is not known whether a certificate was revoked.

    Args:
        seal: the seal.
        content: the file that it is to cover.
        trust: certificates to trust, and those that they vouch for: PEM (also several in one) or DER.
        at: the time at which certificates have to be valid, unless a time stamp tells an earlier one.

    Raises:
        FormatError: something in `trust` is no certificate.
        SealError: the library is not installed.
    """
    anchors, validation = trusted(trust), part("pyhanko.sign.validation")
    return judge(partial(_claim, seal, partial(validation.async_validate_detached_cms, content)), anchors, at)


def _claim(seal: bytes, check: Callable[..., Any]) -> Claim | str:
    message = part("asn1crypto.cms").ContentInfo.load(seal)
    signed = message["content"]
    if not is_modest(len(seal), signed):
        return OVERLOADED
    if not is_in_form(seal, message):
        return UNTIDY
    (signer,) = signed["signer_infos"]
    said = [item["values"][0].native for item in signer["signed_attrs"] if item["type"].native == "signing_time"]
    return Claim(signed=signed, validate=partial(check, signed), advanced=True, sealed_at=said[0] if said else None)
