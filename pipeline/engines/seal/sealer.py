"""Sealing: a signature by the office's key that covers the whole file (PAdES, ETSI EN 319 142-1)."""

import asyncio
from collections.abc import Generator
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.config.settings import SealSettings
from pipeline.engines.seal.certificates import SealKey, check_usable, readable
from pipeline.engines.seal.check import read_seals
from pipeline.engines.seal.field import prepared
from pipeline.engines.seal.keys import from_file
from pipeline.engines.seal.library import part
from pipeline.engines.seal.timestamps import TimeStampServer
from pipeline.engines.seal.tokens import from_token
from pipeline.errors import FormatError, SealError
from pipeline.locales.seal_words import seal_label

HASH = "sha256"
_FRAME = 4_000
"""Bytes of a seal beside its certificates and its time stamp: more than it ever takes."""
_STAMP = 20_000
"""Bytes of a time stamp with its certificates: three times what services send."""


class Sealer:
    """Seals PDFs; the key or token is opened once and shared by all of them.

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
            self._fill(embedder, digest)
        except SealError as error:
            raise SealError(f"{name}: {error}") from None
        sealed = output.getvalue()
        _check(sealed, name, at)
        return sealed

    def _fill(self, embedder: "Generator[Any, Any, None]", digest: bytes) -> None:
        """Put the signature over a hash, with a time stamp where there is a server, into the room left for it."""
        attributes = part("pyhanko.sign.signers.pdf_cms").PdfCMSSignedAttributes()
        signing = self._key.signer.async_sign(
            digest, HASH, use_pades=True, timestamper=self._stamps, signed_attr_settings=attributes
        )
        try:
            embedder.send(asyncio.run(signing))
        except SealError:
            raise
        except Exception as error:  # whatever the libraries of tokens raise
            words = f"{self._key.place} refuses to seal ({type(error).__name__})"
        else:
            return
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


def _check(sealed: bytes, name: str, at: datetime) -> None:
    """Make sure that what goes out is sealed as it should be, whatever key and time stamp server did."""
    try:
        seals = read_seals(sealed, at=at)
    except FormatError as error:
        raise SealError(f"{name}: the seal came out wrong: {error}") from None
    faults = [fault for seal in seals for fault in seal.faults]
    if len(seals) != 1 or faults:
        raise SealError(f"{name}: the seal came out wrong: {' '.join(faults)}")
