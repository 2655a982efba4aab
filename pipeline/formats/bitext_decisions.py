"""What people decided and said about a translation, as records of a bitext file."""

from typing import Any

from pipeline.fields import Fields
from pipeline.formats.bitext_segments import read_inline
from pipeline.formats.inline_markdown import dump_inline
from pipeline.formats.json_mapping import without_empty
from pipeline.model.bitext import Approval
from pipeline.model.issue import Waiver
from pipeline.model.review import Answer, Choice, Comment, Conflict, Settlement, SignOff


def read_approval(fields: Fields | None) -> Approval | None:
    """Return the approval of a record, or None for None."""
    if fields is None:
        return None
    approval = Approval(
        by=fields.required_text("by"),
        at=fields.required_moment("at"),
        source_hash=fields.required_text("source_hash"),
        target_hash=fields.required_text("target_hash"),
        wording=fields.text("wording"),
    )
    fields.close()
    return approval


def dump_approval(approval: Approval | None) -> dict[str, Any] | None:
    """Return the record of an approval, or None for None."""
    if approval is None:
        return None
    data = {
        "by": approval.by,
        "at": approval.at.isoformat(),
        "source_hash": approval.source_hash,
        "target_hash": approval.target_hash,
        "wording": approval.wording,
    }
    return without_empty(data)


def read_waiver(fields: Fields) -> Waiver:
    """Return the waiver of a record."""
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


def dump_waiver(waiver: Waiver) -> dict[str, Any]:
    """Return the record of a waiver."""
    data = {
        "check": waiver.check,
        "segment": waiver.segment,
        "text": waiver.text,
        "reason": waiver.reason,
        "by": waiver.by,
        "at": waiver.at.isoformat(),
    }
    return without_empty(data)


def read_comment(fields: Fields) -> Comment:
    """Return the comment of a record."""
    answer = fields.record("answer")
    comment = Comment(
        id=fields.required_text("id"),
        segment=fields.text("segment"),
        by=fields.required_text("by"),
        at=fields.local_moment("at"),
        text=fields.text("text") or "",
        quoted=fields.text("quoted") or "",
        doubt=fields.text("doubt"),
        file=fields.text("file") or "",
        answer=_answer(answer) if answer else None,
    )
    fields.close()
    return comment


def _answer(fields: Fields) -> Answer:
    answer = Answer(
        by=fields.required_text("by"), at=fields.required_moment("at"), text=fields.required_text("text")
    )
    fields.close()
    return answer


def dump_comment(comment: Comment) -> dict[str, Any]:
    """Return the record of a comment."""
    answer = comment.answer
    data = {
        "id": comment.id,
        "segment": comment.segment,
        "by": comment.by,
        "at": comment.at and comment.at.isoformat(),
        "text": comment.text,
        "quoted": comment.quoted,
        "doubt": comment.doubt,
        "file": comment.file,
        "answer": answer and {"by": answer.by, "at": answer.at.isoformat(), "text": answer.text},
    }
    return without_empty(data)


def read_conflict(fields: Fields) -> Conflict:
    """Return the conflict of a record."""
    settled = fields.record("settled")
    conflict = Conflict(
        segment=fields.required_text("segment"),
        base=read_inline(fields, "base"),
        theirs=read_inline(fields, "theirs"),
        by=fields.required_text("by"),
        at=fields.required_moment("at"),
        file=fields.required_text("file"),
        settled=_settlement(settled) if settled else None,
    )
    fields.close()
    return conflict


def _settlement(fields: Fields) -> Settlement:
    settlement = Settlement(
        by=fields.required_text("by"), at=fields.required_moment("at"), choice=fields.member("choice", Choice)
    )
    fields.close()
    return settlement


def dump_conflict(conflict: Conflict) -> dict[str, Any]:
    """Return the record of a conflict."""
    settled = conflict.settled
    data = {
        "segment": conflict.segment,
        "base": dump_inline(conflict.base),
        "theirs": dump_inline(conflict.theirs),
        "by": conflict.by,
        "at": conflict.at.isoformat(),
        "file": conflict.file,
        "settled": settled and {"by": settled.by, "at": settled.at.isoformat(), "choice": settled.choice},
    }
    return without_empty(data)


def read_signoff(fields: Fields) -> SignOff:
    """Return the sign-off of a record."""
    signoff = SignOff(
        segment=fields.required_text("segment"),
        text=fields.required_text("text"),
        by=fields.required_text("by"),
        at=fields.required_moment("at"),
    )
    fields.close()
    return signoff


def dump_signoff(signoff: SignOff) -> dict[str, Any]:
    """Return the record of a sign-off."""
    return {"segment": signoff.segment, "text": signoff.text, "by": signoff.by, "at": signoff.at.isoformat()}
