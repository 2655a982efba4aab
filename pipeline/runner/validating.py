"""Built PDFs held against the standards of archives and of people who cannot see."""

from collections.abc import Callable

from pipeline.engines.pdf_check import Finding, validate
from pipeline.runner.press import Press
from pipeline.runner.publishing import build_release
from pipeline.workspace import Workspace
from pipeline.workspace.files import read_bytes

MAX_FILE = 100_000_000


def check_pdfs(
    workspace: Workspace, release_id: str, press: Press, advance: Callable[[], None]
) -> dict[str, tuple[Finding, ...]]:
    """Return what breaks PDF/A-3a or PDF/UA-1 in each PDF of a release, by file name; what is not built is built.

    Raises:
        CommuniqueError: a file is missing or damaged, or a PDF cannot be made.
    """
    built = build_release(workspace, release_id, press, advance)
    return {
        path.name: validate(read_bytes(path, MAX_FILE), path.name) for path in built.files if path.suffix == ".pdf"
    }
