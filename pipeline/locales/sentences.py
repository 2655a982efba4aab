"""Cutting text into sentences: one engine, to which each language brings its rules as data.

Library splitters fail on official prose (§ 5 Abs. 2 S. 1, 3. und 4. Oktober, „… machen weiter.“ Danach), so the
rules are our own: find every place where a sentence may end, then ask what speaks against it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_STOP = re.compile(r"[.!?…]+[\"'”“»’›)\]]*(?:\s*»)?")
"""Closing punctuation with everything that closes with it: `.“`, `?»`, `.)`, `. »` with its French blank."""

_OPENING = "„“\"'‚‘«»›‹([–—-"
"""What may stand before the first letter of a sentence."""

_ROMAN = re.compile(r"[IVXLCDM]+\Z")
_ORDINAL = re.compile(r"(?<![\d/.,:–-])(?<!\d\s)\b\d{1,2}\Z")
"""A number of one or two digits, not the end of a longer one such as a telephone number or a score (`3:1`)."""

_LONG_ORDINAL = re.compile(r"(?<!\S)(\w+)\s\d{3}\Z")
"""A number of three digits with the word before it: an ordinal behind an article (`das 900. Jubiläum`)."""

_MEASURE = re.compile(r"\d\.?\s\w+\Z")
"""A number, perhaps an ordinal, and an abbreviation behind it: `2 Std`, `12. Jh`, `4 ff`."""

_POINT = re.compile(r"(?:\A|(\S*[.:;!?…])[\"“»’‘)]*\s+)\S+\Z")
"""A number behind the end of a sentence, with what ends it: it opens a point of a list, `1. Die Anmeldung`."""

_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)*[^\W\d_]")
"""One letter, or several with stops between: `M`, `J.R`, `H.-J`."""

_ARTICLES = frozenset(
    "der die das des dem den am beim im vom zum zur sein seine seinen seinem seiner seines ihr ihre ihren ihrem"
    " ihrer ihres unser unsere unseren unserem unserer unseres".split()
)
_STARTERS = frozenset(
    "der die das dies diese dieser dieses ein eine einer einem einen er sie es wir ihr ihre ihrem ihren sein seine"
    " ihm ihnen man alle beide viele weitere andere kein keine damit dabei dazu dafür danach davon dann dort hier"
    " so nun nur heute gestern morgen ab als am an auf aus bei beim bis durch für gegen im in mit nach ohne seit"
    " über um unter von vom vor wegen zu zum zur zwischen auch da denn doch und aber oder ob wenn weil wer wie was"
    " wo warum".split()
)
"""What may open a German sentence but never stands behind an ordinal or a measure inside one, for it is no noun."""

_UNIT = re.compile(r"\d\s[a-zµ]\Z")
"""`6,20 m`, `18 h`: a letter that is no abbreviation of a name."""

_NEIGHBOURHOOD = 80
"""Characters before a full stop that are looked at; longer words are no words."""

_URL_TAIL = re.compile(r"\S*(?:www\.|://|@)\S*\Z")
_ENUMERATION = re.compile(r"(?:[a-z]|[ivx]{1,4}|\d{1,2})\)\s")
"""`a) `, `iv) `, `2) `: the mark of a point listed inside a paragraph; each point is a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceRules:
    """What a language brings to the cutting of sentences."""

    ordinal_stop: bool
    """A number with a full stop is an ordinal and ends no sentence (German `am 3. und 4. Oktober`)."""
    articles: frozenset[str] = _ARTICLES
    """Where ordinals have a full stop: words that make a number behind them one, lower case."""
    starters: frozenset[str] = _STARTERS
    """Where ordinals have a full stop: words that show by their capital that a number before them was none."""
    lower_case_starts: bool = False
    """A sentence may begin with a small letter."""


def parse_abbreviations(text: str) -> frozenset[str]:
    """Return the abbreviations of an office's list: one per line, `#` begins a comment.

    Case makes no difference, blanks inside neither: `z. B.` also covers `z.B.`. `*str.` stands for all words that
    end so.
    """
    entries = (line.partition("#")[0].strip().lower() for line in text.splitlines())
    return frozenset(re.sub(r"\s+", "", entry) for entry in entries if entry)


def cut_sentences(text: str, rules: SentenceRules, abbreviations: frozenset[str]) -> tuple[tuple[int, int], ...]:
    """Return the sentences of `text` as (start, end) offsets, the white space between them left out.

    A line feed always ends a sentence: it is a line break the author set.
    """
    ends = [end for end in _candidates(text) if _is_end(text, end, rules, abbreviations)]
    spans: list[tuple[int, int]] = []
    start = 0
    for end in (*ends, len(text)):
        piece = text[start:end]
        stripped = piece.strip()
        if stripped:
            first = start + piece.index(stripped[0])
            spans.append((first, first + len(stripped)))
            start = end
    return tuple(spans)


def _candidates(text: str) -> Iterator[int]:
    """Yield every offset at which a sentence may end, in order."""
    found = {match.end() for match in _STOP.finditer(text) if text[match.end() : match.end() + 1].isspace()}
    found |= {match.start() for match in re.finditer(r"\n", text)}
    found |= {match.start() for match in _ENUMERATION.finditer(text) if _points(text, match.start())}
    yield from sorted(found)


def _points(text: str, offset: int) -> bool:
    """Return whether a point's mark at `offset` stands where one can: behind a colon or a full stop."""
    before = text[max(offset - _NEIGHBOURHOOD, 0) : offset].rstrip()
    bracketed = before.count("(") > before.count(")")
    return before.endswith((":", ".", ";")) and text[offset - 1 : offset].isspace() and not bracketed


def _is_end(text: str, end: int, rules: SentenceRules, abbreviations: frozenset[str]) -> bool:
    if text[end : end + 1] == "\n" or _ENUMERATION.match(text, end):
        return True
    following = text[end : end + _NEIGHBOURHOOD].lstrip()
    if not following or not _may_begin(following, rules):
        return False
    near = text[max(end - _NEIGHBOURHOOD, 0) : end]
    stop = re.search(r"[.!?…]+[^.!?…]*\Z", near)
    if stop is None or stop[0][0] != "." or stop[0].startswith(".."):
        # Behind ! and ? a sentence ends unless a small letter goes on: „Wirklich?“ fragte sie.
        return True
    before = near[: stop.start()]
    if stop[0] != ".":
        return _closes_sentence(before, following)
    return not _belongs_to_word(before, following, rules, abbreviations)


def _may_begin(following: str, rules: SentenceRules) -> bool:
    bare = following.lstrip(_OPENING + "\u00a0\u202f ")
    return bool(bare) and (rules.lower_case_starts or not bare[0].islower() or bool(_ENUMERATION.match(following)))


def _closes_sentence(before: str, following: str) -> bool:
    """Return whether `.“` or `.)` ends a sentence: not behind an abbreviation's single letter or a number."""
    return not re.search(r"(?:^|\W)\w\Z", before) or following[0].isupper()


def _belongs_to_word(before: str, following: str, rules: SentenceRules, abbreviations: frozenset[str]) -> bool:
    """Return whether a single full stop belongs to the word before it and ends no sentence."""
    word = re.search(r"\S*\Z", before.replace("\u00a0", " ").replace("\u202f", " "))
    token = (word[0] if word else "").lstrip(_OPENING).rpartition("’")[2]
    if _URL_TAIL.match(token):
        return False
    if _UNIT.search(before) and not re.match(r"\w\.", following):
        return False
    starts = rules.ordinal_stop and _first_word(following) in rules.starters
    if _is_abbreviation(before, token, abbreviations):
        return not (starts and _MEASURE.search(before))
    if _INITIALS.fullmatch(token):
        return True
    if not rules.ordinal_stop or not _is_ordinal(before, token, following, rules):
        return False
    return not starts or _opens_point(before, abbreviations)


def _opens_point(before: str, abbreviations: frozenset[str]) -> bool:
    point = _POINT.search(before)
    return point is not None and (point[1] or "").lower() not in abbreviations


def _is_ordinal(before: str, token: str, following: str, rules: SentenceRules) -> bool:
    """Return whether the text up to a stop ends with what looks like an ordinal number."""
    if _ROMAN.match(token):
        return not following[:1].isdigit()
    long = _LONG_ORDINAL.search(before)
    return bool(_ORDINAL.search(before) or (long and long[1].lower() in rules.articles))


def _first_word(text: str) -> str:
    word = re.match(r"\w+(?!\w|-)", text.lstrip(_OPENING))
    return word[0].lower() if word else ""


def _is_abbreviation(before: str, token: str, abbreviations: frozenset[str]) -> bool:
    """Return whether the text up to the stop ends with an abbreviation, also one of several words (`u. a.`)."""
    word = f"{token.lower()}."
    if word in abbreviations or word.rpartition("-")[2] in abbreviations:
        return True
    if any(word.endswith(entry[1:]) for entry in abbreviations if entry.startswith("*")):
        return True
    tail = re.sub(r"\s+", "", before[-24:].lower()) + "."
    return any(
        tail.endswith(entry) and not tail[: -len(entry)][-1:].isalpha()
        for entry in abbreviations
        if "." in entry[:-1]
    )
