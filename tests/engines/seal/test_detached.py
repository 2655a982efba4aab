"""A seal beside the file it covers: made in one form only, so that whatever is changed in it is found."""

import hashlib
import itertools
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from datetime import timedelta, timezone
from pathlib import Path

import pytest
from asn1crypto import cms, core, x509  # type: ignore[import-untyped]  # ships no types
from cryptography import x509 as pyca
from cryptography.hazmat.primitives import hashes
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config.settings import SealSettings
from pipeline.engines.seal import Sealer, read_detached_seal
from pipeline.errors import FormatError, SealError
from pipeline.model.seal import MAX_SEAL, Seal, SealLevel
from tests.engines.seal import stamp_server
from tests.engines.seal.authority import AT, OFFICE, PASSWORD, Holder, Key, authority, issue, key_file, rsa_key
from tests.engines.seal.stamp_server import STAMPED_AT

TRUST = (authority().root.pem,)
MANIFEST = '{\n  "release": "fähre"\n}\n'.encode()
OPENSSL = shutil.which("openssl")
DAMAGED = ("The seal is damaged and cannot be checked.",)
OVERLOADED = ("The seal carries more than honest seals do, and is not checked.",)
UNTIDY = ("The seal holds something that nobody signed, or is written down in another way than seals are.",)


@pytest.fixture(scope="session")
def seal(sealer: Sealer) -> bytes:
    """The office's seal over the manifest, without a time stamp."""
    return sealer.detached_seal(MANIFEST, "manifest.json", AT)


@pytest.fixture(scope="session")
def stamped(workspace: Path) -> bytes:
    """The same with a time stamp."""
    with stamp_server.running() as service:
        return stamping(workspace, service.url).detached_seal(MANIFEST, "manifest.json", AT)


def stamping(workspace: Path, url: str) -> Sealer:
    return Sealer(SealSettings(key_file="keys/office.p12", timestamp_server=url), workspace, PASSWORD)


def sealed_by(holder: Holder, folder: Path, chain: tuple[pyca.Certificate, ...] = ()) -> bytes:
    (folder / "k.p12").write_bytes(key_file(holder, chain))
    return Sealer(SealSettings(key_file="k.p12"), folder, PASSWORD).detached_seal(MANIFEST, "manifest.json", AT)


def read(seal: bytes, trust: tuple[bytes, ...] = (), content: bytes = MANIFEST) -> Seal:
    return read_detached_seal(seal, content, trust, at=AT)


def faults(seal: bytes, trust: tuple[bytes, ...] = ()) -> tuple[str, ...]:
    return read(seal, trust).faults


def changed(seal: bytes, change: Callable[[cms.SignedData], object]) -> bytes:
    """Return a seal with something changed in its message, all else as it was."""
    message = cms.ContentInfo.load(seal)
    change(message["content"])
    return bytes(message.dump())


# What is said


def test_a_seal_says_who_made_it_and_when(seal: bytes) -> None:
    found = read(seal, TRUST)
    assert (found.name, found.organisation, found.issuer) == (OFFICE, "Land Waldringen", "Waldringen Issuing CA")
    assert (found.sealed_at, found.stamped_at, found.level) == (AT, None, SealLevel.BASIC)
    assert (found.intact, found.covers_whole_file, found.trusted, found.faults) == (True, True, True, ())


def test_a_stamped_seal_says_when_the_service_saw_it(stamped: bytes) -> None:
    found = read(stamped, TRUST)
    assert (found.level, found.stamped_at, found.trusted, found.faults) == (
        SealLevel.STAMPED,
        STAMPED_AT,
        True,
        (),
    )


def test_without_certificates_to_trust_nothing_is_said_about_trust(seal: bytes) -> None:
    assert (read(seal).trusted, read(seal).faults) == (None, ())


def test_somebody_else_is_not_trusted(seal: bytes) -> None:
    stranger = issue("Waldringen Root CA", authority=True, usage=("key_cert_sign",), key=rsa_key(3))
    found = read(seal, (stranger.pem,))
    assert (found.trusted, found.intact) == (False, True)
    assert found.faults == (
        "None of the certificates to trust vouches for the seal’s certificate as one for sealing.",
    )


def test_a_certificate_to_trust_that_is_none(seal: bytes) -> None:
    with pytest.raises(FormatError, match="give a file in PEM or DER form"):
        read(seal, (b"none",))


def test_a_seal_whose_certificate_expired_holds_only_with_a_stamp(workspace: Path, stamped: bytes) -> None:
    later = AT + timedelta(days=500)
    plain = Sealer(SealSettings(key_file="keys/office.p12"), workspace, PASSWORD).detached_seal(MANIFEST, "m", AT)
    (fault,) = read_detached_seal(plain, MANIFEST, TRUST, at=later).faults
    assert fault == "The certificate expired on 2027-12-28, and no time stamp shows that the seal is older."
    assert read_detached_seal(stamped, MANIFEST, TRUST, at=later).faults == ()


# How it is made


def test_it_is_der_over_exactly_the_file_which_is_not_in_it(seal: bytes) -> None:
    message = cms.ContentInfo.load(seal, strict=True)
    assert message.dump(force=True) == seal
    assert isinstance(message["content"]["encap_content_info"]["content"], core.Void)
    (signer,) = message["content"]["signer_infos"]
    attributes = {item["type"].native: item["values"][0] for item in signer["signed_attrs"]}
    assert set(attributes) == {"content_type", "message_digest", "signing_time", "signing_certificate_v2"}
    assert attributes["message_digest"].native == hashlib.sha256(MANIFEST).digest()
    assert attributes["signing_time"].native == AT


def test_every_certificate_travels_once_and_is_named_by_its_hash(seal: bytes) -> None:
    message = cms.ContentInfo.load(seal)["content"]
    travelling = [item.chosen.dump() for item in message["certificates"]]
    holders = (authority().office, authority().intermediate, authority().root)
    assert sorted(travelling) == sorted(item.der for item in holders)
    (named,) = [
        item["values"][0]["certs"]
        for item in message["signer_infos"][0]["signed_attrs"]
        if item["type"].native == "signing_certificate_v2"
    ]
    assert [item["cert_hash"].native for item in named] == [hashlib.sha256(item.der).digest() for item in holders]


def test_an_rsa_key_without_a_stamp_gives_the_same_bytes_twice(sealer: Sealer, seal: bytes) -> None:
    assert sealer.detached_seal(MANIFEST, "manifest.json", AT) == seal


def test_the_time_is_told_in_universal_time(sealer: Sealer) -> None:
    here = AT.astimezone(timezone(timedelta(hours=1)))
    assert read(sealer.detached_seal(MANIFEST, "m", here)).sealed_at == AT


def test_a_service_that_does_not_say_how_long_its_stamp_is(workspace: Path) -> None:
    with stamp_server.running() as service:
        service.behaviour = stamp_server.writes_open_ends
        made = stamping(workspace, service.url).detached_seal(MANIFEST, "m", AT)
    assert (read(made, TRUST).stamped_at, faults(made)) == (STAMPED_AT, ())


@pytest.mark.parametrize(
    "behaviour", [stamp_server.refuses, stamp_server.stamps_another_hash, stamp_server.signs_wrongly]
)
def test_no_stamp_no_seal(workspace: Path, behaviour: stamp_server.Behaviour) -> None:
    with stamp_server.running() as service:
        service.behaviour = behaviour
        with pytest.raises(SealError, match=r"^x\.zip: manifest\.json: .*stamp"):
            stamping(workspace, service.url).detached_seal(MANIFEST, "x.zip: manifest.json", AT)


def test_a_key_that_fails_is_told_in_one_line_without_its_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError(PASSWORD)

    (tmp_path / "k.p12").write_bytes(key_file(authority().office))
    sealer = Sealer(SealSettings(key_file="k.p12"), tmp_path, PASSWORD)
    monkeypatch.setattr(vars(sealer)["_key"].signer, "sign_raw", fail)
    with pytest.raises(SealError) as caught:
        sealer.detached_seal(MANIFEST, "x.zip", AT)
    assert str(caught.value) == "x.zip: k.p12 refuses to seal (RuntimeError)"
    assert caught.value.__suppress_context__


def test_an_expired_certificate_is_refused_as_for_pdfs(tmp_path: Path) -> None:
    with pytest.raises(SealError, match=r"^k\.p12: the certificate expired on 2026-11-13; get a new one"):
        sealed_by(issue("Amt", days=(-20, -10), key=rsa_key(2)), tmp_path)


@pytest.mark.skipif(OPENSSL is None, reason="openssl is not installed")
@pytest.mark.parametrize("key", [rsa_key(2), None], ids=["RSA", "elliptic curves"])
def test_openssl_finds_the_seal_sound_and_a_changed_file_not(tmp_path: Path, key: Key | None) -> None:
    """As docs/bundle.md says that anybody can check it, without this program."""
    office = issue("Siegel", key=key, days=(-400, 36_000))
    (tmp_path / "office.pem").write_bytes(office.pem)
    (tmp_path / "manifest.json.p7s").write_bytes(sealed_by(office, tmp_path))
    manual = (Path(__file__).parents[3] / "docs" / "bundle.md").read_text(encoding="utf-8")
    (command,) = re.findall(r"openssl cms -verify[^\n]*(?:\\\n[^\n]*)*", manual)
    codes = []
    for content in (MANIFEST, MANIFEST.replace(b"release", b"Release")):
        (tmp_path / "manifest.json").write_bytes(content)
        ended = subprocess.run(["sh", "-c", command], cwd=tmp_path, check=False, capture_output=True)
        codes.append(ended.returncode)
    assert codes == [0, 4]


# Changes and forgeries


def test_the_seal_of_another_file(seal: bytes) -> None:
    found = read(seal, TRUST, MANIFEST + b"\n")
    assert (found.intact, found.faults) == (False, ("The file was changed after it was sealed.",))


@pytest.mark.parametrize("forged", [b"", b"\0", b"seal", b"0\x80" * 20_000, b"0\x84\x7f\xff\xff\xff", b"%PDF-1.7"])
def test_what_is_no_seal(forged: bytes) -> None:
    assert faults(forged) == DAMAGED


@pytest.mark.parametrize("share", [0.01, 0.3, 0.6, 0.999])
def test_the_beginning_of_a_seal(seal: bytes, share: float) -> None:
    assert faults(seal[: int(len(seal) * share)]) == DAMAGED


@pytest.mark.parametrize("added", [b"\0", b"\0" * 5_000, b"geheime Nachricht"])
def test_bytes_behind_the_seal(seal: bytes, added: bytes) -> None:
    assert faults(seal + added) == UNTIDY


def test_a_second_seal_behind_the_seal(seal: bytes) -> None:
    assert faults(seal + seal) == UNTIDY


def test_too_large_a_seal(seal: bytes) -> None:
    assert faults(seal + bytes(MAX_SEAL)) == OVERLOADED


def test_a_second_signer(seal: bytes, tmp_path: Path) -> None:
    other = cms.ContentInfo.load(sealed_by(issue("Ministerium", key=rsa_key(3)), tmp_path))["content"]

    def join(signed: cms.SignedData) -> None:
        signed["signer_infos"] = cms.SignerInfos([*signed["signer_infos"], *other["signer_infos"]])

    assert faults(changed(seal, join)) == OVERLOADED


def test_no_signer(seal: bytes) -> None:
    def strip(signed: cms.SignedData) -> None:
        signed["signer_infos"] = cms.SignerInfos([])

    assert faults(changed(seal, strip)) == DAMAGED


def test_a_seal_with_the_file_in_it(seal: bytes) -> None:
    def embed(signed: cms.SignedData) -> None:
        signed["encap_content_info"] = {"content_type": "data", "content": MANIFEST}

    assert faults(changed(seal, embed)) == UNTIDY


def test_a_seal_that_does_not_say_how_long_it_is(seal: bytes) -> None:
    message = cms.ContentInfo.load(seal)
    inner = message["content_type"].dump() + b"\xa0\x80" + message["content"].untag().dump() + b"\0\0"
    assert faults(b"\x30\x80" + inner + b"\0\0") == UNTIDY


def test_a_length_written_longer_than_needed(seal: bytes) -> None:
    length = int.from_bytes(seal[2:4], "big")
    assert seal[:2] == b"\x30\x82"
    assert faults(b"\x30\x83" + length.to_bytes(3, "big") + seal[4:]) == UNTIDY


def test_a_certificate_more(seal: bytes) -> None:
    def add(signed: cms.SignedData) -> None:
        kept = [item.chosen for item in signed["certificates"]]
        signed["certificates"] = cms.CertificateSet(
            [*kept, x509.Certificate.load(issue("Amt", key=rsa_key(3)).der)]
        )

    assert faults(changed(seal, add)) == UNTIDY


def test_a_certificate_less(seal: bytes) -> None:
    def take(signed: cms.SignedData) -> None:
        kept = [item.chosen for item in signed["certificates"] if item.chosen.dump() != authority().root.der]
        signed["certificates"] = cms.CertificateSet(kept)

    assert faults(changed(seal, take), TRUST) == UNTIDY


def test_a_swapped_certificate_of_the_same_key_and_number(seal: bytes) -> None:
    number = authority().office.certificate.serial_number
    other = issue("Anderes Amt", by=authority().intermediate, key=rsa_key(2), serial=number)

    def swap(signed: cms.SignedData) -> None:
        kept = [item.chosen for item in signed["certificates"] if item.chosen.dump() != authority().office.der]
        signed["certificates"] = cms.CertificateSet([x509.Certificate.load(other.der), *kept])

    assert faults(changed(seal, swap)) == UNTIDY


def test_a_list_of_revoked_certificates(seal: bytes) -> None:
    revoked = (
        pyca.CertificateRevocationListBuilder()
        .issuer_name(authority().root.certificate.subject)
        .last_update(AT)
        .next_update(AT + timedelta(days=1))
        .sign(rsa_key(0), hashes.SHA256())
    )
    from cryptography.hazmat.primitives.serialization import Encoding

    def add(signed: cms.SignedData) -> None:
        signed["crls"] = [
            cms.RevocationInfoChoice("crl", cms.CertificateList.load(revoked.public_bytes(Encoding.DER)))
        ]

    assert faults(changed(seal, add)) == UNTIDY


@pytest.mark.parametrize("kind", ["counter_signature", "1.2.3.4"])
def test_an_attribute_that_nobody_signed(seal: bytes, kind: str) -> None:
    def add(signed: cms.SignedData) -> None:
        signed["signer_infos"][0]["unsigned_attrs"] = [{"type": kind, "values": []}]

    assert faults(changed(seal, add)) == UNTIDY


def test_two_stamps(stamped: bytes) -> None:
    def double(signed: cms.SignedData) -> None:
        (item,) = signed["signer_infos"][0]["unsigned_attrs"]
        item["values"] = [*item["values"], *item["values"]]

    assert faults(changed(stamped, double)) == OVERLOADED


def test_a_stamp_taken_off_leaves_a_seal_without_one(stamped: bytes) -> None:
    """Nobody signs that there is one: it is made after the seal."""

    def take(signed: cms.SignedData) -> None:
        old = signed["signer_infos"][0]
        kept = {name: old[name] for name in old if name != "unsigned_attrs"}
        signed["signer_infos"] = cms.SignerInfos([cms.SignerInfo(kept)])

    found = read(changed(stamped, take), TRUST)
    assert (found.faults, found.level) == ((), SealLevel.BASIC)


def test_the_stamp_of_another_seal(workspace: Path, stamped: bytes) -> None:
    with stamp_server.running() as service:
        other = stamping(workspace, service.url).detached_seal(b"other", "m", AT)

    def swap(signed: cms.SignedData) -> None:
        foreign = cms.ContentInfo.load(other)["content"]["signer_infos"][0]["unsigned_attrs"]
        signed["signer_infos"][0]["unsigned_attrs"] = foreign

    assert faults(changed(stamped, swap)) == ("The time stamp does not belong to this seal, or was changed.",)


@pytest.mark.skipif(OPENSSL is None, reason="openssl is not installed")
def test_a_signature_of_another_program_is_not_in_the_form_of_a_seal(tmp_path: Path) -> None:
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    office = issue("Siegel", key=rsa_key(2), days=(-400, 36_000))
    key = office.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "k.pem").write_bytes(key + office.pem)
    (tmp_path / "m").write_bytes(MANIFEST)
    command = "openssl cms -sign -binary -in m -signer k.pem -outform DER -out m.p7s"
    subprocess.run(command.split(), cwd=tmp_path, check=True, capture_output=True)
    assert faults((tmp_path / "m.p7s").read_bytes()) == UNTIDY


def test_a_crowd_of_certificates_does_not_keep_the_check_busy(stamped: bytes) -> None:
    crowd = [x509.Certificate.load(issue("CA", usage=None, serial=number).der) for number in range(1, 200)]

    def add(signed: cms.SignedData) -> None:
        token = signed["signer_infos"][0]["unsigned_attrs"][0]["values"][0]["content"]
        token["certificates"] = cms.CertificateSet([*(item.chosen for item in token["certificates"]), *crowd])

    forged = changed(stamped, add)
    start = time.perf_counter()
    assert faults(forged) == OVERLOADED
    assert time.perf_counter() - start < 2


# No bit can change unseen

SHARE = st.floats(0, 1, exclude_max=True)


def flipped(data: bytes, at: int, mask: int) -> bytes:
    return data[:at] + bytes([data[at] ^ mask]) + data[at + 1 :]


@settings(max_examples=150, deadline=None)
@given(share=SHARE, mask=st.integers(1, 255))
def test_whatever_a_byte_is_changed_to_is_seen(seal: bytes, share: float, mask: int) -> None:
    assert faults(flipped(seal, int(share * len(seal)), mask))


def test_every_bit_of_the_frame_that_changes_is_seen(seal: bytes) -> None:
    """The frame is what stands around certificates, signed attributes and signature; nobody signs it."""
    message = cms.ContentInfo.load(seal)["content"]
    (signer,) = message["signer_infos"]
    certificates = (item.chosen.dump() for item in message["certificates"])
    inside: set[int] = set()
    for part in (*certificates, signer["signed_attrs"].contents, signer["signature"].native):
        start = seal.index(part)
        inside |= set(range(start + 8, start + len(part)))
    frame = sorted(set(range(len(seal))) - inside)
    assert len(frame) > 100
    for at, bit in itertools.product(frame, range(8)):
        assert faults(flipped(seal, at, 1 << bit)), f"bit {bit} of byte {at} changed and nobody noticed"


@settings(max_examples=120, deadline=None)
@given(share=SHARE, bit=st.integers(0, 7))
def test_a_changed_bit_of_a_stamped_seal_is_seen_or_means_nothing(stamped: bytes, share: float, bit: int) -> None:
    """What a stamp service sends of its issuers is signed by them at best; whoever trusts them has their own."""
    at = int(share * len(stamped))
    issuers = [(start, start + len(der)) for der in _issuers() for start in [stamped.rindex(der)]]
    forged = flipped(stamped, at, 1 << bit)
    if any(start <= at < end for start, end in issuers):
        for trust in ((), TRUST):
            assert faults(forged, trust) or read(forged, trust) == read(stamped, trust)
    else:
        assert faults(forged)


def _issuers() -> tuple[bytes, bytes]:
    return authority().intermediate.der, authority().root.der


@settings(max_examples=60, deadline=None)
@given(start=SHARE, length=st.integers(1, 200), put=st.binary(max_size=200))
def test_bytes_put_in_or_taken_out_anywhere_are_seen(seal: bytes, start: float, length: int, put: bytes) -> None:
    at = int(start * len(seal))
    forged = seal[:at] + put + seal[at + length :]
    if forged != seal:
        assert faults(forged)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_survived(junk: bytes) -> None:
    assert faults(junk)


def test_nothing_is_logged_about_a_bad_seal(seal: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    faults(seal.replace(authority().office.der, b"\0" * 200))
    faults(seal[:-400])
    assert capfd.readouterr() == ("", "")
