"""From the files somebody gives us to a folder that CTranslate2 loads."""

import importlib.util
import shutil
from pathlib import Path
from zipfile import ZipFile

from pipeline.engines.models.archive import MAX_UNPACKED
from pipeline.engines.models.disk import reported
from pipeline.engines.models.known import Conversion
from pipeline.errors import ConfigError, FormatError
from pipeline.formats.zip_damage import damage_told

_MODEL, _OPUS = "model.bin", "decoder.yml"
_SENTENCE_PIECES = ("source.spm", "target.spm")
_PARTS = (
    _MODEL,
    "config.json",
    *(f"{side}_vocabulary.{kind}" for side in ("source", "target", "shared") for kind in ("json", "txt")),
    *_SENTENCE_PIECES,
)
"""What CTranslate2 and SentencePiece read."""
_PAPERS = ("LICENSE", "LICENSE.txt", "README.md")
"""What is kept beside the model, because its licence may ask for it."""
_MAX_SETTINGS = 100_000


def require_offline() -> None:
    """Check, without importing them, that the libraries are there which run models on this machine.

    Raises:
        ConfigError: they are not.
    """
    for name in ("ctranslate2", "sentencepiece"):
        if importlib.util.find_spec(name) is None:
            raise ConfigError(f"translating on this machine needs {name}: install “communique[offline]”")


def is_model(folder: Path) -> bool:
    """Return whether there is a model in `folder`, of either kind."""
    return any((folder / name).is_file() for name in (_MODEL, _OPUS))


def conversion_of(folder: Path) -> Conversion:
    """Return what the files in `folder` need.

    Raises:
        FormatError: they are no model.
    """
    if (folder / _MODEL).is_file():
        return Conversion.NONE
    if (folder / _OPUS).is_file():
        return Conversion.OPUS_MT
    message = f"holds neither an OPUS-MT model ({_OPUS}) nor one for CTranslate2 ({_MODEL})"
    raise FormatError(message, path=folder)


def make_loadable(source: Path, target: Path, place: str) -> None:
    """Put the model in `source` into the new folder `target`, converted where that is needed, and load it once.

    Args:
        source: an OPUS-MT model or one for CTranslate2, with its SentencePiece models.
        target: does not exist yet.
        place: what `source` is called, for errors.

    Raises:
        FormatError: something is missing or damaged.
        WorkspaceError: the disk is full, or cannot be written.
        ConfigError: the libraries for models are not installed.
    """
    require_offline()
    if conversion_of(source) is Conversion.OPUS_MT:
        _convert(source, target, place)
    else:
        with reported(target, "written"):
            target.mkdir()
    for name in (*_PARTS, *_PAPERS):
        if (source / name).is_file():
            with reported(target / name, "written"):
                shutil.copyfile(source / name, target / name)
    for name in _SENTENCE_PIECES:
        if not (target / name).is_file():
            raise FormatError(f"lacks {name}", path=place)
    _try(target, place)


def _convert(source: Path, target: Path, place: str) -> None:
    """Convert a Marian model to 8-bit numbers; needs nothing but numpy and PyYAML."""
    from ctranslate2.converters import OpusMTConverter  # type: ignore[import-untyped]  # it ships no types

    _check_settings(source, place)
    with reported(target, "written"):
        try:
            OpusMTConverter(str(source)).convert(str(target), quantization="int8")
        except OSError:
            raise
        except Exception as error:  # numpy, zipfile, PyYAML and the converter each raise their own at damaged input
            kind = type(error).__name__
            raise FormatError(f"is not a model that can be converted ({kind})", path=place) from None


def _check_settings(source: Path, place: str) -> None:
    """Refuse a model whose settings name files elsewhere, and one that unpacks to more than a model is."""
    import yaml

    with reported(source / _OPUS, "read"), (source / _OPUS).open("rb") as stream:
        data = stream.read(_MAX_SETTINGS)
    try:
        settings = yaml.safe_load(data)
        names = [*settings["models"][:1], *settings["vocabs"]]
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError, KeyError, TypeError):
        raise FormatError(f"has a damaged {_OPUS}", path=place) from None
    for name in names:
        if not isinstance(name, str) or Path(name).name != name or not (source / name).is_file():
            raise FormatError(f"lacks a file that its {_OPUS} names: “{str(name)[:80]}”", path=place)
    with damage_told(f"has a damaged model: {names[0]}", place), ZipFile(source / names[0]) as arrays:
        size = sum(item.file_size for item in arrays.infolist())
    if size > MAX_UNPACKED:
        raise FormatError(f"unpacks to more than {MAX_UNPACKED // 10**9} GB; that is no model", path=place)


def _try(folder: Path, place: str) -> None:
    """Load the model once: what cannot be loaded is not installed."""
    import ctranslate2  # type: ignore[import-untyped]  # it ships no types
    import sentencepiece

    try:
        ctranslate2.Translator(str(folder), compute_type="int8")
        for name in _SENTENCE_PIECES:
            sentencepiece.SentencePieceProcessor(model_file=str(folder / name))
    except (RuntimeError, ValueError, OSError, TypeError) as error:
        raise FormatError(f"cannot be loaded ({type(error).__name__}); get its files again", path=place) from None
