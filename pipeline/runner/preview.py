"""A look at a release before it leaves: the pages of all its PDFs on one picture."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.runner.press import Press
from pipeline.runner.publishing import build_release
from pipeline.workspace import Workspace
from pipeline.workspace.files import read_bytes, write_bytes

MAX_PDF = 200_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The picture of a release."""

    release: str
    path: Path
    pages: Mapping[str, int]
    """Number of pages by language, the source first."""


def preview_release(workspace: Workspace, release_id: str, press: Press, advance: Callable[[], None]) -> Preview:
    """Draw the pages of a release on `dist/ID.preview.png`, building what is not up to date.

    Args:
        workspace: where the release is.
        release_id: which one.
        press: what is missing is built with it.
        advance: called after each file that is built.

    Raises:
        CommuniqueError: the release cannot be built, its pages cannot be drawn, or the picture cannot be written.
    """
    from pipeline.engines.pages import draw_pages
    from pipeline.formats.contact_sheet import MOST_PAGES, PAGE, Column, contact_sheet

    built = build_release(workspace, release_id, press, advance)
    columns = []
    for file in built.files:
        if file.suffix == ".pdf":
            drawn = draw_pages(read_bytes(file, MAX_PDF), file.name, box=PAGE, most=MOST_PAGES)
            language = file.stem.removeprefix(f"{release_id}.")
            columns.append(Column(language=language, pages=drawn.pages, total=drawn.total))
    path = workspace.dist(release_id) / f"{release_id}.preview.png"
    write_bytes(path, contact_sheet(columns))
    return Preview(release=release_id, path=path, pages={column.language: column.total for column in columns})
