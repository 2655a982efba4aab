"""`communique terms …`: the termbase."""

import dataclasses
from pathlib import Path

import click

from pipeline.cli.segments import difference, language_option
from pipeline.cli.terminal import (
    json_option,
    now,
    open_workspace,
    optional_person,
    print_json,
    print_table,
    target_language,
)
from pipeline.model.termbase import Concept, Term, TermStatus
from pipeline.terms.proposals import Proposal

SHOWN = 5
"""Sentences that are shown for a proposal; more are counted."""


@click.group(short_help="Search, check, import and export the termbase.")
def terms() -> None:
    """The office's words: memory/terms.csv, which a spreadsheet opens.

    \b
    Example:
      communique terms search Gemeinde
      communique terms check
      communique terms suggest
    """


@terms.command(short_help="Find terms by a word in any language.")
@click.argument("text")
@json_option
@click.pass_context
def search(ctx: click.Context, text: str, as_json: bool) -> None:
    """Show the concepts that have TEXT in one of their terms, or of which TEXT holds a term in any inflection.

    \b
    Example:
      communique terms search "mit den Gemeinden"
    """
    from pipeline.terms.index import TermIndex

    workspace = open_workspace(ctx)
    termbase = workspace.memory.load_termbase()
    settings = workspace.settings
    index = TermIndex(termbase, source=settings.source_locale, target=settings.target_locales[0])
    inside = {item.concept.id for item in (*index.all_in_source(text), *index.in_target(text))}
    found = [
        concept
        for concept in termbase.concepts
        if concept.id in inside or any(text.casefold() in term.text.casefold() for term in concept.terms)
    ]
    if as_json:
        print_json([_as_data(concept) for concept in found])
    elif found:
        for concept in found:
            _print(concept)
    else:
        click.echo(f"The termbase has nothing for “{text}”.")


@terms.command(short_help="Find what the termbase says twice or against itself.")
@json_option
@click.pass_context
def check(ctx: click.Context, as_json: bool) -> None:
    """Look for two preferred terms, terms both preferred and deprecated, and circles. Exit code 1: there are some.

    \b
    Example:
      communique terms check
    """
    from pipeline.terms.audit import problems

    termbase = open_workspace(ctx).memory.load_termbase()
    found = problems(termbase)
    if as_json:
        print_json([{"concept": item.concept, "message": item.message} for item in found])
    else:
        for item in found:
            click.echo(item.message)
        noted = sum(concept.note is not None for concept in termbase.concepts)
        click.echo(f"{len(termbase.concepts)} concepts, {noted} with a note, {len(found)} contradictions.")
    ctx.exit(1 if found else 0)


@terms.command("import", short_help="Add the terms of a CSV, TSV or TBX file.")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@json_option
@click.pass_context
def import_(ctx: click.Context, file: Path, as_json: bool) -> None:
    """Add the concepts of FILE to the termbase; what it has already stays as it is.

    \b
    Example:
      communique terms import glossar.tbx
    """
    from pipeline.runner.terminology import import_terms

    result = import_terms(open_workspace(ctx), file)
    if as_json:
        print_json({"added": result.added, "known": result.known, "foreign": result.foreign})
        return
    click.echo(f"{result.added} concepts added, {result.known} were there already.")
    if result.foreign:
        click.echo(f"{result.foreign} left out: no terms in two languages of this workspace.")


@terms.command(short_help="Write the termbase as TBX-Basic or CSV.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@json_option
@click.pass_context
def export(ctx: click.Context, file: Path, as_json: bool) -> None:
    """Write the termbase into FILE: TBX-Basic for a name ending in .tbx, a table for .csv.

    \b
    Example:
      communique terms export termbase.tbx
    """
    from pipeline.runner.terminology import export_terms

    count = export_terms(open_workspace(ctx), file)
    if as_json:
        print_json({"file": str(file), "concepts": count})
    else:
        click.echo(f"{count} concepts written: {file}")


@terms.command(short_help="Propose terms from corrections that recur.")
@click.option("--take", "numbers", type=int, multiple=True, metavar="NUMBER", help="Add this proposal. Repeatable.")
@click.option("--source", metavar="TERM", help="What it stands for, where several terms are possible.")
@click.option(
    "--as",
    "person",
    envvar="COMMUNIQUE_AS",
    callback=optional_person,
    metavar='"NAME <MAIL>"',
    help="Who answers for it; needed with --take.",
)
@language_option
@json_option
@click.pass_context
def suggest(
    ctx: click.Context,
    numbers: tuple[int, ...],
    source: str | None,
    person: str | None,
    target: str | None,
    as_json: bool,
) -> None:
    """Find wordings that people replaced by the same other one in several sentences, and what they may stand for.

    Each proposal has a number, the source terms that stand in all these sentences, and the corrections it comes
    from. With --take it becomes a term: the new wording preferred, the replaced one deprecated.

    \b
    Example:
      communique terms suggest
      communique terms suggest --take 2 --source Zweckverband --as "Max Beispiel <max@example.org>"
    """
    from pipeline.runner.proposing import suggest_terms, take_terms

    workspace = open_workspace(ctx)
    language = target_language(workspace, target)
    if not numbers:
        if source is not None:
            raise click.UsageError("--source chooses for a proposal: name it with --take NUMBER")
        _print_proposals(suggest_terms(workspace, language), as_json)
        return
    if person is None:
        raise click.UsageError('--take needs a name: --as "Name <mail@example.org>"')
    taken = take_terms(workspace, language, numbers, source=source, by=person, at=now(workspace))
    if as_json:
        print_json([_as_data(concept) for concept in taken])
        return
    for concept in taken:
        _print(concept)
    click.echo("Added to memory/terms.csv.")


def _print_proposals(found: tuple[Proposal, ...], as_json: bool) -> None:
    if as_json:
        print_json([{"number": number, **dataclasses.asdict(item)} for number, item in enumerate(found, 1)])
        return
    for number, item in enumerate(found, 1):
        _print_proposal(number, item)
    if found:
        click.echo('Add one with: communique terms suggest --take NUMBER --as "Name <mail>"')
    else:
        click.echo("No correction recurs that the termbase does not have already.")


def _print_proposal(number: int, item: Proposal) -> None:
    stands_for = " or ".join(f"“{text}”" for text in item.candidates)
    count = len(item.evidence)
    head = f"{number}  {item.preferred}, not {item.replaced}"
    click.echo(click.style(head, bold=True) + f"  for {stands_for}, in {count} sentences")
    for evidence in item.evidence[:SHOWN]:
        click.echo(f"   {evidence.release} {evidence.segment}, {evidence.by.partition(' <')[0]}")
        click.echo(f"      {evidence.source}")
        click.echo(f"      {difference(evidence.before, evidence.after)}")
    if count > SHOWN:
        click.echo(f"   and {count - SHOWN} more")
    click.echo()


def _as_data(concept: Concept) -> dict[str, object]:
    return {
        "id": concept.id,
        "kind": concept.kind,
        "terms": [{"text": term.text, "language": term.language, "status": term.status} for term in concept.terms],
        "country": concept.scope.country,
        "topic": concept.scope.topic,
        "issuer": concept.scope.issuer,
        "from": concept.valid_from and concept.valid_from.isoformat(),
        "until": concept.valid_until and concept.valid_until.isoformat(),
        "reference": concept.reference,
        "note": concept.note,
    }


def _print(concept: Concept) -> None:
    source = concept.terms[0]
    scope = ", ".join(item for item in (concept.scope.country, concept.scope.topic, concept.scope.issuer) if item)
    head = click.style(source.text, bold=True) + f"  {concept.kind}" + (f", {scope}" if scope else "")
    click.echo(head)
    print_table(("  ", "Term", "Status"), [_row(term) for term in concept.terms[1:]])
    if concept.reference:
        click.echo(f"  Source: {concept.reference}")
    if concept.note:
        click.echo(f"  Note: {concept.note}")


def _row(term: Term) -> tuple[str, str, str]:
    return f"  {term.language}", term.text, "" if term.status is TermStatus.PREFERRED else term.status
