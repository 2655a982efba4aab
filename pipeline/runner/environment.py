"""What this machine can do: the libraries, fonts and services that the work depends on."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.config import Settings
from pipeline.engines.registry import PROBE, Workshop, create, installed
from pipeline.errors import CommuniqueError
from pipeline.locales import get
from pipeline.model.termbase import Termbase
from pipeline.model.translation import Failed, Passage, Request
from pipeline.runner.toolkit import workshop_for
from pipeline.workspace import Workspace

BROKEN, UNREACHED = 2, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at."""

    subject: str
    ok: bool
    detail: str
    exit_code: int = BROKEN
    """What `communique doctor` exits with if this is not ok."""


def examine(workspace: Workspace, environ: Mapping[str, str], *, ask_services: bool) -> tuple[Finding, ...]:
    """Return what is there and what is missing.

    Args:
        workspace: its settings name languages and engines.
        environ: holds the engines' keys and where models are.
        ask_services: whether each engine is asked for one harmless word, and the mail server is called.
    """
    settings = workspace.settings
    findings = [
        _tried("PDF library", _pdf_library),
        _tried("Fonts", _fonts),
        _tried("Languages", lambda: ", ".join(get(tag).tag for tag in _tags(settings))),
    ]
    for target in settings.target_locales:
        workshop = workshop_for(workspace, environ, target, Termbase())
        names = installed(workshop) if settings.engines is None else settings.engines
        second = [settings.second_opinion] if settings.second_opinion else []
        findings += [_service(name, workshop, ask_services) for name in dict.fromkeys((*names, *second))]
    if settings.mail is not None:
        findings.append(_mail_server(workspace, settings.mail.host, ask_services))
    return tuple({finding.subject: finding for finding in findings}.values())


def _tags(settings: Settings) -> Iterator[str]:
    yield settings.source_locale
    yield from settings.target_locales


def _tried(subject: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(subject=subject, ok=True, detail=look())
    except (CommuniqueError, OSError) as error:
        return Finding(subject=subject, ok=False, detail=str(error))


def _pdf_library() -> str:
    from pipeline.engines.pdf import library_version

    return f"WeasyPrint {library_version()}"


def _fonts() -> str:
    """Return each family, and the typographic signs that it takes from another one."""
    from pipeline.formats.fonts import covered_by, families

    lacking = []
    for family in families():
        missing = [
            f"U+{ord(sign):04X}" for sign in "\u00a0\u202f\u2011–—…„“«»’œ€" if sign not in covered_by(family)
        ]
        lacking.append(f"{family} (lacks {', '.join(missing)})" if missing else family)
    return "; ".join(lacking)


def _mail_server(workspace: Workspace, host: str, ask: bool) -> Finding:
    """Call the mail server, as sending does, and hang up."""
    if not ask:
        return Finding(subject="Mail server", ok=True, detail=f"{host}: not asked")
    from pipeline.runner.mailing import caller

    try:
        line = caller(workspace)()
    except CommuniqueError as error:
        return Finding(subject="Mail server", ok=False, detail=str(error), exit_code=UNREACHED)
    limit = "" if line.size is None else f", takes messages of up to {line.size / 1e6:.0f} MB"
    line.close()
    return Finding(subject="Mail server", ok=True, detail=f"{host}: lets us in{limit}")


def _service(name: str, workshop: Workshop, ask: bool) -> Finding:
    settings = workshop.settings
    try:
        engine = create(name, workshop)
    except CommuniqueError as error:
        return Finding(subject=name, ok=False, detail=str(error))
    where = "text leaves this machine" if engine.capabilities.data_leaves_machine else "text stays on this machine"
    how = "" if engine.capabilities.encrypted or not engine.capabilities.data_leaves_machine else " UNENCRYPTED"
    if not ask:
        return Finding(subject=name, ok=True, detail=f"not asked; {where}{how}")
    (answer,) = engine.translate(
        Request(passages=(Passage(text=PROBE),), source=settings.source_locale, target=workshop.target)
    )
    if isinstance(answer, Failed):
        return Finding(subject=name, ok=False, detail=answer.reason, exit_code=UNREACHED)
    return Finding(subject=name, ok=True, detail=f"answers; {where}{how}")
