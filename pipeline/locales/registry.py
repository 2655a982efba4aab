"""Finding the locale of a tag. A new language is a new module here and one line in the table."""

from collections.abc import Mapping
from types import MappingProxyType

from pipeline.errors import ConfigError
from pipeline.locales import de, fr
from pipeline.locales.base import Locale

_TABLE: Mapping[str, Locale] = MappingProxyType(
    {tag: de.German(tag) for tag in de.German.tags} | {tag: fr.French(tag) for tag in fr.French.tags}
)


def known() -> tuple[str, ...]:
    """Return all tags that have a locale."""
    return tuple(_TABLE)


def get(tag: str) -> Locale:
    """Return the locale of a BCP 47 tag.

    Raises:
        ConfigError: there is none.
    """
    if tag not in _TABLE:
        raise ConfigError(f"communique.toml: language “{tag}” is not known; known are {', '.join(known())}")
    return _TABLE[tag]
