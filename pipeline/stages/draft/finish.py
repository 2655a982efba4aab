"""What an engine's words still need: the typography of the whole text, and the formatting of the source."""

from collections.abc import Collection
from dataclasses import replace

from pipeline.locales import Locale
from pipeline.locales.typeset import typeset
from pipeline.model.bitext import Bitext, Segment, State
from pipeline.model.inline import Inlines, apply_edits
from pipeline.model.projection import project


def finished(bitext: Bitext, fresh: Collection[str], target: Locale) -> Bitext:
    """Return `bitext` with the segments of the ids `fresh` set and formatted; quotations are followed over all."""
    edits = typeset(bitext, target)

    def finish(segment: Segment) -> Segment:
        if segment.id not in fresh:
            return segment
        words = apply_edits(segment.target, edits.get(segment.id, ()))
        return replace(segment, target=project(segment.source, words, language=target.tag))

    return bitext.map_segments(finish)


def lost_formatting(bitext: Bitext, fresh: Collection[str]) -> tuple[str, ...]:
    """Return the ids of segments in which bold, italic or a link of the source could not be put back."""

    def marks(text: Inlines) -> set[tuple[bool, bool, str | None]]:
        return {(run.bold, run.italic, run.href) for run in text} - {(False, False, None)}

    return tuple(
        item.id
        for item in bitext.segments()
        if item.id in fresh and item.state is not State.INITIAL and marks(item.source) != marks(item.target)
    )
