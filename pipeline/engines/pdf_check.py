"""Whether a PDF keeps the standards that public bodies are held to: PDF/A-3a (archive) and PDF/UA-1 (access).

The checking is done by `page` (PyPI `page-validation`), which passes the test corpus of veraPDF, the referee.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pipeline.errors import PdfError

MISSING_PACKAGE = "PDFs cannot be checked: a package is missing; run “pip install page-validation”"


class Standard(StrEnum):
    """A standard, by the name that people know it by."""

    ARCHIVE = "PDF/A-3a"
    """ISO 19005-3 at level A: readable in decades, structure included."""
    ACCESS = "PDF/UA-1"
    """ISO 14289-1: readable with a screen reader."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A point in which a file breaks a standard."""

    file: str
    standard: Standard
    rule: str
    """The validator's name of the rule: `PDFUA1-LINK-CONTENTS-001`."""
    message: str


def validate(data: bytes, name: str) -> tuple[Finding, ...]:
    """Return everything in which a PDF breaks the two standards; nothing for a sound file.

    Args:
        data: the file.
        name: what people know it by.

    Raises:
        PdfError: it is no PDF, or the validator is not installed.
    """
    try:
        import page
    except ImportError:
        raise PdfError(MISSING_PACKAGE) from None
    try:
        return tuple(_findings(data, name))
    except page.PageError as error:
        raise PdfError(f"{name}: cannot be read as a PDF: {error}") from None


def _findings(data: bytes, name: str) -> Iterator[Finding]:
    from page import ValidationProfile, validate_pdf_bytes

    profiles = {Standard.ARCHIVE: ValidationProfile.PDF_A_3A, Standard.ACCESS: ValidationProfile.PDF_UA_1}
    for standard, profile in profiles.items():
        for failure in validate_pdf_bytes(data, profile=profile).failures:
            yield Finding(file=name, standard=standard, rule=failure.rule_id, message=failure.message)
