"""Formatting carried from a source to its translation, where the translation says the same characters."""

import re
from dataclasses import replace

from pipeline.model.inline import Inlines, Run, cut, merge, plain


def project(source: Inlines, target: Inlines, *, language: str) -> Inlines:
    """Return `target` with the formatting of `source`.

    A source in one single format gives it to the whole target. Otherwise a formatted passage keeps its format
    where its characters stand in the target, blanks and quotation marks' blanks aside: names, numbers, addresses,
    quoted titles. A passage that was translated loses it; nothing is guessed.

    Args:
        source: the formatted source.
        target: its translation; formatting of its own is overwritten where the source's is put.
        language: the target's language: a passage marked as being in it needs no mark any more.
    """
    formats = {replace(run, text="") for run in source}
    if len(formats) == 1:
        return merge(_formatted(run, source[0], language) for run in target)
    position = 0
    for run in source:
        if not _is_formatted(run):
            continue
        found = _find(run.text, plain(target), position)
        if found is not None:
            start, end = found
            middle = tuple(_formatted(piece, run, language) for piece in cut(target, start, end))
            rest = cut(target, end, len(plain(target)))
            target = merge((*cut(target, 0, start), *middle, *rest))
            position = end
    return target


def _is_formatted(run: Run) -> bool:
    return run.bold or run.italic or run.code or run.href is not None or run.lang is not None


def _formatted(run: Run, like: Run, language: str) -> Run:
    base = language.partition("-")[0]
    lang = None if like.lang is None or like.lang.partition("-")[0] == base else like.lang
    return replace(like, text=run.text, lang=lang)


def _find(passage: str, text: str, position: int) -> tuple[int, int] | None:
    words = passage.split()
    if not words:
        return None
    pattern = re.compile(r"\s*".join(re.escape(word) for word in words))
    # In order first: a name that stands twice keeps its place; word order may differ, so then anywhere.
    match = pattern.search(text, position) or pattern.search(text)
    return match.span() if match else None
