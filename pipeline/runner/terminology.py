"""The termbase of a workspace: terms from elsewhere come in, terms go out."""

from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.errors import FormatError
from pipeline.formats import tbx, termbase_table
from pipeline.model.termbase import Concept, Termbase
from pipeline.workspace import Workspace
from pipeline.workspace.files import read_bytes, write_bytes

MAX_FILE = 50_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of the concepts of a file."""

    added: int
    known: int
    """They were in the termbase already."""
    foreign: int
    """They have no terms in two languages of the workspace."""


def import_terms(workspace: Workspace, file: Path) -> Added:
    """Add the concepts of a CSV, TSV or TBX file.

    A concept is known if one of the same terms in the same scope is there; nothing that is there is changed.

    Raises:
        FormatError: the file cannot be understood; then nothing is added.
    """
    data = read_bytes(file, MAX_FILE)
    read = tbx.parse if file.suffix.lower() == ".tbx" or data.lstrip()[:1] == b"<" else termbase_table.parse
    languages = workspace.languages()
    found = [_in_order(concept, languages) for concept in read(data, path=str(file)).concepts]
    usable = [concept for concept in found if concept is not None]
    if found and not usable:
        raise FormatError(f"has no term in both {languages[0]} and another language of this workspace", path=file)
    own = workspace.memory.load_termbase()
    taken = {_key(concept) for concept in own.concepts}
    fresh = {_key(concept): concept for concept in usable if _key(concept) not in taken}
    if fresh:
        joined = Termbase(concepts=(*own.concepts, *fresh.values()))
        workspace.memory.save_termbase(joined, languages)
    known = len(usable) - len(fresh)
    return Added(added=len(fresh), known=known, foreign=len(found) - len(usable))


def export_terms(workspace: Workspace, file: Path) -> int:
    """Write the termbase into `file`, by the ending of its name, and return how many concepts it has.

    Raises:
        FormatError: the name ends in something else than .tbx or .csv.
    """
    termbase = workspace.memory.load_termbase()
    match file.suffix.lower():
        case ".tbx":
            data = tbx.dump(termbase)
        case ".csv":
            data = termbase_table.dump(termbase, workspace.languages()).encode("utf-8-sig")
        case _:
            raise FormatError("end the name in .tbx or .csv, so that it is clear what to write", path=file)
    write_bytes(file, data)
    return len(termbase.concepts)


def _in_order(concept: Concept, languages: tuple[str, ...]) -> Concept | None:
    """Return a concept with its source terms first, or None if it says nothing for this workspace."""
    source, *targets = languages
    own = concept.in_language(source)
    others = tuple(term for language in targets for term in concept.in_language(language))
    return replace(concept, terms=(*own, *others)) if own and others else None


def _key(concept: Concept) -> object:
    return frozenset((term.text, term.language) for term in concept.terms), concept.scope
