"""Files that a page offers: what each is for, its kind and its size, in words of the page's language."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.locales.site_words import site_words

_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedFile:
    """A file that a page leads to."""

    name: str
    what: str
    """What it is for, in the language of the page."""
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFile:
    """The same as templates show it. A link says where it leads (WCAG 2.2, 2.4.4), which a file's name does not."""

    kind: str
    """The ending of its name: `PDF`."""
    what: str
    href: str
    size: str
    """As people read it."""


def shown_files(files: Sequence[OfferedFile], language: str, address: Callable[[str], str]) -> list[ShownFile]:
    """Return files as a page shows them.

    Args:
        files: in the order of the page.
        language: of the page, a tag whose locale exists.
        address: where the page finds a file, by its name.
    """
    return [
        ShownFile(
            kind=file.name.rpartition(".")[2].upper(),
            what=file.what,
            href=address(file.name),
            size=_size(file.size, language),
        )
        for file in files
    ]


def _size(count: int, language: str) -> str:
    words = site_words(language)
    if count < _MEGABYTE:
        return words.kilobytes.format(count=max(round(count / 1e3), 1))
    return words.megabytes.format(count=round(count / 1e6))
