"""Whether the certificates that travel in a seal are few enough to be looked at, and belong together."""

import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.model.seal import MAX_SEAL

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

MAX_CERTIFICATES = 10
MAX_NAMESAKES = 2
"""An issuer with two certificates is met where one authority vouches for another."""
_STAMPS = ("signature_time_stamp_token", "content_time_stamp")


def is_modest(size: int, signed: Any) -> bool:
    """Return whether a seal carries no more than honest ones do.

    The ways from certificate to issuer are tried one after the other, and a forger can make them endless: nine
    certificates of one name keep a computer busy for minutes.

    Args:
        size: bytes of the seal.
        signed: the same (CMS SignedData), as the library knows it.
    """
    if size > MAX_SEAL or len(signed["signer_infos"]) > 1:
        return False
    stamps = list(_stamps(signed))
    return len(stamps) <= 1 and all(_few_certificates(item) for item in (signed, *stamps))


def _stamps(signed: Any) -> Iterator[Any]:
    (signer,) = signed["signer_infos"]
    for kind in ("signed_attrs", "unsigned_attrs"):
        for attribute in signer[kind]:
            if attribute["type"].native in _STAMPS:
                yield from (value["content"] for value in attribute["values"])


def _few_certificates(signed: Any) -> bool:
    subjects = Counter(item.chosen.subject.dump() for item in signed["certificates"] if item.name == "certificate")
    return subjects.total() <= MAX_CERTIFICATES and max(subjects.values(), default=0) <= MAX_NAMESAKES


def chain_of(certificate: "Certificate", others: "Iterable[Certificate]") -> "list[Certificate]":
    """Return a certificate with those of its issuers, as far up as they are among the others."""
    known, chain = tuple(others), [certificate]
    while True:
        issuers = [item for item in known if item not in chain and _issued(chain[-1], [item])]
        if not issuers:
            return chain
        chain.append(issuers[0])


def belong_together(certificates: Iterable[bytes]) -> bool:
    """Return whether every certificate whose issuer travels along was issued by it.

    So a changed or swapped one shows, even where nobody says which certificates to trust.

    Args:
        certificates: all in the seal, as DER.
    """
    from cryptography.utils import CryptographyDeprecationWarning
    from cryptography.x509 import load_der_x509_certificate

    try:
        with warnings.catch_warnings():
            # It warns on the terminal of odd certificates, such as whoever forges one can make.
            warnings.simplefilter("ignore", CryptographyDeprecationWarning)
            loaded = [load_der_x509_certificate(item) for item in certificates]
        return all(_issued(item, [issuer for issuer in loaded if issuer.subject == item.issuer]) for item in loaded)
    except ValueError:  # one cannot be read
        return False


def _issued(certificate: "Certificate", issuers: "Sequence[Certificate]") -> bool:
    """Return whether one of those that bear the issuer's name did issue it; True where none does."""
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

    for issuer in issuers:
        try:
            certificate.verify_directly_issued_by(issuer)
        except (InvalidSignature, UnsupportedAlgorithm, TypeError, ValueError):
            continue
        return True
    return not issuers
