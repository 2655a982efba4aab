"""The one form of a seal beside a file: every byte in it is signed, or could not be another.

A signature covers what it was made for and its own attributes, but not the frame around them (RFC 5652, 5.4):
version numbers, lengths written in another way, certificates that nobody looks at, a second signer. So the frame is
made anew from what was signed, and has to come out as it is. Those in PDFs come from many programs and are taken as
they are.
"""

import hashlib
from collections.abc import Iterable
from typing import Any

from pipeline.engines.seal.chain import belong_together
from pipeline.engines.seal.library import part

HASH = "sha256"
_NAMING = "signing_certificate_v2"
_INTEGER, _OCTETS, _SEQUENCE, _SET = 2, 4, 16, 17
_NULL = b"\x05\x00"
_ONE, _THREE = b"\x01", b"\x03"
"""Versions of frames (RFC 5652, 5.1 and 5.3)."""


def is_in_form(seal: bytes, message: Any) -> bool:
    """Return whether a seal is, byte for byte, what this program makes of its signed parts (RFC 5652, in DER).

    Args:
        seal: the seal.
        message: the same, as the library knows it (CMS ContentInfo).
    """
    cms, signed = part("asn1crypto.cms"), message["content"]
    (signer,) = signed["signer_infos"]
    stamps = [stamp for item in _held(signer["unsigned_attrs"]) for stamp in item["values"]]
    if len(stamps) > 1 or not all(map(_is_stamp_in_form, stamps)):
        return False
    certificates = _certificates(signed)
    content = _sequence(cms.ContentType("data").dump())
    # DER wants the members of a set in the order of their bytes (X.690, 11.6).
    lists = [_tagged(0, *sorted(certificates))]
    kind = cms.CMSAttributeType("signature_time_stamp_token").dump()
    added = [_tagged(1, _sequence(kind, _set(stamp.dump()))) for stamp in stamps]
    return (
        _made_as_ours(signed, signer)
        and _named(signer) == sorted(hashlib.sha256(item).digest() for item in certificates)
        and seal == _written(message, _ONE, content, lists, added)
    )


def answering_for(attributes: Any, certificate: Any, others: Iterable[Any]) -> Any:
    """Return signed attributes that name not only the signer's certificate by its hash, but all that travel along.

    Args:
        attributes: as the library makes them (CMS SignedAttributes).
        certificate: the signer's.
        others: those that travel along, the signer's own among them or not.
    """
    cms, name = part("asn1crypto.cms"), part("pyhanko.sign.general").as_signing_certificate_v2
    chain = (certificate, *(item for item in others if item.dump() != certificate.dump()))
    value = part("asn1crypto.tsp").SigningCertificateV2({"certs": [name(item, HASH)["certs"][0] for item in chain]})
    named = cms.CMSAttribute({"type": _NAMING, "values": [value]})
    return cms.CMSAttributes([*(item for item in attributes if item["type"].native != _NAMING), named])


def each_once(message: Any) -> Any:
    """Return a seal in which every certificate travels once; the library puts in the signer's own twice.

    Args:
        message: CMS ContentInfo.
    """
    certificates = {item.chosen.dump(): item.chosen for item in message["content"]["certificates"]}
    message["content"]["certificates"] = part("asn1crypto.cms").CertificateSet(list(certificates.values()))
    return message


def _made_as_ours(signed: Any, signer: Any) -> bool:
    """Return whether the names of the methods, which nobody signs, are those that this program writes."""
    algorithms = part("asn1crypto.algos")
    digest = algorithms.DigestAlgorithm({"algorithm": HASH}).dump()
    signatures = [algorithms.SignedDigestAlgorithm({"algorithm": f"{HASH}_{kind}"}) for kind in ("rsa", "ecdsa")]
    return (
        signer["digest_algorithm"].dump() == digest
        and [item.dump() for item in signed["digest_algorithms"]] == [digest]
        and signer["signature_algorithm"].dump() in [item.dump() for item in signatures]
    )


def _named(signer: Any) -> list[bytes]:
    """Return the hashes of the certificates that the signer answers for (RFC 5035, 3), sorted."""
    return sorted(
        item["cert_hash"].native
        for attribute in signer["signed_attrs"]
        if attribute["type"].native == _NAMING
        for value in attribute["values"]
        for item in value["certs"]
    )


def _is_stamp_in_form(message: Any) -> bool:
    """Return whether the same holds for a time stamp (RFC 3161), as far as it can be asked of those who make them.

    Its certificates are not signed, so each is held against that of its issuer where that travels along. Lists of
    revoked certificates and attributes that are not signed are taken as they are.
    """
    signed = message["content"]
    (signer,), (digest,) = signed["signer_infos"], signed["digest_algorithms"]
    named = (digest, signer["digest_algorithm"], signer["signature_algorithm"])
    inner = signed["encap_content_info"]
    content = _sequence(inner["content_type"].dump(), _tagged(0, _tlv(_OCTETS, bytes(inner["content"]))))
    lists = [
        _tagged(tag, signed[key].contents) for tag, key in ((0, "certificates"), (1, "crls")) if _held(signed[key])
    ]
    added = [_tagged(1, signer["unsigned_attrs"].contents)] if _held(signer["unsigned_attrs"]) else []
    return bool(
        digest["algorithm"].native == signer["digest_algorithm"]["algorithm"].native
        and all(map(_is_plain, named))
        and belong_together(_certificates(signed))
        and message.dump() == _written(message, _THREE, content, lists, added)
    )


def _is_plain(algorithm: Any) -> bool:
    """Return whether a method is named and nothing else, unless it is one that needs to say more (RFC 4056)."""
    name = algorithm["algorithm"].dump()
    pss = algorithm["algorithm"].native == "rsassa_pss"
    return pss or algorithm.dump() in {_sequence(name), _sequence(name, _NULL)}


def _written(message: Any, version: bytes, content: bytes, lists: list[bytes], added: list[bytes]) -> bytes:
    """Return a message with one signer, its frame made anew.

    Args:
        message: CMS ContentInfo.
        version: of the frame.
        content: what it says of what was signed.
        lists: certificates, and what else may stand there.
        added: attributes that are not signed.
    """
    signed = message["content"]
    (signer,) = signed["signer_infos"]
    certificate = part("pyhanko.sign.general").extract_certificate_info(signed).signer_cert
    serial = certificate["tbs_certificate"]["serial_number"]
    by_name = signer["sid"].name == "issuer_and_serial_number"
    signature = _sequence(
        _tlv(_INTEGER, _ONE if by_name else _THREE),
        _sequence(certificate.issuer.dump(), serial.dump()) if by_name else signer["sid"].dump(),
        signer["digest_algorithm"].dump(),
        _tagged(0, signer["signed_attrs"].contents),
        signer["signature_algorithm"].dump(),
        _tlv(_OCTETS, signer["signature"].native),
        *added,
    )
    digests = _set(*(item.dump() for item in signed["digest_algorithms"]))
    frame = _sequence(_tlv(_INTEGER, version), digests, content, *lists, _set(signature))
    return _sequence(part("asn1crypto.cms").ContentType("signed_data").dump(), _tagged(0, frame))


def _certificates(signed: Any) -> list[bytes]:
    return [item.chosen.dump() for item in _held(signed["certificates"]) if item.name == "certificate"]


def _held(items: Any) -> Iterable[Any]:
    """Return what a list holds that may be missing."""
    return () if isinstance(items, part("asn1crypto.core").Void) else items


def _sequence(*parts: bytes) -> bytes:
    return _tlv(_SEQUENCE, *parts)


def _set(*parts: bytes) -> bytes:
    return _tlv(_SET, *parts)


def _tlv(tag: int, *parts: bytes) -> bytes:
    built = int(tag in {_SEQUENCE, _SET})
    return bytes(part("asn1crypto.parser").emit(0, built, tag, b"".join(parts)))


def _tagged(tag: int, *parts: bytes) -> bytes:
    """Return parts under a tag that only has a meaning where it stands."""
    return bytes(part("asn1crypto.parser").emit(2, 1, tag, b"".join(parts)))
