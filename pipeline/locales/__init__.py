"""Languages. Each has a module of its own here; nothing outside this room knows which pair is being worked on.

A tag such as `fr` or `fr-CH` finds the module by its language and the typographic profile by the whole tag.
"""

from pipeline.locales.base import Locale
from pipeline.locales.labels import Label
from pipeline.locales.registry import get, known

__all__ = ["Label", "Locale", "get", "known"]
