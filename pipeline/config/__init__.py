"""The settings of a workspace: `communique.toml` as typed values, unknown keys refused."""

from pipeline.config.load import load_settings
from pipeline.config.office import read_contact, read_localized
from pipeline.config.settings import (
    DeepLSettings,
    DesignSettings,
    LibreSettings,
    LLMSettings,
    Office,
    SealSettings,
    Settings,
    SiteSettings,
)

__all__ = [
    "DeepLSettings",
    "DesignSettings",
    "LLMSettings",
    "LibreSettings",
    "Office",
    "SealSettings",
    "Settings",
    "SiteSettings",
    "load_settings",
    "read_contact",
    "read_localized",
]
