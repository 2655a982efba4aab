"""An approval's hashes: what they cover, and what a typographic change leaves as it is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from pipeline.formats.inline_markdown import parse_inline
from pipeline.model.digest import source_hash, wording_hash
from pipeline.model.inline import inlines
from pipeline.model.release import Heading, Localized, Media, Paragraph, Release

RELEASE = Release(
    id="r",
    language="de",
    title=inlines("Neue Fähre"),
    date=date(2026, 4, 30),
    blocks=(Paragraph(text=parse_inline('Sie sagte: "**Endlich** - ja!"')),),
    media=(Media(file="a.png", alt=Localized(texts=(("de", 'Das Schiff "Alva"'),)), caption=None),),
)


def with_text(markdown: str) -> Release:
    return replace(RELEASE, blocks=(Paragraph(text=parse_inline(markdown)),))


@pytest.mark.parametrize(
    "after",
    [
        with_text("Sie sagte: „**Endlich** – ja!“"),
        replace(RELEASE, media=(replace(RELEASE.media[0], alt=Localized(texts=(("de", "Das Schiff „Alva“"),))),)),
    ],
)
def test_typography_changes_the_source_and_not_its_wording(after: Release) -> None:
    assert source_hash(after) != source_hash(RELEASE)
    assert wording_hash(after) == wording_hash(RELEASE)


@pytest.mark.parametrize(
    "change",
    [
        lambda _: with_text('Sie sagte: "Endlich - ja!"'),
        lambda _: with_text('Sie sagte: "**Endlich** - nein!"'),
        lambda release: replace(release, date=date(2026, 5, 1)),
        lambda release: replace(release, blocks=(Heading(level=2, text=release.blocks[0].text),)),
    ],
    ids=["formatting", "words", "date", "kind of text"],
)
def test_everything_else_changes_both(change: Callable[[Release], Release]) -> None:
    after = change(RELEASE)
    assert source_hash(after) != source_hash(RELEASE)
    assert wording_hash(after) != wording_hash(RELEASE)
