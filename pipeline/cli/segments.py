"""How segments look on the terminal, and as data for programs."""

import click

from pipeline.model.bitext import Segment
from pipeline.model.difference import PieceKind, word_diff
from pipeline.model.exchange import Former
from pipeline.model.inline import plain
from pipeline.model.risk import Grade, Risk

language_option = click.option(
    "--to", "target", metavar="LANGUAGE", help="Target language, where there are several."
)


def as_data(item: Segment, risk: Risk | None) -> dict[str, object]:
    """Return a segment as JSON shows it."""
    from pipeline.formats.inline_markdown import dump_inline

    data: dict[str, object] = {
        "id": item.id,
        "state": item.state,
        "source": dump_inline(item.source),
        "target": dump_inline(item.target) or None,
        "origin": item.origin.kind if item.origin else None,
        "by": item.origin.by if item.origin else None,
        "failure": item.failure,
    }
    if risk is not None:
        data["risk"] = {"points": risk.points, "grade": risk.grade, "reasons": list(risk.reasons)}
    return data


_COLOURS = {Grade.HIGH: "red", Grade.MEDIUM: "yellow", Grade.LOW: "green"}


def print_segment(item: Segment, risk: Risk | None = None, former: Former | None = None) -> None:
    """Print a segment: source, target, where it came from, and what it said before its source was rewritten."""
    from pipeline.formats.inline_markdown import dump_inline

    origin = f", {item.origin.kind} {item.origin.by}" if item.origin else ""
    score = f" ({item.origin.score} % alike)" if item.origin and item.origin.score else ""
    click.echo(click.style(f"{item.id}", bold=True) + f"  {item.state}{origin}{score}")
    if risk is not None and risk.grade is not Grade.NONE:
        reasons = f": {', '.join(risk.reasons)}" if risk.reasons else ""
        click.echo(f"      {click.style(f'{risk.grade} risk', fg=_COLOURS[risk.grade])}{reasons}")
    click.echo(f"      {dump_inline(item.source)}")
    if item.origin and item.origin.matched:
        click.echo(f"      memory: {difference(plain(item.origin.matched), plain(item.source))}")
    if former is not None:
        changed = difference(plain(former.source), plain(item.source))
        click.echo(f"      changed: {changed}")
        click.echo(f"      before: {dump_inline(former.target)}")
    target = dump_inline(item.target) if item.target else f"({item.failure or 'not translated'})"
    click.echo(f"    → {target}")


_MARKS = {PieceKind.DELETED: ("[-{}]", "red"), PieceKind.INSERTED: ("[+{}]", "green")}


def difference(old: str, new: str) -> str:
    """Return both texts in one: gone in [-…], new in [+…], in colour on a terminal."""
    words = ""
    for piece in word_diff(old, new):
        mark, colour = _MARKS.get(piece.kind, ("{}", None))
        words += click.style(mark.format(piece.text), fg=colour) if colour else piece.text
    return words
