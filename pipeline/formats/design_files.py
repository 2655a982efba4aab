"""Where the files of a design are: in the folder `designs/NAME` of the office's own templates, or the packaged."""

from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import ConfigError

DESIGNS = "designs"
STYLE, LETTERHEAD = "design.css", "letterhead.docx"
FORMER_LETTERHEAD = "docx/letterhead.docx"
"""Where an office's own letterhead was before there were designs; it goes with the design that was the only one."""
FORMER_DESIGN = "classic"


def known_designs(folders: Sequence[Path]) -> tuple[str, ...]:
    """Return the names of the designs in the template folders."""
    found = {path.parent.name for folder in folders for path in (folder / DESIGNS).glob("*/*") if path.is_file()}
    return tuple(sorted(found))


def design_file(folders: Sequence[Path], design: str, file: str) -> str:
    """Return the name of a design's file below the template folders.

    Args:
        folders: template folders, the office's own first.
        design: name of the design.
        file: `STYLE` or `LETTERHEAD`.

    Raises:
        ConfigError: there is no such design, or it lacks the file, or a letterhead of former times contradicts it.
    """
    if file == LETTERHEAD and (folders[0] / FORMER_LETTERHEAD).is_file():
        return _with_former_letterhead(folders, design)
    name = f"{DESIGNS}/{design}/{file}"
    if any((folder / name).is_file() for folder in folders):
        return name
    known = known_designs(folders)
    if design not in known:
        names = ", ".join(f"“{item}”" for item in known)
        message = (
            f"there is no design “{design}” (known: {names}); choose one, or put yours into templates/{DESIGNS}"
        )
        raise ConfigError(f"communique.toml: design.name: {message}")
    advice = f"copy it from a ready design (“communique templates eject {DESIGNS}/{FORMER_DESIGN}”)"
    raise ConfigError(f"templates/{name}: is missing; {advice}")


def _with_former_letterhead(folders: Sequence[Path], design: str) -> str:
    name = f"{DESIGNS}/{design}/{LETTERHEAD}"
    if design == FORMER_DESIGN and not (folders[0] / name).is_file():
        return FORMER_LETTERHEAD
    message = f"is not used with the design “{design}”; move it to templates/{name} to use it there, or delete it"
    raise ConfigError(f"templates/{FORMER_LETTERHEAD}: {message}")
