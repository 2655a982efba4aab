"""Which certificates a seal may be made with, and whom they name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pipeline.engines.seal.library import part
from pipeline.errors import FormatError, SealError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
    from cryptography.x509 import Certificate

MIN_RSA_BITS = 2048
MAX_NAME = 200
MAX_CERTIFICATES = 1_000_000
_FOR_OTHER_THINGS = frozenset(f"1.3.6.1.5.5.7.3.{number}" for number in (1, 2, 8, 9))
"""RFC 5280, 4.2.1.12: purposes of servers, their clients, time stamp services and status services."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealKey:
    """A key with its certificate, ready to seal."""

    signer: Any = field(repr=False)
    """The library's; it has key, certificate and chain."""
    certificate: "Certificate"
    place: str
    """Where it came from, as people know it."""
    size: int
    """Bytes of the certificates that travel inside a seal."""


def check_usable(key: SealKey, at: datetime) -> None:
    """Make sure that a certificate may seal documents.

    Args:
        key: what is to seal.
        at: when.

    Raises:
        SealError: it has expired or is not valid yet, is made for something else, or its key is too weak.
    """
    certificate = key.certificate
    start, end = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if at > end:
        raise SealError(f"{key.place}: the certificate expired on {end:%Y-%m-%d}; get a new one from its issuer")
    if at < start:
        raise SealError(f"{key.place}: the certificate is not valid before {start:%Y-%m-%d}")
    _check_purpose(certificate, key.place)
    _check_strength(certificate.public_key(), key.place)


def _check_purpose(certificate: "Certificate", place: str) -> None:
    from cryptography.x509 import ExtendedKeyUsage, ExtensionNotFound, KeyUsage

    try:
        usage = certificate.extensions.get_extension_for_class(KeyUsage).value
    except ExtensionNotFound:  # RFC 5280, 4.2.1.3: then it may be used for everything
        pass
    else:
        if not (usage.digital_signature or usage.content_commitment):
            raise SealError(f"{place}: the certificate is not made for signing (key usage); ask for one for seals")
    try:
        purposes = certificate.extensions.get_extension_for_class(ExtendedKeyUsage).value
    except ExtensionNotFound:
        return
    if not for_documents(purpose.dotted_string for purpose in purposes):
        raise SealError(f"{place}: the certificate is made for servers, not for documents; ask for one for seals")


def for_documents(purposes: Iterable[str]) -> bool:
    """Return whether one of the purposes (object identifiers) that a certificate names fits documents."""
    return not set(purposes) <= _FOR_OTHER_THINGS


def _check_strength(public: "PublicKeyTypes", place: str) -> None:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    if isinstance(public, EllipticCurvePublicKey):
        return
    if not isinstance(public, RSAPublicKey):
        raise SealError(f"{place}: keys of this kind are not supported; ask for one of RSA or elliptic curves")
    if public.key_size < MIN_RSA_BITS:
        raise SealError(f"{place}: a key of {public.key_size} bits is too weak; {MIN_RSA_BITS} are needed")


def encoded(certificate: "Certificate") -> bytes:
    """Return a certificate as DER."""
    from cryptography.hazmat.primitives.serialization import Encoding

    return certificate.public_bytes(Encoding.DER)


def library_certificates(certificates: "Iterable[Certificate]") -> list[Any]:
    """Return certificates as the library knows them."""
    return [part("asn1crypto.x509").Certificate.load(encoded(item)) for item in certificates]


def trusted(files: Sequence[bytes]) -> list[Any]:
    """Return the certificates to trust, as the library knows them.

    Args:
        files: each in PEM form, also several in one, or in DER form.

    Raises:
        FormatError: one holds no certificate, or is too large.
        SealError: the library is not installed.
    """
    return [certificate for data in files for certificate in _loaded(data)]


def _loaded(data: bytes) -> list[Any]:
    if len(data) > MAX_CERTIFICATES:
        raise FormatError(f"a certificate to trust is larger than {MAX_CERTIFICATES // 1_000_000} MB")
    load = part("pyhanko.keys").load_certs_from_pemder_data
    try:
        certificates = list(load(data))
        for item in certificates:
            item.subject.native, item.issuer.native, item.public_key.native  # noqa: B018 (decodes them)
    except Exception:  # whatever the library raises on what is no certificate
        certificates = []
    if not certificates:
        raise FormatError("a certificate to trust is none: give a file in PEM or DER form (.pem, .crt, .cer)")
    return certificates


def readable(text: object) -> str | None:
    """Return a name from a certificate or a server's answer, fit to be printed: one short line, no controls.

    None for none; of several the first counts.
    """
    if isinstance(text, list):
        text = text[0] if text else None
    if not isinstance(text, str):
        return None
    line = "".join(sign if sign.isprintable() else " " for sign in text[: 4 * MAX_NAME])
    return " ".join(line.split())[:MAX_NAME] or None
