"""`communique typography`."""

import difflib

import click

from pipeline.cli.terminal import check_person, json_option, now, open_workspace, print_json, target_language, user
from pipeline.model.inline import plain
from pipeline.stages.typography import Setting

_VISIBLE = {"\u00a0": "␣", "\u202f": "˽"}


@click.command(short_help="Show, set or take back typographic changes.")
@click.argument("release")
@click.argument("segments", metavar="[SEGMENT]...", nargs=-1)
@click.option("--to", "target", metavar="LANGUAGE", help="Target language, where there are several.")
@click.option("--set", "action", flag_value="set", help="Make the changes that are still to be made.")
@click.option("--undo", "action", flag_value="undo", help="Take back what typography changed.")
@click.option(
    "--as",
    "person",
    metavar='"NAME <MAIL>"',
    envvar="COMMUNIQUE_AS",
    callback=lambda ctx, param, value: value and check_person(ctx, param, value),
    help="Who decides; recorded with the change.",
)
@json_option
@click.pass_context
def typography(
    ctx: click.Context,
    release: str,
    segments: tuple[str, ...],
    target: str | None,
    action: str | None,
    person: str | None,
    as_json: bool,
) -> None:
    """Show what the rules of typography changed in a translation of RELEASE, and what they would still change.

    With --undo all of it, or that of the SEGMENTs named, is taken back in one step; --set makes what is open.

    \b
    Example:
      communique typography 2026-11-23-neue-bruecke
      communique typography 2026-11-23-neue-bruecke --undo S004
    """
    from pipeline.runner.typography import change_typography, typography_of

    workspace = open_workspace(ctx)
    language = target_language(workspace, target)
    if action is None:
        done, to_do = typography_of(workspace, release, language)
    else:
        changed = change_typography(
            workspace, release, language, segments, undo=action == "undo", by=person or user(), at=now(workspace)
        )
        done, to_do = (changed, ()) if action == "set" else ((), changed)
    wanted = set(segments)
    done, to_do = (tuple(item for item in part if not wanted or item.segment in wanted) for part in (done, to_do))
    if as_json:
        print_json({"set": [_as_data(item) for item in done], "open": [_as_data(item) for item in to_do]})
        return
    for title, part in (("Set", done), ("To be set" if action is None else "Taken back", to_do)):
        for item in part:
            click.echo(f"{click.style(item.segment, bold=True)}  {title}: {_shown(item)}")
    if not done and not to_do:
        click.echo("Typography changes nothing here.")
    else:
        click.echo("␣ is a no-break space, ˽ a narrow one.")


def _shown(item: Setting) -> str:
    """Return the text after a change, what is new in brackets, what is gone struck by a minus sign."""
    before, after = plain(item.before), plain(item.after)
    pieces = []
    for kind, start, end, low, high in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        old, new = (_visible(text) for text in (before[start:end], after[low:high]))
        pieces.append(after[low:high] if kind == "equal" else f"[-{old}]" * bool(old) + f"[+{new}]" * bool(new))
    return "".join(pieces)


def _visible(text: str) -> str:
    return "".join(_VISIBLE.get(character, character) for character in text)


def _as_data(item: Setting) -> dict[str, object]:
    return {
        "segment": item.segment,
        "before": plain(item.before),
        "after": plain(item.after),
        "rules": list(item.rules),
    }
