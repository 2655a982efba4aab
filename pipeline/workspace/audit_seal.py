"""The seal of an audit log: how long it is and how it ends, in a file beside it.

A log that is written on although its seal does not fit it is sealed again, but the seal keeps what did not fit:
otherwise the next entry would cover up that lines had been removed.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

MAX_UNMET = 50
"""Seals that did not fit and are remembered, the oldest first; more tell nothing new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A log's length, and the SHA-256 of its last line."""

    lines: int
    last: str

    def fits(self, digests: Sequence[str]) -> bool:
        """Return whether a log with lines of these hashes is what was sealed, or has grown since."""
        return 0 < self.lines <= len(digests) and digests[self.lines - 1] == self.last


UNREADABLE = Mark(lines=0, last="")
"""Stands for a seal that was missing or damaged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """What `log.seal` says."""

    mark: Mark
    unmet: tuple[Mark, ...] = ()
    """Earlier seals that the log did not fit when it was written on."""

    def dump(self) -> bytes:
        """Return it as the file that lies there."""
        data: dict[str, object] = {"lines": self.mark.lines, "last": self.mark.last}
        if self.unmet:
            data["unmet"] = [{"lines": item.lines, "last": item.last} for item in self.unmet]
        return json.dumps(data).encode() + b"\n"


def parse_seal(data: bytes) -> Seal:
    """Return the seal in a file; one with an unreadable mark where the file was changed or damaged."""
    try:
        read = json.loads(data)
        unmet = tuple(Mark(lines=item["lines"], last=item["last"]) for item in read.get("unmet", []))
        seal = Seal(mark=Mark(lines=read["lines"], last=read["last"]), unmet=unmet)
        # Only what this program wrote itself is a seal: `true` would pass as 1, and a blank more is a touch.
        whole = seal.dump() == data and type(seal.mark.lines) is int and type(seal.mark.last) is str
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        whole = False
    return seal if whole else Seal(mark=UNREADABLE)


def next_seal(before: Seal | None, digests: Sequence[str], *, numbered: int) -> Seal:
    """Return the seal of a log.

    Args:
        before: the seal so far, or None where there is none.
        digests: the hashes of all lines, the new one last.
        numbered: how many of the lines before it were written by a program that seals: without any, the log has
            never had a seal; with one, the program may have been stopped before it wrote the first.
    """
    mark = Mark(lines=len(digests), last=digests[-1])
    if before is None:
        return Seal(mark=mark, unmet=(UNREADABLE,) if numbered > 1 else ())
    unmet = before.unmet if before.mark.fits(digests) else (*before.unmet, before.mark)
    return Seal(mark=mark, unmet=unmet[:MAX_UNMET])
