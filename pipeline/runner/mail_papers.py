"""What a mailing is made from: a release, its editions and PDFs, read at one moment, and the messages of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import TYPE_CHECKING
from urllib.parse import quote

from pipeline.config import MailSettings
from pipeline.errors import ConfigError, GateError
from pipeline.formats.mail_message import Document, Form, Letter, compose
from pipeline.model.changes import Change
from pipeline.model.edition import Edition
from pipeline.model.newsroom import file_address
from pipeline.model.release import Release
from pipeline.runner.languages import Standing, stand
from pipeline.runner.publishing import editions
from pipeline.runner.revising import changes_told
from pipeline.runner.stamp import is_current
from pipeline.stages.mail import Readiness, is_embargoed, window
from pipeline.workspace import Workspace
from pipeline.workspace.files import read_bytes

if TYPE_CHECKING:
    from jinja2 import Environment

MAX_PDF = 200_000_000
_LINE, _ENCODED = 57, 78
"""Bytes of a line of base64, before and after, with its line end (RFC 2045, section 6.8)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """A release as it is mailed."""

    ready: Readiness
    pages: tuple[Edition, ...]
    """In the languages that are sent."""
    pdfs: Mapping[str, bytes]
    """By language; one that was never built is missing."""
    downloads: str | None
    """Address of the web folder in which its files lie, with a slash at the end; None where there is none yet."""
    changes: Mapping[str, tuple[Change, ...]]
    """What a later version changes, by language."""


def mail_settings(workspace: Workspace) -> MailSettings:
    """Return how the office sends mail.

    Raises:
        ConfigError: its settings do not say.
    """
    if workspace.settings.mail is None:
        raise ConfigError("communique.toml: names no mail server; add a section [mail], see docs/mail.md")
    return workspace.settings.mail


def read_papers(
    workspace: Workspace, release_id: str, languages: Sequence[str], *, embargo_ok: bool, at: datetime
) -> Papers:
    """Return everything that is mailed of a release, as it stands now.

    Args:
        workspace: where the release is; hold its lock.
        release_id: which one.
        languages: tags of the editions to send; empty for all.
        embargo_ok: whether a person answers for mailing it before its embargo ends.
        at: the present time.

    Raises:
        ConfigError: there is no such language in the workspace.
        CommuniqueError: a file is missing or damaged.
    """
    mail, settings = mail_settings(workspace), workspace.settings
    known = (settings.source_locale, *settings.target_locales)
    for language in languages:
        if language not in known:
            raise ConfigError(f"“{language}” is no language of this workspace; there are: {', '.join(known)}")
    standing = stand(workspace, release_id)
    sent = [tag for tag in known if not languages or tag in languages]
    pages = tuple(page for page in editions(workspace, standing) if page.release.language in sent)
    paths = {tag: workspace.dist(release_id) / pdf_name(release_id, tag) for tag in sent}
    pdfs = {tag: read_bytes(path, MAX_PDF) for tag, path in paths.items() if path.exists()}
    downloads = _downloads(workspace, standing.release, at)
    approvals = [bitext.approval.at for bitext in standing.bitexts if bitext.approval]
    ready = Readiness(
        release=standing.release,
        approved={tag: _approved(standing, tag) for tag in sent},
        built=is_current(workspace, release_id),
        window=window(
            standing.release, settings.office.time_zone, max(approvals, default=None), mail.expires_after
        ),
        too_large=tuple(
            pdf_name(release_id, tag)
            for tag, data in pdfs.items()
            if downloads is None and encoded(len(data)) > mail.attach_up_to
        ),
        embargo_ok=embargo_ok,
    )
    return Papers(
        ready=ready, pages=pages, pdfs=pdfs, downloads=downloads, changes=changes_told(workspace, standing)
    )


def compose_forms(
    papers: Papers, mail: MailSettings, templates: "Environment", at: datetime, limit: int | None
) -> dict[str, Form]:
    """Return the message in each language, with its PDF where that is small enough, else with its address.

    Args:
        papers: what is mailed.
        mail: the office's settings.
        templates: where those of mails are looked up.
        at: date of the messages.
        limit: bytes of the largest message that the server takes; None where nobody knows.

    Raises:
        ConfigError: a template is wrong.
        GateError: a message is too large for the server, even without its PDF.
    """
    forms = {}
    for page in papers.pages:
        form = compose(_letter(papers, page, mail, at, attach=True), templates)
        if limit is not None and form.size > limit:
            form = compose(_letter(papers, page, mail, at, attach=False), templates)
            if form.size > limit or papers.downloads is None:
                takes = f"the mail server takes up to {limit / 1e6:.1f} MB"
                reason = f"{takes}; say where the PDF can be fetched (mail.downloads)"
                raise GateError(f"{papers.ready.release.id} is too large to mail:", reasons=(reason,))
        forms[form.language] = form
    return forms


def encoded(size: int) -> int:
    """Return how many bytes a file has in a mail: base64 makes it over a third larger."""
    return ceil(size / _LINE) * _ENCODED


def pdf_name(release_id: str, language: str) -> str:
    """Return what the PDF of an edition is called."""
    return f"{release_id}.{language}.pdf"


def _downloads(workspace: Workspace, release: Release, at: datetime) -> str | None:
    """Return where the files of a release are fetched: the newsroom has nothing that is under embargo."""
    mail, site = mail_settings(workspace), workspace.settings.site
    if mail.downloads is not None:
        return f"{mail.downloads.rstrip('/')}/"
    return None if site is None or is_embargoed(release, at) else file_address(site.url, release.id, "")


def _approved(standing: Standing, language: str) -> bool:
    """Return whether an edition may be called final; the source may as soon as one translation is approved."""
    targets = [bitext.target_locale for bitext in standing.bitexts]
    return any(map(standing.approved, targets if language == standing.release.language else [language]))


def _letter(papers: Papers, page: Edition, mail: MailSettings, at: datetime, *, attach: bool) -> Letter:
    source, language = papers.ready.release, page.release.language
    return Letter(
        edition=page,
        original=language == source.language,
        sender=mail.sender_in(language),
        reply_to=mail.reply_to,
        unsubscribe=mail.unsubscribe,
        at=at,
        document=_document(papers, language, mail, attach=attach),
        embargoed=is_embargoed(source, at),
        changes=papers.changes.get(language, ()),
    )


def _document(papers: Papers, language: str, mail: MailSettings, *, attach: bool) -> Document | None:
    data = papers.pdfs.get(language)
    if data is None:
        return None
    name = pdf_name(papers.ready.release.id, language)
    if attach and encoded(len(data)) <= mail.attach_up_to:
        return Document(name=name, size=len(data), data=data, link=None)
    link = f"{papers.downloads or ''}{quote(name)}"
    return Document(name=name, size=len(data), data=None, link=link)
