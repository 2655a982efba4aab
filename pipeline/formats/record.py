"""The record of a release's translations: JSON for programs, and one HTML page in all its languages for people."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline import locales
from pipeline.locales.record_words import RecordWords, record_words
from pipeline.model.disclosure import Disclosure, TranslationDisclosure
from pipeline.templating import fill

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATE = "kit/record.html"
FORMAT, FORMAT_VERSION = "communique-record", 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A translation, told in one language."""

    heading: str
    verdict: str
    answered_for: bool
    shares: tuple[tuple[str, str], ...]
    """What, and how many sentences of how many."""
    reviewers: str
    source_hash: str
    target_hash: str


def to_json(disclosure: Disclosure) -> bytes:
    """Return the record as JSON: keys sorted, UTF-8, a line feed at the end; docs/bundle.md tells every key."""
    data = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "release": disclosure.release,
        "version": disclosure.version,
        "office": disclosure.office,
        "translations": [_data(item) for item in disclosure.translations],
    }
    return (json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode("utf-8")


def to_page(disclosure: Disclosure, readers: Sequence[tuple[str, str]], templates: "Environment") -> str:
    """Return the record as a page that tells the same in several languages.

    Args:
        disclosure: what is told.
        readers: each language with the name that the office has in it.
        templates: where `kit/record.html` is looked up.

    Raises:
        ConfigError: the template is wrong.
    """
    told = [
        (tag, office, record_words(tag), [_told(item, tag) for item in disclosure.translations])
        for tag, office in readers
    ]
    return fill(templates, TEMPLATE, record=disclosure, languages=told)


def _data(item: TranslationDisclosure) -> dict[str, Any]:
    return {
        "source": item.source,
        "target": item.target,
        "sentences": item.sentences,
        "drafted": [
            {"engine": share.engine, "version": share.version, "sentences": share.segments}
            for share in item.engines
        ],
        "reused": item.reused,
        "by_hand": item.by_hand,
        "corrected": item.corrected,
        "unreviewed": item.unreviewed,
        "reviewers": list(item.reviewers),
        "approved_by": item.approved_by,
        "approved_at": item.approved_at and item.approved_at.isoformat(),
        "answered_for": item.answered_for,
        "source_sha256": item.source_hash,
        "target_sha256": item.target_hash,
    }


def _told(item: TranslationDisclosure, tag: str) -> _Told:
    words = record_words(tag)
    verdict = words.not_answered_for
    if item.answered_for and item.approved_at is not None:
        verdict = words.answered_for.format(
            who=item.approved_by, when=locales.get(tag).day(item.approved_at.date())
        )
    return _Told(
        heading=words.languages[item.target.partition("-")[0]],
        verdict=verdict,
        answered_for=item.answered_for,
        shares=tuple(_shares(item, words, tag)),
        reviewers=", ".join(item.reviewers) or words.nobody,
        source_hash=item.source_hash,
        target_hash=item.target_hash,
    )


def _shares(item: TranslationDisclosure, words: RecordWords, tag: str) -> list[tuple[str, str]]:
    named = [(f"{share.engine} {share.version or ''}".strip(), share.segments) for share in item.engines]
    counts = [(words.drafted_by.format(engine=name), count) for name, count in named]
    counts += [(words.reused, item.reused), (words.by_hand, item.by_hand)]
    counts += [(words.corrected, item.corrected), (words.unreviewed, item.unreviewed)]
    integer = locales.get(tag).integer
    return [
        (what, words.sentences.format(count=integer(count), total=integer(item.sentences)))
        for what, count in counts
        if count
    ]
