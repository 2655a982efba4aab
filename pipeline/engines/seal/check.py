"""Checking the seals of a PDF: offline, without a workspace, on files that may be forged."""

import re
from datetime import datetime
from io import BytesIO
from typing import Any

from pipeline.engines.seal.library import part
from pipeline.engines.seal.verdict import DAMAGED, judge, unreadable
from pipeline.errors import FormatError, SealError
from pipeline.model.seal import Seal

MAX_PDF = 100_000_000
MAX_SEALS = 20
MAX_CERTIFICATES = 1_000_000
_TRACE = re.compile(rb"/ByteRange\s*\[")


def read_seals(pdf: bytes, trust: tuple[bytes, ...] = (), *, at: datetime) -> tuple[Seal, ...]:
    """Return the seals of a PDF, the oldest first; none for a file that is not sealed.

    Nothing is asked of any server; so it is not known whether a certificate was revoked.

    Args:
        pdf: the file.
        trust: certificates to trust, and those that they vouch for: PEM (also several in one) or DER.
        at: the time at which certificates have to be valid, unless a time stamp tells an earlier one.

    Raises:
        FormatError: the file is too large, no PDF, or was sealed and has lost the seal; something in `trust` is no
            certificate.
        SealError: the library is not installed.
    """
    if len(pdf) > MAX_PDF:
        raise FormatError(f"the PDF is larger than {MAX_PDF // 1_000_000} MB, so its seals are not checked")
    anchors = [anchor for data in trust for anchor in _certificates(data)]
    try:
        reader = part("pyhanko.pdf_utils.reader").PdfFileReader(BytesIO(pdf))
        fields = _filled_fields(reader)
    except SealError:
        raise
    except Exception:  # whatever the library raises on what is no sound PDF
        raise FormatError("cannot be read as a PDF, so its seals are not checked; is it complete?") from None
    if len(fields) > MAX_SEALS:
        raise FormatError(f"has more than {MAX_SEALS} seals, which are not checked")
    if not fields and _TRACE.search(pdf):
        raise FormatError("was sealed, but the seal cannot be found any more: the file was changed")
    found = [_signature(reader, field, name) for name, field in fields]
    return tuple(unreadable(DAMAGED) if item is None else judge(item, pdf, anchors, at) for item in found)


def _filled_fields(reader: Any) -> list[tuple[str, Any]]:
    """Return the signatures' fields with their names; stamps on the whole file (archives add them) are no seals."""
    fields = part("pyhanko.sign.fields").enumerate_sig_fields(reader, filled_status=True)
    found: list[tuple[str, Any]] = []
    for name, value, field in fields:
        if value.get_object().get("/Type") != "/DocTimeStamp":
            found.append((name, field))
        if len(found) > MAX_SEALS:
            break
    return found


def _signature(reader: Any, field: Any, name: str) -> Any:
    """Return a signature as the library knows it; None where it cannot be read."""
    try:
        return part("pyhanko.sign.validation.pdf_embedded").EmbeddedPdfSignature(reader, field, name)
    except Exception:  # whatever the library raises on a forged one
        return None


def _certificates(data: bytes) -> list[Any]:
    if len(data) > MAX_CERTIFICATES:
        raise FormatError(f"a certificate to trust is larger than {MAX_CERTIFICATES // 1_000_000} MB")
    load = part("pyhanko.keys").load_certs_from_pemder_data
    try:
        certificates = list(load(data))
        for item in certificates:
            item.subject.native, item.issuer.native, item.public_key.native  # noqa: B018 (decodes them)
    except Exception:  # whatever the library raises on what is no certificate
        certificates = []
    if not certificates:
        raise FormatError("a certificate to trust is none: give a file in PEM or DER form (.pem, .crt, .cer)")
    return certificates
