"""What other systems read of a release, one for each of its languages: news records, and articles for websites."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from pipeline.formats.json_ld import Article, to_json_ld
from pipeline.formats.ninjs import DigitalSource, Rendition, to_ninjs
from pipeline.model.bitext import Bitext, OriginKind, State
from pipeline.model.edition import Edition
from pipeline.model.newsroom import file_address, page_address
from pipeline.runner.languages import Standing

MEDIA_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "pdf": "application/pdf",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
)
"""Files that other systems fetch, by their ending (IANA media types)."""


def news_records(
    standing: Standing,
    editions: Sequence[Edition],
    renditions: Mapping[str, Sequence[Rendition]] = MappingProxyType({}),
) -> dict[str, bytes]:
    """Return the record of each edition by its language.

    Args:
        standing: the release and its translations.
        editions: its languages, the original first.
        renditions: files that can be fetched, by language.
    """
    original = editions[0].release.language
    sources = {bitext.target_locale: _digital_source(bitext) for bitext in standing.bitexts}
    return {
        page.release.language: to_ninjs(
            page,
            [other for other in editions if other is not page],
            original=original,
            source=sources.get(page.release.language),
            renditions=renditions.get(page.release.language, ()),
        )
        for page in editions
    }


def renditions(
    site: str, editions: Sequence[Edition], built: Mapping[str, bytes]
) -> dict[str, tuple[Rendition, ...]]:
    """Return for each language the built files that the newsroom offers, by their addresses there.

    Args:
        site: the newsroom's address, with a slash at the end.
        editions: the languages of a release.
        built: PDFs and Word files by their names.
    """
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


def articles(site: str | None, editions: Sequence[Edition]) -> dict[str, bytes]:
    """Return the languages as articles for websites, linked with each other, by the names of their files.

    Args:
        site: the newsroom's address, with a slash at the end; None for none.
        editions: the languages of a release, the original first.
    """
    found = {
        page.release.language: Article(
            edition=page, url=site and page_address(site, page.release.language, page.release.id)
        )
        for page in editions
    }
    original = editions[0].release.language
    return {
        f"{item.edition.release.id}.{language}.jsonld": (
            to_json_ld(item, [other for other in found.values() if other is not item], original=original) + "\n"
        ).encode("utf-8")
        for language, item in found.items()
    }


def _digital_source(bitext: Bitext) -> DigitalSource | None:
    """Return a machine's part in a translation."""
    drafted = [item for item in bitext.segments() if item.origin and item.origin.kind is OriginKind.MT]
    if not drafted:
        return None
    unseen = any(item.state is State.TRANSLATED for item in drafted)
    return DigitalSource.MACHINE if unseen else DigitalSource.MIXED
