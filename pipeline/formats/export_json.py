"""`review/fr-01.json`: what was sent to a reviewer, kept as the base that returns are merged against."""

import json
from pathlib import Path

from pipeline.errors import FormatError
from pipeline.fields import Fields
from pipeline.formats.bitext_segments import read_inline
from pipeline.formats.inline_markdown import dump_inline
from pipeline.formats.json_mapping import load_mapping, without_empty
from pipeline.model.exchange import Door, Export, Sent

FORMAT = "communique-export"
VERSION = 1


def dump_export(export: Export) -> str:
    """Return the JSON text of an export; equal exports give equal text."""
    data = {
        "format": FORMAT,
        "version": VERSION,
        "release": export.release,
        "source_locale": export.source_locale,
        "target_locale": export.target_locale,
        "number": export.number,
        "key": export.key,
        "door": export.door,
        "by": export.by,
        "at": export.at.isoformat(),
        "segments": [
            without_empty(
                {"id": item.segment, "source": dump_inline(item.source), "target": dump_inline(item.target)}
            )
            for item in export.segments
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def parse_export(text: str, *, path: Path | str) -> Export:
    """Return the export written in `text`.

    Args:
        text: the whole JSON file.
        path: the file, for errors.

    Raises:
        FormatError: damaged, of another format or version, or changed since it was written.
    """
    data = load_mapping(text, path=path, advice="; restore it from version control")
    fields = Fields(data, lambda message, line: FormatError(message, path=path, line=line))
    if (fields.text("format"), fields.number("version", default=0)) != (FORMAT, VERSION):
        raise FormatError(f"is no record of an export that this program reads (version {VERSION})", path=path)
    export = Export(
        release=fields.required_text("release"),
        source_locale=fields.required_text("source_locale"),
        target_locale=fields.required_text("target_locale"),
        number=fields.number("number", default=0),
        door=fields.member("door", Door),
        by=fields.required_text("by"),
        at=fields.required_moment("at"),
        segments=tuple(_sent(item) for item in fields.records("segments")),
    )
    key = fields.required_text("key")
    fields.close()
    if key != export.key:
        # Corrections are merged against these texts: a changed one would put words in a reviewer's mouth.
        raise FormatError("was changed since it was written; restore it from version control", path=path)
    return export


def _sent(fields: Fields) -> Sent:
    sent = Sent(
        segment=fields.required_text("id"),
        source=read_inline(fields, "source"),
        target=read_inline(fields, "target"),
    )
    fields.close()
    return sent
