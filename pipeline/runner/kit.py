"""The press kit around PDFs and Word files: texts, pictures, the record of the translations, a first page."""

from collections.abc import Mapping, Sequence

from pipeline import locales
from pipeline.formats.captions import captions_text
from pipeline.formats.edition_text import edition_text
from pipeline.formats.file_list import OfferedFile
from pipeline.formats.kit_page import MEDIA, KitEdition, kit_page
from pipeline.formats.record import to_json, to_page
from pipeline.locales import Label
from pipeline.locales.site_words import site_words
from pipeline.model.changes import Change
from pipeline.model.disclosure import Disclosure
from pipeline.model.edition import Edition
from pipeline.runner.languages import Standing
from pipeline.runner.news import articles, news_records, renditions
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
    offered = {} if site is None else renditions(site, editions, built)
    for language, news in news_records(standing, editions, offered).items():
        files[f"{standing.release.id}.{language}.ninjs.json"] = news
    files |= articles(site, editions)
    record = _record(standing, editions[0])
    readers = tuple((edition.release.language, edition.letterhead.name) for edition in editions)
    files["record.json"] = to_json(record)
    files["record.html"] = to_page(record, readers, templates).encode("utf-8")
    changes = changes_told(workspace, standing)
    pages = [_kit_edition(edition, files, changes.get(edition.release.language, ())) for edition in editions]
    files["index.html"] = kit_page(pages, templates).encode("utf-8")
    return files


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
    own = ((f"{edition.release.id}.{language}.{kind}", label(what)) for kind, what in KINDS)
    named = (*own, ("record.html", site_words(language).record))
    return KitEdition(
        edition=edition,
        files_heading=label(Label.README_FILES),
        files=tuple(OfferedFile(name=name, what=what, size=len(files[name])) for name, what in named),
        changes=changes,
    )
