"""`communique review export` and `import`: what goes to reviewers, and what comes back."""

from collections import Counter
from pathlib import Path

import click

from pipeline.cli.segments import difference
from pipeline.cli.terminal import (
    json_option,
    now,
    open_workspace,
    optional_person,
    print_json,
    target_language,
    user,
)
from pipeline.model.exchange import Door
from pipeline.model.inline import plain
from pipeline.model.review import Comment
from pipeline.runner.receiving import Reception
from pipeline.stages.review.receive import Outcome, Result

_FOR = {
    Door.DOCX: "to correct in Word, with tracked changes and comments",
    Door.XLIFF: "to correct in a translation tool",
    Door.OMEGAT: "to unpack and open in OmegaT",
}
_COLOURS = {
    Outcome.CORRECTED: "green",
    Outcome.CONFIRMED: "green",
    Outcome.MERGED: "yellow",
    Outcome.LATE: "yellow",
    Outcome.COMMENTED: "cyan",
    Outcome.DOUBTFUL: "red",
    Outcome.CONFLICT: "red",
}
_WHAT = {
    Outcome.MERGED: "corrected here and there; both corrections stand: read the sentence once more and accept it",
    Outcome.LATE: "its German was rewritten since; kept as a suggestion for the new sentence",
    Outcome.CONFLICT: "the same words were corrected here and there; nothing was changed",
    Outcome.KNOWN: "taken in before",
}


@click.command(short_help="Make a document for a reviewer.")
@click.argument("release")
@click.option(
    "--to",
    "form",
    type=click.Choice([str(door) for door in Door]),
    default=str(Door.DOCX),
    show_default=True,
    help="docx for Word, xliff for translation tools, omegat for a whole project.",
)
@click.option("--language", "target", metavar="LANGUAGE", help="Target language, where there are several.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write a copy into this file.")
@json_option
@click.pass_context
def export(
    ctx: click.Context, release: str, form: str, target: str | None, output: Path | None, as_json: bool
) -> None:
    """Make a document in which a reviewer corrects the translation of RELEASE.

    What is sent is kept in the release's review/ folder: corrections are merged against it when they come back,
    whatever else was changed meanwhile.

    \b
    Example:
      communique review export 2026-11-23-neue-bruecke
      communique review export 2026-11-23-neue-bruecke --to omegat
    """
    from pipeline.runner.sending import export_release
    from pipeline.workspace.files import read_bytes, write_bytes
    from pipeline.workspace.review import MAX_FILE

    workspace = open_workspace(ctx)
    sent = export_release(
        workspace,
        release,
        target_language(workspace, target, "--language"),
        Door(form),
        by=user(),
        at=now(workspace),
    )
    path = sent.path
    if output is not None:
        write_bytes(output, read_bytes(sent.path, MAX_FILE))
        path = output
    if as_json:
        made = sent.export
        print_json({"release": release, "export": made.name, "key": made.key, "file": str(path), "new": sent.new})
        return
    again = "" if sent.new else " (nothing has changed since it was made)"
    click.echo(f"{shown(path)}: {_FOR[sent.export.door]}{again}")
    click.echo('When it comes back: communique review import FILE --from "Name <mail>"')


@click.command("import", short_help="Take in what a reviewer sent back.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--from",
    "sender",
    callback=optional_person,
    metavar='"NAME <MAIL>"',
    help="Who sent it back: for changes that were not tracked, and for names without an address.",
)
@json_option
@click.pass_context
def import_(ctx: click.Context, file: Path, sender: str | None, as_json: bool) -> None:
    """Take in FILE as a reviewer sent it back: a review document, XLIFF, or a zipped OmegaT project.

    Every correction is merged into what stands here now. Where both sides changed the same words, nothing is
    changed: the conflict is listed for a person to settle. Whatever has no certain place is kept as a comment. The
    same file taken in twice changes nothing.

    \b
    Example:
      communique review import retour.docx --from "Léa Roy <lea@example.org>"
    """
    from pipeline.runner.receiving import import_return

    workspace = open_workspace(ctx)
    taken = import_return(workspace, file, sender=sender, by=user(), at=now(workspace))
    if as_json:
        print_json(_as_data(taken))
    else:
        _print(taken, file)


def shown(path: Path) -> str:
    """Return a path as short as it can be typed from here."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def comment_line(item: Comment) -> str:
    """Return a comment in one line: who says what about which words."""
    about = f" (about “{item.quoted}”)" if item.quoted else ""
    text = " / ".join(item.text.split("\n")) if item.text else "(no text)"
    doubt = f"{item.doubt}: " if item.doubt else ""
    return f"{item.id}  {item.by}: {doubt}{text}{about}"


def _print(taken: Reception, file: Path) -> None:
    counts = Counter(item.outcome for item in taken.results if item.segment)
    summary = ", ".join(f"{counts[outcome]} {outcome}" for outcome in Outcome if counts[outcome])
    click.echo(f"{taken.export.release} ({taken.export.name}), from {file}: {summary}")
    if not taken.new:
        click.echo("Everything in it was known already; nothing was changed.")
    for notice in taken.notices:
        click.echo(f"Note: {notice}")
    for item in taken.results:
        if item.outcome not in {Outcome.UNCHANGED, Outcome.KNOWN} or item.comments:
            _print_result(item)
    _print_next(taken)


def _print_result(item: Result) -> None:
    name = click.style(item.segment or "elsewhere", bold=True)
    who = f"  {item.by}" if item.by else ""
    click.echo(f"\n{name}  {click.style(item.outcome, fg=_COLOURS.get(item.outcome))}{who}")
    if item.outcome in _WHAT:
        click.echo(f"      {_WHAT[item.outcome]}")
    if item.before != item.after:
        same = plain(item.before) == plain(item.after)
        click.echo(f"      {'formatting changed' if same else difference(plain(item.before), plain(item.after))}")
    for comment in item.comments:
        click.echo(f"      {comment_line(comment)}")


def _print_next(taken: Reception) -> None:
    release = taken.export.release
    steps = []
    if any(item.outcome is Outcome.CONFLICT for item in taken.results):
        steps.append(f"communique review resolve {release}")
    if any(item.comments for item in taken.results):
        steps.append(f"communique review comments {release}")
    steps.append(f"communique review list {release} --open")
    click.echo("\nNext: " + "\n      ".join(steps))


def _as_data(taken: Reception) -> dict[str, object]:
    from pipeline.formats.inline_markdown import dump_inline

    return {
        "release": taken.export.release,
        "export": taken.export.name,
        "new": taken.new,
        "notices": list(taken.notices),
        "segments": [
            {
                "id": item.segment,
                "outcome": item.outcome,
                "by": item.by or None,
                "before": dump_inline(item.before) or None,
                "after": dump_inline(item.after) or None,
                "comments": [
                    {
                        "id": comment.id,
                        "by": comment.by,
                        "at": comment.at and comment.at.isoformat(),
                        "text": comment.text,
                        "quoted": comment.quoted or None,
                        "doubt": comment.doubt,
                    }
                    for comment in item.comments
                ],
            }
            for item in taken.results
        ],
    }
