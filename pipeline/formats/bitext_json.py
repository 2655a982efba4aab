"""`fr.json` and its siblings: the bitext as JSON, one line per value, so that version control shows what changed.

docs/bitext.md describes the format. Source and target are inline Markdown, as in `source.md`.
"""

import json
from pathlib import Path

from pipeline.errors import FormatError
from pipeline.fields import Fields
from pipeline.formats.bitext_decisions import (
    dump_approval,
    dump_comment,
    dump_conflict,
    dump_signoff,
    dump_waiver,
    read_approval,
    read_comment,
    read_conflict,
    read_signoff,
    read_waiver,
)
from pipeline.formats.bitext_segments import dump_segment, read_segment
from pipeline.formats.json_mapping import load_mapping, without_empty
from pipeline.model.bitext import Bitext, Unit
from pipeline.model.texts import TextKind

FORMAT = "communique-bitext"
VERSION = 1
MAX_CHARACTERS = 50_000_000


def parse(text: str, *, path: Path | str) -> Bitext:
    """Return the bitext written in `text`.

    Args:
        text: the whole JSON file.
        path: the file, for errors.

    Raises:
        FormatError: not JSON, not this format, an unknown key, a value of the wrong kind, a segment id twice.
    """
    if len(text) > MAX_CHARACTERS:
        raise FormatError(f"is longer than {MAX_CHARACTERS:,} characters; a bitext is not", path=path)
    data = load_mapping(text, path=path, advice="; restore it from version control")
    if data.get("format") != FORMAT:
        raise FormatError(f"is not a bitext file (“format” must be “{FORMAT}”)", path=path)
    fields = Fields(data, lambda message, line: FormatError(message, path=path, line=line))
    fields.text("format")
    version = fields.number("version", default=0)
    if version != VERSION:
        message = f"has version {version}; this program reads version {VERSION}: update the program"
        raise FormatError(message, path=path)
    bitext = _bitext(fields)
    ids = [segment.id for segment in (*bitext.segments(), *bitext.archived)]
    if len(set(ids)) < len(ids):
        twice = next(name for name in ids if ids.count(name) > 1)
        raise FormatError(f"has segment {twice} twice; restore it from version control", path=path)
    return bitext


def dump(bitext: Bitext) -> str:
    """Return the JSON text of `bitext`; equal bitexts give equal text."""
    data = {
        "format": FORMAT,
        "version": VERSION,
        "release": bitext.release,
        "source_locale": bitext.source_locale,
        "target_locale": bitext.target_locale,
        "next_number": bitext.next_number,
        "approval": dump_approval(bitext.approval),
        "units": [
            {"path": unit.path, "kind": unit.kind, "segments": [dump_segment(item) for item in unit.segments]}
            for unit in bitext.units
        ],
        "archived": [dump_segment(segment) for segment in bitext.archived],
        "waivers": [dump_waiver(waiver) for waiver in bitext.waivers],
        "comments": [dump_comment(comment) for comment in bitext.comments],
        "conflicts": [dump_conflict(conflict) for conflict in bitext.conflicts],
        "signoffs": [dump_signoff(signoff) for signoff in bitext.signoffs],
    }
    return json.dumps(without_empty(data), ensure_ascii=False, indent=1) + "\n"


def _bitext(fields: Fields) -> Bitext:
    bitext = Bitext(
        release=fields.required_text("release"),
        source_locale=fields.required_text("source_locale"),
        target_locale=fields.required_text("target_locale"),
        next_number=fields.number("next_number", default=1),
        approval=read_approval(fields.record("approval")),
        units=tuple(_unit(unit) for unit in fields.records("units")),
        archived=tuple(read_segment(segment) for segment in fields.records("archived")),
        waivers=tuple(read_waiver(waiver) for waiver in fields.records("waivers")),
        comments=tuple(read_comment(comment) for comment in fields.records("comments")),
        conflicts=tuple(read_conflict(conflict) for conflict in fields.records("conflicts")),
        signoffs=tuple(read_signoff(signoff) for signoff in fields.records("signoffs")),
    )
    fields.close()
    return bitext


def _unit(fields: Fields) -> Unit:
    unit = Unit(
        path=fields.required_text("path"),
        kind=fields.member("kind", TextKind),
        segments=tuple(read_segment(segment) for segment in fields.records("segments")),
    )
    fields.close()
    return unit
