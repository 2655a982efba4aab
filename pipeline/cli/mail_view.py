"""What mailing commands say: rehearsals, reports, and messages one by one."""

from collections import Counter
from collections.abc import Iterator, Mapping

import click

from pipeline.cli.publishing import shown
from pipeline.cli.terminal import print_json, print_table
from pipeline.formats.delivery_report import Kind
from pipeline.model.mailing import Delivery, DeliveryState
from pipeline.runner.bounces import Taken
from pipeline.runner.mail_ledger import Order
from pipeline.runner.mail_rehearsal import Rehearsal
from pipeline.runner.mailing import Mailed


def print_rehearsal(rehearsal: Rehearsal, order: Order) -> None:
    """Print what an order would do, and what would stop it."""
    click.echo(f"{rehearsal.release}, version {rehearsal.version}, to {_whom(order)}: a rehearsal")
    rows = [
        (
            item.language,
            str(item.recipients),
            str(item.already),
            f"{item.size / 1000:.0f} kB",
            "attached" if item.attached else "linked",
            f"{item.sender.name} <{item.sender.address}>",
        )
        for item in rehearsal.languages
    ]
    print_table(("Language", "Would get it", "Had it sent", "Size", "PDF", "From"), rows)
    for item in rehearsal.languages:
        click.echo(f"Subject ({item.language}): {item.subject}")
    _print_reasons(rehearsal.skipped)
    if rehearsal.embargo is not None:
        click.echo(f"Embargo until {rehearsal.embargo:%Y-%m-%d %H:%M %Z}")
    click.echo(f"{rehearsal.files} messages written: {shown(rehearsal.folder)}")
    for obstacle in rehearsal.obstacles:
        click.echo(click.style(f"Would stop it: {obstacle}", fg="red"))
    if not rehearsal.obstacles:
        names = "".join(f"--list {name} " for name in order.lists)
        click.echo(f"Nothing was sent. To send: communique send {rehearsal.release} {names}--send")


def _whom(order: Order) -> str:
    return ", ".join(order.lists) or "everybody who has an earlier version"


def rehearsal_data(rehearsal: Rehearsal) -> dict[str, object]:
    """Return a rehearsal for JSON."""
    return {
        "release": rehearsal.release,
        "version": rehearsal.version,
        "embargo": rehearsal.embargo and rehearsal.embargo.isoformat(),
        "languages": [
            {
                "language": item.language,
                "recipients": item.recipients,
                "already": item.already,
                "from": {"name": item.sender.name, "address": item.sender.address},
                "subject": item.subject,
                "bytes": item.size,
                "attached": item.attached,
            }
            for item in rehearsal.languages
        ],
        "skipped": dict(rehearsal.skipped),
        "obstacles": list(rehearsal.obstacles),
        "folder": str(rehearsal.folder),
        "files": rehearsal.files,
    }


def print_mailed(mailed: Mailed, *, rehearsal: bool) -> None:
    """Print what became of an order."""
    totals = Counter({state: mailed.count(state) for state in DeliveryState})
    figures = ", ".join(f"{totals[state]} {state}" for state in DeliveryState if totals[state])
    what = "rehearsal: " if rehearsal else ""
    click.echo(
        f"{mailed.release}, version {mailed.version}: {what}{totals.total()} recipients: {figures or 'nobody'}"
    )
    _print_reasons(mailed.reasons)
    for item in mailed.shown:
        click.echo(delivery_line(item))
    if mailed.ended is not None:
        click.echo(f"It ended before everything was tried: {mailed.ended}")
    if not rehearsal:
        for step in _next(mailed, totals):
            click.echo(step)


def mailed_data(mailed: Mailed) -> dict[str, object]:
    """Return what became of an order for JSON."""
    return {
        "release": mailed.release,
        "version": mailed.version,
        "recipients": sum(mailed.counts.values()),
        **{state.value: mailed.count(state) for state in DeliveryState},
        "reasons": dict(mailed.reasons),
        "shown": [delivery_data(item) for item in mailed.shown],
        "ended": mailed.ended,
    }


def delivery_line(item: Delivery) -> str:
    """Return a message in one line."""
    return f"  {item.state:<9} {item.language}  {item.address}  {item.reply or ''}".rstrip()


def delivery_data(item: Delivery) -> dict[str, object]:
    """Return a message for JSON."""
    return {
        "version": item.version,
        "language": item.language,
        "address": item.address,
        "state": item.state.value,
        "reply": item.reply,
        "at": item.at and item.at.isoformat(),
        "by": item.by,
        "message_id": item.message_id,
    }


def _print_reasons(reasons: Mapping[str, int]) -> None:
    for reason, count in reasons.items():
        click.echo(f"Skipped: {count}, {reason}")


def _next(mailed: Mailed, totals: Counter[DeliveryState]) -> Iterator[str]:
    if totals[DeliveryState.QUEUED]:
        yield "What is queued goes out when the same command is run again."
    if totals[DeliveryState.UNKNOWN]:
        yield f"What is unknown is never sent again by itself: communique deliveries list {mailed.release}"


def print_bounces(taken: Taken, *, as_json: bool) -> None:
    """Print what came back, and what a person has to do about it."""
    if as_json:
        print_json(_bounces_data(taken))
        return
    for item in taken.came_back:
        end = (
            "skipped from now on" if item.skipped else "known already" if not item.new else "stays in the register"
        )
        click.echo(f"{item.release}  {item.delivery.address}: {item.failure.text} ({end})")
    for failure in taken.unmatched:
        click.echo(f"Not ours, as far as we can tell: {failure.address or 'no address'}: {failure.text}")
    for mail in taken.farewells:
        click.echo(f"Wants no more mails: {mail.sender} (“{mail.subject}”); communique recipients object ADDRESS")
    counts = taken.counts
    click.echo(
        f"{counts[Kind.REPORT]} reports ({counts['new']} new, {counts['late']} of mail that is only late),"
        f" {counts[Kind.AUTOMATIC]} automatic answers, {counts[Kind.FAREWELL]} want no more mails,"
        f" {counts[Kind.OTHER]} others for you to read"
    )


def _bounces_data(taken: Taken) -> dict[str, object]:
    return {
        "counts": {name: taken.counts[name] for name in (*Kind, "new", "late")},
        "came_back": [
            {
                "release": item.release,
                "address": item.delivery.address,
                "status": item.failure.status,
                "text": item.failure.text,
                "new": item.new,
                "skipped": item.skipped,
            }
            for item in taken.came_back
        ],
        "farewells": [{"from": mail.sender, "subject": mail.subject} for mail in taken.farewells],
        "unmatched": [{"address": item.address, "text": item.text} for item in taken.unmatched],
    }
