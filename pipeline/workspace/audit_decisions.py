"""What people decided, as the bitexts hold it and as the audit log tells it: one must agree with the other."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pipeline.model.bitext import Bitext
from pipeline.workspace.audit import Entry


class What(StrEnum):
    """Kinds of decisions, in words."""

    EDIT = "edit or acceptance"
    RETURN = "correction from a reviewer’s file"
    SETTLEMENT = "settled conflict"
    SIGNATURE = "signed quotation"
    ANSWER = "answer to a comment"
    WAIVER = "waived finding"
    APPROVAL = "approval"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One person's decision."""

    what: What
    target: str
    by: str
    """Empty for corrections from a file: the log names who took the file in, the bitext who corrected."""
    at: datetime
    about: str
    """A segment, a comment, a check and its segment, an export; for an approval, the hash of the text."""


LASTING = frozenset({What.EDIT, What.SETTLEMENT, What.ANSWER})
"""A bitext never loses these; the others give way to later ones, or leave it with the text they were about."""

_SEGMENTS: Mapping[str, tuple[What, ...]] = {
    "edit": (What.EDIT,),
    "accept": (What.EDIT,),
    "reject": (What.EDIT,),
    "typography": (What.EDIT,),
    "typography-undo": (What.EDIT,),
    "resolve": (What.EDIT, What.SETTLEMENT),
    "sign": (What.SIGNATURE,),
}
"""What an action on segments leaves in each of them."""

_ONE: Mapping[str, tuple[What, tuple[str, ...]]] = {
    "import-review": (What.RETURN, ("export",)),
    "answer": (What.ANSWER, ("comment",)),
    "waive": (What.WAIVER, ("check", "segment")),
    "approve": (What.APPROVAL, ("target_hash",)),
}
"""What any other action leaves, and which of its details say what it is about."""


def told(entry: Entry) -> Iterator[Decision]:
    """Yield the decisions that a line of the log tells."""
    details = entry.details
    target, segments = str(details.get("target", "")), details.get("segments")
    for what in _SEGMENTS.get(entry.action, ()):
        for name in segments if isinstance(segments, list) else ():
            yield Decision(what=what, target=target, by=entry.by, at=entry.at, about=str(name))
    if entry.action in _ONE:
        what, keys = _ONE[entry.action]
        by = "" if what is What.RETURN else entry.by
        about = " ".join(str(details.get(key, "")) for key in keys)
        yield Decision(what=what, target=target, by=by, at=entry.at, about=about)


def held(bitext: Bitext) -> Iterator[Decision]:
    """Yield the decisions that stand in a bitext; corrections that came in one file are one."""
    target = bitext.target_locale
    returns: dict[Decision, None] = {}
    for item in (*bitext.segments(), *bitext.archived):
        for edit in item.history:
            if edit.via is None:
                yield Decision(what=What.EDIT, target=target, by=edit.by, at=edit.at, about=item.id)
            else:
                export = edit.via.partition(" ")[0]
                returns[Decision(what=What.RETURN, target=target, by="", at=edit.at, about=export)] = None
    yield from returns
    for sign in bitext.signoffs:
        yield Decision(what=What.SIGNATURE, target=target, by=sign.by, at=sign.at, about=sign.segment)
    for waiver in bitext.waivers:
        about = f"{waiver.check} {waiver.segment or ''}"
        yield Decision(what=What.WAIVER, target=target, by=waiver.by, at=waiver.at, about=about)
    for comment in bitext.comments:
        if (answer := comment.answer) is not None:
            yield Decision(what=What.ANSWER, target=target, by=answer.by, at=answer.at, about=comment.id)
    for conflict in bitext.conflicts:
        if (end := conflict.settled) is not None:
            yield Decision(what=What.SETTLEMENT, target=target, by=end.by, at=end.at, about=conflict.segment)
    if (approval := bitext.approval) is not None:
        yield Decision(
            what=What.APPROVAL, target=target, by=approval.by, at=approval.at, about=approval.target_hash
        )


def missing(there: Iterable[Decision], here: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return those of `there` that are not among `here`, as often as they are missing, the earliest first."""
    left = (Counter(there) - Counter(here)).elements()
    return tuple(sorted(left, key=lambda item: (item.at, item.target, item.about)))
