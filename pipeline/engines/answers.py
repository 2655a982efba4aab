"""Whether what a service sent can be a translation of what it was given."""

import html
import re
from collections import Counter

from pipeline.errors import TranslationError, TranslationFault
from pipeline.model.translation import Failed, Passage, Result, Translated

_ERROR_PAGE = re.compile(
    r"MYMEMORY WARNING|QUERY LENGTH LIMIT|INVALID (?:LANGUAGE|SOURCE|TARGET)|<html|^\s*Error \d{3}"
    r"|(?:Server|Internal) Error|NO QUERY SPECIFIED|AUTHENTICATION FAILURE|SELECT TWO DISTINCT LANGUAGES"
    r"|Too Many Requests|Bad Gateway|Service Unavailable|unusual traffic|\ufffd",
    re.IGNORECASE,
)
"""What these services send as if it were a translation; U+FFFD stands for bytes that were no text."""

_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|quot|amp|lt|gt|apos);", re.IGNORECASE)
"""MyMemory writes apostrophes and quotes so, inside JSON."""

_NO_TEXT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Control characters and halves of characters, which JSON can carry and no document can hold."""

_MAX_GROWTH, _SLACK = 4, 60
"""A translation is at most so many times as long as its source, and so many characters more."""

_LONGEST_LOOP, _PHRASE = 20, 4
"""Words of the longest sequence that is looked for as a loop, and words from which on a sequence is a phrase."""

_ROUNDS, _PHRASE_ROUNDS = 5, 3
"""So often in a row a few words, or a phrase, are said by a service that is caught in a loop, and by none else."""


def checked_answer(text: str, answer: object) -> str:
    """Return `answer` if it can be a translation of `text`.

    Raises:
        TranslationError: it is nothing, no text, an error page, of an impossible length, or caught in a loop.
    """
    if isinstance(answer, str) and not _ENTITY.search(text):
        answer = html.unescape(answer) if _ENTITY.search(answer) else answer
    if not isinstance(answer, str) or not answer.strip():
        raise _refused("the answer is empty")
    if _NO_TEXT.search(answer):
        raise _refused("the answer holds characters that no text has")
    if _ERROR_PAGE.search(answer) and not _ERROR_PAGE.search(text):
        raise _refused("the answer is an error message")
    if len(answer) > _MAX_GROWTH * len(text) + _SLACK or (len(answer) + _SLACK) * _MAX_GROWTH < len(text):
        raise _refused("the answer has an impossible length")
    if _loops(answer) and not _loops(text):
        raise _refused("the answer repeats itself over and over")
    return answer.strip()


def result_of(text: str, answer: object) -> Result:
    """Return `answer` as the translation of `text`, or why it cannot be one."""
    try:
        return Translated(text=checked_answer(text, answer))
    except TranslationError as error:
        return refusal(str(error))


def keeping_result(passage: Passage, answer: object) -> Result:
    """Return `answer` as the translation of `passage` if it also keeps what is protected there."""
    result = result_of(passage.text, answer)
    if isinstance(result, Translated) and not keeps(passage, result.text):
        return refusal("the answer changes a name or quotation that must stay as it is")
    return result


def keeps(passage: Passage, answer: str) -> bool:
    """Return whether what is protected in `passage` stands in `answer` as often, no less and no more."""
    protected = {passage.text[span.start : span.end] for span in passage.keep}
    if not protected:
        return True
    # The longest first: a name inside a longer protected one is not counted a second time.
    pattern = re.compile("|".join(re.escape(text) for text in sorted(protected, key=len, reverse=True)))
    return Counter(pattern.findall(passage.text)) == Counter(pattern.findall(answer))


def refusal(reason: str) -> Failed:
    """Return that a service answered, but not with a translation."""
    return Failed(reason=reason, fault=TranslationFault.REFUSED)


def _loops(text: str) -> bool:
    words = text.split()
    for size in range(1, _LONGEST_LOOP + 1):
        rounds = _ROUNDS if size < _PHRASE else _PHRASE_ROUNDS
        same = 0
        for before, word in zip(words, words[size:], strict=False):
            same = same + 1 if word == before else 0
            if same >= size * (rounds - 1):
                return True
    return re.search(r"(\w{1,8}?)\1{19}", text) is not None


def _refused(reason: str) -> TranslationError:
    return TranslationError(reason, fault=TranslationFault.REFUSED)
