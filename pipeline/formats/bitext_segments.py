"""Segments of a bitext file: each with its origin and what people did to it."""

from typing import Any

from pipeline.fields import Fields
from pipeline.formats.inline_markdown import UnsupportedInlineError, dump_inline, parse_inline
from pipeline.formats.json_mapping import without_empty
from pipeline.model.bitext import Edit, Origin, OriginKind, Segment, State
from pipeline.model.inline import Inlines


def read_segment(fields: Fields) -> Segment:
    """Return the segment of one record.

    Raises:
        Exception: what `fields` raises for a value of the wrong kind.
    """
    origin = fields.record("origin")
    segment = Segment(
        id=fields.required_text("id"),
        source=read_inline(fields, "source"),
        tail=fields.blanks("tail"),
        target=read_inline(fields, "target"),
        state=fields.member("state", State),
        origin=_origin(origin) if origin else None,
        history=tuple(_edit(edit) for edit in fields.records("history")),
        failure=fields.text("failure"),
        former=fields.text("former"),
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
        matched=read_inline(fields, "matched"),
        other=fields.text("other"),
    )
    fields.close()
    return origin


def _edit(fields: Fields) -> Edit:
    edit = Edit(
        by=fields.required_text("by"),
        at=fields.required_moment("at"),
        before=read_inline(fields, "before"),
        after=read_inline(fields, "after"),
        via=fields.text("via"),
        proposed=read_inline(fields, "proposed"),
    )
    fields.close()
    return edit


def read_inline(fields: Fields, key: str) -> Inlines:
    """Return a text with its formatting; none where the key is absent."""
    text = fields.text(key)
    if text is None:
        return ()
    try:
        return parse_inline(text)
    except UnsupportedInlineError as error:
        raise fields.error(key, str(error)) from None


def dump_segment(segment: Segment) -> dict[str, Any]:
    """Return the record of a segment."""
    data = {
        "id": segment.id,
        "source": dump_inline(segment.source),
        "tail": segment.tail,
        "target": dump_inline(segment.target),
        "state": segment.state,
        "origin": _dump_origin(segment.origin),
        "history": [_dump_edit(edit) for edit in segment.history],
        "failure": segment.failure,
        "former": segment.former,
    }
    return without_empty(data)


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
    return without_empty(data)


def _dump_edit(edit: Edit) -> dict[str, Any]:
    data = {
        "by": edit.by,
        "at": edit.at.isoformat(),
        "before": dump_inline(edit.before),
        "after": dump_inline(edit.after),
        "via": edit.via,
        "proposed": dump_inline(edit.proposed),
    }
    return without_empty(data)
