"""`communique.toml` read as settings; unknown keys are refused."""

import re
import tomllib
from decimal import Decimal
from pathlib import Path

from pipeline.config.engines import read_deepl, read_engines, read_libre, read_llm
from pipeline.config.mail import read_mail
from pipeline.config.office import read_boilerplate, read_office
from pipeline.config.paper import read_design, read_seal, read_site
from pipeline.config.settings import Settings
from pipeline.errors import ConfigError
from pipeline.fields import Fields

MAX_BYTES = 1_000_000


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
        office=read_office(office),
        source_locale=fields.required_text("source_locale"),
        target_locales=fields.texts("target_locales"),
        engines=read_engines(fields),
        second_opinion=fields.text("second_opinion"),
        libre=read_libre(fields.record("libre")),
        deepl=read_deepl(fields.record("deepl")),
        llm=read_llm(fields.record("llm")),
        four_eyes=fields.flag("four_eyes"),
        design=read_design(fields.record("design")),
        seal=read_seal(fields.record("seal")),
        site=read_site(fields.record("site")),
        mail=read_mail(fields.record("mail")),
        boilerplate=read_boilerplate(fields.record("boilerplate")),
    )
    fields.close()
    if not settings.target_locales:
        raise fields.error("target_locales", 'must name at least one language, such as ["fr"]')
    if settings.source_locale in settings.target_locales:
        raise fields.error("target_locales", "must not hold the source language")
    return settings


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
