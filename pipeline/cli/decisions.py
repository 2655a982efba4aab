"""`communique review edit`, `accept`, `reject`, `sign`, and `communique approve`: what people decide, by name."""

import click

from pipeline.cli.segments import language_option, print_segment
from pipeline.cli.terminal import now, open_workspace, optional_person, person_option, target_language
from pipeline.formats.inline_markdown import UnsupportedInlineError, parse_inline
from pipeline.model.inline import Inlines, plain


@click.command(short_help="Put your own wording into a segment.")
@click.argument("release")
@click.argument("segment")
@click.argument("text")
@language_option
@person_option
@click.pass_context
def edit(ctx: click.Context, release: str, segment: str, text: str, target: str | None, person: str) -> None:
    """Put TEXT into SEGMENT of RELEASE; it then counts as reviewed. TEXT may hold **bold**, *italic*, [links](…).

    \b
    Example:
      communique review edit 2026-11-23-neue-bruecke S004 "Le pont rouvre." --as "Léa Roy <lea@example.org>"
    """
    from pipeline.runner.reviewing import edit_segment

    workspace = open_workspace(ctx)
    words = wording(text)
    changed = edit_segment(
        workspace, release, target_language(workspace, target), segment, words, by=person, at=now(workspace)
    )
    print_segment(changed)


@click.command(short_help="Accept translations as they stand.")
@click.argument("release")
@click.argument("segments", metavar="[SEGMENT]...", nargs=-1)
@language_option
@person_option
@click.pass_context
def accept(ctx: click.Context, release: str, segments: tuple[str, ...], target: str | None, person: str) -> None:
    """Accept SEGMENTs of RELEASE as they stand; without SEGMENT, all that are translated and not yet reviewed.

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


@click.command(short_help="Take a translation back.")
@click.argument("release")
@click.argument("segment")
@click.option("--reason", required=True, help="Why it cannot be used; translators read it.")
@language_option
@person_option
@click.pass_context
def reject(ctx: click.Context, release: str, segment: str, reason: str, target: str | None, person: str) -> None:
    """Take the translation of SEGMENT of RELEASE back: it is open again, and “draft” proposes that text no more.

    \b
    Example:
      communique review reject 2026-11-23-neue-bruecke S004 --reason "contresens" --as "Léa Roy <lea@example.org>"
    """
    from pipeline.runner.reviewing import reject_segment

    workspace = open_workspace(ctx)
    language = target_language(workspace, target)
    print_segment(
        reject_segment(workspace, release, language, segment, reason=reason, by=person, at=now(workspace))
    )


@click.command(short_help="Answer for the words of people who are quoted.")
@click.argument("release")
@click.argument("segments", metavar="[SEGMENT]...", nargs=-1)
@language_option
@click.option(
    "--as",
    "person",
    envvar="COMMUNIQUE_AS",
    callback=optional_person,
    metavar='"NAME <MAIL>"',
    help="Who signs. Also from the environment: COMMUNIQUE_AS.",
)
@click.pass_context
def sign(
    ctx: click.Context, release: str, segments: tuple[str, ...], target: str | None, person: str | None
) -> None:
    """Sign off what people are quoted with in SEGMENTs of RELEASE; without SEGMENT, show what waits for that.

    An approval needs it: a wrong word in a quotation is a wrong word in somebody's mouth. Any later edit of the
    segment ends the sign-off.

    \b
    Example:
      communique review sign 2026-11-23-neue-bruecke
      communique review sign 2026-11-23-neue-bruecke S004 S005 --as "Max Beispiel <max@example.org>"
    """
    from pipeline.runner.reviewing import sign_quotations, unsigned_quotations

    workspace = open_workspace(ctx)
    language, at = target_language(workspace, target), now(workspace)
    if segments:
        if person is None:
            raise click.UsageError('Say who signs: --as "Name <mail@example.org>".')
        sign_quotations(workspace, release, language, tuple(dict.fromkeys(segments)), by=person, at=at)
        click.echo(f"Signed off by {person}: {', '.join(segments)}")
    waiting = unsigned_quotations(workspace, release, language, at)
    for item in waiting:
        print_segment(item)
    if not waiting:
        click.echo("No quotation waits for a signature.")
    elif not segments:
        names = " ".join(item.id for item in waiting)
        click.echo(f'\nRead them one by one, then: communique review sign {release} {names} --as "Name <mail>"')


@click.command(short_help="Answer for a release by name.")
@click.argument("release")
@person_option
@click.pass_context
def approve(ctx: click.Context, release: str, person: str) -> None:
    """Approve RELEASE in all its languages: you answer for source and translation exactly as they stand.

    Refused while a segment is untranslated or unreviewed, a conflict, a comment or a quotation waits for somebody,
    an error of the checks stands, or something in source.md is to be confirmed. Any later change ends the approval.

    \b
    Example:
      communique approve 2026-11-23-neue-bruecke --as "Max Beispiel <max@example.org>"
    """
    from pipeline.runner.reviewing import approve_release

    workspace = open_workspace(ctx)
    languages = approve_release(workspace, release, by=person, at=now(workspace))
    click.echo(f"{release} is approved by {person} ({', '.join(languages)}). Next: communique bundle {release}")


def wording(text: str) -> Inlines:
    """Return what a person typed as a target; refuses what cannot stand in a release."""
    try:
        words = parse_inline(text.strip())
    except UnsupportedInlineError as error:
        raise click.UsageError(f"The text cannot be taken: {error}.") from None
    if not plain(words).strip():
        raise click.UsageError("The text is empty; a translation must say something.")
    return words
