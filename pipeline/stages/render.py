"""Rendering's first half: a release and its bitext as an edition, with every word that will stand on the page.

The second half (HTML, PDF, Word) only sets what an edition says.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time

from pipeline.config import DesignSettings, Office, Settings
from pipeline.errors import ConfigError
from pipeline.locales import Label, Locale
from pipeline.model.bitext import Bitext, Segment, State, Unit
from pipeline.model.edition import Design, Edition, EditionStatus, Labels, Letterhead, Picture
from pipeline.model.inline import Inlines, Run, inlines, merge
from pipeline.model.release import Paragraph, Release, Revision, RevisionKind
from pipeline.model.texts import in_language

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""Time stamp of files of a release that has no date yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What an edition is set on, besides its text."""

    settings: Settings
    logo: bytes | None
    """The office's crest as SVG."""
    pictures: tuple[Picture, ...]
    """Those the release names."""


def source_edition(release: Release, locale: Locale, paper: Paper, *, approved: bool) -> Edition:
    """Return the edition in the source language.

    Args:
        release: the source.
        locale: its language.
        paper: what it is set on.
        approved: whether a person answers for exactly this text.

    Raises:
        ConfigError: the release names a boilerplate text that the settings do not have in this language.
    """
    notes = () if approved else (locale.label(Label.DRAFT_SOURCE),)
    return _edition(release, locale, paper, notes)


def target_edition(
    release: Release, bitext: Bitext, locales: tuple[Locale, Locale], paper: Paper, *, approved: bool
) -> Edition:
    """Return the edition in the target language; what is not translated shows the source text, marked as such.

    Args:
        release: the source.
        bitext: its translation, segmented from exactly this source.
        locales: of source and target.
        paper: what it is set on.
        approved: whether a person answers for exactly this text.

    Raises:
        ConfigError: the release names a boilerplate text that the settings do not have in this language.
    """
    _, target = locales
    notes = () if approved else _draft_notes(bitext, target)
    return _edition(translation(release, bitext, locales), target, paper, notes)


def translation(release: Release, bitext: Bitext, locales: tuple[Locale, Locale]) -> Release:
    """Return a release in its target language; what is not translated shows the source text, marked as such.

    Args:
        release: the source.
        bitext: its translation, segmented from exactly this source.
        locales: of source and target.
    """
    source, target = locales
    mark = target.label(Label.UNTRANSLATED)
    words = {unit.path: _joined(unit, mark, source.tag) for unit in bitext.units}
    return in_language(release, target.tag, words)


def _joined(unit: Unit, mark: str, source: str) -> Inlines:
    return merge(
        run for segment in unit.segments for run in (*_words(segment, mark, source), Run(text=segment.tail))
    )


def _words(segment: Segment, mark: str, source: str) -> Inlines:
    if segment.state is not State.INITIAL:
        return segment.target
    shown = (replace(run, lang=run.lang or source, untranslated=True) for run in segment.source)
    return (Run(text=f"{mark} ", untranslated=True), *shown)


def _draft_notes(bitext: Bitext, target: Locale) -> tuple[str, ...]:
    states = [segment.state for segment in bitext.segments()]
    missing = states.count(State.INITIAL)
    if State.TRANSLATED not in states and not missing:
        return (target.label(Label.DRAFT_REVIEWED),)
    if missing == len(states):
        return (target.label(Label.DRAFT_UNTRANSLATED),)
    notes = [target.label(Label.DRAFT_MACHINE)]
    if missing:
        key = Label.UNTRANSLATED_ONE if missing == 1 else Label.UNTRANSLATED_MANY
        notes.append(target.label(key).format(count=target.integer(missing), total=target.integer(len(states))))
    return tuple(notes)


def _edition(release: Release, locale: Locale, paper: Paper, notes: tuple[str, ...]) -> Edition:
    office = paper.settings.office
    if release.withdrawn:
        release = _taken_back(release)
    return Edition(
        release=release,
        status=EditionStatus.DRAFT if notes else EditionStatus.FINAL,
        notes=notes,
        labels=_labels(release, locale, office),
        letterhead=_letterhead(office, paper.settings.design, locale, paper.logo),
        contacts=release.contacts or office.contacts,
        boilerplate=_boilerplate(release, locale, paper.settings),
        pictures=() if release.withdrawn else paper.pictures,
        made=datetime.combine(release.date, time(), UTC) if release.date else EPOCH,
    )


def _labels(release: Release, locale: Locale, office: Office) -> Labels:
    place = release.place.any(locale.tag) if release.place else None
    if release.embargo is None:
        timing = locale.label(Label.IMMEDIATE)
    else:
        timing = locale.label(Label.EMBARGO).format(moment=locale.moment(release.embargo))
    return Labels(
        kind=locale.label(Label.KIND),
        draft=locale.label(Label.DRAFT),
        number=release.number and locale.label(Label.NUMBER).format(number=release.number),
        timing=timing,
        place_and_date=locale.date_line(place, release.date),
        contact=locale.label(Label.CONTACT),
        about=(office.about and office.about.own(locale.tag)) or locale.label(Label.ABOUT),
        photo=locale.label(Label.PHOTO),
        phone=locale.label(Label.PHONE),
        end=locale.label(Label.END),
        page=locale.label(Label.PAGE),
        revision=tuple(_revision(release.revision, locale)) if release.revision else (),
    )


def _revision(revision: Revision, locale: Locale) -> Iterator[str]:
    day = locale.day(revision.replaces)
    if revision.kind is RevisionKind.WITHDRAWAL:
        yield locale.label(Label.WITHDRAWN).format(day=day)
        return
    yield locale.label(Label.REPLACES).format(version=revision.version, day=day)
    if (note := revision.note.own(locale.tag)) is not None:
        yield f"{locale.label(Label.CORRECTED)} {note}"


def _taken_back(release: Release) -> Release:
    """Return what is still published of a release that was taken back: its title, and why."""
    note = release.revision.note.own(release.language) if release.revision else None
    blocks = (Paragraph(text=inlines(note)),) if note else ()
    return replace(release, embargo=None, subtitle=(), blocks=blocks, media=(), boilerplate=None)


def _letterhead(office: Office, design: DesignSettings, locale: Locale, logo: bytes | None) -> Letterhead:
    return Letterhead(
        name=office.name.any(locale.tag),
        body=office.body.any(locale.tag),
        address=office.address,
        website=office.website,
        accent=office.accent,
        logo=logo,
        design=Design(name=design.name, text_font=design.text_font, heading_font=design.heading_font),
    )


def _boilerplate(release: Release, locale: Locale, settings: Settings) -> tuple[str, ...]:
    if release.boilerplate is None:
        return ()
    texts = dict(settings.boilerplate)
    if release.boilerplate not in texts:
        known = ", ".join(texts) or "none"
        message = f"{release.id}: boilerplate “{release.boilerplate}” is not in communique.toml (known: {known})"
        raise ConfigError(message)
    text = texts[release.boilerplate].own(locale.tag)
    if text is None:
        raise ConfigError(
            f"communique.toml: boilerplate “{release.boilerplate}” has no text in “{locale.tag}”; add it"
        )
    return tuple(part.strip() for part in text.split("\n\n") if part.strip())
