"""The source changes while its translation is under review: what a rewritten sentence said before."""

from pipeline.model.bitext import Bitext, Segment, State
from pipeline.model.difference import word_diff
from pipeline.model.exchange import Former
from pipeline.model.inline import plain


def last_reviewed(bitext: Bitext, segment: Segment) -> Former | None:
    """Return what `segment` said when a person last reviewed it, before its source was rewritten.

    The chain of segments that followed each other is walked back to the newest one a person decided on.
    """
    archived = {item.id: item for item in bitext.archived}
    former = archived.get(segment.former or "")
    while former is not None and (former.state not in {State.REVIEWED, State.FINAL} or not former.target):
        former = archived.get(former.former or "")
    if former is None:
        return None
    changes = word_diff(plain(former.source), plain(segment.source))
    return Former(source=former.source, target=former.target, changes=changes)
