"""The settings of a workspace: `communique.toml` as typed values, unknown keys refused."""

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pipeline.errors import ConfigError
from pipeline.fields import Fields
from pipeline.model.release import Contact, Localized

MAX_BYTES = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Who publishes, and what stands on its paper."""

    name: Localized
    body: Localized
    about: Localized | None
    """Heading above texts about the office."""
    address: tuple[str, ...]
    website: str | None
    contacts: tuple[Contact, ...]
    time_zone: ZoneInfo
    accent: str
    logo: str | None
    """SVG file, relative to the workspace."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LibreSettings:
    """Where a LibreTranslate server answers; its key comes from COMMUNIQUE_LIBRE_KEY."""

    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeepLSettings:
    """How DeepL is asked; its key comes from COMMUNIQUE_DEEPL_KEY."""

    url: str | None = None
    """Another server than the one the key belongs to."""
    price_per_million: Decimal | None = None
    """What a million characters cost the office, in its currency."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LLMSettings:
    """Where a language model answers; its key comes from COMMUNIQUE_LLM_KEY."""

    url: str | None = None
    """Address of an OpenAI-compatible interface, up to its version: `http://localhost:11434/v1`."""
    model: str | None = None
    price_per_million: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings of a workspace."""

    office: Office
    source_locale: str
    target_locales: tuple[str, ...]
    engines: tuple[str, ...] | None
    """Engine names in the order they are asked; empty for none, None for what is installed on this machine."""
    second_opinion: str | None
    """Engine that is asked too, for comparison; where the two disagree, a reviewer looks first."""
    libre: LibreSettings
    deepl: DeepLSettings
    llm: LLMSettings
    four_eyes: bool
    """Nobody approves a text that they reviewed themselves."""
    boilerplate: tuple[tuple[str, Localized], ...]
    """Named texts about the office, per language; paragraphs are parted by an empty line."""


def load_settings(path: Path) -> Settings:
    """Return the settings in the TOML file at `path`.

    Raises:
        ConfigError: the file cannot be read, or a key is unknown, missing or of the wrong kind.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror})") from None
    if len(raw) > MAX_BYTES:
        raise ConfigError(f"{path}: is larger than {MAX_BYTES // 1000} kB; settings are a short text")
    try:
        text = raw.decode("utf-8-sig")
        data = tomllib.loads(text, parse_float=Decimal)
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: is not UTF-8; save it as UTF-8 and try again") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(f"{path}: is not valid TOML: {error}") from None

    def refuse(message: str, line: int | None) -> ConfigError:
        return ConfigError(f"{path}:{line}: {message}" if line else f"{path}: {message}")

    return _settings(Fields(data, refuse, _key_lines(text)))


def _settings(fields: Fields) -> Settings:
    office = fields.record("office")
    if office is None:
        raise fields.error("office", "is missing; it says who publishes")
    settings = Settings(
        office=_office(office),
        source_locale=fields.required_text("source_locale"),
        target_locales=fields.texts("target_locales"),
        engines=_engines(fields),
        second_opinion=fields.text("second_opinion"),
        libre=_libre(fields.record("libre")),
        deepl=_deepl(fields.record("deepl")),
        llm=_llm(fields.record("llm")),
        four_eyes=fields.flag("four_eyes"),
        boilerplate=_boilerplate(fields.record("boilerplate")),
    )
    fields.close()
    if not settings.target_locales:
        raise fields.error("target_locales", 'must name at least one language, such as ["fr"]')
    if settings.source_locale in settings.target_locales:
        raise fields.error("target_locales", "must not hold the source language")
    return settings


def _office(fields: Fields) -> Office:
    office = Office(
        name=_required_localized(fields, "name"),
        body=_required_localized(fields, "body"),
        about=read_localized(fields, "about"),
        address=fields.texts("address"),
        website=fields.text("website"),
        contacts=tuple(read_contact(contact) for contact in fields.records("contacts")),
        time_zone=_time_zone(fields),
        accent=fields.text("accent") or "#1d3a6b",
        logo=fields.text("logo"),
    )
    fields.close()
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", office.accent):
        raise fields.error("accent", "must be a colour written #1d3a6b")
    return office


def _time_zone(fields: Fields) -> ZoneInfo:
    try:
        return ZoneInfo(fields.text("time_zone") or "Europe/Berlin")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise fields.error("time_zone", "is no time zone; write Europe/Berlin, for example") from None


def read_contact(fields: Fields) -> Contact:
    """Return a contact; the settings and the front matter write it the same way."""
    contact = Contact(
        name=fields.required_text("name"),
        role=read_localized(fields, "role"),
        phone=fields.text("phone"),
        email=fields.text("email"),
    )
    fields.close()
    return contact


def read_localized(fields: Fields, key: str) -> Localized | None:
    """Return a text per language, written `{de = "…", fr = "…"}`, or None where the key is absent."""
    record = fields.record(key)
    if record is None:
        return None
    return Localized(texts=tuple((language, record.required_text(language)) for language in record.names()))


def _required_localized(fields: Fields, key: str) -> Localized:
    value = read_localized(fields, key)
    if value is None or not value.texts:
        raise fields.error(key, 'is missing; write it as {de = "…", fr = "…"}')
    return value


def _engines(fields: Fields) -> tuple[str, ...] | None:
    names = tuple(name for name in fields.texts("engines") if name != "none")
    return names if "engines" in fields.data else None


def _libre(fields: Fields | None) -> LibreSettings:
    if fields is None:
        return LibreSettings()
    settings = LibreSettings(url=_url(fields))
    fields.close()
    return settings


def _deepl(fields: Fields | None) -> DeepLSettings:
    if fields is None:
        return DeepLSettings()
    settings = DeepLSettings(url=_url(fields), price_per_million=fields.decimal("price_per_million"))
    fields.close()
    return settings


def _llm(fields: Fields | None) -> LLMSettings:
    if fields is None:
        return LLMSettings()
    price = fields.decimal("price_per_million")
    settings = LLMSettings(url=_url(fields), model=fields.text("model"), price_per_million=price)
    fields.close()
    return settings


def _url(fields: Fields) -> str | None:
    url = fields.text("url")
    if url is not None and not re.match(r"https?://[^/\s]+", url):
        raise fields.error("url", "must be an address such as http://localhost:5000/")
    return url


def _boilerplate(fields: Fields | None) -> tuple[tuple[str, Localized], ...]:
    if fields is None:
        return ()
    return tuple((name, _required_localized(fields, name)) for name in fields.names())


def _key_lines(text: str) -> dict[tuple[str | int, ...], int]:
    """Return the line of each plainly written top-level or `[table]` key; tomllib keeps no positions."""
    lines: dict[tuple[str | int, ...], int] = {}
    table: tuple[str | int, ...] = ()
    counts: dict[tuple[str | int, ...], int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*(\[\[?)([\w.-]+)\]", line):
            table = tuple(header[2].split("."))
            if header[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
            lines[table] = number
        elif key := re.match(r"\s*([\w-]+)\s*=", line):
            lines.setdefault((*table, key[1]), number)
    return lines
