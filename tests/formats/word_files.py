"""Word files judged by others: by the rules that Word's own makers publish, as `openxml-audit` applies them."""

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from openxml_audit import OpenXmlValidator  # type: ignore[import-untyped]  # it has no types

from pipeline.formats.docx import to_docx
from pipeline.model.edition import Edition
from pipeline.runner.languages import stand
from pipeline.runner.publishing import editions
from pipeline.workspace import Workspace

ROOT = Path(__file__).parents[2]
BASE = (ROOT / "templates" / "designs" / "classic" / "letterhead.docx").read_bytes()
RELEASES = sorted(path.parent.name for path in ROOT.glob("releases/*/source.md"))

_WISHED_FOR = "officeDocument/2006/relationships/fontTable"
"""A table of fonts is a part that a file may have (ISO/IEC 29500-1, section 11.3.5); the judge would like one."""


def faults(data: bytes) -> list[str]:
    """Return what is wrong with a Word file, one line each: package, elements, attributes, references."""
    with tempfile.NamedTemporaryFile(suffix=".docx") as file:
        file.write(data)
        file.flush()
        found = _judge().validate(file.name).errors
    return [f"{item.part_uri}: {item.description}" for item in found if _WISHED_FOR not in item.description]


@cache
def _judge() -> Any:
    return OpenXmlValidator()  # takes a while to read its rules


def samples(release: str) -> tuple[Edition, ...]:
    """Return each language of a sample release."""
    workspace = Workspace.find(ROOT)
    return tuple(editions(workspace, stand(workspace, release)))


def written(edition: Edition) -> bytes:
    """Return `edition` as a Word file on the letterhead that comes along."""
    return to_docx(edition, BASE)
