"""How the translations of a release came about, told for those who read them."""

from collections import Counter
from collections.abc import Iterable, Iterator

from pipeline.model.bitext import Bitext, OriginKind, Segment, State
from pipeline.model.digest import source_hash, target_hash
from pipeline.model.disclosure import TranslationDisclosure
from pipeline.model.manifest import EngineShare
from pipeline.model.people import names
from pipeline.model.release import Release


def disclose(release: Release, bitext: Bitext, *, approved: bool) -> TranslationDisclosure:
    """Return how a translation came about.

    Args:
        release: the source.
        bitext: its translation.
        approved: whether its approval covers source and target as they stand now.
    """
    segments = tuple(bitext.segments())
    origins = [(item.origin.kind, item.origin) for item in segments if item.origin is not None]
    kinds = Counter(kind for kind, _ in origins)
    engines = Counter((origin.by, origin.version) for kind, origin in origins if kind is OriginKind.MT)
    approval = bitext.approval if approved else None
    return TranslationDisclosure(
        source=bitext.source_locale,
        target=bitext.target_locale,
        sentences=len(segments),
        engines=tuple(
            EngineShare(engine=engine, version=version, segments=count)
            for (engine, version), count in sorted(engines.items(), key=lambda item: (item[0][0], item[0][1] or ""))
        ),
        reused=kinds[OriginKind.TM],
        by_hand=kinds[OriginKind.HUMAN],
        corrected=sum(map(_is_corrected, segments)),
        unreviewed=sum(item.state in {State.INITIAL, State.TRANSLATED} for item in segments),
        reviewers=tuple(_reviewers(segments)),
        approved_by=next(iter(names(approval.by)), None) if approval else None,
        approved_at=approval.at if approval else None,
        source_hash=source_hash(release),
        target_hash=target_hash(bitext),
    )


def _is_corrected(segment: Segment) -> bool:
    drafted = segment.origin is not None and segment.origin.kind is not OriginKind.HUMAN
    return drafted and any(edit.before != edit.after for edit in segment.history)


def _reviewers(segments: Iterable[Segment]) -> Iterator[str]:
    edits = sorted((edit for item in segments for edit in item.history), key=lambda edit: edit.at)
    yield from dict.fromkeys(name for edit in edits for name in names(edit.by))
