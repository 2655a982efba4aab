"""Repair: characters that pasting, mail programs and content systems broke. Each kind of change is counted."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.locales import Locale
from pipeline.model.inline import Inlines, Run, TextEdit, apply_edits, cut, merge, plain
from pipeline.model.intake import RawBlock, Repair

_RULES = (
    ("soft hyphen removed", re.compile("\u00ad"), ""),
    ("invisible character removed", re.compile("[\u200b\u2060\ufeff\u200e\u200f]"), ""),
    ("control character removed", re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]"), ""),
    ("accent as apostrophe", re.compile(r"(?<=\w)[´`](?=\w)"), "’"),
    ("tab or unusual blank made a plain one", re.compile("[\t\u2000-\u200a\u3000\u2028\u2029]+"), " "),
    ("no-break space made a plain one", re.compile("(?<=[^\\W\\d])\u00a0(?=[^\\W\\d])"), " "),
    ("double space", re.compile(r"(?<=\S)[ \u00a0]{2,}(?=\S)"), " "),
)
"""What people are told, what is looked for, and what is put there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """Blocks after repair, and what was changed in them."""

    blocks: tuple[RawBlock, ...]
    repairs: tuple[Repair, ...]


def repair(blocks: Iterable[RawBlock], own: Locale, others: Sequence[Locale]) -> Repaired:
    """Return `blocks` with broken characters mended and passages in other languages marked.

    Args:
        blocks: as read from a file.
        own: the language of the text.
        others: languages that passages in it may be in.
    """
    done: list[RawBlock] = []
    repairs: list[Repair] = []
    for block in blocks:
        changes: Counter[str] = Counter()

        def mend(text: Inlines, changes: Counter[str] = changes) -> Inlines:
            mended = _own_unmarked(_stripped(_repaired(text, changes)), own)
            marked = marked_passages(mended, own, others)
            if marked != mended:
                changes["passage in another language marked"] += 1
            return marked

        rows = tuple(tuple(mend(cell) for cell in row) for row in block.rows)
        done.append(replace(block, text=mend(block.text), rows=rows))
        repairs += [Repair(what=what, line=block.line, count=count) for what, count in changes.items()]
    return Repaired(blocks=tuple(done), repairs=tuple(repairs))


def _repaired(text: Inlines, changes: Counter[str]) -> Inlines:
    """Return `text` mended, and count in `changes` what was done."""
    composed = merge(replace(run, text=unicodedata.normalize("NFC", run.text)) for run in text)
    if plain(composed) != plain(text):
        changes["letter and accent joined"] += 1
    text = composed
    for what, pattern, new in _RULES:
        edits = tuple(
            TextEdit(start=match.start(), end=match.end(), new=new, rule=what)
            for match in pattern.finditer(plain(text))
            if match[0] != new
        )
        if edits:
            text = apply_edits(text, edits)
            changes[what] += len(edits)
    return text


def _stripped(text: Inlines) -> Inlines:
    characters = plain(text)
    start = len(characters) - len(characters.lstrip())
    return cut(text, start, len(characters.rstrip()))


def _own_unmarked(text: Inlines, own: Locale) -> Inlines:
    """Return `text` without marks that say of a passage that it is in the language of the text."""
    base = own.tag.partition("-")[0]
    return merge(replace(run, lang=None) if (run.lang or "").partition("-")[0] == base else run for run in text)


def marked_passages(text: Inlines, own: Locale, others: Sequence[Locale]) -> Inlines:
    """Return `text` with passages of other languages in « » marked, the guillemets' blanks made no-break spaces.

    A passage counts as foreign if it holds a function word or letter of the other language and no function word of
    the text's own: in a German text « Institut d’administration » is French, « Alles neu » is not.
    """
    words = plain(text)
    pieces: list[Run] = []
    position = 0
    for start, end, tag in _foreign_passages(words, own, others):
        spaces = [
            TextEdit(start=match.start(), end=match.end(), new="\u00a0", rule="guillemets")
            for match in re.finditer(r"(?<=«)\s|\s(?=»)", words[start:end])
        ]
        passage = apply_edits(cut(text, start, end), spaces)
        pieces += (*cut(text, position, start), *(replace(run, lang=run.lang or tag) for run in passage))
        position = end
    return merge((*pieces, *cut(text, position, len(words))))


def _foreign_passages(text: str, own: Locale, others: Sequence[Locale]) -> Iterator[tuple[int, int, str]]:
    for match in re.finditer(r"«[^«»]{2,200}»", text):
        words = set(re.findall(r"[^\W\d_]+", match[0].lower()))
        if words & own.cues.function_words:
            continue
        for other in others:
            if words & other.cues.function_words or other.cues.letters.search(match[0]):
                yield (*match.span(), other.tag)
                break
