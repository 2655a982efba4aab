"""`communique review …` and `communique approve`: what people decide, by name."""

import click

from pipeline.cli.terminal import json_option, now, open_workspace, person_option, print_json, target_language
from pipeline.model.bitext import Segment
from pipeline.model.inline import plain
from pipeline.model.risk import Grade, Risk

language_option = click.option(
    "--to", "target", metavar="LANGUAGE", help="Target language, where there are several."
)


@click.group(short_help="List, correct and accept translations.")
def review() -> None:
    r"""List a release's segments, correct them, accept them.

    \b
    Example:
      communique review list 2026-11-23-neue-bruecke
      communique review edit 2026-11-23-neue-bruecke S004 "Le pont rouvre." --as "Léa Roy <lea@example.org>"
      communique review accept 2026-11-23-neue-bruecke --as "Léa Roy <lea@example.org>"
    """


@review.command("list", short_help="Show source and translation, segment by segment.")
@click.argument("release")
@language_option
@click.option("--open", "only_open", is_flag=True, help="Only what no person has looked at yet.")
@click.option("--by-risk", is_flag=True, help="What needs a look most first, with the reasons.")
@json_option
@click.pass_context
def list_(
    ctx: click.Context, release: str, target: str | None, only_open: bool, by_risk: bool, as_json: bool
) -> None:
    r"""Show source and translation of RELEASE, segment by segment, with state and origin.

    \b
    Example:
      communique review list 2026-11-23-neue-bruecke --open --by-risk
    """
    from pipeline.model.bitext import State
    from pipeline.runner.checking import check_translation
    from pipeline.runner.languages import stand

    workspace = open_workspace(ctx)
    language = target_language(workspace, target)
    risks: dict[str, Risk] = {}
    if by_risk:
        found = check_translation(workspace, release, language, now(workspace))
        bitext = found.bitext
        risks = {risk.segment: risk for risk in found.risks}
    else:
        bitext = stand(workspace, release).bitext(language)
    closed = {State.REVIEWED, State.FINAL}
    segments = [item for item in bitext.segments() if not only_open or item.state not in closed]
    if risks:
        segments.sort(key=lambda item: -risks[item.id].points)
    if as_json:
        print_json([_as_data(item, risks.get(item.id)) for item in segments])
        return
    for item in segments:
        _print_segment(item, risks.get(item.id))
    if not segments:
        click.echo("Nothing is waiting for a reviewer.")


@review.command(short_help="Put your own wording into a segment.")
@click.argument("release")
@click.argument("segment")
@click.argument("text")
@language_option
@person_option
@click.pass_context
def edit(ctx: click.Context, release: str, segment: str, text: str, target: str | None, person: str) -> None:
    r"""Put TEXT into SEGMENT of RELEASE; it then counts as reviewed. TEXT may hold **bold**, *italic*, [links](…).

    \b
    Example:
      communique review edit 2026-11-23-neue-bruecke S004 "Le pont rouvre." --as "Léa Roy <lea@example.org>"
    """
    from pipeline.formats.inline_markdown import UnsupportedInlineError, parse_inline
    from pipeline.runner.reviewing import edit_segment

    workspace = open_workspace(ctx)
    try:
        words = parse_inline(text.strip())
    except UnsupportedInlineError as error:
        raise click.UsageError(f"The text cannot be taken: {error}.") from None
    if not words:
        raise click.UsageError("The text is empty; a translation must say something.")
    changed = edit_segment(
        workspace, release, target_language(workspace, target), segment, words, by=person, at=now(workspace)
    )
    _print_segment(changed)


@review.command(short_help="Accept translations as they stand.")
@click.argument("release")
@click.argument("segments", metavar="[SEGMENT]...", nargs=-1)
@language_option
@person_option
@click.pass_context
def accept(ctx: click.Context, release: str, segments: tuple[str, ...], target: str | None, person: str) -> None:
    r"""Accept SEGMENTs of RELEASE as they stand; without SEGMENT, all that are translated and not yet reviewed.

    \b
    Example:
      communique review accept 2026-11-23-neue-bruecke S001 S002 --as "Léa Roy <lea@example.org>"
    """
    from pipeline.runner.reviewing import accept_segments

    workspace = open_workspace(ctx)
    changed = accept_segments(
        workspace, release, target_language(workspace, target), segments, by=person, at=now(workspace)
    )
    click.echo(f"Accepted: {', '.join(changed)}" if changed else "Nothing was waiting to be accepted.")


@click.command(short_help="Answer for a release by name.")
@click.argument("release")
@person_option
@click.pass_context
def approve(ctx: click.Context, release: str, person: str) -> None:
    r"""Approve RELEASE in all its languages: you answer for source and translation exactly as they stand.

    Refused while a segment is untranslated or unreviewed, or something in source.md waits to be confirmed. Any
    later change ends the approval.

    \b
    Example:
      communique approve 2026-11-23-neue-bruecke --as "Max Beispiel <max@example.org>"
    """
    from pipeline.runner.reviewing import approve_release

    workspace = open_workspace(ctx)
    languages = approve_release(workspace, release, by=person, at=now(workspace))
    click.echo(f"{release} is approved by {person} ({', '.join(languages)}). Next: communique bundle {release}")


def _as_data(item: Segment, risk: Risk | None) -> dict[str, object]:
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


def _print_segment(item: Segment, risk: Risk | None = None) -> None:
    from pipeline.formats.inline_markdown import dump_inline

    origin = f", {item.origin.kind} {item.origin.by}" if item.origin else ""
    score = f" ({item.origin.score} % alike)" if item.origin and item.origin.score else ""
    click.echo(click.style(f"{item.id}", bold=True) + f"  {item.state}{origin}{score}")
    if risk is not None and risk.grade is not Grade.NONE:
        reasons = f": {', '.join(risk.reasons)}" if risk.reasons else ""
        click.echo(f"      {click.style(f'{risk.grade} risk', fg=_COLOURS[risk.grade])}{reasons}")
    click.echo(f"      {dump_inline(item.source)}")
    if item.origin and item.origin.matched:
        click.echo(f"      memory: {_difference(plain(item.origin.matched), plain(item.source))}")
    target = dump_inline(item.target) if item.target else f"({item.failure or 'not translated'})"
    click.echo(f"    → {target}")


def _difference(old: str, new: str) -> str:
    """Return what the memory's source says otherwise: gone in [-…], new in [+…]."""
    from pipeline.model.difference import PieceKind, word_diff

    marks = {PieceKind.EQUAL: "{}", PieceKind.DELETED: "[-{}]", PieceKind.INSERTED: "[+{}]"}
    return "".join(marks[piece.kind].format(piece.text) for piece in word_diff(old, new))
