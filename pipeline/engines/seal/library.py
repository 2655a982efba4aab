"""pyHanko and what it stands on: an extra that not every office installs, imported when first needed."""

import importlib
import logging
from typing import Any

from pipeline.errors import SealError

MISSING_PACKAGE = 'seals cannot be made or checked: a package is missing; run “pip install "communique[sign]"”'
_SILENCE = logging.NullHandler()


def part(name: str) -> Any:
    """Return a module of the library by its full name.

    Raises:
        SealError: it is not installed; what to do is said.
    """
    for talker in ("pyhanko", "pyhanko_certvalidator", "pkcs11"):
        # What is wrong with a file, a key or a server is told in our own words; theirs come with a traceback.
        logger = logging.getLogger(talker)
        logger.addHandler(_SILENCE)
        logger.propagate = False
    try:
        return importlib.import_module(name)
    except ImportError:
        raise SealError(MISSING_PACKAGE) from None
