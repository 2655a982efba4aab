"""`communique review …`: the group, and the list of segments."""

import click

from pipeline.cli import decisions, exchange, following, questions, review_report
from pipeline.cli.segments import as_data, language_option, print_segment
from pipeline.cli.terminal import json_option, now, open_workspace, print_json, target_language
from pipeline.model.risk import Risk


@click.group(short_help="Send to reviewers, take in, correct and accept translations.")
def review() -> None:
    """Send a translation to a reviewer, take in what comes back, decide segment by segment.

    \b
    Example:
      communique review export 2026-11-23-neue-bruecke
      communique review import retour.docx --from "Léa Roy <lea@example.org>"
      communique review list 2026-11-23-neue-bruecke --open
      communique review accept 2026-11-23-neue-bruecke S001 S002 --as "Léa Roy <lea@example.org>"
    """


@review.command("list", short_help="Show source and translation, segment by segment.")
@click.argument("release")
@language_option
@click.option("--open", "only_open", is_flag=True, help="Only what no person has looked at yet.")
@click.option("--by-risk", is_flag=True, help="What needs a look most first, with the reasons.")
@json_option
@click.pass_context
def list_(
    ctx: click.Context, release: str, target: str | None, only_open: bool, by_risk: bool, as_json: bool
) -> None:
    """Show source and translation of RELEASE, segment by segment, with state and origin.

    \b
    Example:
      communique review list 2026-11-23-neue-bruecke --open --by-risk
    """
    from pipeline.model.bitext import State
    from pipeline.runner.checking import check_translation
    from pipeline.runner.languages import stand
    from pipeline.stages.follow import last_reviewed

    workspace = open_workspace(ctx)
    language = target_language(workspace, target)
    risks: dict[str, Risk] = {}
    if by_risk:
        found = check_translation(workspace, release, language, now(workspace))
        bitext = found.bitext
        risks = {risk.segment: risk for risk in found.risks}
    else:
        bitext = stand(workspace, release).bitext(language)
    closed = {State.REVIEWED, State.FINAL}
    segments = [item for item in bitext.segments() if not only_open or item.state not in closed]
    if risks:
        segments.sort(key=lambda item: -risks[item.id].points)
    if as_json:
        print_json([as_data(item, risks.get(item.id)) for item in segments])
        return
    for item in segments:
        print_segment(item, risks.get(item.id), last_reviewed(bitext, item))
    if not segments:
        click.echo("Nothing is waiting for a reviewer.")


for _command in (
    exchange.export,
    exchange.import_,
    questions.comments,
    questions.answer,
    questions.resolve,
    following.changes,
    review_report.report,
    decisions.edit,
    decisions.accept,
    decisions.reject,
    decisions.sign,
):
    review.add_command(_command)
