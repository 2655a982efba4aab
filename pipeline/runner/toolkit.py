"""What drafting is done with: engines by name, the termbase, the memory."""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.checks.judge import judge
from pipeline.config import Settings
from pipeline.engines.answer_store import AnswerStore
from pipeline.engines.cache import Cached
from pipeline.engines.models.store import ModelStore, models_folder
from pipeline.engines.registry import Workshop, create, installed
from pipeline.memory.lookup import TranslationMemory
from pipeline.model.termbase import Termbase
from pipeline.model.translation import Engine
from pipeline.runner.languages import office_abbreviations
from pipeline.runner.remembering import open_memories
from pipeline.terms.audit import problems
from pipeline.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Toolkit:
    """Everything a draft is made with, by target language where it depends on it."""

    settings: Settings
    termbase: Termbase
    memories: Mapping[str, TranslationMemory]
    engines: Mapping[str, tuple[Engine, ...]]
    second: Mapping[str, Engine | None]
    problems: tuple[str, ...]
    """What of the memory could not be read, and what the termbase says against itself."""


@contextlib.contextmanager
def open_toolkit(
    workspace: Workspace, environ: Mapping[str, str], today: date, names: Sequence[str] = ()
) -> Iterator[Toolkit]:
    """Open what a draft is made with; nothing is sent yet.

    Args:
        workspace: whose settings, termbase and memory are used.
        environ: where keys and the folder of models come from.
        today: for the age of the memory's texts.
        names: engines to ask instead of those in the settings; `none` for nobody.

    Raises:
        CommuniqueError: the settings, the termbase or the memory cannot be used.
    """
    settings = workspace.settings
    termbase = workspace.memory.load_termbase()
    engines: dict[str, tuple[Engine, ...]] = {}
    second: dict[str, Engine | None] = {}
    for target in settings.target_locales:
        workshop = workshop_for(workspace, environ, target, termbase)
        chosen = [name for name in names if name != "none"] if names else settings.engines
        wanted = installed(workshop) if chosen is None else chosen
        engines[target] = tuple(_made(name, workshop, workspace) for name in wanted)
        second[target] = _made(settings.second_opinion, workshop, workspace) if settings.second_opinion else None
    with open_memories(workspace, termbase, today) as memories:
        yield Toolkit(
            settings=settings,
            termbase=termbase,
            memories=memories.by_target,
            engines=engines,
            second=second,
            problems=(*memories.problems, *_contradictions(termbase)),
        )


def _contradictions(termbase: Termbase) -> tuple[str, ...]:
    found = problems(termbase)
    if not found:
        return ()
    more = f" and {len(found) - 1} more" if len(found) > 1 else ""
    return (f"the termbase contradicts itself: {found[0].message}{more}; see “communique terms check”",)


def workshop_for(workspace: Workspace, environ: Mapping[str, str], target: str, termbase: Termbase) -> Workshop:
    """Return what engines into `target` are made with."""
    source = workspace.settings.source_locale
    return Workshop(
        settings=workspace.settings,
        environ=environ,
        target=target,
        models=ModelStore(models_folder(environ, Path.home())),
        judge=lambda: judge(termbase, source=source, target=target),
        abbreviations=office_abbreviations(workspace),
    )


def _made(name: str, workshop: Workshop, workspace: Workspace) -> Engine:
    """Return an engine that asks for no text twice; a model of this machine costs nothing and is always asked."""
    engine = create(name, workshop)
    if name.partition(":")[0] == "offline":
        return engine
    return Cached(engine=engine, store=AnswerStore(workspace.memory.cache))
