"""Comments of a returned document: who wrote what about which words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from pipeline.formats.review_docx.read_atoms import PARAGRAPH, Atom, W
from pipeline.formats.review_docx.read_signs import local_time, person
from pipeline.formats.xml_characters import CONTROL

if TYPE_CHECKING:
    from lxml.etree import _Element

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_ANSWERS = 50
"""Answers to answers that are followed up to the words they are about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A comment."""

    id: str
    by: str | None
    at: datetime | None
    text: str
    parent: str | None
    """Id of the comment it answers."""


def read_comments(comments: "_Element | None", extended: "_Element | None") -> tuple[Said, ...]:
    """Return the comments of a document in the order of its file.

    Args:
        comments: the root of `comments.xml`, or None where there is none.
        extended: the root of `commentsExtended.xml`, which tells what answers what ([MS-DOCX] 2.5.4.1), or None.
    """
    if comments is None:
        return ()
    parents = {} if extended is None else {
        item.get(f"{_W15}paraId"): item.get(f"{_W15}paraIdParent") for item in extended.iter(f"{_W15}commentEx")
    }  # fmt: skip
    found = [item for item in comments.iter(f"{W}comment") if item.get(f"{W}id") is not None]
    ids = {paragraph.get(f"{_W14}paraId"): item.get(f"{W}id") for item in found for paragraph in item.iter(f"{W}p")}
    return tuple(
        Said(
            id=item.get(f"{W}id", ""),
            by=person(item.get(f"{W}author")),
            at=local_time(item.get(f"{W}date")),
            text=_text(item),
            parent=next(
                (
                    ids.get(parents[paragraph.get(f"{_W14}paraId")])
                    for paragraph in item.iter(f"{W}p")
                    if parents.get(paragraph.get(f"{_W14}paraId"))
                ),
                None,
            ),
        )
        for item in found
    )


def root_of(said: Said, by_id: Mapping[str, Said]) -> str:
    """Return the id of the comment that begins the thread of `said`: it is the one tied to words."""
    for _ in range(_ANSWERS):
        if said.parent is None or said.parent not in by_id:
            break
        said = by_id[said.parent]
    return said.id


def quoted(atoms: Sequence[Atom], comment: str) -> str:
    """Return the words that a comment is about, as they stand now, or else as they stood."""
    inside = [atom for atom in atoms if comment in atom.comments]
    now = "".join(atom.text for atom in inside if atom.accepted)
    then = "".join(atom.text for atom in inside)
    return " ".join(CONTROL.sub(" ", (now.strip() or then).replace(PARAGRAPH, " ")).split())


def _text(comment: "_Element") -> str:
    lines = (
        "".join("\n" if item.tag == f"{W}br" else item.text or "" for item in paragraph.iter(f"{W}t", f"{W}br"))
        for paragraph in comment.iter(f"{W}p")
    )
    return CONTROL.sub(" ", "\n".join(line.strip() for line in lines)).strip()
