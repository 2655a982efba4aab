"""`communique draft`."""

import dataclasses
import os
from collections.abc import Sequence
from typing import Any

import click

from pipeline.cli.terminal import (
    check_person,
    chosen,
    json_option,
    now,
    open_workspace,
    print_json,
    print_table,
    progress,
    user,
)
from pipeline.runner.drafting import DraftReport, Estimate
from pipeline.workspace import Workspace

UNREACHED, REFUSED = 3, 1


@click.command(short_help="Translate what is missing: memory first, then engines.")
@click.argument("releases", metavar="[RELEASE]...", nargs=-1)
@click.option("--engine", "engines", multiple=True, help="Ask this engine instead of those in communique.toml.")
@click.option(
    "--allow-online",
    metavar='"NAME <MAIL>"',
    callback=lambda ctx, param, value: value and check_person(ctx, param, value),
    help="Send embargoed or confidential text to engines outside all the same; this person answers for it.",
)
@click.option("--estimate", is_flag=True, help="Only say how much would be sent and what it costs; ask nobody.")
@json_option
@click.pass_context
def draft(
    ctx: click.Context,
    releases: tuple[str, ...],
    engines: tuple[str, ...],
    allow_online: str | None,
    estimate: bool,
    as_json: bool,
) -> None:
    """Translate every segment that has no translation yet; texts that are there stay as they are.

    First comes what the memory knows, word for word or nearly so; then the engines of communique.toml in their
    order; then the checks look at the result. Without RELEASE, all releases are drafted.

    \b
    Example:
      communique draft 2026-11-23-neue-bruecke

    Exit code 3: some segments stayed untranslated because no engine could be reached; 1: because the release is
    under embargo or confidential.
    """
    workspace = open_workspace(ctx)
    if estimate:
        estimates = estimate_all(workspace, chosen(workspace, releases), engines)
        if as_json:
            print_json([_estimate_data(item) for item in estimates])
        else:
            print_estimates(estimates)
        return
    reports = draft_all(workspace, chosen(workspace, releases), engines, allow_online)
    if as_json:
        print_json([as_data(report) for report in reports])
    else:
        print_reports(reports)
    ctx.exit(exit_code(reports))


def draft_all(
    workspace: Workspace, releases: Sequence[str], engine_names: Sequence[str] = (), released_by: str | None = None
) -> tuple[DraftReport, ...]:
    """Draft `releases` with the engines named or else those of the settings, under a progress bar."""
    from pipeline.runner.drafting import draft_release, untranslated
    from pipeline.runner.toolkit import open_toolkit

    at, by = now(workspace), user()
    reports: list[DraftReport] = []
    with open_toolkit(workspace, os.environ, at.date(), engine_names) as toolkit:
        for problem in toolkit.problems:
            click.echo(f"Memory: {problem}", err=True)
        asked = any(toolkit.engines.values())
        waiting = sum(untranslated(workspace, release) for release in releases) if asked else 0
        with progress("Translating", waiting) as advance:
            for release in releases:
                reports += draft_release(
                    workspace,
                    release,
                    toolkit=toolkit,
                    released_by=released_by,
                    by=by,
                    at=at,
                    advance=advance,
                )
    return tuple(reports)


def estimate_all(
    workspace: Workspace, releases: Sequence[str], engine_names: Sequence[str]
) -> tuple[Estimate, ...]:
    """Return what drafting `releases` would send and cost."""
    from pipeline.runner.drafting import estimate
    from pipeline.runner.toolkit import open_toolkit

    at = now(workspace)
    with open_toolkit(workspace, os.environ, at.date(), engine_names) as toolkit:
        return tuple(item for release in releases for item in estimate(workspace, release, toolkit, at))


def print_estimates(estimates: Sequence[Estimate]) -> None:
    """Print what drafting would send, and what that costs."""
    if not estimates:
        click.echo("No engine would be asked: none is switched on; see “engines” in communique.toml.")
        return
    rows = [
        (
            item.release,
            item.target,
            item.engine,
            str(item.segments),
            str(item.cached),
            f"{item.characters:,}",
            "–" if item.cost is None else f"{item.cost:.2f}",
        )
        for item in estimates
    ]
    print_table(("Release", "Into", "Engine", "Segments", "Known", "Characters", "Cost"), rows)


def exit_code(reports: Sequence[DraftReport]) -> int:
    """Return 0 if everything is translated, 1 if a text may not leave, 3 if nobody could be reached."""
    unfinished = [report for report in reports if report.untranslated]
    if not unfinished:
        return 0
    return REFUSED if all(report.refused for report in unfinished) else UNREACHED


def as_data(report: DraftReport) -> dict[str, Any]:
    """Return a report as plain data for JSON."""
    return {
        "release": report.release,
        "target": report.target,
        "segments": report.segments,
        "filled": report.filled,
        "memory": report.memory,
        "fuzzy": report.fuzzy,
        "engines": dict(report.engines),
        "untranslated": report.untranslated,
        "findings": {str(severity): count for severity, count in report.findings.items()},
        "minutes": report.minutes,
        "characters_translated": report.spent.characters,
        "cost": None if report.spent.cost is None else f"{report.spent.cost:.2f}",
        "problems": [
            {"engine": item.engine, "reason": item.reason, "segments": item.segments} for item in report.problems
        ],
        "lost_formatting": list(report.unmarked),
    }


def _estimate_data(item: Estimate) -> dict[str, Any]:
    data = dataclasses.asdict(item)
    return data | {"cost": None if item.cost is None else f"{item.cost:.2f}"}


def print_reports(reports: Sequence[DraftReport]) -> None:
    """Print a table of what was drafted, and below it what a person must know."""
    rows = [
        (
            report.release,
            report.target,
            str(report.segments),
            str(report.filled),
            str(report.memory),
            str(report.fuzzy),
            ", ".join(f"{name} {count}" for name, count in sorted(report.engines.items())) or "–",
            str(report.untranslated),
        )
        for report in reports
    ]
    header = ("Release", "Into", "Segments", "New", "From memory", "Similar", "By engine", "Not translated")
    print_table(header, rows)
    for report in reports:
        where = f"{report.release} ({report.target})"
        for problem in report.problems:
            click.echo(f"{where}: {problem.engine}: {problem.reason} [{problem.segments} segments]")
        if report.unmarked:
            click.echo(f"{where}: bold, italic or a link could not be put back in {', '.join(report.unmarked)}")
    if any(report.untranslated and not report.problems for report in reports):
        click.echo("No engine is switched on: see “engines” in communique.toml.")
    if any(report.untranslated for report in reports):
        click.echo("Untranslated segments are marked in every file. “communique draft” again asks for these only.")
    for report in reports:
        if report.filled or report.minutes:
            click.echo(_summary(report))


def _summary(report: DraftReport) -> str:
    """Return the one line a draft ends with."""
    engines = [f"{count} by {name}" for name, count in sorted(report.engines.items())]
    findings = sum(report.findings.values())
    parts = [
        f"{report.memory} from memory",
        f"{report.fuzzy} fuzzy",
        *(engines or ["0 by engine"]),
        f"{report.untranslated} untranslated",
        f"{findings} findings",
        f"about {report.minutes} min of review",
    ]
    if report.spent.characters:
        cost = "" if report.spent.cost is None else f" ({report.spent.cost:.2f})"
        parts.append(f"{report.spent.characters:,} characters translated{cost}")
    return f"{report.release} ({report.target}): {', '.join(parts)}"
