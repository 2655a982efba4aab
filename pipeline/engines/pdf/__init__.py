"""PDFs: for the archive (PDF/A-3a) and for screen readers (PDF/UA-1), both in one file."""

from pipeline.engines.pdf.attachments import Attachment, Relationship
from pipeline.engines.pdf.library import library_version
from pipeline.engines.pdf.writer import PdfWriter

__all__ = ["Attachment", "PdfWriter", "Relationship", "library_version"]
