"""The key on a token: SoftHSM, a token of software, through the same library that real ones come with."""

import itertools
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from pipeline.config.settings import SealSettings
from pipeline.engines.seal import Sealer, read_detached_seal, read_seals
from pipeline.errors import SealError
from tests.engines.seal.authority import AT, OFFICE, Holder, authority, issue, rsa_key

MODULE = "/usr/lib/softhsm/libsofthsm2.so"
PIN, WRONG = "482910", "000000"
LABEL = "Siegelkarte"

pytestmark = pytest.mark.skipif(
    not (Path(MODULE).exists() and shutil.which("softhsm2-util")), reason="SoftHSM (softhsm2) is not installed"
)


@dataclass(frozen=True)
class Card:
    """A token under a label of its own."""

    label: str

    def keep(
        self, holder: Holder, number: int, label: str, *, with_key: bool = True, asks_each_time: bool = False
    ) -> None:
        """Put a certificate on it, with its key."""
        from pkcs11 import Attribute, CertificateType, ObjectClass

        about = {Attribute.TOKEN: True, Attribute.LABEL: label, Attribute.ID: bytes([number])}
        certificate = {
            Attribute.CLASS: ObjectClass.CERTIFICATE,
            Attribute.CERTIFICATE_TYPE: CertificateType.X_509,
            Attribute.SUBJECT: holder.certificate.subject.public_bytes(),
            Attribute.VALUE: holder.der,
        }
        asks = {Attribute.ALWAYS_AUTHENTICATE: True} if asks_each_time else {}
        with self.session() as session:
            session.create_object({**about, **certificate})
            if with_key:
                session.create_object({**private_key(holder), **about, **asks, Attribute.SIGN: True})

    def session(self) -> Any:
        import pkcs11

        library = pkcs11.lib(MODULE)
        library.reinitialize()
        return library.get_token(token_label=self.label).open(rw=True, user_pin=PIN)


def private_key(holder: Holder) -> dict[Any, Any]:
    """Return a key as tokens keep it."""
    from pkcs11.util.ec import decode_ec_private_key
    from pkcs11.util.rsa import decode_rsa_private_key

    der = holder.key.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    decode = decode_rsa_private_key if isinstance(holder.key, RSAPrivateKey) else decode_ec_private_key
    return dict(decode(der))


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Card]]:
    """Return what makes new tokens."""
    folder = tmp_path_factory.mktemp("tokens")
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder}\nlog.level = ERROR\n", encoding="utf-8")
    before = os.environ.get("SOFTHSM2_CONF")
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    numbers = itertools.count(1)

    def made() -> Card:
        label = f"{LABEL} {next(numbers)}"
        command = [
            "softhsm2-util",
            "--init-token",
            "--free",
            "--label",
            label,
            "--pin",
            PIN,
            "--so-pin",
            "87654321",
        ]
        subprocess.run(command, check=True, capture_output=True)
        return Card(label)

    yield made
    if before is None:
        del os.environ["SOFTHSM2_CONF"]
    else:
        os.environ["SOFTHSM2_CONF"] = before


@pytest.fixture(scope="module")
def card(cards: Callable[[], Card]) -> Card:
    """A token as offices get them: key, certificate and those of its issuers."""
    card = cards()
    card.keep(authority().office, 1, "Siegel")
    card.keep(authority().intermediate, 2, "Aussteller", with_key=False)
    card.keep(authority().root, 3, "Wurzel", with_key=False)
    return card


def opened(label: str, *, certificate: str | None = None, pin: str | None = PIN, module: str = MODULE) -> Sealer:
    return Sealer(SealSettings(module=module, token=label, certificate=certificate), Path("/nowhere"), pin)


def refusal(label: str, **options: Any) -> str:
    with pytest.raises(SealError) as caught:
        opened(label, **options)
    assert PIN not in str(caught.value)
    assert WRONG not in str(caught.value)
    return str(caught.value)


def test_a_token_seals_with_its_chain(card: Card, pdf: bytes) -> None:
    sealer = opened(card.label)
    for _ in range(2):
        (seal,) = read_seals(sealer.seal(pdf, "a.pdf", "de", AT), (authority().root.pem,), at=AT)
        assert (seal.name, seal.trusted, seal.faults) == (OFFICE, True, ())


def test_a_key_of_elliptic_curves_on_a_token(cards: Callable[[], Card], pdf: bytes) -> None:
    card, office = cards(), issue("Amt", by=authority().intermediate)
    card.keep(office, 1, "Siegel")
    sealed = opened(card.label).seal(pdf, "a.pdf", "de", AT)
    assert read_seals(sealed, (authority().intermediate.pem,), at=AT)[0].trusted


def test_a_token_that_asks_for_its_pin_each_time(cards: Callable[[], Card], pdf: bytes) -> None:
    card = cards()
    card.keep(authority().office, 1, "Siegel", asks_each_time=True)
    sealer = opened(card.label)
    assert [len(read_seals(sealer.seal(pdf, "a.pdf", "de", AT), at=AT)) for _ in range(2)] == [1, 1]
    assert PIN not in repr(sealer)


@pytest.mark.parametrize("asks_each_time", [False, True])
def test_a_token_seals_files_of_any_kind_with_the_session_of_the_pdfs(
    cards: Callable[[], Card], pdf: bytes, asks_each_time: bool
) -> None:
    card = cards()
    card.keep(authority().office, 1, "Siegel", asks_each_time=asks_each_time)
    card.keep(authority().intermediate, 2, "Aussteller", with_key=False)
    sealer = opened(card.label)
    assert read_seals(sealer.seal(pdf, "a.pdf", "de", AT), at=AT)
    seal = read_detached_seal(
        sealer.detached_seal(b"{}", "manifest.json", AT), b"{}", (authority().root.pem,), at=AT
    )
    assert (seal.name, seal.trusted, seal.faults) == (OFFICE, True, ())


def test_a_token_is_free_again_once_the_sealer_is_gone(card: Card) -> None:
    first = opened(card.label)
    assert "is in use by this program already" in refusal(card.label)
    del first
    assert opened(card.label)


def test_of_several_certificates_one_is_named(cards: Callable[[], Card], pdf: bytes) -> None:
    card = cards()
    old, new = (issue(name, by=authority().root, key=rsa_key(number)) for number, name in ((1, "alt"), (2, "neu")))
    card.keep(old, 1, "alt")
    card.keep(new, 2, "neu")
    assert "set “seal.certificate” to one of “alt”, “neu”" in refusal(card.label)
    assert "no certificate with a key labelled “jung”; it has “alt”, “neu”" in refusal(
        card.label, certificate="jung"
    )
    sealed = opened(card.label, certificate="neu").seal(pdf, "a.pdf", "de", AT)
    assert read_seals(sealed, at=AT)[0].name == "neu"
    assert new.der.hex().encode() in sealed.lower()
    assert old.der.hex().encode() not in sealed.lower(), "what else is on the token is nobody’s business"


def test_a_token_without_a_key(cards: Callable[[], Card]) -> None:
    card = cards()
    card.keep(authority().office, 1, "Siegel", with_key=False)
    assert "holds no certificate with a key of its own" in refusal(card.label)


def test_a_certificate_beside_another_key(cards: Callable[[], Card], pdf: bytes) -> None:
    card = cards()
    stranger = Holder(key=rsa_key(1), certificate=authority().office.certificate)
    card.keep(stranger, 1, "Siegel")
    with pytest.raises(SealError, match="was not made with the key of its certificate"):
        opened(card.label).seal(pdf, "a.pdf", "de", AT)


def test_an_expired_certificate_on_a_token(cards: Callable[[], Card], pdf: bytes) -> None:
    card = cards()
    card.keep(issue("Amt", days=(-20, -10), key=rsa_key(1)), 1, "Siegel")
    with pytest.raises(SealError, match=f"token “{card.label}”: the certificate expired"):
        opened(card.label).seal(pdf, "a.pdf", "de", AT)


def test_no_such_token(card: Card) -> None:
    assert card.label != "anders"
    assert "token “anders”: is not there; plug it in" in refusal("anders")


def test_a_wrong_pin(card: Card) -> None:
    assert "the PIN in COMMUNIQUE_SEAL_PASSWORD is wrong" in refusal(card.label, pin=WRONG)
    assert "PIN" in refusal(card.label, pin="")


def test_no_pin(card: Card) -> None:
    assert "set COMMUNIQUE_SEAL_PASSWORD" in refusal(card.label, pin=None)


@pytest.mark.parametrize("module", ["/nowhere/token.so", "/etc/hostname", "", "/tmp"])  # noqa: S108 (a folder that is there)
def test_a_module_that_is_none(module: str) -> None:
    assert "cannot be loaded; see “seal.module”" in refusal("x", module=module)


def test_the_pin_shows_nowhere(card: Card) -> None:
    sealer = opened(card.label)
    shown: Sequence[object] = (sealer, vars(sealer), vars(sealer)["_key"])
    assert PIN not in "".join(map(repr, shown))
