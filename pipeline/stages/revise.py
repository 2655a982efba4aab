"""A release that was out already is published once more: corrected, or taken back."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from pipeline.errors import GateError
from pipeline.locales import Label, Locale
from pipeline.model.changes import Change, with_links
from pipeline.model.inline import Inlines, inlines
from pipeline.model.release import Localized, Release, Revision, RevisionKind
from pipeline.model.texts import texts


def next_revision(
    published: Release, kind: RevisionKind, notes: Mapping[str, str], languages: Sequence[str]
) -> Revision:
    """Return what the next version says of itself.

    Args:
        published: the version that is out, which it replaces.
        kind: why.
        notes: what changed, or why it is withdrawn, by language.
        languages: those of the editions; each needs a note.

    Raises:
        GateError: a language has no note, the version that is out has no date, or was withdrawn.
    """
    missing = [tag for tag in languages if not notes.get(tag, "").strip()]
    reasons = [f"there is no note in “{tag}”; readers of every language are told what changed" for tag in missing]
    if published.withdrawn:
        reasons.append("it was withdrawn; publish a new release instead")
    if reasons or published.date is None:
        raise GateError(
            f"{published.id} cannot be published once more yet:", reasons=tuple(reasons or ["it has no date"])
        )
    return Revision(
        version=published.version + 1,
        kind=kind,
        note=Localized(texts=tuple((tag, notes[tag].strip()) for tag in languages)),
        replaces=published.date,
    )


def changes(before: Release, after: Release, locale: Locale) -> tuple[Change, ...]:
    """Return in what two versions differ for readers, in reading order.

    Args:
        before: the version that is replaced.
        after: the one that replaces it, in the same language.
        locale: of that language.
    """
    facts = zip(_facts(before, locale), _facts(after, locale), strict=True)
    changed = [Change(before=here, after=there) for here, there in facts if here != there]
    old, new = list(_read(before)), list(_read(after))
    # Whether a word is set in bold is no news.
    told_old, told_new = ([with_links(text) for text in side] for side in (old, new))
    steps = difflib.SequenceMatcher(None, told_old, told_new, autojunk=False).get_opcodes()
    changed += (
        Change(before=here, after=there)
        for kind, low, high, start, end in steps
        if kind != "equal"
        for here, there in zip_longest(old[low:high], new[start:end])
    )
    return tuple(changed)


def _facts(release: Release, locale: Locale) -> tuple[Inlines | None, ...]:
    """Return number, embargo, place and date as they are printed; None for what a release does not have."""
    place = release.place.any(locale.tag) if release.place else None
    facts = (
        release.number and locale.label(Label.NUMBER).format(number=release.number),
        release.embargo and locale.label(Label.EMBARGO).format(moment=locale.moment(release.embargo)),
        locale.date_line(place, release.date),
    )
    return tuple(inlines(fact) if fact else None for fact in facts)


def _read(release: Release) -> Iterator[Inlines]:
    """Yield the texts of a release from top to bottom, and whom journalists may call."""
    yield from (place.text for place in texts(release, "") if place.text)
    for contact in release.contacts:
        yield inlines(" · ".join(filter(None, (contact.name, contact.phone, contact.email))))
