"""Printing: what it needs, made when first used and shared by all releases of a run."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from pipeline.config.settings import SealSettings
from pipeline.workspace import Workspace

if TYPE_CHECKING:
    from jinja2 import Environment

    from pipeline.engines.pdf import Attachment, PdfWriter
    from pipeline.engines.seal import Sealer
    from pipeline.model.edition import Edition

SEAL_PASSWORD = "COMMUNIQUE_SEAL_PASSWORD"  # noqa: S105 (the name of a variable, no password)


@dataclass(slots=True)
class Press:
    """Templates, fonts, paper and the key of the seal.

    Args:
        workspace: whose they are.
        at: the time that seals claim.
    """

    workspace: Workspace
    at: datetime
    _environment: "Environment | None" = field(default=None, init=False)
    _pdf: "PdfWriter | None" = field(default=None, init=False)
    _letterhead: bytes | None = field(default=None, init=False)
    _sealer: "Sealer | None" = field(default=None, init=False)

    def pdf(self, edition: "Edition", record: bytes) -> bytes:
        """Return the PDF of an edition, its news record inside; sealed if it is final and the office seals."""
        from pipeline.formats.page import to_html

        writer, templates = self._writer()
        data = writer.write(to_html(edition, templates), edition, (_news(edition, record),))
        return self._sealed(data, (edition,))

    def bilingual(self, source: "Edition", target: "Edition", records: Sequence[bytes]) -> bytes:
        """Return the PDF of two editions side by side, with both news records inside; sealed, if both are final."""
        from pipeline.formats.bilingual_page import to_bilingual_html

        writer, templates = self._writer()
        editions = (source, target)
        news = [_news(edition, record) for edition, record in zip(editions, records, strict=True)]
        data = writer.write(to_bilingual_html(source, target, templates), source, news, beside=target)
        return self._sealed(data, editions)

    def docx(self, edition: "Edition") -> bytes:
        """Return the Word file of an edition."""
        from pipeline.formats.docx import to_docx

        if self._letterhead is None:
            self._letterhead = self.workspace.letterhead(self.workspace.settings.design.name)
        return to_docx(edition, self._letterhead)

    @property
    def seals(self) -> bool:
        """Whether the office seals what is approved."""
        return self.workspace.settings.seal is not None

    def seal_manifest(self, manifest: bytes, name: str) -> bytes:
        """Return the office's seal over the manifest of a bundle.

        Raises:
            SealError: the office has no key, it cannot be used, or the time stamp server fails.
        """
        return self._key().detached_seal(manifest, name, self.at)

    def _writer(self) -> "tuple[PdfWriter, Environment]":
        if self._environment is None or self._pdf is None:
            from pipeline.engines.pdf import PdfWriter
            from pipeline.templating import environment

            folders = self.workspace.template_folders()
            self._environment, self._pdf = environment(folders), PdfWriter(folders)
        return self._pdf, self._environment

    def _sealed(self, data: bytes, editions: "Sequence[Edition]") -> bytes:
        from pipeline.model.edition import EditionStatus

        if not self.seals or any(edition.status is not EditionStatus.FINAL for edition in editions):
            return data
        release = editions[0].release
        languages = "-".join(edition.release.language for edition in editions)
        return self._key().seal(data, f"{release.id}.{languages}.pdf", release.language, self.at)

    def _key(self) -> "Sealer":
        """Return the key, opened once: a token asks for its PIN each time."""
        if self._sealer is None:
            from pipeline.engines.seal import Sealer

            settings = self.workspace.settings.seal or SealSettings()
            self._sealer = Sealer(settings, self.workspace.root, os.environ.get(SEAL_PASSWORD))
        return self._sealer


def _news(edition: "Edition", record: bytes) -> "Attachment":
    from pipeline.engines.pdf import Attachment, Relationship
    from pipeline.formats.ninjs import MEDIA_TYPE

    return Attachment(
        name=f"{edition.release.id}.{edition.release.language}.ninjs.json",
        media_type=MEDIA_TYPE,
        data=record,
        relationship=Relationship.ALTERNATIVE,
        description="ninjs 3.1",
    )
