"""Who translates: the sections `[libre]`, `[deepl]` and `[llm]`."""

import re

from pipeline.config.settings import DeepLSettings, LibreSettings, LLMSettings
from pipeline.fields import Fields


def read_engines(fields: Fields) -> tuple[str, ...] | None:
    """Return the names of engines; None where the settings do not speak of them."""
    names = tuple(name for name in fields.texts("engines") if name != "none")
    return names if "engines" in fields.data else None


def read_libre(fields: Fields | None) -> LibreSettings:
    """Return the section `[libre]`."""
    if fields is None:
        return LibreSettings()
    settings = LibreSettings(url=read_url(fields, "url"))
    fields.close()
    return settings


def read_deepl(fields: Fields | None) -> DeepLSettings:
    """Return the section `[deepl]`."""
    if fields is None:
        return DeepLSettings()
    settings = DeepLSettings(url=read_url(fields, "url"), price_per_million=fields.decimal("price_per_million"))
    fields.close()
    return settings


def read_llm(fields: Fields | None) -> LLMSettings:
    """Return the section `[llm]`."""
    if fields is None:
        return LLMSettings()
    price = fields.decimal("price_per_million")
    settings = LLMSettings(url=read_url(fields, "url"), model=fields.text("model"), price_per_million=price)
    fields.close()
    return settings


def read_url(fields: Fields, key: str) -> str | None:
    """Return a web address, or None where the key is absent."""
    url = fields.text(key)
    if url is not None and not re.match(r"https?://[^/\s]+", url):
        raise fields.error(key, "must be an address such as http://localhost:5000/")
    return url
