"""One LibreOffice for all tests of this folder."""

from collections.abc import Iterator

import pytest

from tests.review.libreoffice import Office, libreoffice, missing


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    lacks = missing()
    if lacks:
        pytest.skip(lacks)
    with libreoffice(tmp_path_factory.mktemp("libreoffice")) as running:
        yield running
