"""The captions of a release's pictures as plain text, for picture desks."""

from collections.abc import Sequence

from pipeline.locales.site_words import site_words
from pipeline.model.edition import Edition
from pipeline.model.release import Media


def captions_text(editions: Sequence[Edition]) -> str:
    """Return for each picture its file, then its caption and description in every language, and whom it is owed to.

    Args:
        editions: the languages of one release.
    """
    pictures = editions[0].release.media
    return "\n".join("\n".join(_picture(number, item, editions)) for number, item in enumerate(pictures))


def _picture(number: int, picture: Media, editions: Sequence[Edition]) -> list[str]:
    lines = [picture.file, "=" * len(picture.file)]
    for edition in editions:
        language, own = edition.release.language, edition.release.media[number]
        told = [text.own(language) for text in (own.caption, own.alt) if text is not None]
        told.append(f"{edition.labels.photo} {picture.credit}" if picture.credit else None)
        lines += [f"{site_words(language).language}:", *(f"  {text}" for text in told if text)]
    return [*lines, ""]
