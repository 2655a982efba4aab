"""Write HTML pages and plain paragraphs of a release for the bare script: `dump_pages WORKSPACE RELEASE DIR`."""

import sys
from pathlib import Path

from pipeline.formats.page import to_html
from pipeline.model.inline import plain
from pipeline.model.texts import texts
from pipeline.runner.languages import stand
from pipeline.runner.publishing import editions
from pipeline.templating import environment
from pipeline.workspace import Workspace


def main(workspace_folder: str, release_id: str, folder: str) -> None:
    """Write one `.html` and one `.txt` per language."""
    workspace = Workspace.find(Path(workspace_folder))
    templates = environment(workspace.template_folders())
    for edition in editions(workspace, stand(workspace, release_id)):
        base = Path(folder) / edition.release.language
        base.with_suffix(".html").write_text(to_html(edition, templates), encoding="utf-8")
        lines = [plain(place.text) for place in texts(edition.release, "")]
        base.with_suffix(".txt").write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
