"""A certificate authority of the tests' own: root, intermediate, and whatever they issue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
"""When the tests take place."""
PASSWORD = "Fährmann über Bord"
OFFICE = "Staatskanzlei Waldringen"
USAGES = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
    "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
)  # fmt: skip

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey
_SERIAL = count(1)


@cache
def rsa_key(number: int, bits: int = 2048) -> rsa.RSAPrivateKey:
    """Return the `number`-th key; making one takes long, so they are made once."""
    assert number >= 0
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


@dataclass(frozen=True, kw_only=True)
class Holder:
    """A certificate with its key."""

    key: Key
    certificate: x509.Certificate

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)


def issue(
    name: str,
    *,
    by: Holder | None = None,
    key: Key | None = None,
    days: tuple[int, int] = (-400, 400),
    usage: Sequence[str] | None = ("digital_signature", "content_commitment"),
    purposes: Sequence[x509.ObjectIdentifier] = (),
    authority: bool = False,
    serial: int | None = None,
) -> Holder:
    """Return a new certificate.

    Args:
        name: its common name.
        by: who issues it; None for itself.
        key: its key; None for a new one.
        days: from when to when it is valid, counted from `AT`.
        usage: what the key may be used for; None to say nothing about it.
        purposes: further purposes.
        authority: whether it may issue others.
        serial: its number, where it matters.
    """
    own = key or ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "DE"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Land Waldringen"),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.certificate.subject if by else subject)
        .public_key(own.public_key())
        .serial_number(serial or next(_SERIAL))
        .not_valid_before(AT + timedelta(days=days[0]))
        .not_valid_after(AT + timedelta(days=days[1]))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(own.public_key()), critical=False)
    )
    issuer_key = by.key if by else own
    builder = builder.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
    )
    if usage is not None:
        flags = {flag: flag in usage for flag in USAGES}
        builder = builder.add_extension(x509.KeyUsage(**flags), critical=True)
    if purposes:
        builder = builder.add_extension(x509.ExtendedKeyUsage(purposes), critical=True)
    return Holder(
        key=own,
        certificate=builder.sign(
            issuer_key, None if isinstance(issuer_key, ed25519.Ed25519PrivateKey) else hashes.SHA256()
        ),
    )


@dataclass(frozen=True, kw_only=True)
class Authority:
    """Root and intermediate, and what most tests need of them."""

    root: Holder
    intermediate: Holder
    office: Holder
    """The sealing certificate."""
    stamps: Holder
    """The time stamp service's."""

    @property
    def chain(self) -> tuple[x509.Certificate, ...]:
        return (self.intermediate.certificate, self.root.certificate)


def _made() -> Authority:
    usage = ("key_cert_sign", "crl_sign")
    root = issue("Waldringen Root CA", key=rsa_key(0), usage=usage, authority=True, days=(-2000, 4000))
    between = issue(
        "Waldringen Issuing CA", by=root, key=rsa_key(1), usage=usage, authority=True, days=(-1500, 2000)
    )
    return Authority(
        root=root,
        intermediate=between,
        office=issue(OFFICE, by=between, key=rsa_key(2)),
        stamps=issue(
            "Waldringen Time Stamps",
            by=between,
            key=rsa_key(3),
            usage=("digital_signature",),
            purposes=(ExtendedKeyUsageOID.TIME_STAMPING,),
            days=(-400, 1500),
        ),
    )


@cache
def authority() -> Authority:
    """Return the authority, which is made once."""
    return _made()


def key_file(holder: Holder, chain: Sequence[x509.Certificate] = (), password: str = PASSWORD) -> bytes:
    """Return a PKCS#12 file with a key, its certificate and those of its issuers."""
    return pkcs12.serialize_key_and_certificates(
        None, holder.key, holder.certificate, list(chain), BestAvailableEncryption(password.encode())
    )
