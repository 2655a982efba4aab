"""The settings of a workspace: `communique.toml` as typed values, unknown keys refused."""

from pipeline.config.load import load_settings
from pipeline.config.office import read_contact, read_localized
from pipeline.config.settings import (
    DeepLSettings,
    DesignSettings,
    LibreSettings,
    LLMSettings,
    MailSettings,
    Office,
    SealSettings,
    Security,
    Settings,
    SiteSettings,
)

__all__ = [
    "DeepLSettings",
    "DesignSettings",
    "LLMSettings",
    "LibreSettings",
    "MailSettings",
    "Office",
    "SealSettings",
    "Security",
    "Settings",
    "SiteSettings",
    "load_settings",
    "read_contact",
    "read_localized",
]
