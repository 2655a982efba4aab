"""`communique correct`, `withdraw` and `changes`: publishing once more what was out already."""

from collections.abc import Mapping

import click

from pipeline.cli.terminal import json_option, now, open_workspace, person_option, print_json
from pipeline.model.inline import plain
from pipeline.model.release import RevisionKind
from pipeline.workspace import Workspace

KINDS = [kind.value for kind in RevisionKind if kind is not RevisionKind.WITHDRAWAL]

note_option = click.option(
    "--note",
    "notes",
    metavar="LANGUAGE=TEXT",
    multiple=True,
    required=True,
    help="What readers are told, in each language: --note de=… --note fr=…",
)


@click.command(short_help="Publish a release once more, corrected.")
@click.argument("release")
@click.option("--kind", type=click.Choice(KINDS), required=True, help="Why it is published once more.")
@note_option
@person_option
@click.pass_context
def correct(ctx: click.Context, release: str, kind: str, notes: tuple[str, ...], person: str) -> None:
    """Make RELEASE, which was published, the next version of itself; then correct its texts as usual.

    The version that is out stays kept. Every language has to be approved again; new files say what they replace.

    \b
    Example:
      communique correct 2026-11-23-neue-bruecke --kind factual --note de="Die Brücke ist 312 m lang, nicht 321 m."
        --note fr="Le pont mesure 312 m et non 321 m." --as "Léa Roy <lea@example.org>"
    """
    from pipeline.runner.revising import correct_release

    workspace = open_workspace(ctx)
    revision = correct_release(
        workspace, release, RevisionKind(kind), _notes(workspace, notes), by=person, at=now(workspace)
    )
    click.echo(f"{release} is version {revision.version} now. Correct source.md and the translation, then:")
    click.echo(f"  communique draft {release}    communique approve {release}    communique bundle {release}")


@click.command(short_help="Take a published release back.")
@click.argument("release")
@note_option
@person_option
@click.pass_context
def withdraw(ctx: click.Context, release: str, notes: tuple[str, ...], person: str) -> None:
    """Take RELEASE, which was published, back: its next version says only that, and why, in every language.

    You answer for it by name; nothing has to be approved any more. The version that is out stays kept.

    \b
    Example:
      communique withdraw 2026-11-23-neue-bruecke --note de="Die Brücke bleibt gesperrt."
        --note fr="Le pont reste fermé." --as "Léa Roy <lea@example.org>"
    """
    from pipeline.runner.revising import withdraw_release

    workspace = open_workspace(ctx)
    revision = withdraw_release(workspace, release, _notes(workspace, notes), by=person, at=now(workspace))
    click.echo(
        f"{release} is withdrawn (version {revision.version}). To tell everyone: communique bundle {release}"
    )


@click.command(short_help="What a version changes.")
@click.argument("release")
@json_option
@click.pass_context
def changes(ctx: click.Context, release: str, as_json: bool) -> None:
    """Show in what RELEASE differs from the version that it replaces, in every language.

    \b
    Example:
      communique changes 2026-11-23-neue-bruecke
    """
    from pipeline.runner.languages import stand
    from pipeline.runner.revising import changes_of

    workspace = open_workspace(ctx)
    standing = stand(workspace, release)
    by_language = {
        tag: [(item.before and plain(item.before), item.after and plain(item.after)) for item in changed]
        for tag, changed in changes_of(workspace, standing).items()
    }
    if as_json:
        print_json(
            {tag: [{"before": old, "after": new} for old, new in pairs] for tag, pairs in by_language.items()}
        )
        return
    if standing.release.withdrawn:
        click.echo(f"{release}: is withdrawn; of its text, readers see only the title and why")
        return
    for tag, pairs in by_language.items():
        click.echo(f"{tag}:" if pairs else f"{tag}: nothing")
        for old, new in pairs:
            click.echo("\n".join(f"  {sign} {text}" for sign, text in (("-", old), ("+", new)) if text is not None))


def _notes(workspace: Workspace, given: tuple[str, ...]) -> Mapping[str, str]:
    known = (workspace.settings.source_locale, *workspace.settings.target_locales)
    notes: dict[str, str] = {}
    for item in given:
        language, equals, text = item.partition("=")
        if not equals or language not in known:
            message = f"“{item}” must be written LANGUAGE=TEXT, with one of {', '.join(known)}"
            raise click.BadParameter(message, param_hint="--note")
        notes[language] = text
    return notes
