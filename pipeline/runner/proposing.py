"""Recurring corrections become terms, when a person says so."""

from collections.abc import Sequence
from datetime import datetime

from pipeline import locales
from pipeline.errors import WorkspaceError
from pipeline.model.termbase import Concept, Term, Termbase, TermStatus
from pipeline.terms.index import TermIndex
from pipeline.terms.proposals import Proposal, proposals
from pipeline.terms.words import words
from pipeline.workspace import Workspace


def suggest_terms(workspace: Workspace, target: str) -> tuple[Proposal, ...]:
    """Return what the corrections in all releases propose for the termbase; nothing is written.

    Raises:
        CommuniqueError: a file is missing or damaged.
    """
    source = workspace.settings.source_locale
    terms = TermIndex(workspace.memory.load_termbase(), source=source, target=target)
    loaded = (workspace.load_bitext(name, target) for name in workspace.release_ids())
    bitexts = [bitext for bitext in loaded if bitext is not None]
    return proposals(bitexts, terms, locales.get(source), locales.get(target))


def take_terms(
    workspace: Workspace, target: str, numbers: Sequence[int], *, source: str | None, by: str, at: datetime
) -> tuple[Concept, ...]:
    """Add proposals to the termbase, behind what is there, and return their concepts.

    Args:
        workspace: whose corrections they come from.
        target: language of the translations.
        numbers: which of `suggest_terms`, counted from 1.
        source: the source term, where a proposal has several to choose from; in any inflection of it.
        by: who answers for it.
        at: when.

    Raises:
        WorkspaceError: there is no such proposal, or it is not clear what it stands for; then nothing is added.
    """
    found = suggest_terms(workspace, target)
    unknown = [number for number in numbers if not 1 <= number <= len(found)]
    if unknown:
        there = f"there are {len(found)}" if found else "there is none"
        raise WorkspaceError(f"there is no proposal {unknown[0]}, {there}; see “communique terms suggest”")
    if source is not None and len(numbers) > 1:
        raise WorkspaceError("one source term can be chosen for one proposal only; take them one by one")
    fresh = tuple(
        _concept(workspace, target, number, found[number - 1], source=source, by=by, at=at)
        for number in dict.fromkeys(numbers)
    )
    own = workspace.memory.load_termbase()
    workspace.memory.save_termbase(Termbase(concepts=(*own.concepts, *fresh)), workspace.languages())
    return fresh


def _concept(
    workspace: Workspace, target: str, number: int, item: Proposal, *, source: str | None, by: str, at: datetime
) -> Concept:
    language, other = (tag.partition("-")[0] for tag in (workspace.settings.source_locale, target))
    releases = ", ".join(dict.fromkeys(evidence.release for evidence in item.evidence))
    return Concept(
        id="",  # the table gives it one
        terms=(
            Term(text=_chosen(workspace, number, item, source), language=language),
            Term(text=item.preferred, language=other),
            Term(text=item.replaced, language=other, status=TermStatus.DEPRECATED),
        ),
        reference=f"corrections in {releases}; {by}, {at:%Y-%m-%d}",
    )


def _chosen(workspace: Workspace, number: int, item: Proposal, source: str | None) -> str:
    """Return the source term of a proposal: the only one there is, or the one that was named, as it was written.

    Raises:
        WorkspaceError: there are several, or the one named is not among them.
    """
    listed = ", ".join(f"“{text}”" for text in item.candidates)
    if source is None:
        if len(item.candidates) > 1:
            raise WorkspaceError(f"proposal {number} may stand for {listed}: choose one with --source")
        return item.candidates[0]
    inflection = locales.get(workspace.settings.source_locale).inflection

    def stems(text: str) -> list[str]:
        return [inflection.stem(word.text) for word in words(text)]

    if all(stems(source) != stems(text) for text in item.candidates):
        raise WorkspaceError(f"“{source}” is not in all sentences of proposal {number}; choose one of {listed}")
    return " ".join(source.split())
