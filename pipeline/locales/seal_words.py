"""What a screen reader and the signature panel call the seal of a PDF, in the languages of its readers."""

from collections.abc import Mapping
from types import MappingProxyType

from pipeline.locales.typography import NBSP

_WORDS: Mapping[str, str] = MappingProxyType(
    {"de": "Elektronisches Siegel: {who}", "fr": f"Cachet électronique{NBSP}: {{who}}"}
)


def seal_label(tag: str, who: str) -> str:
    """Return the name of a seal in the language of a BCP 47 tag whose locale exists.

    Args:
        tag: the language of the document.
        who: whose seal it is.
    """
    return _WORDS[tag.partition("-")[0]].format(who=who)
