"""Finding the locale of a tag. A new language is a new module here and one line in the table."""

import importlib
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from pipeline.errors import ConfigError
from pipeline.locales.base import Locale

_TABLE: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(("de", "de-DE"), ("pipeline.locales.de", "German")),
        **dict.fromkeys(("fr", "fr-FR", "fr-BE", "fr-LU", "fr-CH", "fr-EU"), ("pipeline.locales.fr", "French")),
    }
)
"""Module and class of each tag; a language's rules are compiled when it is asked for."""


def known() -> tuple[str, ...]:
    """Return all tags that have a locale."""
    return tuple(_TABLE)


@cache
def get(tag: str) -> Locale:
    """Return the locale of a BCP 47 tag.

    Raises:
        ConfigError: there is none.
    """
    if tag not in _TABLE:
        raise ConfigError(f"communique.toml: language “{tag}” is not known; known are {', '.join(known())}")
    module, name = _TABLE[tag]
    locale: Locale = getattr(importlib.import_module(module), name)(tag)
    return locale
