"""WeasyPrint, imported without the detours that it takes by itself."""

import contextlib
import ctypes.util
import gc
import importlib
import io
import sys
from collections.abc import Iterator
from types import ModuleType
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
        with _library_search_off(), _fonttools_later(), _all_stays(), contextlib.redirect_stdout(io.StringIO()):
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


class _Later(ModuleType):
    """Stands for a module that is imported when one of its names is called."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # what the import system asks for
            raise AttributeError(name)
        path = self.__name__

        def called(*args: Any, **options: Any) -> Any:
            return getattr(importlib.import_module(path), name)(*args, **options)

        return called


@contextlib.contextmanager
def _fonttools_later() -> Iterator[None]:
    """Keep the import from loading fontTools, which the library needs for fonts of other kinds than ours only."""
    names = ("fontTools.subset", "fontTools.ttLib", "fontTools.varLib.instancer")
    absent = [name for name in names if name not in sys.modules]
    sys.modules.update((name, _Later(name)) for name in absent)
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


@contextlib.contextmanager
def _all_stays() -> Iterator[None]:
    """Keep the import's many objects, all of which stay, from being searched for garbage now and later."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if enabled:
            gc.enable()
