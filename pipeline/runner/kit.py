"""The press kit around PDFs and Word files: texts, pictures, the record of the translations, a first page."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from pipeline import locales
from pipeline.formats.captions import captions_text
from pipeline.formats.edition_text import edition_text
from pipeline.formats.json_ld import Article, to_json_ld
from pipeline.formats.kit_page import MEDIA, KitEdition, KitFile, kit_page
from pipeline.formats.ninjs import Rendition
from pipeline.formats.record import to_json, to_page
from pipeline.locales import Label
from pipeline.locales.record_words import record_words
from pipeline.model.changes import Change
from pipeline.model.disclosure import Disclosure
from pipeline.model.edition import Edition
from pipeline.model.newsroom import file_address, page_address
from pipeline.runner.languages import Standing
from pipeline.runner.news import news_records
from pipeline.runner.revising import changes_told
from pipeline.stages.disclose import disclose
from pipeline.templating import environment
from pipeline.workspace import Workspace

KINDS = (
    ("pdf", Label.README_PDF),
    ("docx", Label.README_DOCX),
    ("txt", Label.README_TXT),
    ("ninjs.json", Label.README_NINJS),
    ("jsonld", Label.README_JSON_LD),
)
"""Files of each language, by their ending, and what they are for."""
CAPTIONS = "captions.txt"
"""What the pictures show; not among them, where one could have this name."""
MEDIA_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "pdf": "application/pdf",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
)
"""Files that other systems fetch, by their ending (IANA media types)."""


def kit_files(
    workspace: Workspace, standing: Standing, editions: Sequence[Edition], built: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Return all files of a press kit by their names, those that were `built` among them.

    Args:
        workspace: whose templates are used.
        standing: the release and its translations.
        editions: its languages, the source first.
        built: PDFs and Word files.

    Raises:
        ConfigError: a template is wrong.
    """
    templates = environment(workspace.template_folders())
    files = dict(built)
    for edition in editions:
        files[f"{edition.release.id}.{edition.release.language}.txt"] = edition_text(edition).encode("utf-8")
    for picture in editions[0].pictures:
        files[f"{MEDIA}/{picture.file}"] = picture.data
    if editions[0].pictures:
        files[CAPTIONS] = captions_text(editions).encode("utf-8")
    site = workspace.settings.site.url if workspace.settings.site else None
    renditions = {} if site is None else _renditions(site, editions, built)
    for language, news in news_records(standing, editions, renditions).items():
        files[f"{standing.release.id}.{language}.ninjs.json"] = news
    files |= _articles(site, editions)
    record = _record(standing, editions[0])
    readers = tuple((edition.release.language, edition.letterhead.name) for edition in editions)
    files["record.json"] = to_json(record)
    files["record.html"] = to_page(record, readers, templates).encode("utf-8")
    changes = changes_told(workspace, standing)
    pages = [_kit_edition(edition, files, changes.get(edition.release.language, ())) for edition in editions]
    files["index.html"] = kit_page(pages, templates).encode("utf-8")
    return files


def _renditions(
    site: str, editions: Sequence[Edition], built: Mapping[str, bytes]
) -> dict[str, tuple[Rendition, ...]]:
    """Return for each language the built files that the newsroom offers, by their addresses there."""
    found = {}
    for edition in editions:
        release = edition.release
        names = {kind: f"{release.id}.{release.language}.{kind}" for kind in MEDIA_TYPES}
        found[release.language] = tuple(
            Rendition(
                name=kind,
                href=file_address(site, release.id, name),
                media_type=MEDIA_TYPES[kind],
                size=len(built[name]),
            )
            for kind, name in names.items()
        )
    return found


def _articles(site: str | None, editions: Sequence[Edition]) -> dict[str, bytes]:
    """Return the languages as articles for websites, linked with each other, by the names of their files."""
    articles = {
        page.release.language: Article(
            edition=page, url=site and page_address(site, page.release.language, page.release.id)
        )
        for page in editions
    }
    original = editions[0].release.language
    return {
        f"{item.edition.release.id}.{language}.jsonld": (
            to_json_ld(item, [other for other in articles.values() if other is not item], original=original) + "\n"
        ).encode("utf-8")
        for language, item in articles.items()
    }


def _record(standing: Standing, source: Edition) -> Disclosure:
    return Disclosure(
        release=standing.release.id,
        version=standing.release.version,
        office=source.letterhead.name,
        made=source.made,
        translations=tuple(
            disclose(standing.release, bitext, approved=standing.approved(bitext.target_locale))
            for bitext in standing.bitexts
        ),
    )


def _kit_edition(edition: Edition, files: Mapping[str, bytes], changes: tuple[Change, ...]) -> KitEdition:
    language = edition.release.language
    label = locales.get(language).label
    names = ((f"{edition.release.id}.{language}.{kind}", what) for kind, what in KINDS)
    return KitEdition(
        edition=edition,
        files_heading=label(Label.README_FILES),
        files=tuple(KitFile(name=name, what=label(what), size=len(files[name])) for name, what in names),
        record=record_words(language).title,
        changes=changes,
    )
