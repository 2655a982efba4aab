"""Typography as a person sees it: what was set, what would be set, and either way back."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from pipeline.locales import Locale
from pipeline.locales.typeset import typeset
from pipeline.model.bitext import Bitext, Edit, Segment, State
from pipeline.model.inline import Inlines, apply_edits, inlines, plain
from pipeline.model.projection import project


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A segment before and after typography."""

    segment: str
    before: Inlines
    after: Inlines
    rules: tuple[str, ...]
    """Names of the rules that changed something, in the order of the text; empty where they were not kept."""


def pending(bitext: Bitext, locale: Locale) -> tuple[Setting, ...]:
    """Return what typography would still change, in reading order."""
    edits = typeset(bitext, locale)
    return tuple(
        Setting(
            segment=item.id,
            before=item.target,
            after=apply_edits(item.target, edits[item.id]),
            rules=tuple(dict.fromkeys(edit.rule for edit in edits[item.id])),
        )
        for item in bitext.segments()
        if item.id in edits
    )


def made(bitext: Bitext, locale: Locale) -> tuple[Setting, ...]:
    """Return what typography has changed and nobody has touched since, in reading order."""
    settings = []
    for item in bitext.segments():
        before = _before(item, locale)
        if before is not None and plain(before) != plain(item.target):
            settings.append(Setting(segment=item.id, before=before, after=item.target, rules=()))
    return tuple(settings)


def turned(setting: Setting) -> Setting:
    """Return the way back."""
    return replace(setting, before=setting.after, after=setting.before)


def put(bitext: Bitext, settings: Collection[Setting], *, by: str, at: datetime) -> Bitext:
    """Return `bitext` with `settings` made, each recorded with name and time; the state of a segment stays."""
    by_segment = {item.segment: item for item in settings}

    def change(segment: Segment) -> Segment:
        setting = by_segment.get(segment.id)
        if setting is None or segment.target != setting.before:
            return segment
        edit = Edit(by=by, at=at, before=setting.before, after=setting.after)
        return replace(segment, target=setting.after, history=(*segment.history, edit))

    return bitext.map_segments(change)


def _before(segment: Segment, locale: Locale) -> Inlines | None:
    """Return what a target was before typography, or None where a person has changed more than that."""
    if segment.state is State.INITIAL:
        return None
    if segment.history:
        last = segment.history[-1]
        set_alone = apply_edits(last.before, locale.typography(plain(last.before)))
        return last.before if last.before != last.after and plain(set_alone) == plain(segment.target) else None
    if segment.origin is None or segment.origin.raw is None:
        return None
    return project(segment.source, inlines(segment.origin.raw.strip()), language=locale.tag)
