"""Whether a text is plainly in another language than it should be."""

import re
from types import MappingProxyType

_FUNCTION_WORDS = MappingProxyType(
    {
        "de": "der die das dem den des und ist sind war nicht ein eine einen einem einer mit von für auf im zu zum"
        " zur sich wird werden wurde als auch bei nach über aus hat haben dass wir sie ich",
        "en": "the of and to is are was were that this for with you your from by it be have has will not an on at"
        " we as can i my here",
        "fr": "le la les un une du au aux et est sont dans pour par sur avec que qui ne pas ce cette ces il elle"
        " nous vous se leur à été ont d l s qu",
    }
)
"""Words that no sentence of the language does without, as far as they say nothing in the two others."""

_PLAIN = 4
"""So many words of another language, and at least three times as many as of its own, tell a text of that language:
a foreign title or name inside a sentence has fewer."""


def is_foreign(text: str, language: str) -> bool:
    """Return whether `text` is plainly in another language than `language`; False where nobody can tell.

    Args:
        text: a sentence or more; what is shorter is never plain.
        language: its tag.
    """
    words = re.findall(r"\w+", text.lower())
    counts = {name: sum(word in known.split() for word in words) for name, known in _FUNCTION_WORDS.items()}
    own = counts.pop(language.partition("-")[0].lower(), None)
    return own is not None and max(counts.values()) >= max(_PLAIN, 3 * own)
