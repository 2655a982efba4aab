"""A real PDF, a sealer with a key file, and a time stamp service."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.config.settings import SealSettings
from pipeline.engines.pdf import PdfWriter
from pipeline.engines.seal import Sealer
from pipeline.formats.page import to_html
from pipeline.templating import environment
from pipeline.workspace import Workspace
from tests.engines.pdf_releases import edition
from tests.engines.seal import stamp_server
from tests.engines.seal.authority import AT, PASSWORD, authority, key_file
from tests.engines.seal.stamp_server import StampServer

FOLDERS = Workspace.find(Path(__file__).parents[3]).template_folders()
MADE_UP = 9


@pytest.fixture(scope="session")
def pdfs() -> tuple[bytes, ...]:
    """PDFs of made-up releases of many shapes, unsealed."""
    writer, templates = PdfWriter(FOLDERS), environment(FOLDERS)
    return tuple(writer.write(to_html(page, templates), page) for page in map(edition, range(1, MADE_UP)))


@pytest.fixture(scope="session")
def pdf(pdfs: tuple[bytes, ...]) -> bytes:
    """The smallest of them."""
    return min(pdfs, key=len)


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the office's key in `keys/office.p12`."""
    folder = tmp_path_factory.mktemp("workspace")
    (folder / "keys").mkdir()
    (folder / "keys" / "office.p12").write_bytes(key_file(authority().office, authority().chain))
    return folder


@pytest.fixture(scope="session")
def sealer(workspace: Path) -> Sealer:
    return Sealer(SealSettings(key_file="keys/office.p12"), workspace, PASSWORD)


@pytest.fixture(scope="session")
def sealed(sealer: Sealer, pdf: bytes) -> bytes:
    """A sealed PDF without a time stamp."""
    return sealer.seal(pdf, "bus.de.pdf", "de", AT)


@pytest.fixture
def stamps() -> Iterator[StampServer]:
    with stamp_server.running() as service:
        yield service
