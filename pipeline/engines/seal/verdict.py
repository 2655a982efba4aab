"""What speaks for and against one seal, whatever it seals."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pipeline.engines.seal.certificates import for_documents, readable
from pipeline.engines.seal.chain import belong_together
from pipeline.engines.seal.library import part
from pipeline.model.seal import Seal, SealLevel

USAGES = frozenset({"digital_signature", "non_repudiation"})
"""A certificate that names usages has to have one of these; the second is an older name of content commitment."""
DAMAGED = "The seal is damaged and cannot be checked."
OVERLOADED = "The seal carries more than honest seals do, and is not checked."


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A seal that waits for its verdict, with all in which one on a PDF differs from one beside a file."""

    signed: Any
    """CMS SignedData, as the library knows it."""
    validate: Callable[..., Coroutine[Any, Any, Any]]
    """The library's check of this kind of seal; takes the contexts to trust in, and gives its status."""
    advanced: bool
    """PAdES or CAdES, which have to say which certificate they were made with."""
    sealed_at: datetime | None
    """When it says that it was made."""
    covers_whole_file: bool = True
    faults: tuple[str, ...] = ()
    """What speaks against it by the way in which it is attached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Finding:
    """What the library found, at the time that counts."""

    status: Any
    anchors: bool
    """Whether there are certificates to trust."""
    at: datetime
    stamp: Any
    """The time stamp; None for none."""
    believed: bool
    """Whether the time stamp counts."""

    @property
    def intact(self) -> bool:
        return bool(self.status.intact and self.status.valid)


def unreadable(fault: str) -> Seal:
    """Return what is said of a seal that nothing can be read from, for the reason given."""
    return Seal(
        name=None,
        organisation=None,
        issuer=None,
        sealed_at=None,
        stamped_at=None,
        level=None,
        intact=False,
        covers_whole_file=False,
        trusted=None,
        faults=(fault,),
    )


def judge(claim: Callable[[], Claim | str], anchors: Sequence[Any], at: datetime) -> Seal:
    """Return the verdict on a seal.

    Args:
        claim: gives the seal, or what speaks against it so much that it is not looked at any further. Whatever it
            raises on a forged one makes it a damaged one.
        anchors: certificates to trust; empty for no judgement about them.
        at: when the certificates have to be valid, unless a time stamp tells an earlier time.
    """
    try:
        found = claim()
        return unreadable(found) if isinstance(found, str) else _judged(found, anchors, at)
    except Exception:  # whatever the library raises on a forged one
        return unreadable(DAMAGED)


def _judged(claim: Claim, anchors: Sequence[Any], at: datetime) -> Seal:
    finding = _finding(claim, anchors, at)
    certificate = finding.status.signing_cert
    return Seal(
        name=readable(certificate.subject.native.get("common_name")),
        organisation=readable(certificate.subject.native.get("organization_name")),
        issuer=readable(certificate.issuer.native.get("common_name"))
        or readable(certificate.issuer.native.get("organization_name")),
        sealed_at=_aware(claim.sealed_at),
        stamped_at=_aware(finding.stamp.timestamp) if finding.believed else None,
        level=_level(claim, finding),
        intact=finding.intact,
        covers_whole_file=claim.covers_whole_file,
        trusted=bool(finding.status.trusted) if anchors else None,
        faults=(*claim.faults, *_faults(claim, finding)),
    )


def _finding(claim: Claim, anchors: Sequence[Any], at: datetime) -> _Finding:
    status = _validated(claim, anchors, at, at)
    stamp = status.timestamp_validity
    believed = stamp is not None and stamp.intact and stamp.valid and (stamp.trusted or not anchors)
    if believed:
        # What was valid when a trustworthy clock stamped it stays valid, whatever expired since.
        status = _validated(claim, anchors, stamp.timestamp, at)
    moment = stamp.timestamp if believed else at
    return _Finding(status=status, anchors=bool(anchors), at=moment, stamp=stamp, believed=believed)


def _validated(claim: Claim, anchors: Sequence[Any], moment: datetime, stamp_moment: datetime) -> Any:
    """Return the library's status of a seal whose certificate has to be valid at `moment`."""
    context = part("pyhanko_certvalidator").ValidationContext
    # RFC 5280, 4.2.1.3: a certificate that names no usages may be used for everything.
    usages = set() if _certificates(claim).signer_cert.key_usage_value is None else set(USAGES)
    known = list(anchors)
    return asyncio.run(
        claim.validate(
            signer_validation_context=context(trust_roots=known, moment=moment, allow_fetching=False),
            ts_validation_context=context(trust_roots=known, moment=stamp_moment, allow_fetching=False),
            key_usage_settings=part("pyhanko.sign.validation.settings").KeyUsageConstraints(key_usage=usages),
        )
    )


def _certificates(claim: Claim) -> Any:
    """Return the certificates in a seal: that of who sealed, and the others."""
    return part("pyhanko.sign.general").extract_certificate_info(claim.signed)


def _faults(claim: Claim, finding: _Finding) -> Iterator[str]:
    status, certificates = finding.status, _certificates(claim)
    if not status.intact:
        yield "The file was changed after it was sealed."
    elif not status.valid:
        yield "The seal was changed, or was not made with the key of its certificate."
    if claim.advanced and not _names_certificate(claim):
        yield "The seal does not say which certificate it was made with."
    if not belong_together(item.dump() for item in (certificates.signer_cert, *certificates.other_certs)):
        yield "The certificates in the seal were changed, or do not belong together."
    yield from _stamp_faults(finding)
    if finding.intact:
        yield from _certificate_faults(finding)


def _stamp_faults(finding: _Finding) -> Iterator[str]:
    stamp = finding.stamp
    if stamp is None or finding.believed:
        return
    if not (stamp.intact and stamp.valid):
        yield "The time stamp does not belong to this seal, or was changed."
    else:
        who = readable(stamp.signing_cert.subject.native.get("common_name")) or "its service"
        yield f"None of the certificates to trust vouches for the time stamp by “{who}”; give its issuer’s as well."


def _certificate_faults(finding: _Finding) -> Iterator[str]:
    certificate, problem = finding.status.signing_cert, finding.status.trust_problem_indic
    start, end = certificate.not_valid_before, certificate.not_valid_after
    purposes = certificate.extended_key_usage_value
    weak = part("pyhanko.sign.ades.report").AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE
    if finding.at > end:
        older = "" if finding.believed else ", and no time stamp shows that the seal is older"
        yield f"The certificate expired on {end:%Y-%m-%d}{older}."
    elif finding.at < start:
        yield f"The certificate was not valid before {start:%Y-%m-%d}."
    elif problem == weak:
        yield "The seal was made with a method that is no longer safe."
    elif purposes is not None and not for_documents(item.dotted for item in purposes):
        yield "The seal’s certificate is made for servers, not for documents."
    elif finding.anchors and not finding.status.trusted:
        yield "None of the certificates to trust vouches for the seal’s certificate as one for sealing."


def _names_certificate(claim: Claim) -> bool:
    (signer,) = claim.signed["signer_infos"]
    return any(item["type"].native == "signing_certificate_v2" for item in signer["signed_attrs"])


def _level(claim: Claim, finding: _Finding) -> SealLevel | None:
    if not claim.advanced:
        return None
    stamped = finding.stamp is not None and finding.stamp.intact and finding.stamp.valid
    return SealLevel.STAMPED if stamped else SealLevel.BASIC


def _aware(time: datetime | None) -> datetime | None:
    """Return a time with its zone; UTC where a file names none."""
    return time.replace(tzinfo=UTC) if time is not None and time.tzinfo is None else time
