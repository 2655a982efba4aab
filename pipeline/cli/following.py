"""`communique review changes`: the source was changed while its translation is under review."""

import click

from pipeline.cli.segments import difference, language_option
from pipeline.cli.terminal import json_option, now, open_workspace, optional_person, print_json, target_language
from pipeline.model.inline import plain
from pipeline.runner.following import LanguageChanges
from pipeline.stages.follow import Fate, SourceChange
from pipeline.workspace import Workspace


@click.command(short_help="Show what changed in the source, and what that reopens.")
@click.argument("release")
@click.option("--minor", is_flag=True, help="Only typography changed: keep all reviews and the approval.")
@click.option(
    "--as",
    "person",
    envvar="COMMUNIQUE_AS",
    callback=optional_person,
    metavar='"NAME <MAIL>"',
    help="Who answers for it. Also from the environment: COMMUNIQUE_AS.",
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@language_option
@json_option
@click.pass_context
def changes(
    ctx: click.Context, release: str, minor: bool, person: str | None, yes: bool, target: str | None, as_json: bool
) -> None:
    """Show what changed in the source of RELEASE since it was last drafted or reviewed, and what that reopens.

    Nothing is written. With --minor, a change of quotation marks, dashes, blanks or other mere typography is taken
    over, and everything that people reviewed and approved stays so.

    \b
    Example:
      communique review changes 2026-11-23-neue-bruecke
      communique review changes 2026-11-23-neue-bruecke --minor --as "Max Beispiel <max@example.org>"
    """
    from pipeline.runner.following import source_changes

    if minor and person is None:
        raise click.UsageError('Say who answers for it: --as "Name <mail@example.org>".')
    if minor and as_json and not yes:
        raise click.UsageError("With --json nobody can be asked: add --yes.")
    workspace = open_workspace(ctx)
    language = target_language(workspace, target) if target else None
    found = [item for item in source_changes(workspace, release) if language in {None, item.target}]
    if as_json:
        print_json([_as_data(item) for item in found])
    else:
        for item in found:
            _show(item)
        if not found:
            click.echo(f"Nothing to compare with: {release} was never drafted.")
    changed = any(_is_new(item) for item in found)
    if minor and changed and person is not None:
        # What is more than minor is refused below: nobody is asked to confirm it first.
        ask = not yes and all(item.minor for item in found)
        _follow(workspace, release, language, person, ask=ask, quiet=as_json)
    elif changed and not as_json:
        click.echo(f"\nNext: {_next(found, release)}")
    elif found and not as_json:
        click.echo("Nothing changed in the source.")


def _follow(
    workspace: Workspace, release: str, language: str | None, person: str, *, ask: bool, quiet: bool
) -> None:
    from pipeline.runner.following import follow_minor_changes

    if ask:
        click.confirm("\nNothing but typography: keep reviews and approval?", abort=True)
    done = follow_minor_changes(workspace, release, target=language, by=person, at=now(workspace))
    if not quiet:
        click.echo(f"Taken over, nothing is reopened: {', '.join(done)}" if done else "Nothing was to be done.")


def _is_new(item: LanguageChanges) -> bool:
    return item.ends or any(change.fate is not Fate.UNCHANGED for change in item.changes)


def _next(found: list[LanguageChanges], release: str) -> str:
    changed = [change for item in found for change in item.changes if change.differs]
    if all(item.minor for item in found) and (changed or not any(item.facts for item in found)):
        return f'communique review changes {release} --minor --as "Name <mail>"'
    if changed:
        return f"communique draft {release}, then review what is open"
    return f"communique approve {release}, once all is reviewed"


def _show(item: LanguageChanges) -> None:
    """Print what changed for one language; unchanged sentences are counted only."""
    click.echo(click.style(item.target, bold=True) + f"  {_counts(item)}")
    for change in item.changes:
        if change.fate is not Fate.UNCHANGED:
            _show_change(change)
    if item.approval is not None and item.ends:
        beside = ": something beside the sentences changed" if item.facts else ""
        click.echo(
            f"The approval by {item.approval.by} of {item.approval.at:%Y-%m-%d} does not cover this source{beside}."
        )


def _counts(item: LanguageChanges) -> str:
    fates = [change.fate for change in item.changes]
    return ", ".join(f"{fates.count(fate)} {fate}" for fate in Fate if fate in fates) or "no text"


def _show_change(change: SourceChange) -> None:
    old, new = change.before, change.after
    name = old.id if old is not None else new.id if new is not None else ""
    notes = [str(change.fate)]
    if change.typographic:
        notes.append("typography only")
    if change.reopens:
        notes.append("its review is open again")
    if change.archives:
        notes.append("its translation goes to the archive")
    click.echo(f"{click.style(name, bold=True)}  {', '.join(notes)}")
    click.echo(f"      {difference(plain(old.source) if old else '', plain(new.source) if new else '')}")


def _as_data(item: LanguageChanges) -> dict[str, object]:
    return {
        "target": item.target,
        "minor": item.minor,
        "approval": item.approval and {"by": item.approval.by, "ends": item.ends},
        "changes": [_change_data(change) for change in item.changes if change.fate is not Fate.UNCHANGED],
    }


def _change_data(change: SourceChange) -> dict[str, object]:
    from pipeline.formats.inline_markdown import dump_inline

    old, new = change.before, change.after
    return {
        "change": change.fate,
        "segment": new.id if new else None,
        "was": old.id if old else None,
        "before": dump_inline(old.source) if old else None,
        "after": dump_inline(new.source) if new else None,
        "typographic": change.typographic,
        "reopens": change.reopens,
        "archives": change.archives,
    }
