"""`communique review comments`, `answer` and `resolve`: what waits for somebody's decision after a return."""

import click

from pipeline.cli.decisions import wording
from pipeline.cli.exchange import comment_line
from pipeline.cli.segments import difference, language_option, print_segment
from pipeline.cli.terminal import (
    json_option,
    now,
    open_workspace,
    optional_person,
    person_option,
    print_json,
    target_language,
)
from pipeline.model.bitext import Bitext, Segment
from pipeline.model.inline import Inlines, plain
from pipeline.model.review import Choice, Comment, Conflict


@click.command(short_help="Show what reviewers remarked and asked.")
@click.argument("release")
@click.option("--all", "everything", is_flag=True, help="Answered ones too.")
@language_option
@json_option
@click.pass_context
def comments(ctx: click.Context, release: str, everything: bool, target: str | None, as_json: bool) -> None:
    """Show the comments on RELEASE that wait for an answer, and what came back without a certain place.

    \b
    Example:
      communique review comments 2026-11-23-neue-bruecke
    """
    from pipeline.runner.languages import stand

    workspace = open_workspace(ctx)
    bitext = stand(workspace, release).bitext(target_language(workspace, target))
    shown = [item for item in bitext.comments if everything or item.answer is None]
    if as_json:
        print_json([_comment_data(item) for item in shown])
        return
    for item in shown:
        click.echo(f"{click.style(item.segment or '–', bold=True):<4}  {comment_line(item)}")
        if item.answer:
            click.echo(f"            answered by {item.answer.by}: {item.answer.text}")
    if not shown:
        click.echo("No comment waits for an answer.")
    elif not everything:
        click.echo(f'\nNext: communique review answer {release} {shown[0].id} "…" --as "Name <mail>"')


@click.command(short_help="Answer a comment; it is settled then.")
@click.argument("release")
@click.argument("comment")
@click.argument("text")
@language_option
@person_option
@click.pass_context
def answer(ctx: click.Context, release: str, comment: str, text: str, target: str | None, person: str) -> None:
    """Answer COMMENT on RELEASE with TEXT: what was done about it, or why nothing. It is settled then.

    \b
    Example:
      communique review answer 2026-11-23-neue-bruecke C001 "Chiffre vérifié." --as "Max Beispiel <max@example.org>"
    """
    from pipeline.runner.reviewing import answer_comment

    if not text.strip():
        raise click.UsageError("The answer is empty.")
    workspace = open_workspace(ctx)
    language = target_language(workspace, target)
    answer_comment(workspace, release, language, comment, text.strip(), by=person, at=now(workspace))
    click.echo(f"{comment} is answered.")


@click.command(short_help="Settle where two people corrected the same words.")
@click.argument("release")
@click.argument("segment", required=False)
@click.option("--theirs", "choice", flag_value=Choice.THEIRS.value, help="Take what came back.")
@click.option("--ours", "choice", flag_value=Choice.OURS.value, help="Keep what stands here.")
@click.option("--text", metavar="TEXT", help="Take a third wording.")
@language_option
@click.option(
    "--as",
    "person",
    envvar="COMMUNIQUE_AS",
    callback=optional_person,
    metavar='"NAME <MAIL>"',
    help="Who decides. Also from the environment: COMMUNIQUE_AS.",
)
@json_option
@click.pass_context
def resolve(
    ctx: click.Context,
    release: str,
    segment: str | None,
    choice: str | None,
    text: str | None,
    target: str | None,
    person: str | None,
    as_json: bool,
) -> None:
    """Show the conflicts of RELEASE side by side; with SEGMENT, settle the oldest one there.

    Without --theirs, --ours or --text, an editor opens with both wordings.

    \b
    Example:
      communique review resolve 2026-11-23-neue-bruecke
      communique review resolve 2026-11-23-neue-bruecke S004 --theirs --as "Max Beispiel <max@example.org>"
    """
    from pipeline.runner.languages import stand
    from pipeline.runner.reviewing import settle_conflict

    workspace = open_workspace(ctx)
    language = target_language(workspace, target)
    bitext = stand(workspace, release).bitext(language)
    waiting = [item for item in bitext.conflicts if item.settled is None and segment in {None, item.segment}]
    if segment is None or not waiting:
        _show(bitext, waiting, release, as_json)
        return
    if person is None:
        raise click.UsageError('Say who decides: --as "Name <mail@example.org>".')
    if choice and text is not None:
        raise click.UsageError("Give one of --theirs, --ours and --text.")
    words: Inlines = ()
    if choice is None:
        words = wording(text) if text is not None else _edited(_segment(bitext, segment), waiting[0])
    settled = settle_conflict(
        workspace,
        release,
        language,
        segment,
        choice=Choice(choice) if choice else Choice.EDITED,
        text=words,
        by=person,
        at=now(workspace),
    )
    print_segment(settled)
    if len(waiting) > 1:
        click.echo(f"      {len(waiting) - 1} more in this segment: communique review resolve {release} {segment}")


def _show(bitext: Bitext, waiting: list[Conflict], release: str, as_json: bool) -> None:
    if as_json:
        print_json([_conflict_data(bitext, item) for item in waiting])
        return
    for item in waiting:
        here = _segment(bitext, item.segment)
        click.echo(f"{click.style(item.segment, bold=True)}  corrected by {item.by}")
        if here is not None:
            click.echo(f"      {plain(here.source)}")
        click.echo(f"      sent    {plain(item.base) or '(nothing)'}")
        click.echo(f"      ours    {difference(plain(item.base), plain(here.target) if here else '')}")
        click.echo(f"      theirs  {difference(plain(item.base), plain(item.theirs))}")
    if waiting:
        step = f"communique review resolve {release} {waiting[0].segment}"
        click.echo(f'\nNext: {step} --theirs | --ours | --text "…" --as "Name <mail>"')
    else:
        click.echo("No conflict waits for a decision.")


def _segment(bitext: Bitext, name: str) -> Segment | None:
    return next((item for item in (*bitext.segments(), *bitext.archived) if item.id == name), None)


def _edited(here: Segment | None, conflict: Conflict) -> Inlines:
    """Return what a person makes of both wordings in an editor."""
    from pipeline.formats.inline_markdown import dump_inline

    ours = dump_inline(here.target) if here else ""
    lines = (
        ours,
        "",
        "# Write the text that shall stand in the first line. Lines that begin with # are not taken.",
        f"# source: {dump_inline(here.source) if here else ''}",
        f"# sent:   {dump_inline(conflict.base)}",
        f"# ours:   {ours}",
        f"# theirs: {dump_inline(conflict.theirs)}  ({conflict.by})",
    )
    written = click.edit("\n".join(lines) + "\n", extension=".md")
    if written is None:
        raise click.UsageError(
            "Nothing was saved in the editor; the conflict stands. Or use --theirs, --ours, --text."
        )
    return wording(" ".join(line for line in written.splitlines() if line.strip() and not line.startswith("#")))


def _comment_data(item: Comment) -> dict[str, object]:
    return {
        "id": item.id,
        "segment": item.segment,
        "by": item.by,
        "at": item.at and item.at.isoformat(),
        "text": item.text,
        "quoted": item.quoted or None,
        "doubt": item.doubt,
        "answer": item.answer and {"by": item.answer.by, "text": item.answer.text},
    }


def _conflict_data(bitext: Bitext, item: Conflict) -> dict[str, object]:
    from pipeline.formats.inline_markdown import dump_inline

    here = _segment(bitext, item.segment)
    return {
        "segment": item.segment,
        "by": item.by,
        "sent": dump_inline(item.base) or None,
        "ours": (dump_inline(here.target) or None) if here else None,
        "theirs": dump_inline(item.theirs),
    }
