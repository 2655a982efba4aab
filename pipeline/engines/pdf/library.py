"""WeasyPrint, imported without the detours that it takes by itself."""

import contextlib
import ctypes.util
import io
import sys
from collections.abc import Iterator
from typing import Any

from pipeline.errors import PdfError

MISSING_LIBRARIES = (
    "PDF cannot be made: system libraries are missing; run "
    "“apt-get install --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0”"
)


def library_version() -> str:
    """Return the version of the PDF library, which is loaded with all that it needs of the system.

    Raises:
        PdfError: it misses a library of the system; the packages to install are named.
    """
    return str(library().__version__)


def library() -> Any:
    """Return the library.

    Raises:
        PdfError: it misses a library of the system; the packages to install are named.
    """
    try:
        # Without its libraries it prints a page of advice for programmers before it fails.
        with _library_search_off(), contextlib.redirect_stdout(io.StringIO()):
            import weasyprint
    except OSError:
        raise PdfError(MISSING_LIBRARIES) from None
    return weasyprint


@contextlib.contextmanager
def _library_search_off() -> Iterator[None]:
    """Keep the import from starting some forty processes (ldconfig, gcc) in search of seven libraries.

    On Linux their plain names, which are tried next, are found by the loader itself.
    """
    search = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None  # noqa: ARG005 (the signature of what it replaces)
    try:
        yield
    finally:
        ctypes.util.find_library = search
