"""The report of a review for programs and browsers: JSON, and one HTML page."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pipeline.model.inline import plain
from pipeline.model.report import Effort, EngineEffort, ReviewReport, ReviewSummary, Round, SegmentReport
from pipeline.model.review import Choice, Comment, Conflict
from pipeline.templating import fill

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATE = "report/review.html"
SUMMARY_TEMPLATE = "report/reviews.html"

CHOICES: Mapping[Choice, str] = MappingProxyType(
    {
        Choice.THEIRS: "what came back stands",
        Choice.OURS: "what stood here stands",
        Choice.EDITED: "with a third wording",
    }
)
"""How a conflict was settled, in words."""


def to_data(report: ReviewReport) -> dict[str, Any]:
    """Return a report as plain data for JSON; shares are fractions, chrF goes to 100, times are in seconds."""
    return {
        "release": report.release,
        "title": report.title,
        "source_locale": report.source_locale,
        "target_locale": report.target_locale,
        "waiting": report.waiting,
        "by_hand": report.by_hand,
        "total": _effort(report.total),
        "engines": [_engine(item) for item in report.engines],
        "chrf_signature": report.signature,
        "rounds": [_round(item) for item in report.rounds],
        "segments": [_segment(item) for item in report.segments],
        "comments": [_comment(item) for item in report.comments],
        "conflicts": [_conflict(item) for item in report.conflicts],
    }


def summary_to_data(summary: ReviewSummary) -> dict[str, Any]:
    """Return a summary as plain data for JSON."""
    return {
        "total": _effort(summary.total),
        "engines": [_engine(item) for item in summary.engines],
        "chrf_signature": summary.signature,
        "releases": [
            {
                "release": item.release,
                "title": item.title,
                "target_locale": item.target_locale,
                "waiting": item.waiting,
                "by_hand": item.by_hand,
                "total": _effort(item.total),
                "engines": [_engine(engine) for engine in item.engines],
            }
            for item in summary.reports
        ],
    }


def to_html(report: ReviewReport, templates: "Environment") -> str:
    """Return a report as one page without outside parts.

    Raises:
        ConfigError: the template is wrong.
    """
    return fill(
        templates,
        TEMPLATE,
        report=report,
        touched=[item for item in report.segments if item.touched],
        heads={item.segment: head(item) for item in report.segments},
        efforts=[(item.engine, item.effort) for item in report.engines],
        figures=figures,
        duration=duration,
        person=person,
        plain=plain,
        choices=CHOICES,
    )


def summary_to_html(summary: ReviewSummary, templates: "Environment") -> str:
    """Return a summary as one page without outside parts.

    Raises:
        ConfigError: the template is wrong.
    """
    return fill(
        templates,
        SUMMARY_TEMPLATE,
        summary=summary,
        engines=[(item.engine, item.effort) for item in summary.engines],
        releases=[(item.release, item.total) for item in summary.reports if item.engines],
        figures=figures,
    )


def figures(effort: Effort) -> tuple[str, str, str, str, str]:
    """Return an effort as people read it: segments, accepted unchanged, changed words and characters, chrF."""
    shares = (effort.unchanged_share, effort.word_share, effort.character_share)
    chrf = "–" if effort.chrf is None else f"{effort.chrf:.1f}"
    unchanged, words, characters = ("–" if share is None else f"{share:.0%}".replace("%", " %") for share in shares)
    return str(effort.segments + effort.rejected), unchanged, words, characters, chrf


def head(item: SegmentReport) -> str:
    """Return in one line who drafted and who changed a segment, and how much."""
    parts = [f"drafted by {item.drafted_by}" if item.drafted_by else "written by hand"]
    if item.people:
        what = "formatting changed" if item.formatting else "rejected" if not item.final else "changed"
        parts.append(f"{what} by {', '.join(map(person, item.people))}")
    elif item.accepted_by:
        parts.append(f"accepted by {person(item.accepted_by)}")
    if item.effort and item.effort.words:
        chrf = f", chrF {item.effort.chrf:.0f}" if item.effort.chrf is not None else ""
        parts.append(f"{item.effort.words} changes to {item.effort.of_words} words{chrf}")
    return "; ".join(parts)


def duration(time: timedelta) -> str:
    """Return a length of time in its two largest units: `2 days 3 h`, `6 h 20 min`, `5 min`."""
    minutes = int(time.total_seconds()) // 60
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"{days} day{'s' if days > 1 else ''}" + (f" {hours} h" if hours else "")
    if hours:
        return f"{hours} h" + (f" {minutes} min" if minutes else "")
    return f"{minutes} min"


def person(name: str) -> str:
    """Return a person without the address."""
    return name.partition(" <")[0]


def _effort(effort: Effort) -> dict[str, Any]:
    return {
        "segments": effort.segments,
        "unchanged": effort.unchanged,
        "rejected": effort.rejected,
        "unchanged_share": _rounded(effort.unchanged_share),
        "characters": effort.characters,
        "character_share": _rounded(effort.character_share),
        "words": effort.words,
        "word_share": _rounded(effort.word_share),
        "chrf": _rounded(effort.chrf),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _engine(item: EngineEffort) -> dict[str, Any]:
    return {"engine": item.engine, **_effort(item.effort)}


def _round(item: Round) -> dict[str, Any]:
    return {
        "export": item.export,
        "door": item.door,
        "sent": item.sent.isoformat(),
        "sent_by": item.sent_by,
        "returned": [{"at": at.isoformat(), "from": sender or None} for at, sender in item.returned],
        "seconds": item.took and int(item.took.total_seconds()),
    }


def _segment(item: SegmentReport) -> dict[str, Any]:
    return {
        "id": item.segment,
        "kind": item.kind,
        "source": item.source,
        "drafted_by": item.drafted_by,
        "raw": item.raw,
        "base": item.base,
        "final": item.final or None,
        "state": item.state,
        "changes": [{"kind": piece.kind, "text": piece.text} for piece in item.changes],
        "formatting": item.formatting,
        "changed_by": list(item.people),
        "accepted_by": item.accepted_by,
        "effort": item.effort and _effort(item.effort),
        "comments": [comment.id for comment in item.comments],
    }


def _comment(item: Comment) -> dict[str, Any]:
    answer = item.answer
    return {
        "id": item.id,
        "segment": item.segment,
        "by": item.by,
        "at": item.at and item.at.isoformat(),
        "text": item.text,
        "quoted": item.quoted or None,
        "doubt": item.doubt,
        "answer": answer and {"by": answer.by, "at": answer.at.isoformat(), "text": answer.text},
    }


def _conflict(item: Conflict) -> dict[str, Any]:
    settled = item.settled
    return {
        "segment": item.segment,
        "by": item.by,
        "at": item.at.isoformat(),
        "base": plain(item.base),
        "theirs": plain(item.theirs),
        "settled": settled and {"by": settled.by, "at": settled.at.isoformat(), "choice": settled.choice},
    }
