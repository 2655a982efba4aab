"""A whole translation set in its language's typography: quotations are followed from sentence to sentence."""

from collections.abc import Mapping
from dataclasses import replace

from pipeline.locales.base import Locale
from pipeline.locales.typography import PARAGRAPH_BREAK
from pipeline.model.bitext import Bitext
from pipeline.model.inline import TextEdit, plain


def typeset(bitext: Bitext, locale: Locale) -> Mapping[str, tuple[TextEdit, ...]]:
    """Return what typography would change in each target, by segment id; segments it leaves alone are not there.

    Args:
        bitext: translated in whole or in part; what is missing is passed over.
        locale: of the target.
    """
    text, places = "", []
    for unit in bitext.units:
        for segment in unit.segments:
            target = plain(segment.target)
            if target:
                places.append((len(text), len(text) + len(target), segment.id))
                text += target + (segment.tail or " ")
        text += PARAGRAPH_BREAK
    edits = iter(locale.typography(text))
    found: dict[str, list[TextEdit]] = {}
    edit = next(edits, None)
    for start, end, segment_id in places:
        while edit is not None and edit.start < end:
            # An edit of the blank between two sentences belongs to neither.
            if edit.start >= start and edit.end <= end:
                moved = replace(edit, start=edit.start - start, end=edit.end - start)
                found.setdefault(segment_id, []).append(moved)
            edit = next(edits, None)
    return {segment_id: tuple(changes) for segment_id, changes in found.items()}
