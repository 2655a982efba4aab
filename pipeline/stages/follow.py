"""The source changes while its translation is under review: what changed, and what may stay as it was reviewed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from pipeline.errors import GateError
from pipeline.model.alignment import align
from pipeline.model.bitext import Bitext, Segment, State
from pipeline.model.difference import Piece, PieceKind, word_diff
from pipeline.model.digest import source_hash, text_keys, wording_hash
from pipeline.model.exchange import Former
from pipeline.model.formers import reviewed_former
from pipeline.model.inline import plain
from pipeline.model.release import Release
from pipeline.model.wording import inline_wording


class Fate(StrEnum):
    """What became of a sentence of the source."""

    UNCHANGED = "unchanged"
    MOVED = "moved"
    REWRITTEN = "rewritten"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceChange:
    """What became of one sentence of the source, and with it of its translation."""

    fate: Fate
    before: Segment | None
    """As it was saved last; None for a new one."""
    after: Segment | None
    """As it stands now; None for one that is gone."""

    @property
    def differs(self) -> bool:
        """Whether the words or their formatting are others now, or there are none any more."""
        return self.fate in {Fate.REWRITTEN, Fate.ADDED, Fate.REMOVED}

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The former source and the present one in one, word by word."""
        old, new = (plain(item.source) if item else "" for item in (self.before, self.after))
        return word_diff(old, new)

    @property
    def typographic(self) -> bool:
        """Whether it was rewritten, and only in its typography."""
        if self.before is None or self.after is None or self.fate is not Fate.REWRITTEN:
            return False
        return inline_wording(self.before.source) == inline_wording(self.after.source)

    @property
    def reopens(self) -> bool:
        """Whether a person had reviewed a sentence that was rewritten."""
        return self.fate is Fate.REWRITTEN and self.before is not None and self.before.state in _REVIEWED

    @property
    def archives(self) -> bool:
        """Whether a translation leaves the text and is kept in the archive."""
        gone = self.fate in {Fate.REWRITTEN, Fate.REMOVED}
        return gone and self.before is not None and bool(self.before.target or self.before.history)


_REVIEWED = {State.REVIEWED, State.FINAL}


def last_reviewed(bitext: Bitext, segment: Segment) -> Former | None:
    """Return what `segment` said when a person last reviewed it, before its source was rewritten."""
    former = reviewed_former(bitext, segment)
    if former is None:
        return None
    changes = word_diff(plain(former.source), plain(segment.source))
    return Former(source=former.source, target=former.target, changes=changes)


def source_changes(before: Bitext, after: Bitext) -> tuple[SourceChange, ...]:
    """Return what became of every sentence, in the order of the present source; then those that are gone.

    Args:
        before: the bitext as it was saved last.
        after: the same, segmented from the source as it stands.
    """
    old, new = tuple(before.segments()), tuple(after.segments())
    alignment = align(old, new)
    changes = []
    for index, item in enumerate(new):
        if index in alignment.kept:
            former = old[alignment.kept[index]]
            fate = Fate.MOVED if index in alignment.moved else Fate.UNCHANGED
            # Another number for the same words: it was rewritten and came back, with a draft in between.
            fate = fate if former.id == item.id else Fate.REWRITTEN
            changes.append(SourceChange(fate=fate, before=former, after=item))
        elif index in alignment.rewritten:
            former = old[alignment.rewritten[index]]
            changes.append(SourceChange(fate=Fate.REWRITTEN, before=former, after=item))
        else:
            changes.append(SourceChange(fate=Fate.ADDED, before=None, after=item))
    used = {*alignment.kept.values(), *alignment.rewritten.values()}
    gone = (item for index, item in enumerate(old) if index not in used)
    return (*changes, *(SourceChange(fate=Fate.REMOVED, before=item, after=None) for item in gone))


def restored(bitext: Bitext) -> Bitext:
    """Return `bitext` with sentences that were rewritten in their typography only as a person had reviewed them.

    A draft may have filled them meanwhile; that goes to the archive. Where a person decided anew, that stands.
    """
    back: dict[str, Segment] = {}
    for item in bitext.segments():
        former = None if item.history else reviewed_former(bitext, item)
        if former and former not in back.values() and inline_wording(former.source) == inline_wording(item.source):
            back[item.id] = former
    if not back:
        return bitext
    living = {former.id: former.former for former in back.values()}

    def traced(item: Segment) -> Segment:
        former = item.former
        while former in living:
            former = living[former]
        return replace(item, former=former)

    filled = (item for item in bitext.segments() if item.id in back and item.target)
    archived = (traced(item) for item in (*bitext.archived, *filled) if item.id not in living)
    return replace(
        bitext.map_segments(lambda item: traced(back.get(item.id, item))),
        archived=tuple(archived),
    )


def is_minor(before: Bitext, after: Bitext) -> bool:
    """Return whether the sentences of both have the same wording, one by one."""
    old, new = ([inline_wording(item.source) for item in bitext.segments()] for bitext in (before, after))
    return old == new


def follow_minor(before: Bitext, after: Bitext, release: Release) -> tuple[Bitext, tuple[SourceChange, ...]]:
    """Return `before` with a merely typographic change of the source taken over, and the sentences that changed.

    Every segment keeps id, target, state and history. What people decided for a text (approval, waivers, sign-offs)
    holds for it in its new typography, if it held before.

    Args:
        before: the bitext as it was saved last.
        after: the same, segmented from the source as it stands.
        release: this source.

    Raises:
        GateError: a change is more than typographic, or nobody can tell what the approval covered.
    """
    before = restored(before)
    changes = tuple(item for item in source_changes(before, after) if item.fate is not Fate.UNCHANGED)
    if not is_minor(before, after):
        grave = [item for item in changes if not item.typographic] or changes
        raise GateError(
            f"{before.release}: the source changed in more than its typography:", reasons=_listed(grave)
        )
    if before.approval is not None and before.approval.wording is None:
        raise GateError(
            f"{before.release}: the approval was given with an earlier version of this program, which did not keep "
            "what is needed to tell a minor change; review what changed, then approve again"
        )
    old, new = tuple(before.segments()), tuple(after.segments())
    present = {item.id: now for item, now in zip(old, new, strict=True)}
    units = iter(old)
    followed = replace(
        before,
        units=tuple(replace(unit, segments=tuple(next(units) for _ in unit.segments)) for unit in after.units),
    ).map_segments(lambda item: replace(item, source=present[item.id].source, tail=present[item.id].tail))
    return _bound(before, followed, release), changes


def _bound(before: Bitext, followed: Bitext, release: Release) -> Bitext:
    """Return `followed` with what people decided about the texts of `before` bound to the present ones."""
    old, new = text_keys(before), text_keys(followed)
    approval = before.approval
    if approval is not None and approval.wording == wording_hash(release):
        approval = replace(approval, source_hash=source_hash(release))
    return replace(
        followed,
        approval=approval,
        waivers=tuple(
            replace(item, text=new[item.segment]) if item.text == old.get(item.segment) else item
            for item in before.waivers
        ),
        signoffs=tuple(
            replace(item, text=new[item.segment]) if item.text == old.get(item.segment) else item
            for item in before.signoffs
        ),
    )


_SHOWN = 20
_SIGNS = {PieceKind.EQUAL: "{}", PieceKind.DELETED: "[-{}]", PieceKind.INSERTED: "[+{}]"}


def _listed(changes: Sequence[SourceChange]) -> tuple[str, ...]:
    more = (f"and {len(changes) - _SHOWN} more",) if len(changes) > _SHOWN else ()
    return (*map(_named, changes[:_SHOWN]), *more)


def _named(change: SourceChange) -> str:
    """Return a change in one line: which segment, what became of it, and the words."""
    segment = change.before or change.after
    words = "".join(_SIGNS[piece.kind].format(piece.text) for piece in change.pieces)
    return f"{segment.id if segment else ''} {change.fate}: “{words}”"
