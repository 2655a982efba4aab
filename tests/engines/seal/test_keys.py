"""The key file: opened with its password, and refused for one clear reason."""

import gc
import logging
import re
import subprocess
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID

from pipeline.config.settings import SealSettings
from pipeline.engines.seal import Sealer, read_seals
from pipeline.engines.seal.keys import MAX_KEY_FILE
from pipeline.errors import SealError
from tests.engines.seal.authority import AT, PASSWORD, Holder, authority, issue, key_file, rsa_key

SETTINGS = SealSettings(key_file="office.p12")


def opened(folder: Path, data: bytes, password: str | None = PASSWORD) -> Sealer:
    (folder / "office.p12").write_bytes(data)
    return Sealer(SETTINGS, folder, password)


def refusal(folder: Path, data: bytes, password: str | None = PASSWORD) -> str:
    with pytest.raises(SealError) as caught:
        opened(folder, data, password)
    assert PASSWORD not in str(caught.value)
    assert caught.value.__context__ is None or caught.value.__suppress_context__
    return str(caught.value)


def test_a_key_of_rsa_or_of_elliptic_curves_seals(tmp_path: Path, pdf: bytes) -> None:
    for key in (rsa_key(2), None):
        office = issue("Amt", by=authority().intermediate, key=key)
        sealed = opened(tmp_path, key_file(office, authority().chain)).seal(pdf, "a.pdf", "de", AT)
        assert [(seal.name, seal.trusted) for seal in read_seals(sealed, (authority().root.der,), at=AT)] == [
            ("Amt", True)
        ]


def test_a_key_made_as_the_manual_says_seals(tmp_path: Path, pdf: bytes) -> None:
    manual = (Path(__file__).parents[3] / "docs" / "seal.md").read_text(encoding="utf-8")
    commands = next(block for block in re.findall(r"```sh\n(.*?)```", manual, re.DOTALL) if "openssl" in block)
    subprocess.run(["sh", "-ec", commands], cwd=tmp_path, check=True, capture_output=True)
    (password,) = re.findall(r"COMMUNIQUE_SEAL_PASSWORD='(.*)'", commands)
    certificate = (tmp_path / "keys" / "seal.pem").read_bytes()
    now = x509.load_pem_x509_certificate(certificate).not_valid_before_utc + timedelta(hours=1)
    sealed = Sealer(SealSettings(key_file="keys/seal.p12"), tmp_path, password).seal(pdf, "a.pdf", "de", now)
    (seal,) = read_seals(sealed, (certificate,), at=now)
    assert (seal.name, seal.trusted, seal.faults) == ("Siegel zum Ausprobieren", True, ())


def test_no_file() -> None:
    with pytest.raises(SealError, match=r"office\.p12: there is no such file; see “seal.key_file”"):
        Sealer(SETTINGS, Path("/nowhere"), PASSWORD)


def test_a_folder_instead_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "office.p12").mkdir()
    with pytest.raises(SealError, match="the key cannot be read"):
        Sealer(SETTINGS, tmp_path, PASSWORD)


def test_too_large_a_file(tmp_path: Path) -> None:
    assert "larger than 1 MB" in refusal(tmp_path, b"0" * (MAX_KEY_FILE + 1))


@pytest.mark.parametrize("data", [b"", b"kein Schluessel", b"0\x03\x02\x01\x03", b"0\x80" * 400])
def test_something_else_than_a_key_file(tmp_path: Path, data: bytes) -> None:
    assert "is no PKCS#12 file" in refusal(tmp_path, data)


def test_a_certificate_without_its_key_in_another_format(tmp_path: Path) -> None:
    assert "is no PKCS#12 file" in refusal(tmp_path, authority().office.pem)


def test_a_wrong_password(tmp_path: Path) -> None:
    assert "COMMUNIQUE_SEAL_PASSWORD does not open it" in refusal(tmp_path, key_file(authority().office), "falsch")


def test_half_a_file(tmp_path: Path) -> None:
    data = key_file(authority().office)
    assert "PKCS#12" in refusal(tmp_path, data[: len(data) // 2])


def test_no_password(tmp_path: Path) -> None:
    assert "set COMMUNIQUE_SEAL_PASSWORD" in refusal(tmp_path, key_file(authority().office), None)


def packed(key: object, certificate: object, others: object = None) -> bytes:
    """Return a file that tools for keys would not make."""
    protection = BestAvailableEncryption(PASSWORD.encode())
    return pkcs12.serialize_key_and_certificates(None, key, certificate, others, protection)  # type: ignore[arg-type]  # on purpose


def test_a_file_without_a_key(tmp_path: Path) -> None:
    assert "holds no private key" in refusal(tmp_path, packed(None, authority().office.certificate))


def test_a_key_whose_certificate_is_not_there(tmp_path: Path) -> None:
    data = packed(rsa_key(0), None, [authority().office.certificate])
    assert "no certificate that belongs to its key" in refusal(tmp_path, data)


def test_two_certificates_for_one_key(tmp_path: Path) -> None:
    old = issue("Staatskanzlei", by=authority().intermediate, key=rsa_key(2), days=(-2000, -400))
    assert "holds 2 certificates" in refusal(tmp_path, key_file(authority().office, [old.certificate]))


def unusable(folder: Path, pdf: bytes, holder: Holder, at: datetime = AT) -> str:
    sealer = opened(folder, key_file(holder))
    with pytest.raises(SealError) as caught:
        sealer.seal(pdf, "a.pdf", "de", at)
    return str(caught.value)


def test_a_certificate_that_expired(tmp_path: Path, pdf: bytes) -> None:
    old = issue("Amt", by=authority().intermediate, days=(-900, -1))
    assert "expired on 2026-11-22; get a new one" in unusable(tmp_path, pdf, old)


def test_the_time_of_sealing_decides_not_that_of_opening(tmp_path: Path, pdf: bytes) -> None:
    office = issue("Amt", by=authority().intermediate, days=(-10, 10))
    assert "expired" in unusable(tmp_path, pdf, office, AT + timedelta(days=11))
    assert opened(tmp_path, key_file(office)).seal(pdf, "a.pdf", "de", AT)


def test_a_certificate_that_is_not_valid_yet(tmp_path: Path, pdf: bytes) -> None:
    new = issue("Amt", by=authority().intermediate, days=(1, 900))
    assert "not valid before 2026-11-24" in unusable(tmp_path, pdf, new)


def test_a_certificate_for_something_else_than_signing(tmp_path: Path, pdf: bytes) -> None:
    other = issue("Amt", by=authority().intermediate, usage=("key_encipherment",))
    assert "not made for signing" in unusable(tmp_path, pdf, other)


@pytest.mark.parametrize(
    "usage", [None, ("digital_signature",), ("content_commitment",)], ids=["nothing", "signing", "commitment"]
)
def test_what_a_certificate_for_seals_may_say(tmp_path: Path, pdf: bytes, usage: tuple[str, ...] | None) -> None:
    office = issue("Amt", by=authority().intermediate, usage=usage)
    sealed = opened(tmp_path, key_file(office, authority().chain)).seal(pdf, "a.pdf", "de", AT)
    assert read_seals(sealed, (authority().root.pem,), at=AT)[0].trusted


def test_the_certificate_of_a_web_server(tmp_path: Path, pdf: bytes) -> None:
    server = issue("www.waldringen.example", purposes=(ExtendedKeyUsageOID.SERVER_AUTH,))
    assert "made for servers" in unusable(tmp_path, pdf, server)


def test_a_certificate_for_mail_seals_too(tmp_path: Path, pdf: bytes) -> None:
    office = issue("Amt", by=authority().root, purposes=(ExtendedKeyUsageOID.EMAIL_PROTECTION,))
    assert opened(tmp_path, key_file(office)).seal(pdf, "a.pdf", "de", AT)


def test_too_short_a_key(tmp_path: Path, pdf: bytes) -> None:
    assert "1024 bits is too weak" in unusable(tmp_path, pdf, issue("Amt", key=rsa_key(4, 1024)))


def test_a_kind_of_key_that_readers_do_not_know(tmp_path: Path, pdf: bytes) -> None:
    holder = issue("Amt", key=ed25519.Ed25519PrivateKey.generate())
    assert "not supported" in unusable(tmp_path, pdf, holder)


def test_neither_file_nor_token_in_the_settings(tmp_path: Path) -> None:
    with pytest.raises(SealError, match="no key to seal with: set “seal"):
        Sealer(SealSettings(module="/usr/lib/token.so"), tmp_path, PASSWORD)


@pytest.fixture
def everything_logged(caplog: pytest.LogCaptureFixture) -> Callable[[], str]:
    caplog.set_level(logging.DEBUG)
    return lambda: caplog.text


def test_the_password_shows_nowhere(tmp_path: Path, pdf: bytes, everything_logged: Callable[[], str]) -> None:
    sealer = opened(tmp_path, key_file(authority().office))
    sealed = sealer.seal(pdf, "a.pdf", "de", AT)
    shown = repr(sealer) + repr(vars(sealer)) + str(vars(sealer)["_key"]) + everything_logged()
    assert PASSWORD not in shown
    assert PASSWORD.encode() not in sealed
    gc.collect()
    kept = [item for item in gc.get_objects() if isinstance(item, dict) and PASSWORD in map(repr, item.values())]
    assert kept == []
