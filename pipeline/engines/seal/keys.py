"""The key to seal with, from a file (PKCS#12)."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.engines.seal.certificates import SealKey, library_certificates
from pipeline.engines.seal.chain import chain_of
from pipeline.engines.seal.library import part
from pipeline.errors import SealError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.serialization.pkcs12 import PKCS12KeyAndCertificates
    from cryptography.x509 import Certificate

MAX_KEY_FILE = 1_000_000
NO_PASSWORD = "is protected by a password; set COMMUNIQUE_SEAL_PASSWORD"  # noqa: S105 (a message)


def from_file(path: Path, place: str, password: str | None) -> SealKey:
    """Return the key in a PKCS#12 file (.p12, .pfx).

    Args:
        path: the file.
        place: what people know it by.
        password: what protects it.

    Raises:
        SealError: the file is missing, too large or something else, the password is missing or wrong, the key has
            no certificate or several.
    """
    library = part("pyhanko.sign.signers")
    data = _read(path, place)
    if password is None:
        raise SealError(f"{place}: {NO_PASSWORD}")
    held = _opened(data, place, password)
    if held.key is None:
        raise SealError(f"{place}: holds no private key; export the certificate together with its key")
    certificates = [item.certificate for item in (held.cert, *held.additional_certs) if item]
    certificate = _own(certificates, held.key.public_key(), place)
    chain = library_certificates(chain_of(certificate, certificates))
    registry = part("pyhanko_certvalidator.registry").SimpleCertificateStore()
    registry.register_multiple(chain)
    signer = library.SimpleSigner(
        signing_cert=chain[0],
        signing_key=_library_key(held.key),
        cert_registry=registry,
    )
    size = sum(len(item.dump()) for item in chain)
    return SealKey(signer=signer, certificate=certificate, place=place, size=size)


def _read(path: Path, place: str) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_KEY_FILE + 1)
    except FileNotFoundError:
        raise SealError(f"{place}: there is no such file; see “seal.key_file” in communique.toml") from None
    except OSError as error:
        raise SealError(f"{place}: the key cannot be read: {error.strerror}") from None
    if len(data) > MAX_KEY_FILE:
        raise SealError(f"{place}: is larger than {MAX_KEY_FILE // 1_000_000} MB, so it is no key file")
    return data


def _opened(data: bytes, place: str, password: str) -> "PKCS12KeyAndCertificates":
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12

    try:
        # What the password protects lies in a frame that shows whether this is such a file at all.
        part("asn1crypto.pkcs12").Pfx.load(data, strict=True)["auth_safe"]["content_type"].native  # noqa: B018
    except (ValueError, TypeError, KeyError):
        raise SealError(f"{place}: is no PKCS#12 file (.p12, .pfx)") from None
    try:
        return load_pkcs12(data, password.encode())
    except UnsupportedAlgorithm:
        words = "is protected in a way that is no longer supported; export it anew with a current program"
    except ValueError:
        words = "the password in COMMUNIQUE_SEAL_PASSWORD does not open it, or the file is damaged"
    # Raised out here, where no exception that saw the password is its context.
    raise SealError(f"{place}: {words}")


def _own(certificates: "list[Certificate]", public: Any, place: str) -> "Certificate":
    """Return the one certificate of a public key."""
    own = [item for item in certificates if item.public_key() == public]
    if not own:
        raise SealError(f"{place}: holds no certificate that belongs to its key; export both together")
    if len(own) > 1:
        raise SealError(f"{place}: holds {len(own)} certificates for its key; export the current one alone")
    return own[0]


def _library_key(key: Any) -> Any:
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    plain = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return part("asn1crypto.keys").PrivateKeyInfo.load(plain)
