"""The date line, with a place that is only known by its name in another language marked as such."""

from pipeline.model.edition import Edition
from pipeline.model.inline import Inlines, Run, inlines


def date_line(edition: Edition) -> Inlines:
    """Return place and date as runs; empty if the release has neither."""
    line, place = edition.labels.place_and_date or "", edition.release.place
    if place is None or place.own(edition.release.language) is not None:
        return inlines(line)
    language, name = place.texts[0]
    before, found, after = line.partition(name)
    return (*inlines(before), Run(text=found, lang=language), *inlines(after)) if found else inlines(line)
