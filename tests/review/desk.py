"""A reviewer who edits at random: what is done, and what the document then says.

Nothing here knows of Word files or of their reader; texts are kept as people see them.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.model.exchange import Export
from pipeline.model.inline import Inlines, Run, cut, merge, plain
from tests.review.edits import EVERYTHING, LAST, SOURCE, Edit, Expected, Kind, Note, Script
from tests.review.row import Row

AUTHORS = ("Claire Vasseur", "Max Muster")
MOST = 12
LONGEST = 25
PATIENCE = 20
AT_HAND = 3
"""Rows that most is done in, so that edits meet."""
WORDS = (
    "toutefois,", "la chancellerie d’État", "« ensemble »", "n° 40", "12,5 %", "œuvrer", "R & D", "<sic>",
    "au-delà", "Alvence", "d’ici à 2027", "plus de 412 600 voyageurs", "l’accueil", "quel avenir ?", "é", "12",
)  # fmt: skip


def script(
    export: Export,
    seed: int,
    *,
    kinds: Sequence[Kind] = EVERYTHING,
    track: bool | None = None,
) -> Script:
    """Return the script of a number; the same arguments give the same script.

    Args:
        export: what the document says.
        seed: the number.
        kinds: what is done, as often as it stands here.
        track: whether changes are tracked; by default always, never, or now and then.
    """
    rng = random.Random(seed)  # noqa: S311 (repeatable samples, no secret)
    authors = AUTHORS[: rng.randint(1, 2)]
    habit = rng.choice((True, False, None)) if track is None else track
    desk = Desk(export, rng)
    for _ in range(rng.randint(1, MOST)):
        desk.by = rng.choice(authors)
        desk.track = rng.random() < 0.5 if habit is None else habit
        kind = rng.choice(kinds)
        if kind is LAST and Kind.MERGE_CELLS in {edit.kind for edit in desk.edits}:
            continue  # which of the cells of a merged row is in that column depends on the program
        desk.do(kind)
        if kind is LAST:
            break
    return Script(seed=seed, edits=tuple(desk.edits), expected=desk.expected())


@dataclass(slots=True)
class Desk:
    """The document that lies before the reviewer."""

    export: Export
    rng: random.Random
    by: str = AUTHORS[0]
    track: bool = True
    rows: list[Row] = field(init=False)
    at_hand: list[Row] = field(init=False)
    edits: list[Edit] = field(default_factory=list)
    comments: list[Note] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rows = [
            Row(segment=item.segment, sent=item.target, target=item.target, number=item.segment)
            for item in self.export.segments
        ]
        self.at_hand = self.rng.sample(self.rows, AT_HAND)

    def do(self, kind: Kind) -> None:
        """Do something of a kind in some row where it can be done."""
        action: Callable[[Row], Edit] = getattr(self, f"_{kind}")
        able = [row for row in self.rows if row.able(kind)]
        near = [row for row in able if row in self.at_hand]
        row = self.rng.choice(near if near and self.rng.random() < 0.7 else able)
        number = row.number
        edit = action(row)
        self.edits.append(replace(edit, kind=kind, row=number, by=self.by, track=self.track))

    def expected(self) -> Expected:
        """Return what must come back by now."""
        for row in self.rows:
            row.doubt = row.doubt or row.gone or row.split or bool(row.sent and not row.target)
        sure = [row for row in self.rows if not row.doubt]
        return Expected(
            certain={row.segment: row.wording() for row in sure if not row.unsure},
            unsure={row.segment: row.wording() for row in sure if row.unsure},
            doubtful={row.segment: "" if row.gone else plain(row.target) for row in self.rows if row.doubt},
            loose=tuple(self.loose),
            comments=tuple(self.comments),
            remarks=tuple(note for row in self.rows for note in row.notes()),
        )

    def _type(self, row: Row) -> Edit:
        start, end = self._characters(row)
        text = self._words() if start == end or self.rng.random() < 0.7 else ""
        row.change(start, end, text)
        row.sign(self.by, track=self.track)
        return self._edit(start=start, end=end, text=text)

    def _bold(self, row: Row) -> Edit:
        return self._dressed(row, lambda run: replace(run, bold=True))

    def _italic(self, row: Row) -> Edit:
        return self._dressed(row, lambda run: replace(run, italic=True))

    def _dressed(self, row: Row, change: Callable[[Run], Run]) -> Edit:
        start, end = self._some(row.target)
        text, size = row.target, len(plain(row.target))
        middle = (change(run) for run in cut(text, start, end))
        row.target = merge((*cut(text, 0, start), *middle, *cut(text, end, size)))
        row.sign(self.by, track=self.track)
        return self._edit(start=start, end=end)

    def _break(self, row: Row) -> Edit:
        start = self.rng.randrange(1, len(plain(row.target)))
        row.change(start, start, "\n")
        row.broken = True
        row.split = all(part.strip() for part in plain(row.target).split("\n"))
        row.sign(self.by, track=self.track)
        return self._edit(start=start)

    def _empty(self, row: Row) -> Edit:
        row.rewrite("")
        row.sign(self.by, track=self.track)
        return self._edit()

    def _paste(self, row: Row) -> Edit:
        text = self._words()
        row.rewrite(text)
        row.sign(self.by, track=self.track)
        return self._edit(text=text)

    def _comment(self, row: Row) -> Edit:
        start, end = self._some(row.target)
        text = f"{len(self.comments)}. {self._words()}"
        row.quoted.append((start, end))
        quoted = plain(row.target)[start:end]
        self.comments.append(Note(segment=row.segment, by=frozenset({self.by}), text=text, quoted=quoted))
        return self._edit(start=start, end=end, text=text)

    def _note(self, row: Row) -> Edit:
        text = self._words()
        row.remarks.append(text)
        row.remarked |= {self.by} if self.track else set()
        return self._edit(text=text)

    def _source(self, row: Row) -> Edit:
        row.unsure = True
        text = f"Nein, {self.rng.randint(2, 99)} nicht. "
        self.loose.append(text)
        return self._edit(column=SOURCE, text=text)

    def _renumber(self, row: Row) -> Edit:
        row.unsure = True
        row.number = f"S9{row.segment[1:]}"
        return self._edit(text=row.number)

    def _confuse(self, row: Row) -> Edit:
        others = [
            item for item in self.rows if item.able(Kind.CONFUSE) and item.number == item.segment != row.segment
        ]
        other = self.rng.choice(others)
        row.doubt = row.confused = other.unsure = other.confused = True
        return self._edit(text=other.number)

    def _delete_row(self, row: Row) -> Edit:
        row.gone = True
        return self._edit()

    def _insert_row(self, _: Row) -> Edit:
        text = self._words()
        self.loose.append(text)
        return self._edit(text=text)

    def _double_row(self, row: Row) -> Edit:
        text = f"{self._words()} (bis)"
        self.loose.append(text)
        row.doubt = row.confused = True
        source = next(plain(item.source) for item in self.export.segments if item.segment == row.segment)
        return self._edit(text=text, source=source)

    def _merge_cells(self, row: Row) -> Edit:
        row.doubt = row.confused = True
        return self._edit()

    def _move_row(self, row: Row) -> Edit:
        others = [item for item in self.rows if item.able(Kind.MOVE_ROW) and item is not row]
        if self.track:  # everything in the row is then inserted by who moved it
            row.authors.add(self.by)
            row.movers.add(self.by)
        else:
            row.pasted = True
        return self._edit(below=self.rng.choice(others).number)

    def _delete_column(self, _: Row) -> Edit:
        column = self.rng.randrange(4)
        for row in self.rows:
            row.unsure = True
            row.doubt = row.doubt or column == 2
        return self._edit(column=column)

    def _edit(self, **facts: object) -> Edit:
        edit = Edit(kind=Kind.TYPE, by=self.by, track=self.track)
        return replace(edit, **facts)  # type: ignore[arg-type]  # the fields of Edit, by name

    def _words(self) -> str:
        return " ".join(self.rng.choice(WORDS) for _ in range(self.rng.randint(1, 4)))

    def _characters(self, row: Row) -> tuple[int, int]:
        """Return characters with one look, which the one before them has, too: none, or up to a few words."""
        for _ in range(PATIENCE):
            low, high = self.rng.choice([*_stretches(row.target)] or [(0, 0)])
            start = self.rng.randint(min(low + 1, high), high)
            end = self.rng.randint(start, min(start + LONGEST, high))
            if row.free(start, end):
                return start, end
        return 0, 0

    def _some(self, text: Inlines) -> tuple[int, int]:
        """Return at least one character, whatever the looks, and not the first."""
        size = len(plain(text))
        start = self.rng.randrange(1, size)
        return start, self.rng.randint(start + 1, min(start + LONGEST, size))


def _stretches(text: Inlines) -> Iterator[tuple[int, int]]:
    offset = 0
    for run in text:
        yield offset, offset + len(run.text)
        offset += len(run.text)
