"""The key to seal with, on a smart card or token (PKCS#11), which it never leaves."""

import weakref
from typing import TYPE_CHECKING, Any

from pipeline.engines.seal.certificates import SealKey, library_certificates
from pipeline.engines.seal.chain import chain_of
from pipeline.engines.seal.library import part
from pipeline.errors import SealError

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from pkcs11 import Session

NO_PIN = "needs a PIN; set COMMUNIQUE_SEAL_PASSWORD"


def from_token(module: str, label: str, certificate: str | None, pin: str | None) -> SealKey:
    """Return a key on a token, to which a session stays open as long as the key is used.

    Args:
        module: full path of the token's library.
        label: of the token.
        certificate: label of the certificate; None for the only one.
        pin: of the token.

    Raises:
        SealError: the library cannot be loaded, the token is not there, the PIN is missing, wrong or locked, the
            certificate is missing or one of several, or its key is missing.
    """
    library = part("pyhanko.sign.pkcs11")
    import pkcs11

    place = f"token “{label}”"
    if pin is None:
        raise SealError(f"{place}: {NO_PIN}")
    session = _session(module, label, place, pin)
    try:
        chosen, key, others = _chosen(session, certificate, place)
    except SealError:
        session.close()
        raise
    known = library_certificates(chain_of(chosen, others))
    signer = library.PKCS11Signer(
        session,
        signing_cert=known[0],
        ca_chain=known,
        key_id=bytes(key[pkcs11.Attribute.ID]),
        # Tokens sign a hash with an elliptic curve; few of them make the hash too.
        use_raw_mechanism=known[0].public_key.algorithm == "ec",
        base_sign_kwargs={"pin": pin} if _asks_each_time(key) else {},
    )
    weakref.finalize(signer, session.close)
    return SealKey(signer=signer, certificate=chosen, place=place, size=sum(len(item.dump()) for item in known))


def _session(module: str, label: str, place: str, pin: str) -> "Session":
    import pkcs11

    try:
        library = pkcs11.lib(module)
    except (pkcs11.PKCS11Error, RuntimeError, OSError):
        raise SealError(f"{module}: cannot be loaded; see “seal.module” in communique.toml") from None
    try:
        return library.get_token(token_label=label).open(user_pin=pin)
    except pkcs11.NoSuchToken:
        words = "is not there; plug it in, and see “seal.token” in communique.toml"
    except pkcs11.MultipleTokensReturned:
        words = "is there several times; unplug the others"
    except (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange):
        words = "the PIN in COMMUNIQUE_SEAL_PASSWORD is wrong; a few more wrong ones lock it"
    except pkcs11.PinLocked:
        words = "is locked after too many wrong PINs; unlock it with the program that came with it"
    except pkcs11.UserAlreadyLoggedIn:
        words = "is in use by this program already"
    except pkcs11.PKCS11Error as error:
        words = f"cannot be opened ({type(error).__name__})"
    # Raised out here, where no exception that saw the PIN is its context.
    raise SealError(f"{place}: {words}")


def _chosen(session: "Session", wanted: str | None, place: str) -> "tuple[Certificate, Any, list[Certificate]]":
    """Return the certificate to seal with, its key, and all certificates of the token."""
    from cryptography.x509 import load_der_x509_certificate
    from pkcs11 import Attribute, ObjectClass, PKCS11Error

    try:
        keys = {
            bytes(key[Attribute.ID]): key for key in session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY})
        }
        found = [
            (
                str(item[Attribute.LABEL]),
                bytes(item[Attribute.ID]),
                load_der_x509_certificate(item[Attribute.VALUE]),
            )
            for item in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE})
        ]
    except (PKCS11Error, ValueError) as error:
        raise SealError(f"{place}: its certificates cannot be read ({type(error).__name__})") from None
    own = [(label, certificate, keys[number]) for label, number, certificate in found if number in keys]
    chosen = [(certificate, key) for label, certificate, key in own if wanted in {None, label}]
    if len(chosen) == 1:
        return *chosen[0], [certificate for _, _, certificate in found]
    raise SealError(f"{place}: {_advice(wanted, sorted(label for label, _, _ in own))}")


def _advice(wanted: str | None, labels: list[str]) -> str:
    shown = ", ".join(f"“{label}”" for label in labels)
    if not labels:
        return "holds no certificate with a key of its own"
    if wanted is None:
        return f"holds several certificates; set “seal.certificate” to one of {shown}"
    problem = "several certificates" if wanted in labels else "no certificate with a key"
    return f"holds {problem} labelled “{wanted}”; it has {shown}"


def _asks_each_time(key: Any) -> bool:
    """Return whether the token wants its PIN anew for every signature, as those for qualified seals do."""
    from pkcs11 import Attribute, PKCS11Error

    try:
        return bool(key[Attribute.ALWAYS_AUTHENTICATE])
    except PKCS11Error:
        return False
