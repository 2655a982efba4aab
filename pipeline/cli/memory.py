"""`communique memory …`: the translation memory."""

from pathlib import Path

import click

from pipeline.cli.terminal import json_option, now, open_workspace, print_json, target_language
from pipeline.model.inline import plain
from pipeline.model.translation import Match


@click.group(short_help="Search, import and export the translation memory.")
def memory() -> None:
    """What approved releases say, and memories that were imported (memory/*.tmx).

    \b
    Example:
      communique memory search "Fahrgäste im ersten Jahr"
      communique memory import partner.tmx
    """


@memory.command(short_help="Find approved translations of a text or of something like it.")
@click.argument("text")
@click.option("--to", "target", metavar="LANGUAGE", help="Target language, where there are several.")
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True, help="How many to show.")
@json_option
@click.pass_context
def search(ctx: click.Context, text: str, target: str | None, limit: int, as_json: bool) -> None:
    """Show what the memory knows of TEXT: the same, the same but for figures, similar ones, and what holds it.

    \b
    Example:
      communique memory search "Die Linie 40 verbindet"
    """
    from pipeline.model.inline import inlines
    from pipeline.runner.remembering import open_memories

    workspace = open_workspace(ctx)
    language = target_language(workspace, target)
    termbase = workspace.memory.load_termbase()
    with open_memories(workspace, termbase, now(workspace).date()) as memories:
        for problem in memories.problems:
            click.echo(f"Memory: {problem}", err=True)
        known = memories.by_target[language]
        found = list(known.lookup(inlines(text), before=None, after=None, limit=limit))
        there = {match.reference for match in found}
        others = [match for match in known.search(text, limit) if match.reference not in there]
    if as_json:
        print_json(
            [_as_data(match, like=True) for match in found] + [_as_data(match, like=False) for match in others]
        )
        return
    for match in found:
        _print(match, f"{match.score} % {match.kind}")
    for match in others:
        _print(match, "holds it")
    if not found and not others:
        click.echo("The memory has nothing like it.")


@memory.command("import", short_help="Take in a TMX file.")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@json_option
@click.pass_context
def import_(ctx: click.Context, file: Path, as_json: bool) -> None:
    """Copy FILE, a TMX 1.4 memory, into memory/; from then on drafts use it, with a small penalty.

    Deleting the copy takes it out again.

    \b
    Example:
      communique memory import partner.tmx
    """
    from pipeline.runner.remembering import import_memory

    imported = import_memory(open_workspace(ctx), file)
    if as_json:
        print_json({"units": imported.units, "left_out": list(imported.left_out)})
        return
    for line in imported.left_out:
        click.echo(line)
    click.echo(f"{imported.units} translations taken in.")


@memory.command(short_help="Write approved translations as TMX.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--to", "target", metavar="LANGUAGE", help="Target language, where there are several.")
@json_option
@click.pass_context
def export(ctx: click.Context, file: Path, target: str | None, as_json: bool) -> None:
    """Write what approved releases say into FILE as TMX 1.4, for other translation tools.

    \b
    Example:
      communique memory export waldringen.tmx
    """
    from pipeline.runner.remembering import export_memory

    workspace = open_workspace(ctx)
    count = export_memory(workspace, target_language(workspace, target), file, now(workspace))
    if as_json:
        print_json({"file": str(file), "units": count})
    else:
        click.echo(f"{count} translations written: {file}")


def _as_data(match: Match, *, like: bool) -> dict[str, object]:
    return {
        "source": plain(match.source),
        "target": plain(match.target),
        "reference": match.reference,
        "kind": match.kind if like else "contains",
        "score": match.score if like else None,
    }


def _print(match: Match, how: str) -> None:
    click.echo(f"{click.style(match.reference, bold=True)}  {how}")
    click.echo(f"      {plain(match.source)}")
    click.echo(f"    → {plain(match.target)}")
