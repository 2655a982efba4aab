"""Write HTML pages and plain paragraphs of a release for the bare script: `dump_pages WORKSPACE RELEASE DIR`."""

import sys
from pathlib import Path

from pipeline.formats.css import css_string
from pipeline.formats.fonts import FACES, families, font_file
from pipeline.formats.hyphenation import SOFT_HYPHEN
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
        page = _with_files(to_html(edition, templates), workspace, release_id)
        base.with_suffix(".html").write_text(page, encoding="utf-8")
        lines = [plain(place.text) for place in texts(edition.release, "")]
        base.with_suffix(".txt").write_text("\n".join(lines), encoding="utf-8")


def _with_files(page: str, workspace: Workspace, release_id: str) -> str:
    """Return a page that stands alone: our style sheet and fonts by their files, words divided by the library."""
    faces = "".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {style};'
        f" src: url({font_file(face).as_uri()}); }}"
        for face, (family, weight, style) in FACES.items()
    )
    names = (f"designs/{workspace.settings.design.name}/design.css", "pdf/release.css")
    css = "".join(workspace.template(name).decode() for name in names).replace("hyphens: manual", "hyphens: auto")
    css += f":root {{ --other-fonts: {', '.join(map(css_string, families()))} }}"
    media = (workspace.folder(release_id) / "media").as_uri()
    logo = (workspace.root / "templates" / "logo.svg").as_uri()
    page = page.replace(SOFT_HYPHEN, "").replace("communique:media", media).replace("communique:logo", logo)
    return page.replace("<style>", f"<style>{faces}{css}</style><style>", 1)


if __name__ == "__main__":
    main(*sys.argv[1:])
