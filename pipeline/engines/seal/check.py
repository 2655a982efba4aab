"""Checking the seals of a PDF: offline, without a workspace, on files that may be forged."""

import re
from datetime import datetime
from functools import partial
from io import BytesIO
from typing import Any

from pipeline.engines.seal.certificates import trusted
from pipeline.engines.seal.chain import is_modest
from pipeline.engines.seal.coverage import coverage_faults, covers_whole_file
from pipeline.engines.seal.library import part
from pipeline.engines.seal.verdict import DAMAGED, OVERLOADED, Claim, judge, unreadable
from pipeline.errors import FormatError, SealError
from pipeline.model.seal import Seal

MAX_PDF = 100_000_000
MAX_SEALS = 20
PADES = "/ETSI.CAdES.detached"
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
    anchors = trusted(trust)
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
    claims = [None if item is None else partial(_claim, item, pdf) for item in found]
    return tuple(unreadable(DAMAGED) if claim is None else judge(claim, anchors, at) for claim in claims)


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


def _claim(signature: Any, pdf: bytes) -> Claim | str:
    """Return a seal with what is peculiar to PDFs: its kind, and which bytes of the file it covers."""
    if not is_modest(len(signature.pkcs7_content), signature.signed_data):
        return OVERLOADED
    span = [int(number) for number in signature.byte_range]
    return Claim(
        signed=signature.signed_data,
        validate=partial(part("pyhanko.sign.validation").async_validate_pdf_signature, signature, skip_diff=True),
        advanced=signature.sig_object.get("/SubFilter") == PADES,
        sealed_at=signature.self_reported_timestamp,
        covers_whole_file=covers_whole_file(pdf, span),
        faults=tuple(coverage_faults(pdf, span, signature.pkcs7_content)),
    )
