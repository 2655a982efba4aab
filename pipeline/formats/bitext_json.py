"""`fr.json` and its siblings: the bitext as JSON, one line per value, so that version control shows what changed.

docs/bitext.md describes the format. Source and target are inline Markdown, as in `source.md`.
"""

import json
from pathlib import Path
from typing import Any

from pipeline.errors import FormatError
from pipeline.fields import Fields
from pipeline.formats.inline_markdown import UnsupportedInlineError, dump_inline, parse_inline
from pipeline.formats.json_mapping import load_mapping
from pipeline.model.bitext import Approval, Bitext, Edit, Origin, OriginKind, Segment, State, Unit
from pipeline.model.inline import Inlines
from pipeline.model.issue import Waiver
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
        "approval": _dump_approval(bitext.approval),
        "units": [
            {"path": unit.path, "kind": unit.kind, "segments": [_dump_segment(item) for item in unit.segments]}
            for unit in bitext.units
        ],
        "archived": [_dump_segment(segment) for segment in bitext.archived],
        "waivers": [_dump_waiver(waiver) for waiver in bitext.waivers],
    }
    return json.dumps(_without_empty(data), ensure_ascii=False, indent=1) + "\n"


def _without_empty(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in (None, "", [])}


def _bitext(fields: Fields) -> Bitext:
    approval = fields.record("approval")
    bitext = Bitext(
        release=fields.required_text("release"),
        source_locale=fields.required_text("source_locale"),
        target_locale=fields.required_text("target_locale"),
        next_number=fields.number("next_number", default=1),
        approval=_approval(approval) if approval else None,
        units=tuple(_unit(unit) for unit in fields.records("units")),
        archived=tuple(_segment(segment) for segment in fields.records("archived")),
        waivers=tuple(_waiver(waiver) for waiver in fields.records("waivers")),
    )
    fields.close()
    return bitext


def _unit(fields: Fields) -> Unit:
    unit = Unit(
        path=fields.required_text("path"),
        kind=fields.member("kind", TextKind),
        segments=tuple(_segment(segment) for segment in fields.records("segments")),
    )
    fields.close()
    return unit


def _segment(fields: Fields) -> Segment:
    origin = fields.record("origin")
    segment = Segment(
        id=fields.required_text("id"),
        source=_inline(fields, "source"),
        tail=fields.blanks("tail"),
        target=_inline(fields, "target"),
        state=fields.member("state", State),
        origin=_origin(origin) if origin else None,
        history=tuple(_edit(edit) for edit in fields.records("history")),
        failure=fields.text("failure"),
    )
    fields.close()
    if (segment.state is State.INITIAL) != (not segment.target):
        raise fields.error("state", "does not agree with the target: “initial” means that there is none")
    return segment


def _origin(fields: Fields) -> Origin:
    origin = Origin(
        kind=fields.member("kind", OriginKind),
        at=fields.required_moment("at"),
        by=fields.required_text("by"),
        version=fields.text("version"),
        raw=fields.text("raw"),
        score=fields.number("score", default=0) or None,
        matched=_inline(fields, "matched"),
        other=fields.text("other"),
    )
    fields.close()
    return origin


def _edit(fields: Fields) -> Edit:
    edit = Edit(
        by=fields.required_text("by"),
        at=fields.required_moment("at"),
        before=_inline(fields, "before"),
        after=_inline(fields, "after"),
    )
    fields.close()
    return edit


def _approval(fields: Fields) -> Approval:
    approval = Approval(
        by=fields.required_text("by"),
        at=fields.required_moment("at"),
        source_hash=fields.required_text("source_hash"),
        target_hash=fields.required_text("target_hash"),
    )
    fields.close()
    return approval


def _waiver(fields: Fields) -> Waiver:
    waiver = Waiver(
        check=fields.required_text("check"),
        segment=fields.text("segment"),
        text=fields.required_text("text"),
        reason=fields.required_text("reason"),
        by=fields.required_text("by"),
        at=fields.required_moment("at"),
    )
    fields.close()
    return waiver


def _inline(fields: Fields, key: str) -> Inlines:
    text = fields.text(key)
    if text is None:
        return ()
    try:
        return parse_inline(text)
    except UnsupportedInlineError as error:
        raise fields.error(key, str(error)) from None


def _dump_segment(segment: Segment) -> dict[str, Any]:
    data = {
        "id": segment.id,
        "source": dump_inline(segment.source),
        "tail": segment.tail,
        "target": dump_inline(segment.target),
        "state": segment.state,
        "origin": _dump_origin(segment.origin),
        "history": [_dump_edit(edit) for edit in segment.history],
        "failure": segment.failure,
    }
    return _without_empty(data)


def _dump_origin(origin: Origin | None) -> dict[str, Any] | None:
    if origin is None:
        return None
    data = {
        "kind": origin.kind,
        "at": origin.at.isoformat(),
        "by": origin.by,
        "version": origin.version,
        "raw": origin.raw,
        "score": origin.score,
        "matched": dump_inline(origin.matched),
        "other": origin.other,
    }
    return _without_empty(data)


def _dump_edit(edit: Edit) -> dict[str, Any]:
    data = {
        "by": edit.by,
        "at": edit.at.isoformat(),
        "before": dump_inline(edit.before),
        "after": dump_inline(edit.after),
    }
    return _without_empty(data)


def _dump_approval(approval: Approval | None) -> dict[str, Any] | None:
    if approval is None:
        return None
    return {
        "by": approval.by,
        "at": approval.at.isoformat(),
        "source_hash": approval.source_hash,
        "target_hash": approval.target_hash,
    }


def _dump_waiver(waiver: Waiver) -> dict[str, Any]:
    data = {
        "check": waiver.check,
        "segment": waiver.segment,
        "text": waiver.text,
        "reason": waiver.reason,
        "by": waiver.by,
        "at": waiver.at.isoformat(),
    }
    return _without_empty(data)
