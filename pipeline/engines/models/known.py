"""The list of models that can be installed: `templates/models/models.toml`."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import urlsplit

from pipeline.errors import ConfigError
from pipeline.fields import Fields
from pipeline.model.member_names import name_fault

LIST = "models/models.toml"
"""Where the list is, among an office's own templates and the packaged ones."""

_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Conversion(StrEnum):
    """What must be done with a model's files before they can be loaded."""

    NONE = "none"
    """They are a CTranslate2 model."""
    OPUS_MT = "opus-mt"
    """They are a Marian model as OPUS-MT publishes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a model is, apart from its files."""

    id: str
    source: str
    """Language it reads: `de`."""
    target: str
    """Language it writes: `fr`."""
    licence: str
    attribution: str
    """Whom its licence wants named."""
    target_token: str | None = None
    """What models of several target languages want before each text, such as `>>fra<<`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFile:
    """A file to download."""

    name: str
    url: str
    size: int | None = None
    """Bytes, where recorded."""
    sha256: str | None = None
    """Where recorded; without it the file is not downloaded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownModel:
    """A model of the list."""

    card: Card
    conversion: Conversion
    files: tuple[KnownFile, ...]

    def unverified(self) -> tuple[str, ...]:
        """Return the names of the files whose checksum is not recorded."""
        return tuple(file.name for file in self.files if file.sha256 is None)

    def with_checksums(self, checksums: Mapping[str, str]) -> "KnownModel":
        """Return the model with SHA-256 sums that a person states, by file name.

        Raises:
            ConfigError: there is no such file, or another sum is recorded for it.
        """
        for name in checksums.keys() - {file.name for file in self.files}:
            names = ", ".join(file.name for file in self.files)
            raise ConfigError(f"{self.card.id} has no file “{name}”; its files are {names}")
        files = []
        for file in self.files:
            stated = checksums.get(file.name, file.sha256)
            if file.sha256 is not None and stated != file.sha256:
                raise ConfigError(f"{file.name}: another sha256 is recorded in the list; leave out --sha256")
            files.append(replace(file, sha256=stated))
        return replace(self, files=tuple(files))


def is_model_id(text: str) -> bool:
    """Return whether `text` can be a model's id, and so the name of its folder."""
    return _ID.fullmatch(text) is not None


def is_language(text: str) -> bool:
    """Return whether `text` can be a language of a model: without a region."""
    return _LANGUAGE.fullmatch(text) is not None


def is_sha256(text: str) -> bool:
    """Return whether `text` is a SHA-256 sum in lower case."""
    return _SHA256.fullmatch(text) is not None


def parse_list(text: str, place: str = f"templates/{LIST}") -> tuple[KnownModel, ...]:
    """Return the models of a list, in its order.

    Args:
        text: TOML.
        place: the file, for errors.

    Raises:
        ConfigError: it is no TOML, or a key is unknown, missing or of the wrong kind.
    """
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(f"{place}: is not valid TOML: {error}") from None
    fields = Fields(data, lambda message, _: ConfigError(f"{place}: {message}"))
    models = tuple(_model(item) for item in fields.records("model"))
    fields.close()
    ids = [model.card.id for model in models]
    if doubles := {name for name in ids if ids.count(name) > 1}:
        raise ConfigError(f"{place}: “{min(doubles)}” stands there twice; give each model an id of its own")
    return models


def default_model(models: Sequence[KnownModel], source: str, target: str) -> KnownModel:
    """Return the first model of a pair; regions of the language tags do not matter.

    Raises:
        ConfigError: there is none.
    """
    pair = (source.partition("-")[0], target.partition("-")[0])
    for model in models:
        if (model.card.source, model.card.target) == pair:
            return model
    raise ConfigError(f"no model from “{pair[0]}” to “{pair[1]}” is known; “communique models list” shows all")


def read_card(fields: Fields) -> Card:
    """Return the card whose keys stand in `fields`; raises what `fields` raises."""
    card = Card(
        id=fields.required_text("id"),
        source=fields.required_text("source"),
        target=fields.required_text("target"),
        licence=fields.required_text("licence"),
        attribution=fields.required_text("attribution"),
        target_token=fields.text("target_token"),
    )
    if not is_model_id(card.id):
        raise fields.error("id", "may hold small letters, figures, dots and hyphens only")
    for key, language in (("source", card.source), ("target", card.target)):
        if not is_language(language):
            raise fields.error(key, "must be a language such as de, without a region")
    return card


def _model(fields: Fields) -> KnownModel:
    card = read_card(fields)
    conversion = fields.member("conversion", Conversion)
    files = tuple(_file(item) for item in fields.records("file"))
    if not files:
        raise fields.error("file", "is missing; name at least one")
    fields.close()
    return KnownModel(card=card, conversion=conversion, files=files)


def _file(fields: Fields) -> KnownFile:
    size = fields.number("size", default=0)
    file = KnownFile(
        name=fields.required_text("name"),
        url=fields.required_text("url"),
        size=size or None,
        sha256=fields.text("sha256"),
    )
    fields.close()
    if "/" in file.name or name_fault(file.name):
        raise fields.error("name", "must be a plain file name")
    if urlsplit(file.url).scheme not in {"http", "https"} or not urlsplit(file.url).hostname:
        raise fields.error("url", "must be an address that begins with https:// or http://")
    if size < 0:
        raise fields.error("size", "must be a number of bytes")
    if file.sha256 is not None and not is_sha256(file.sha256):
        raise fields.error("sha256", "must be 64 hexadecimal digits in small letters")
    return file
