"""`communique terms …`: the termbase."""

from pathlib import Path

import click

from pipeline.cli.terminal import json_option, open_workspace, print_json, print_table
from pipeline.model.termbase import Concept, Term, TermStatus


@click.group(short_help="Search, check, import and export the termbase.")
def terms() -> None:
    r"""The office's words: memory/terms.csv, which a spreadsheet opens.

    \b
    Example:
      communique terms search Gemeinde
      communique terms check
    """


@terms.command(short_help="Find terms by a word in any language.")
@click.argument("text")
@json_option
@click.pass_context
def search(ctx: click.Context, text: str, as_json: bool) -> None:
    r"""Show the concepts that have TEXT in one of their terms, or of which TEXT holds a term in any inflection.

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
    r"""Look for two preferred terms, terms both preferred and deprecated, and circles. Exit code 1: there are some.

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
    r"""Add the concepts of FILE to the termbase; what it has already stays as it is.

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
    r"""Write the termbase into FILE: TBX-Basic for a name ending in .tbx, a table for .csv.

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
