"""Engines by the names that stand in the settings."""

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.config import Settings
from pipeline.engines.transport import is_local
from pipeline.errors import ConfigError
from pipeline.model.translation import Engine

if TYPE_CHECKING:
    from pipeline.engines.hypotheses import Judge
    from pipeline.engines.models.store import ModelStore

LIBRE_KEY, DEEPL_KEY, LLM_KEY = "COMMUNIQUE_LIBRE_KEY", "COMMUNIQUE_DEEPL_KEY", "COMMUNIQUE_LLM_KEY"
"""Environment variables that hold keys; keys have no place in a file."""

PROBE = "Guten Tag"
"""What a check of a service sends: nobody's secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineInfo:
    """What people are told of an engine."""

    name: str
    description: str


ENGINES = (
    EngineInfo(name="none", description="nobody: the memory alone"),
    EngineInfo(name="offline", description="a model on this machine; no text leaves it"),
    EngineInfo(name="deepl", description="DeepL with your termbase; text leaves this machine, encrypted"),
    EngineInfo(name="llm", description="the language model of llm.url, given the whole release"),
    EngineInfo(name="libretranslate", description="the LibreTranslate server of libre.url"),
    EngineInfo(name="deep-translator:google", description="Google Translate; text leaves this machine, encrypted"),
    EngineInfo(name="deep-translator:mymemory", description="MyMemory; text leaves this machine UNENCRYPTED"),
    EngineInfo(name="deep-translator:libre", description="the LibreTranslate server of libre.url, text by text"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """What engines are made with."""

    settings: Settings
    environ: Mapping[str, str]
    """Where keys come from."""
    target: str
    """Language tag they translate into."""
    models: "ModelStore"
    """Where models of this machine are."""
    judge: "Callable[[], Judge]"
    """Makes what decides between several translations; called by engines that offer several."""
    abbreviations: frozenset[str] = frozenset()
    """The office's own, which end no sentence."""


def create(name: str, workshop: Workshop) -> Engine:
    """Return the engine called `name`, as in the settings; nothing is sent and nothing heavy imported.

    Raises:
        ConfigError: there is no such engine, or it lacks a setting, a key or a package.
    """
    settings, environ = workshop.settings, workshop.environ
    match name.partition(":")[0]:
        case "offline":
            from pipeline.engines.offline import open_offline

            return open_offline(
                name,
                store=workshop.models,
                pair=(settings.source_locale, workshop.target),
                judge=workshop.judge(),
                abbreviations=workshop.abbreviations,
            )
        case "deepl" if name == "deepl":
            return _deepl(settings, environ)
        case "llm" if name == "llm":
            return _llm(settings, environ)
        case "libretranslate" if name == "libretranslate":
            from pipeline.engines.libretranslate import LibreTranslate

            return LibreTranslate(name=name, url=_libre_url(name, settings), key=environ.get(LIBRE_KEY))
        case "deep-translator":
            return _deep_translator(name, settings, environ)
    raise _unknown(name)


def installed(workshop: Workshop) -> tuple[str, ...]:
    """Return the engines that are used where the settings name none: a model of this machine, if there is one."""
    source, target = (tag.partition("-")[0] for tag in (workshop.settings.source_locale, workshop.target))
    cards = [workshop.models.receipt(model).card for model in workshop.models.names()]
    return ("offline",) if any((card.source, card.target) == (source, target) for card in cards) else ()


def _deepl(settings: Settings, environ: Mapping[str, str]) -> Engine:
    from pipeline.engines.deepl import DeepL

    key = environ.get(DEEPL_KEY)
    if not key:
        raise ConfigError(f"“deepl” needs the key of a DeepL account in the environment variable {DEEPL_KEY}")
    price = settings.deepl.price_per_million
    return DeepL(name="deepl", key=key, url=settings.deepl.url, price_per_million=price)


def _llm(settings: Settings, environ: Mapping[str, str]) -> Engine:
    from pipeline.engines.llm import LanguageModel

    if settings.llm.url is None or settings.llm.model is None:
        raise ConfigError('communique.toml: “llm” needs [llm] url = "http://localhost:11434/v1" and model = "…"')
    return LanguageModel(
        name="llm",
        url=settings.llm.url,
        model=settings.llm.model,
        key=environ.get(LLM_KEY),
        price_per_million=settings.llm.price_per_million,
    )


def _deep_translator(name: str, settings: Settings, environ: Mapping[str, str]) -> Engine:
    from pipeline.engines import deep_translator

    match name:
        case "deep-translator:google":
            service = deep_translator.google()
        case "deep-translator:mymemory":
            service = deep_translator.mymemory()
        case "deep-translator:libre":
            url = _libre_url(name, settings)
            service = deep_translator.libre(url, environ.get(LIBRE_KEY), local=is_local(url))
        case _:
            raise _unknown(name)
    return deep_translator.DeepTranslatorEngine(name=name, service=service)


def _libre_url(name: str, settings: Settings) -> str:
    if settings.libre.url is None:
        raise ConfigError(f'communique.toml: “{name}” needs its address: [libre] url = "…"')
    return settings.libre.url


def _unknown(name: str) -> ConfigError:
    known = [info.name for info in ENGINES]
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"did you mean “{near[0]}”? Known" if near else "known"
    return ConfigError(f"communique.toml: there is no engine “{name}”; {hint} are {', '.join(known)}")
