"""`communique check` and `communique waive`."""

import json
from collections.abc import Sequence
from pathlib import Path

import click

from pipeline.checks.base import Check
from pipeline.cli.terminal import chosen, now, open_workspace, person_option, progress
from pipeline.errors import ConfigError
from pipeline.model.inline import plain
from pipeline.model.issue import Issue, Severity
from pipeline.model.risk import Examined
from pipeline.workspace import Workspace

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}


@click.command(short_help="Find what may be wrong with a translation.")
@click.argument("releases", metavar="[RELEASE]...", nargs=-1)
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "html", "junit"]), default="text", show_default=True
)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write into this file.")
@click.option("--pdf", is_flag=True, help="Check the PDFs: PDF/A-3a for archives, PDF/UA-1 for screen readers.")
@click.option(
    "--explain", metavar="NAME", help="Say what the check NAME looks for, with an example; “all” for all."
)
@click.pass_context
def check(
    ctx: click.Context, releases: tuple[str, ...], form: str, output: Path | None, pdf: bool, explain: str | None
) -> None:
    """Look for wrong numbers, dates, names, terms, missing text and more in every translation of RELEASE.

    Without RELEASE, all are checked. Exit code 1: an error that nobody waived blocks approval.

    \b
    Example:
      communique check 2026-11-23-neue-bruecke
      communique check --explain numbers
      communique check --pdf
    """
    if explain is not None:
        _explain(explain)
        return
    if pdf:
        ctx.exit(_check_pdfs(open_workspace(ctx), releases))
    from pipeline.runner.checking import check_release
    from pipeline.stages.check import blocking

    workspace = open_workspace(ctx)
    at = now(workspace)
    found = [item for release in chosen(workspace, releases) for item in check_release(workspace, release, at)]
    text = _written(workspace, found, form)
    if output is not None:
        from pipeline.workspace.files import write_bytes

        write_bytes(output, text.encode())
        click.echo(f"Written: {output}")
    elif text:
        click.echo(text, nl=False)
    ctx.exit(1 if any(blocking(item.issues) for item in found) else 0)


@click.command(short_help="Let a finding of a check stand, with a reason.")
@click.argument("release")
@click.argument("check_name", metavar="CHECK")
@click.argument("segment", required=False)
@click.option("--reason", required=True, help="Why it may stand; kept in the audit log.")
@click.option("--to", "target", metavar="LANGUAGE", help="Target language, where there are several.")
@person_option
@click.pass_context
def waive(
    ctx: click.Context,
    release: str,
    check_name: str,
    segment: str | None,
    reason: str,
    target: str | None,
    person: str,
) -> None:
    """Let what CHECK finds in SEGMENT of RELEASE stand, so that it blocks approval no longer.

    Without SEGMENT, the findings about the release as a whole. An edit of the segment ends the waiver.

    \b
    Example:
      communique waive 2026-11-23-neue-bruecke numbers S004 --reason "rounded on purpose" \
        --as "Max Beispiel <max@example.org>"
    """
    from pipeline.cli.terminal import target_language
    from pipeline.runner.checking import waive_finding

    if not reason.strip():
        raise click.UsageError("The reason is empty; say why the finding may stand.")
    _named(check_name)
    workspace = open_workspace(ctx)
    issues = waive_finding(
        workspace,
        release,
        target_language(workspace, target),
        check=check_name,
        segment=segment,
        reason=" ".join(reason.split()),
        by=person,
        at=now(workspace),
    )
    for issue in issues:
        click.echo(f"Let stand: {issue.segment or release}: {issue.message}")


def _written(workspace: Workspace, found: Sequence[Examined], form: str) -> str:
    from pipeline.checks.registry import CHECKS
    from pipeline.formats import check_report
    from pipeline.templating import environment

    if form == "json":
        return json.dumps([check_report.to_data(item) for item in found], ensure_ascii=False, indent=2) + "\n"
    if form == "junit":
        return check_report.to_junit(found, CHECKS)
    if form == "html":
        return check_report.to_html(found, CHECKS, environment(workspace.template_folders()))
    return "".join(_as_text(item) for item in found)


def _as_text(examined: Examined) -> str:
    bitext = examined.bitext
    counts = [(severity, sum(item.severity is severity for item in examined.issues)) for severity in Severity]
    words = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
    total = ", ".join(f"{count} {words[kind]}{'s' * (count != 1)}" for kind, count in counts if count)
    head = click.style(f"{bitext.release} ({bitext.target_locale})", bold=True)
    lines = [f"{head}: {total or 'nothing found'}; about {examined.minutes} min of review"]
    texts = {item.id: (plain(item.source), plain(item.target)) for item in bitext.segments()}
    for issue in examined.issues:
        lines += _issue_lines(issue, *texts.get(issue.segment or "", ("", "")))
    return "\n".join(lines) + "\n"


def _issue_lines(issue: Issue, source: str, target: str) -> list[str]:
    from pipeline.formats.excerpt import pieces

    colour = _COLOURS[issue.severity]
    head = (
        f"  {issue.segment or '':5} {click.style(f'{issue.severity:7}', fg=colour)} {issue.check}: {issue.message}"
    )
    lines = [head if issue.waiver is None else f"{head} [let stand by {issue.waiver.by}: {issue.waiver.reason}]"]
    for text, spans in ((source, issue.source), (target, issue.target)):
        if spans:
            shown = "".join(
                click.style(f"[{part}]", bold=True) if marked else part for marked, part in pieces(text, spans)
            )
            lines.append(f"          {shown}")
    if issue.fix:
        lines.append(f"          proposed: {_proposal(issue, target)}")
    return lines


def _proposal(issue: Issue, target: str) -> str:
    from pipeline.formats.excerpt import pieces
    from pipeline.model.inline import apply_edits, inlines
    from pipeline.model.issue import Span

    fixed = plain(apply_edits(inlines(target), issue.fix))
    first, last = issue.fix[0], issue.fix[-1]
    grown = len(fixed) - len(target)
    span = Span(start=first.start, end=max(last.end + grown, first.start))
    return "".join(part for _, part in pieces(fixed, [span]))


def _check_pdfs(workspace: Workspace, releases: tuple[str, ...]) -> int:
    """Print what breaks a standard in the PDFs of `releases`, and return the exit code."""
    from pipeline.runner.press import Press
    from pipeline.runner.publishing import files_of
    from pipeline.runner.validating import check_pdfs

    wanted, press, faults = chosen(workspace, releases), Press(workspace, now(workspace)), 0
    with progress("Building", sum(len(files_of(workspace, release)) for release in wanted)) as advance:
        found = [check_pdfs(workspace, release, press, advance) for release in wanted]
    for name, findings in (item for files in found for item in files.items()):
        faults += len(findings)
        click.echo(f"{name}: {f'{len(findings)} faults' if findings else 'PDF/A-3a and PDF/UA-1'}")
        for finding in findings:
            click.echo(f"  {finding.standard}  {finding.rule}: {finding.message}")
    return 1 if faults else 0


def _explain(name: str) -> None:
    from pipeline.checks.registry import CHECKS

    for number, item in enumerate(CHECKS, 1):
        if name in {"all", item.name}:
            click.echo(click.style(f"{item.name}: {item.title}", bold=True) + f" ({number}, {item.severity})")
            click.echo(click.wrap_text(item.rule, width=100, initial_indent="  ", subsequent_indent="  "))
            click.echo(click.wrap_text(f"Example: {item.example}", 100, "  ", "  "))
    if name != "all":
        _named(name)


def _named(name: str) -> Check:
    import difflib

    from pipeline.checks.registry import CHECKS

    by_name = {item.name: item for item in CHECKS}
    if name not in by_name:
        near = difflib.get_close_matches(name, by_name, n=1)
        hint = f"did you mean “{near[0]}”? Known" if near else "known"
        raise ConfigError(f"there is no check “{name}”; {hint} are {', '.join(by_name)}")
    return by_name[name]
