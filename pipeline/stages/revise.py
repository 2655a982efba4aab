"""A release that was out already is published once more: corrected, or taken back."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from pipeline.errors import GateError
from pipeline.model.bitext import Bitext
from pipeline.model.inline import Inlines, Run, inlines, merge
from pipeline.model.release import Localized, Release, Revision, RevisionKind
from pipeline.model.texts import in_language, texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A text that one version has otherwise than the other; None where it has no such text."""

    before: Inlines | None
    after: Inlines | None


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


def differences(before: Release, after: Release) -> tuple[Difference, ...]:
    """Return in what two versions differ for readers, in reading order; both are in the same language."""
    old, new = list(_read(before)), list(_read(after))
    steps = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return tuple(
        Difference(before=here, after=there)
        for kind, low, high, start, end in steps
        if kind != "equal"
        for here, there in zip_longest(old[low:high], new[start:end])
    )


def translated(release: Release, bitext: Bitext) -> Release:
    """Return a release in the language of its translation, which has a target for every text."""
    words = {
        unit.path: merge(run for item in unit.segments for run in (*item.target, Run(text=item.tail)))
        for unit in bitext.units
    }
    return in_language(release, bitext.target_locale, words)


def _read(release: Release) -> Iterator[Inlines]:
    """Yield all that readers read of a release, from top to bottom."""
    facts = (
        release.number,
        release.date and release.date.isoformat(),
        release.embargo and release.embargo.isoformat(),
    )
    yield from (inlines(fact) for fact in facts if fact)
    yield from (place.text for place in texts(release, "") if place.text)
    for contact in release.contacts:
        yield inlines(" · ".join(filter(None, (contact.name, contact.phone, contact.email))))
