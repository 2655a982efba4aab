"""A returned review document laid beside what was sent: row by row, each with certainty or as a stray."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from pipeline.errors import FormatError
from pipeline.formats.review_docx.read_atoms import Atom
from pipeline.formats.review_docx.read_cells import Cell, joined, lines, settled, unsafe_link, visible
from pipeline.formats.review_docx.read_comments import quoted, root_of
from pipeline.formats.review_docx.read_contents import Contents
from pipeline.formats.review_docx.read_rows import Evidence, Row
from pipeline.formats.xml_characters import CONTROL
from pipeline.model.exchange import Change, ChangeKind, Export, Remark, Return, Returned, Sent, Stray
from pipeline.model.inline import plain

_SOURCE, _TARGET, _REMARKS = 1, 2, 3


@dataclass(slots=True)
class _Findings:
    """What is found while the rows are gone through."""

    strays: list[Stray] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def reconcile(export: Export, back: Contents, sent: Contents, name: str) -> Return:
    """Return what came back, each segment at most once; one that is missing there stands among the strays.

    Args:
        export: what was sent.
        back: the document that came back.
        sent: the same document as it was sent.
        name: what the user calls the file, for errors.

    Raises:
        FormatError: the table has lost a column.
    """
    if all(row.merged for row in back.rows):
        raise FormatError(
            "its table of numbered rows is gone, or has lost a column; ask for the file with all four columns",
            path=name,
        )
    evidence = Evidence(export)
    found = _Findings()
    claims, gone = _claims(evidence, back, sent, found)
    notes = {
        segment: rows[0].cells[_REMARKS] for segment, rows in _claims(evidence, sent, sent, _Findings())[0].items()
    }
    returned: list[Returned] = []
    for item in export.segments:
        row = _only(item, claims.get(item.segment, []), gone, found)
        if row is None:
            continue
        if row.merged:
            _stray(found, "Cells of this row were merged or split", row.text, item, row.cells)
            continue
        _beside(item, row, notes.get(item.segment), found)
        if text := _target(item, row.cells[_TARGET], gone.get(item.segment, []), found):
            returned.append(text)
    if [segment for segment in claims if segment in _order(export)] != [s for s in _order(export) if s in claims]:
        found.notices.append("The rows stand in another order; that changes nothing")
    _outside(back, sent, found)
    _comments(back, claims, gone, found)
    return Return(
        ticket=export.ticket,
        segments=tuple(returned),
        remarks=tuple(found.remarks),
        strays=tuple(found.strays),
        notices=tuple(found.notices),
    )


def _order(export: Export) -> tuple[str, ...]:
    return tuple(item.segment for item in export.segments)


def _claims(
    evidence: Evidence, back: Contents, sent: Contents, found: _Findings
) -> tuple[dict[str, list[Row]], dict[str, list[Row]]]:
    """Return the rows that surely are each segment, in the order they stand, and those that were deleted."""
    claims: dict[str, list[Row]] = {}
    gone: dict[str, list[Row]] = {}
    heads = {row.text for row in sent.rows if not evidence.of(row).all}
    for row in back.rows:
        identity = evidence.of(row)
        segment = identity.certain()
        if row.deleted is not None:
            for name in sorted(identity.all):
                gone.setdefault(name, []).append(row)
        elif segment is not None:
            claims.setdefault(segment, []).append(row)
        elif row.text and row.text not in heads:
            reason = "It cannot be told which sentence this row is" if identity.all else "A row was added"
            found.strays.append(Stray(reason=reason, text=row.text, by=_author(row.cells)))
    return claims, gone


def _only(sent: Sent, rows: Sequence[Row], gone: Mapping[str, list[Row]], found: _Findings) -> Row | None:
    """Return the one row of a segment, or None where there is none, or several that say different things."""
    if not rows:
        marks = [row.deleted for row in gone.get(sent.segment, ()) if row.deleted]
        reason = "Its row was deleted" if marks else "Its row is missing, or cannot be told for certain"
        by = marks[0].by if marks else None
        found.strays.append(Stray(reason=reason, text="", segment=sent.segment, by=by))
        return None
    if len(rows) > 1 and len({row.text for row in rows}) > 1:
        for row in rows:
            _stray(found, f"Its row stands in the table {len(rows)} times, not alike", row.text, sent, row.cells)
        return None
    if len(rows) > 1:
        found.notices.append(f"The row of {sent.segment} stands in the table {len(rows)} times, always alike")
    return rows[0]


def _target(sent: Sent, cell: Cell, gone: Sequence[Row], found: _Findings) -> Returned | None:
    """Return a segment's text as it came back, or None where it is no text that can be taken.

    Args:
        sent: what was sent.
        cell: the cell of the translation.
        gone: deleted rows of this segment: a row that was moved is one that was deleted and one that was inserted.
        found: where doubts go.
    """
    accepted = cell.accepted
    text = joined(accepted)
    link = unsafe_link(accepted)
    reason = None
    if cell.strange:
        reason = f"The translation holds {', '.join(cell.strange)}"
    elif text is None:
        reason = "The translation was split into paragraphs"
    elif CONTROL.search(plain(accepted)):
        reason = "The translation holds a control character"
    elif link is not None:
        reason = f"The translation links to an address that no release may have ({link[:80]})"
    elif not text and sent.target:
        reason = "The translation was emptied"
    if reason is not None or text is None:
        words = "\n".join(lines(accepted))
        found.strays.append(Stray(reason=reason or "", text=words, segment=sent.segment, by=_author([cell])))
        return None
    changes = cell.changes()
    # All of a row that was moved is inserted; what stood there before is told by the row it was.
    before = [row.cells[_TARGET] for row in gone if not row.merged] or [cell]
    if all(plain(joined(item.original) or ()) != visible(plain(sent.target)) for item in before):
        # Somebody changed it with change tracking off: nobody knows who.
        changes = (*changes, Change(kind=ChangeKind.INSERTED, by=None, at=None, text=plain(text)))
    return Returned(segment=sent.segment, target=settled(sent.target, text), changes=changes)


def _beside(sent: Sent, row: Row, note: Cell | None, found: _Findings) -> None:
    """Note what was changed beside the translation: in the source, in the remarks."""
    source = row.cells[_SOURCE]
    words = " ".join(lines(source.accepted))
    if words.split() != visible(plain(sent.source)).split():
        _stray(found, "The source text was changed in the document", words, sent, [source])
    before = Counter(lines(note.accepted) if note else ())
    added = [line for line in lines(row.cells[_REMARKS].accepted) if not _taken(before, line)]
    if added:
        by = _author([row.cells[_REMARKS]])
        found.remarks.append(Remark(segment=sent.segment, by=by, at=None, text="\n".join(added)))


def _outside(back: Contents, sent: Contents, found: _Findings) -> None:
    """Note what was written above, between or below the rows."""
    before = Counter(chain.from_iterable(lines(cell.accepted) for cell in sent.outside))
    for cell in back.outside:
        added = [line for line in lines(cell.accepted) if not _taken(before, line)]
        if added:
            found.strays.append(Stray(reason="Text outside the table", text="\n".join(added), by=_author([cell])))


def _comments(
    back: Contents, claims: Mapping[str, list[Row]], gone: Mapping[str, list[Row]], found: _Findings
) -> None:
    """Add the comments, each with the segment whose row it is tied to: where that stands, or where it stood."""
    places: dict[str, tuple[str | None, Sequence[Atom]]] = {}
    for owned in (claims, gone):
        for segment, rows in owned.items():
            for cell in chain.from_iterable(row.cells for row in rows):
                for comment in _ids(cell):
                    places.setdefault(comment, (segment, cell.atoms))
    for cell in chain(back.outside, chain.from_iterable(row.cells for row in back.rows)):
        for comment in _ids(cell):
            places.setdefault(comment, (None, cell.atoms))
    by_id = {item.id: item for item in back.comments}
    for item in back.comments:
        anchor = item.id if item.id in places else root_of(item, by_id)
        place, atoms = places.get(anchor, (None, ()))
        found.remarks.append(
            Remark(segment=place, by=item.by, at=item.at, text=item.text, quoted=quoted(atoms, anchor))
        )


def _ids(cell: Cell) -> Iterator[str]:
    return (comment for atom in cell.atoms for comment in sorted(atom.comments))


def _taken(lines_left: Counter[str], line: str) -> bool:
    """Return whether `line` is one of those that were sent, each of which may come back once."""
    if lines_left[line] > 0:
        lines_left[line] -= 1
        return True
    return False


def _stray(found: _Findings, reason: str, text: str, sent: Sent, cells: Iterable[Cell]) -> None:
    found.strays.append(Stray(reason=reason, text=text, segment=sent.segment, by=_author(cells)))


def _author(cells: Iterable[Cell]) -> str | None:
    """Return the one person who changed something in `cells`, or None where nobody or several did."""
    names = {change.by for cell in cells for change in cell.changes()}
    return names.pop() if len(names) == 1 else None
