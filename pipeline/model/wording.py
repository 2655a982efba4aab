"""A text blind to typography: what stays the same when only its setting was mended."""

import re
import unicodedata

_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("„“”‟«»", '"'),
        **dict.fromkeys("‚‘’‛‹›ʼ´`", "'"),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
        "…": "...",
    }
)
_BESIDE_MARKS = re.compile(r" (?=[^\w ])|(?<=[^\w ]) ")


def wording(text: str) -> str:
    """Return `text` without what is a matter of typography alone.

    That is the shape of quotation marks, apostrophes and dashes; three full stops or an ellipsis; kind and number
    of blanks, and blanks beside a mark (`10 %`, `z. B.`); soft hyphens and other signs that nobody sees; how an
    accented letter is composed. Everything else counts: letters and their case, digits, commas, full stops, signs,
    blanks between words.
    """
    composed = _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).translate(_SIGNS)
    return _BESIDE_MARKS.sub("", " ".join(composed.split()))
