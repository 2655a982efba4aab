"""`communique send`: mail a release once to everybody on some lists, or rehearse that."""

import contextlib
import time
from collections.abc import Iterator
from functools import partial

import click

from pipeline.cli.mail_view import mailed_data, print_mailed, print_rehearsal, rehearsal_data
from pipeline.cli.stop import stoppable
from pipeline.cli.terminal import json_option, now, open_workspace, optional_person, print_json, progress, user
from pipeline.runner.mail_ledger import Order
from pipeline.runner.mail_rehearsal import rehearse, rehearse_over_server
from pipeline.runner.mailing import Watch, send_release
from pipeline.runner.pace import Clock
from pipeline.workspace import Workspace

UNFINISHED = 3
"""Exit code where somebody did not get the release, or perhaps did not."""


@click.command(short_help="Mail a release, once to everybody; without --send, a rehearsal.")
@click.argument("release")
@click.option(
    "--list",
    "lists",
    metavar="NAME",
    multiple=True,
    help="A list of recipients; repeat it. Without it, a later version goes to those who have an earlier one.",
)
@click.option("--language", "languages", metavar="LANGUAGE", multiple=True, help="Only this edition; repeat it.")
@click.option("--send", "really", is_flag=True, help="Send. Without it, messages are only written as files.")
@click.option("--sample", type=click.IntRange(min=1), default=3, show_default=True, help="Messages per language.")
@click.option("--all", "everything", is_flag=True, help="Rehearse with the messages to all.")
@click.option("--redirect-all-to", metavar="ADDRESS", help="Rehearse over the mail server: all go to this address.")
@click.option(
    "--embargo-ok", is_flag=True, help="Before the embargo ends, to those who keep embargoes; needs --as."
)
@click.option(
    "--as", "person", envvar="COMMUNIQUE_AS", callback=optional_person, metavar='"NAME <MAIL>"', help="Who decides."
)
@json_option
@click.pass_context
def send(
    ctx: click.Context,
    release: str,
    *,
    lists: tuple[str, ...],
    languages: tuple[str, ...],
    really: bool,
    sample: int,
    everything: bool,
    redirect_all_to: str | None,
    embargo_ok: bool,
    person: str | None,
    as_json: bool,
) -> None:
    """Mail RELEASE to everybody on the lists, each in their language, once: run again, it goes on where it stopped.

    A corrected or withdrawn release goes, without a list, to exactly those who have an earlier version.

    Without --send it is a rehearsal: some messages are written into the release's dist/mail/ folder, and what would
    happen is told. Exit code 1: something forbids sending. 3: somebody did not get it, or perhaps did not.

    \b
    Example:
      communique send 2026-11-23-neue-bruecke --list presse
      communique send 2026-11-23-neue-bruecke --list presse --send
    """
    if really and redirect_all_to is not None:
        raise click.UsageError("--redirect-all-to is a rehearsal; leave --send out.")
    if embargo_ok and person is None:
        raise click.UsageError('--embargo-ok needs the name of who answers for it: --as "Name <mail@example.org>".')
    workspace = open_workspace(ctx)
    workspace.require(release)
    order = Order(release=release, lists=lists, languages=languages, by=person or user(), embargo_ok=embargo_ok)
    size = None if everything else sample
    if not really and redirect_all_to is None:
        rehearsal = rehearse(workspace, order, sample=size, at=now(workspace))
        if as_json:
            print_json(rehearsal_data(rehearsal))
        else:
            print_rehearsal(rehearsal, order)
        return
    with _watch(workspace, quiet=as_json) as watch:
        if redirect_all_to is None:
            mailed = send_release(workspace, order, watch)
        else:
            mailed = rehearse_over_server(workspace, order, redirect_all_to, watch, sample=size)
    if as_json:
        print_json(mailed_data(mailed))
    else:
        print_mailed(mailed, rehearsal=redirect_all_to is not None)
    ctx.exit(0 if mailed.complete else UNFINISHED)


@contextlib.contextmanager
def _watch(workspace: Workspace, *, quiet: bool) -> Iterator[Watch]:
    with stoppable() as stop:
        yield Watch(
            clock=Clock(now=lambda: now(workspace), monotonic=time.monotonic, sleep=stop.sleep),
            stopping=stop.asked,
            progress=partial(progress, "Sending"),
            notice=lambda text: None if quiet else click.echo(text, err=True),
        )
