"""In what two versions of a release differ, text by text."""

from dataclasses import dataclass

from pipeline.model.difference import Piece, PieceKind, word_diff
from pipeline.model.inline import Inlines, plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A text that one version has otherwise than the other; None where it has no such text."""

    before: Inlines | None
    after: Inlines | None

    def pieces(self) -> tuple[Piece, ...]:
        """Return both texts in one, word by word; a text that is only in one of them is one piece.

        Where both have the same words, the addresses of their links are told as well.
        """
        if self.before is None or self.after is None:
            kind = PieceKind.INSERTED if self.before is None else PieceKind.DELETED
            return (Piece(kind=kind, text=plain(self.after or self.before or ())),)
        old, new = plain(self.before), plain(self.after)
        return word_diff(old, new) if old != new else word_diff(with_links(self.before), with_links(self.after))


def with_links(text: Inlines) -> str:
    """Return the words of a text with the address of each link behind it."""
    return "".join(f"{run.text} <{run.href}>" if run.href else run.text for run in text)
