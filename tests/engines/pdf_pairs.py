"""Made-up releases in two languages, block by block, and what a PDF of both in two columns must show."""

import ast
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pipeline import locales
from pipeline.model.edition import Edition
from pipeline.model.inline import Inlines, Run, apply_edits, inlines, plain
from pipeline.model.release import Figure
from pipeline.model.texts import TextKind, TextPlace, in_language, texts
from pipeline.stages.render import Paper, source_edition
from tests.engines.pdf_releases import OTHER, PAIRS, SETTINGS, edition
from tests.engines.pdf_tree import lines

EDGE, LIGATURE = 16, 3
"""Points that stay free at the edges of a page; letters of a ligature, which share its place."""
_UNSEEN = re.compile(r"[\s\u00ad]+")


def pair(number: int) -> tuple[Edition, Edition]:
    """Return the `number`-th edition and another of the same blocks in the other language."""
    source = edition(number)
    language = OTHER[source.release.language.partition("-")[0]]
    rng = random.Random(number)  # noqa: S311 (repeatable samples, no secret)
    words = {place.path: _translated(place, language, rng) for place in texts(source.release, language)}
    paper = Paper(settings=SETTINGS, logo=source.letterhead.logo, pictures=source.pictures)
    release = in_language(source.release, language, words)
    return source, source_edition(release, locales.get(language), paper, approved=rng.random() < 0.5)


def _translated(place: TextPlace, language: str, rng: random.Random) -> Inlines:
    """Return text of about the same length, with the same formatting."""

    def run(run: Run) -> Run:
        if run.code or not run.text.strip():
            return run
        text, length = "", max(2, round(len(run.text) * rng.uniform(0.6, 1.6)))
        while len(text) < length:
            sentence = inlines(getattr(rng.choice(PAIRS), language))
            text += plain(apply_edits(sentence, locales.get(language).typography(plain(sentence)))) + " "
        return replace(run, text=text[:length].strip() + " ", lang=OTHER[language] if run.lang else None)

    return tuple(run(item) for item in place.text)


def missing(data: bytes, editions: tuple[Edition, Edition]) -> list[str]:
    """Return the texts of the editions that the PDF does not have in one piece, in the order of the pages.

    What only divides words, or holds them together, does not count.
    """
    said = squeezed("".join(read_aloud(data)))
    return [text for item in editions for text in _texts(item) if squeezed(text) not in said]


def _texts(item: Edition) -> Iterator[str]:
    release = item.release
    shown = {block.file for block in release.blocks if isinstance(block, Figure)}
    for place in texts(release, ""):
        unseen = place.kind is TextKind.CAPTION and release.media[int(place.path.split(".")[1])].file not in shown
        if place.kind not in {TextKind.ALT, TextKind.ROLE} and not unseen:
            yield plain(place.text)
    yield from (*item.notes, *item.boilerplate, item.labels.timing, item.labels.place_and_date or "")


def squeezed(text: str) -> str:
    """Return text without blanks and places to divide words."""
    return _UNSEEN.sub("", text)


def read_aloud(data: bytes) -> Iterator[str]:
    """Yield the text of a PDF piece by piece as a screen reader reads it, divided words in one."""
    skipped = -1
    for line in lines(data):
        depth = len(line) - len(line.lstrip())
        if skipped >= 0 and depth > skipped:
            continue
        skipped = -1
        words = line.strip()
        if words[0] in "'\"":
            yield ast.literal_eval(words)
        elif "ActualText=" in words:
            yield ast.literal_eval(words.partition("ActualText=")[2])
            skipped = depth


def overprinted(data: bytes) -> list[str]:
    """Return what is printed over something else or too near to an edge: the first of each page."""
    # The library ships no types.
    from pypdfium2 import PdfDocument  # type: ignore[import-untyped]

    with PdfDocument(data) as document:
        faults = ((number, next(_faults(page), None)) for number, page in enumerate(document, 1))
        return [f"page {number}: {fault}" for number, fault in faults if fault]


def _faults(page: Any) -> Iterator[str]:
    text, (width, height) = page.get_textpage(), page.get_size()
    boxes = sorted(
        (*text.get_charbox(index), index)
        for index in range(text.count_chars())
        if text.get_text_range(index, 1).strip()
    )
    for place, (left, bottom, right, top, index) in enumerate(boxes):
        if min(left, bottom, width - right, height - top) < EDGE:
            yield f"near the edge: {text.get_text_range(index, 20)!r}"
        for other_left, other_bottom, other_right, other_top, other in boxes[place + 1 :]:
            if other_left >= right:
                break
            shared = (min(right, other_right) - other_left) * (min(top, other_top) - max(bottom, other_bottom))
            smaller = min((right - left) * (top - bottom), (other_right - other_left) * (other_top - other_bottom))
            # Letters of a ligature share its place.
            if (
                abs(other - index) > LIGATURE
                and other_bottom < top
                and bottom < other_top
                and shared > smaller / 2 > 0
            ):
                yield f"over each other: {text.get_text_range(index, 20)!r}, {text.get_text_range(other, 20)!r}"
