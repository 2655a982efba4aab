"""The PDF Association’s referee finds both standards kept; it runs where `make verapdf` has fetched it."""

import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from pipeline.engines.pdf import PdfWriter
from pipeline.formats.page import to_html
from pipeline.runner.languages import stand
from pipeline.runner.publishing import editions
from pipeline.templating import environment
from pipeline.workspace import Workspace
from tests.engines.pdf_releases import edition

ROOT = Path(__file__).parents[2]
JARS = ROOT / "build" / "verapdf"
PROFILES = ("3a", "ua1")
MADE_UP = 320

pytestmark = pytest.mark.skipif(
    not (shutil.which("java") and JARS.is_dir()), reason="veraPDF is not here; “make verapdf” fetches it"
)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the PDFs of all samples and of as many made-up releases as the other validator sees."""
    folder = tmp_path_factory.mktemp("pages")
    workspace = Workspace.find(ROOT)
    folders = workspace.template_folders()
    writer, templates = PdfWriter(folders), environment(folders)
    samples = [
        page
        for path in sorted(ROOT.glob("releases/*/source.md"))
        for page in editions(workspace, stand(workspace, path.parent.name))
    ]
    for page in (*samples, *map(edition, range(MADE_UP))):
        data = writer.write(to_html(page, templates), page)
        (folder / f"{page.release.id}.{page.release.language}.pdf").write_bytes(data)
    return folder


@pytest.mark.parametrize("profile", PROFILES)
def test_every_file_passes(pages: Path, profile: str) -> None:
    verdicts = judged(profile, sorted(pages.iterdir()))
    assert [line for line in verdicts if not line.startswith("PASS")] == []
    assert len(verdicts) > MADE_UP


@pytest.mark.parametrize("profile", PROFILES)
def test_the_referee_sees_what_is_wrong(pages: Path, profile: str, tmp_path: Path) -> None:
    sound = min(pages.iterdir()).read_bytes()
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(
        sound.replace(b"<pdfuaid:part>1", b"<pdfuaid:part>9").replace(b'pdfaid:part="3"', b'pdfaid:part="9"')
    )
    assert Counter(line.split()[0] for line in judged(profile, [broken])) == {"FAIL": 1}


def judged(profile: str, files: list[Path]) -> list[str]:
    """Return a line for each file: PASS or FAIL, and its name."""
    command = ["java", "-cp", f"{JARS}/*", "org.verapdf.apps.GreenfieldCliWrapper", "-f", profile]
    run = subprocess.run(
        [*command, "--format", "text", *map(str, files)], capture_output=True, text=True, check=False
    )
    return [line for line in run.stdout.splitlines() if line.startswith(("PASS", "FAIL"))]
