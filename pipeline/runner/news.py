"""The news records of a release, one for each of its languages."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from pipeline.formats.ninjs import DigitalSource, Rendition, to_ninjs
from pipeline.model.bitext import Bitext, OriginKind, State
from pipeline.model.edition import Edition
from pipeline.runner.languages import Standing


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


def _digital_source(bitext: Bitext) -> DigitalSource | None:
    """Return a machine's part in a translation."""
    drafted = [item for item in bitext.segments() if item.origin and item.origin.kind is OriginKind.MT]
    if not drafted:
        return None
    unseen = any(item.state is State.TRANSLATED for item in drafted)
    return DigitalSource.MACHINE if unseen else DigitalSource.MIXED
