"""A text blind to typography: what stays the same when only its setting was mended."""

import re
import unicodedata
from dataclasses import replace

from pipeline.model.inline import Inlines, Run, plain

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
"""Soft hyphens, joiners, places where a line may break, directions: nobody reads them."""

_SIGNS = str.maketrans(
    {
        **dict.fromkeys("„“”‟«»", '"'),
        **dict.fromkeys("‚‘’‛‹›ʼ´`", "'"),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
        "…": "...",
    }
)
"""Shapes of one sign: quotation marks, single ones and apostrophes, hyphens and dashes, three full stops."""

_DASH = re.compile(r"(?<!-)-{2,3}(?!-)")
"""Two or three hyphens, typed for want of a dash; more are a line."""

_IDLE_BLANK = re.compile(
    r"""
      (?<=["']) [ ] | [ ] (?=["'])                                  # inside and outside quotation marks: « oui »
    | [ ] (?=\.\.\.)                                                # before an ellipsis: Und …
    | (?<=\d) [ ] (?=[%‰°€$£])                                      # between a number and its sign: 10 %
    | (?<=§) [ ] (?=\d)                                             # the same before it: § 5
    | (?<=\b[^\W\d_]\.) [ ] (?=[^\W\d_]\.)                          # in abbreviations: z. B.
    """,
    re.VERBOSE,
)
"""Blanks that may stand or be left out. Any other tells words (`nur mehr`) or numbers (`am 3. 500 Gäste`) apart."""

_RANGE = re.compile(r"(?<=\d) - (?=\d)")
"""A dash between two numbers, with blanks: 10 – 12."""


def wording(text: str) -> str:
    """Return `text` without what is a matter of typography alone.

    That is the shape of quotation marks, apostrophes and dashes; three full stops or an ellipsis; kind and number
    of blanks, and whether there is one at all where that tells nothing apart; signs that nobody sees; how an
    accented letter is composed. Everything else counts: letters and their case, digits, commas, full stops, signs,
    blanks between words.
    """
    seen = unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).translate(_SIGNS)
    blanks = " ".join(_DASH.sub("-", seen).split())
    return _RANGE.sub("-", _IDLE_BLANK.sub("", blanks))


def inline_wording(text: Inlines) -> Inlines:
    """Return a key of `text` that only its words and their formatting decide; it is no text to show.

    Formatting is no mere typography: the translation has its own, and a link in it leads where the old one led.
    """
    formatted = (replace(run, text=wording(run.text)) for run in text)
    return (Run(text=wording(plain(text))), *(run for run in formatted if run.text))
