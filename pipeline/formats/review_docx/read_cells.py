"""What a cell says: its text with all changes accepted and with all rejected, and who changed what."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import groupby

from pipeline.formats.inline_markdown import SAFE_LINK
from pipeline.formats.review_docx.read_atoms import PARAGRAPH, Atom, Mark
from pipeline.formats.review_docx.read_signs import INVISIBLE
from pipeline.formats.xml_characters import CONTROL
from pipeline.model.exchange import Change, ChangeKind
from pipeline.model.inline import Inlines, Run, cut, merge, plain

MAX_COMPARED = 20_000
"""Characters beyond which a text is not laid beside the exported one: comparing takes time with their square."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a returned table."""

    atoms: tuple[Atom, ...]

    @property
    def accepted(self) -> Inlines:
        """The text with all changes accepted, without blanks at its ends; U+2029 where a paragraph ends inside."""
        return _trimmed(atom for atom in self.atoms if atom.accepted)

    @property
    def original(self) -> Inlines:
        """The text with all changes rejected, in the same form."""
        return _trimmed(atom for atom in self.atoms if atom.original)

    @property
    def strange(self) -> tuple[str, ...]:
        """What stands in the accepted text that is no text."""
        return tuple(dict.fromkeys(atom.strange for atom in self.atoms if atom.strange and atom.accepted))

    def changes(self) -> tuple[Change, ...]:
        """Return the tracked changes, neighbours of one kind, author and time in one."""
        found: list[Change] = []
        for mark, atoms in groupby(_marked(self.atoms), key=lambda pair: pair[0]):
            text = "".join(atom.text for _, atom in atoms).replace(PARAGRAPH, "\n")
            found.append(Change(kind=mark.kind, by=mark.by, at=mark.at, text=text))
        return tuple(found)


def lines(text: Inlines) -> tuple[str, ...]:
    """Return the paragraphs of a cell's text that are not blank, as they may be kept and shown."""
    return tuple(line.strip() for line in CONTROL.sub(" ", plain(text)).split(PARAGRAPH) if line.strip())


def joined(text: Inlines) -> Inlines | None:
    """Return a text as the one paragraph it must be, or None where it has several that are not blank."""
    if len(lines(text)) > 1:
        return None
    return _stripped(merge(replace(run, text=run.text.replace(PARAGRAPH, "")) for run in text))


def unsafe_link(text: Inlines) -> str | None:
    """Return an address in `text` that no release may link to, or None."""
    return next((run.href for run in text if run.href is not None and not SAFE_LINK.match(run.href)), None)


def visible(text: str) -> str:
    """Return `text` without the signs that nobody sees and some programs drop."""
    return INVISIBLE.sub("", text)


def settled(exported: Inlines, returned: Inlines) -> Inlines:
    """Return `returned` with what a document cannot carry taken from `exported`, where the same characters stand.

    That is the language of a passage, which Word sets of its own accord, and the formatting of blanks, which nobody
    sees. A text that is otherwise as it was sent is what was sent.
    """
    if returned == exported:
        return exported
    seen = merge(replace(run, text=visible(run.text)) for run in exported)
    if seen != exported:
        without = settled(seen, returned)
        return exported if without == seen else without
    before, after = plain(exported), plain(returned)
    if max(len(before), len(after)) > MAX_COMPARED:
        return returned
    pieces: list[Run] = []
    for kind, low, high, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            pieces += cut(returned, start, end)
            continue
        for old, new in _side_by_side(cut(exported, low, high), cut(returned, start, end)):
            blank = not new.text.strip()
            pieces.append(replace(old, text=new.text) if blank else replace(new, lang=old.lang))
    return merge(pieces)


def _side_by_side(one: Inlines, two: Inlines) -> Iterator[tuple[Run, Run]]:
    """Yield runs of two texts of the same characters, cut so that both have the same text; blanks by themselves."""
    position, length = 0, len(plain(one))
    text = plain(one)
    edges = {0, length, *_edges(one), *_edges(two)}
    edges |= {index for index in range(1, length) if text[index].isspace() != text[index - 1].isspace()}
    for edge in sorted(edges)[1:]:
        yield cut(one, position, edge)[0], cut(two, position, edge)[0]
        position = edge


def _edges(text: Inlines) -> Iterator[int]:
    position = 0
    for run in text:
        position += len(run.text)
        yield position


def _trimmed(atoms: Iterable[Atom]) -> Inlines:
    return _stripped(merge(replace(atom.form, text=atom.text) for atom in atoms))


def _stripped(text: Inlines) -> Inlines:
    words = plain(text)
    start = len(words) - len(words.lstrip())
    return cut(text, start, max(len(words.rstrip()), start))


def _marked(atoms: Sequence[Atom]) -> Iterator[tuple[Mark, Atom]]:
    """Yield each change of a character; one that came and went again is none."""
    for atom in atoms:
        if atom.inserted is not None and atom.deleted is not None:
            continue
        mark = atom.inserted or atom.deleted or atom.formatted
        if mark is not None and (atom.text or mark.kind is ChangeKind.FORMATTED):
            yield mark, atom
