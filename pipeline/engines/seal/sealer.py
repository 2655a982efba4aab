"""Sealing: a signature by the office's key that covers a whole file (PAdES, CAdES: ETSI EN 319 142-1 and 122-1)."""

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.config.settings import SealSettings
from pipeline.engines.seal.certificates import SealKey, check_usable, readable
from pipeline.engines.seal.check import read_seals
from pipeline.engines.seal.detached import read_detached_seal
from pipeline.engines.seal.field import prepared
from pipeline.engines.seal.form import HASH, answering_for, each_once
from pipeline.engines.seal.keys import from_file
from pipeline.engines.seal.library import part
from pipeline.engines.seal.timestamps import TimeStampServer
from pipeline.engines.seal.tokens import from_token
from pipeline.errors import FormatError, SealError
from pipeline.locales.seal_words import seal_label
from pipeline.model.seal import Seal

_FRAME = 4_000
"""Bytes of a seal beside its certificates and its time stamp: more than it ever takes."""
_STAMP = 20_000
"""Bytes of a time stamp with its certificates: three times what services send."""
_WRONG = "the seal came out wrong"


class Sealer:
    """Seals PDFs and other files; the key or token is opened once and shared by all of them.

    A token's session stays open until the sealer is gone; it cannot be carried into another process.

    Args:
        settings: where the key is.
        root: folder of the workspace, from which the key file's path leads.
        password: of the key file, or PIN of the token.

    Raises:
        SealError: the key cannot be used, or the library is not installed.
    """

    def __init__(self, settings: SealSettings, root: Path, password: str | None) -> None:
        self._key = _opened(settings, root, password)
        server = settings.timestamp_server
        self._stamps = None if server is None else TimeStampServer(server)

    def seal(self, pdf: bytes, name: str, language: str, at: datetime) -> bytes:
        """Return a PDF with a seal, which is appended to it; all before it stays as it was.

        Args:
            pdf: the file, unsealed.
            name: what people know it by.
            language: of its text, for the name of the seal; a tag whose locale exists.
            at: the time that the seal claims, and at which the certificate must be valid.

        Raises:
            SealError: the certificate has expired, the file is no PDF or is sealed already, the key or the time
                stamp server fails.
        """
        check_usable(self._key, at)
        room = _FRAME + self._key.size + (_STAMP if self._stamps else 0)
        label = seal_label(language, _holder(self._key))
        try:
            embedder, digest, output = prepared(pdf, label=label, at=at, room=room)
            self._made(lambda: embedder.send(asyncio.run(self._inside(digest))))
        except SealError as error:
            raise SealError(f"{name}: {error}") from None
        sealed = output.getvalue()
        try:
            seals = read_seals(sealed, at=at)
        except FormatError as error:
            raise SealError(f"{name}: {_WRONG}: {error}") from None
        _check(seals, name)
        return sealed

    def detached_seal(self, content: bytes, name: str, at: datetime) -> bytes:
        """Return a seal over a file, to lie beside it (CMS SignedData in DER).

        Args:
            content: the file.
            name: what people know it by.
            at: the time that the seal claims, and at which the certificate must be valid.

        Raises:
            SealError: the certificate has expired, the key or the time stamp server fails.
        """
        check_usable(self._key, at)
        digest = hashlib.sha256(content).digest()
        try:
            seal = self._made(lambda: asyncio.run(self._beside(digest, at)).dump())
        except SealError as error:
            raise SealError(f"{name}: {error}") from None
        _check((read_detached_seal(seal, content, at=at),), name)
        return bytes(seal)

    async def _inside(self, digest: bytes) -> Any:
        """Return the signature over a hash for a PDF, with a time stamp where there is a server."""
        attributes = part("pyhanko.sign.signers.pdf_cms").PdfCMSSignedAttributes()
        return await self._key.signer.async_sign(
            digest, HASH, use_pades=True, timestamper=self._stamps, signed_attr_settings=attributes
        )

    async def _beside(self, digest: bytes, at: datetime) -> Any:
        """Return the same for a file of any kind, which has no place of its own for the time."""
        signer = self._key.signer
        settings = part("pyhanko.sign.signers.pdf_cms").PdfCMSSignedAttributes(signing_time=at)
        attributes = await signer.signed_attrs(
            digest, HASH, attr_settings=settings, use_pades=True, is_pdf_sig=False
        )
        named = answering_for(attributes, signer.signing_cert, signer.cert_registry)
        return each_once(await signer.async_sign_prescribed_attributes(HASH, named, timestamper=self._stamps))

    def _made(self, make: Callable[[], Any]) -> Any:
        """Return what key and time stamp server make; whatever goes wrong with them leaves as a SealError."""
        try:
            return make()
        except SealError:
            raise
        except Exception as error:  # whatever the libraries of tokens raise
            words = f"{self._key.place} refuses to seal ({type(error).__name__})"
        # Raised out here, where no exception that may have seen the PIN is its context.
        raise SealError(words)


def _opened(settings: SealSettings, root: Path, password: str | None) -> SealKey:
    if settings.key_file is not None:
        return from_file(root / settings.key_file, settings.key_file, password)
    if settings.module is None or settings.token is None:
        raise SealError("no key to seal with: set “seal.key_file”, or “seal.module” and “seal.token”")
    return from_token(settings.module, settings.token, settings.certificate, password)


def _holder(key: SealKey) -> str:
    from cryptography.x509.oid import NameOID

    subject = key.certificate.subject
    names = [item.value for item in subject.get_attributes_for_oid(NameOID.COMMON_NAME)]
    return readable(names) or readable(subject.rfc4514_string()) or key.place


def _check(seals: Sequence[Seal], name: str) -> None:
    """Make sure that what goes out is sealed as it should be, whatever key and time stamp server did."""
    faults = [fault for seal in seals for fault in seal.faults]
    if len(seals) != 1 or faults:
        raise SealError(f"{name}: {_WRONG}: {' '.join(faults)}")
