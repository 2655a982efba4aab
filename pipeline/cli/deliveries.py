"""`communique deliveries` and `bounces`: what became of messages, and what a person decides about them."""

from itertools import islice
from pathlib import Path

import click

from pipeline.cli.mail_view import delivery_data, delivery_line, print_bounces
from pipeline.cli.terminal import json_option, now, open_workspace, person_option, print_json, print_table
from pipeline.model.mailing import DeliveryState

MAX_LINES = 1_000


class _Deliveries(click.Group):
    """`deliveries RELEASE` is short for `deliveries list RELEASE`."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the arguments name, or the one that lists."""
        named = args and (args[0] in self.commands or args[0].startswith("-"))
        return super().resolve_command(ctx, args if named else ["list", *args])


@click.group(cls=_Deliveries, short_help="Who got a release by mail, and what is not known.")
def deliveries() -> None:
    """What the ledger of a release says: who got it, who did not, and of whom nobody knows.

    \b
    Example:
      communique deliveries 2026-11-23-neue-bruecke
      communique deliveries settle 2026-11-23-neue-bruecke zoe@example.org --sent --as "Léa Roy <lea@example.org>"
    """


@deliveries.command("list", short_help="Show figures, and every message in some states.")
@click.argument("release")
@click.option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice([state.value for state in DeliveryState]),
    help="Messages in this state, one by one; repeat it. Default: refused, unknown.",
)
@json_option
@click.pass_context
def list_(ctx: click.Context, release: str, states: tuple[str, ...], as_json: bool) -> None:
    """Show how many messages of RELEASE are in which state, and those one by one that a person should look at.

    \b
    Example:
      communique deliveries list 2026-11-23-neue-bruecke --state queued
    """
    from pipeline.runner.deliveries import deliveries as found
    from pipeline.runner.deliveries import totals

    workspace = open_workspace(ctx)
    wanted = [DeliveryState(state) for state in states] or [DeliveryState.REFUSED, DeliveryState.UNKNOWN]
    at = now(workspace)
    figures = totals(workspace, release, at)
    messages = found(workspace, release, wanted, at)
    if as_json:
        counts = [
            {"version": version, "language": tag, "state": state.value, "messages": number}
            for (version, tag, state), number in figures.items()
        ]
        print_json({"release": release, "counts": counts, "deliveries": [delivery_data(item) for item in messages]})
        return
    if not figures:
        click.echo(f"{release}: nothing was mailed yet")
        return
    rows = [(str(version), tag, state.value, str(number)) for (version, tag, state), number in figures.items()]
    print_table(("Version", "Language", "State", "Messages"), rows)
    for item in islice(messages, MAX_LINES):
        click.echo(delivery_line(item))
    if next(messages, None) is not None:
        click.echo(f"  … and more than these {MAX_LINES}; --json shows all")


@deliveries.command(short_help="Say whether a message arrived that nobody knows of.")
@click.argument("release")
@click.argument("address")
@click.option(
    "--sent/--not-sent", "sent", default=None, help="It arrived; or it did not, and is sent with the next run."
)
@person_option
@json_option
@click.pass_context
def settle(
    ctx: click.Context, release: str, address: str, *, sent: bool | None, person: str, as_json: bool
) -> None:
    """Decide what became of the message to ADDRESS, after asking them, or whoever looks after the mail server.

    With --not-sent the message goes out with the next `communique send`; so does one that was refused, once the
    reason is mended.

    \b
    Example:
      communique deliveries settle 2026-11-23-neue-bruecke zoe@example.org --sent --as "Léa Roy <lea@example.org>"
    """
    from pipeline.runner.deliveries import settle as settled

    if sent is None:
        raise click.UsageError("Say whether it arrived: --sent or --not-sent.")
    workspace = open_workspace(ctx)
    item = settled(workspace, release, address, sent=sent, by=person, at=now(workspace))
    if as_json:
        print_json({"release": release, "before": delivery_data(item), "sent": sent})
    else:
        end = "counts as delivered" if sent else "is sent with the next “communique send”"
        click.echo(f"{item.address}: was {item.state}, {end}.")


@click.command(short_help="Take in mail that came back.")
@click.argument("path", metavar="FILE|FOLDER", type=click.Path(path_type=Path))
@json_option
@click.pass_context
def bounces(ctx: click.Context, path: Path, as_json: bool) -> None:
    """Take in what came back: one mail, a mailbox (mbox), or a folder of mails (Maildir, .eml).

    Ledgers learn who did not get a release; addresses that do not exist are skipped from now on. Whoever wants no
    more mails is listed, for you to record. Taking the same mails in again changes nothing.

    \b
    Example:
      communique bounces rueckläufer.mbox
    """
    from pipeline.runner.bounces import take_bounces

    workspace = open_workspace(ctx)
    print_bounces(take_bounces(workspace, path, now(workspace)), as_json=as_json)
