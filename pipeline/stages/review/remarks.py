"""What a return says beside the texts: whose it is, and which comments are new."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from pipeline.model.bitext import Bitext
from pipeline.model.exchange import Change, Export, Return, Stray
from pipeline.model.inline import plain
from pipeline.model.review import Comment

UNKNOWN = "unknown"
"""Who made a change that no program put a name to, and that no person answered for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """How a return came in."""

    sender: str | None
    """Name and address of who sent it back, as a person told; None where nobody did."""
    file: str
    """SHA-256 of the file, as 64 hexadecimal digits."""
    at: datetime

    def author(self, name: str | None) -> str:
        """Return who `name`, as a reviewer's program wrote it, is."""
        if name is None:
            return self.sender or UNKNOWN
        if self.sender is not None and self.sender.partition(" <")[0].casefold() == name.casefold():
            return self.sender
        return name

    def authors(self, changes: Iterable[Change]) -> str:
        """Return who made `changes`, names parted by semicolons; the sender where none are tracked."""
        names = dict.fromkeys(self.author(change.by) for change in changes)
        return "; ".join(names) or self.author(None)


def homeless(returned: Return, export: Export, known: Iterable[str]) -> tuple[Stray, ...]:
    """Return the texts that came back for segments which are gone: they had no translation to archive."""
    sent = {item.segment: item.target for item in export.segments}
    return tuple(
        Stray(
            reason="The German of this segment was removed or rewritten since it was sent",
            text=plain(item.target),
            segment=item.segment,
        )
        for item in returned.segments
        if item.segment not in known and item.target != sent[item.segment]
    )


def new_comments(bitext: Bitext, returned: Return, delivery: Delivery) -> tuple[Comment, ...]:
    """Return what a return says beside the texts and `bitext` has not yet: comments first, then doubts.

    The same words said twice in one file are two comments; said again in the same file taken in once more, none.
    """
    said = [
        Comment(
            id="",
            segment=item.segment,
            by=delivery.author(item.by),
            at=item.at,
            text=item.text,
            quoted=item.quoted,
            file=delivery.file,
        )
        for item in returned.remarks
    ]
    said += [
        Comment(
            id="",
            segment=item.segment,
            by=delivery.author(item.by),
            at=None,
            text=item.text,
            doubt=item.reason,
            file=delivery.file,
        )
        for item in returned.strays
    ]
    there = Counter(_words(item) for item in bitext.comments)
    fresh: list[Comment] = []
    for item in said:
        if there[_words(item)]:
            there[_words(item)] -= 1
        else:
            fresh.append(replace(item, id=f"C{len(bitext.comments) + len(fresh) + 1:03d}"))
    return tuple(fresh)


_Words: TypeAlias = tuple[str | None, datetime | None, str, str, str | None]


def _words(comment: Comment) -> _Words:
    """Return what makes a comment this one and no other, whichever file it came in."""
    return comment.segment, comment.at, comment.text, comment.quoted, comment.doubt
