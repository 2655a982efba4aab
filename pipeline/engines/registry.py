"""Engines by the names that stand in the settings."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.config import Settings
from pipeline.engines.transport import is_local
from pipeline.errors import ConfigError

if TYPE_CHECKING:
    from pipeline.engines.deep_translator import DeepTranslatorEngine, Service

LIBRE_KEY = "COMMUNIQUE_LIBRE_KEY"
PROBE = "Guten Tag"
"""What a check of a service sends: nobody's secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineInfo:
    """What people are told of an engine."""

    name: str
    description: str


ENGINES = (
    EngineInfo(name="none", description="nobody: the memory alone"),
    EngineInfo(name="deep-translator:google", description="Google Translate; text leaves this machine, encrypted"),
    EngineInfo(name="deep-translator:mymemory", description="MyMemory; text leaves this machine UNENCRYPTED"),
    EngineInfo(name="deep-translator:libre", description="the LibreTranslate server of libre.url"),
)


def create(name: str, settings: Settings, environ: Mapping[str, str]) -> "DeepTranslatorEngine":
    """Return the engine called `name`; nothing is sent and nothing heavy imported.

    Args:
        name: as in the settings.
        settings: where the LibreTranslate server is.
        environ: where keys come from.

    Raises:
        ConfigError: there is no such engine, or it lacks a setting.
    """
    from pipeline.engines import deep_translator

    service: Service
    match name:
        case "deep-translator:google":
            service = deep_translator.google()
        case "deep-translator:mymemory":
            service = deep_translator.mymemory()
        case "deep-translator:libre":
            url = settings.libre.url
            if url is None:
                raise ConfigError('communique.toml: “deep-translator:libre” needs its address: [libre] url = "…"')
            service = deep_translator.libre(url, environ.get(LIBRE_KEY), local=is_local(url))
        case _:
            known = [info.name for info in ENGINES]
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"did you mean “{near[0]}”? Known" if near else "known"
            raise ConfigError(f"communique.toml: there is no engine “{name}”; {hint} are {', '.join(known)}")
    return deep_translator.DeepTranslatorEngine(name=name, service=service)
