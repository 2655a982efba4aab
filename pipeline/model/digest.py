"""Hashes that an approval binds to.

They cover what the public reads and nothing else: a comment in `source.md`, a tag or a new optional key of a later
version of this program changes no hash. SHA-256 over canonical JSON (sorted keys, no blanks, UTF-8).
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from pipeline.model.bitext import Bitext
from pipeline.model.inline import Inlines, Run, plain
from pipeline.model.issue import text_key
from pipeline.model.release import (
    Block,
    BulletList,
    Figure,
    Heading,
    Localized,
    Paragraph,
    Quote,
    Release,
    Table,
)
from pipeline.model.texts import texts
from pipeline.model.wording import inline_wording, wording

_PLAIN = asdict(Run(text=""))


def source_hash(release: Release) -> str:
    """Return the hash of everything in `release` that readers see, as 64 hexadecimal digits."""
    words = [[place.path, _runs(place.text)] for place in texts(release, "")]
    return _sha256({"words": words, "facts": _facts(release, str)})


def wording_hash(release: Release) -> str:
    """Return a hash like `source_hash` that stays the same when only the typography of texts is changed.

    Formatting counts, and so do facts: a link, a date or a contact is never trivial.
    """
    words = [[place.path, _runs(inline_wording(place.text))] for place in texts(release, "")]
    return _sha256({"wording": words, "facts": _facts(release, wording)})


def _facts(release: Release, seen: Callable[[str], str]) -> dict[str, Any]:
    """Return what readers see of a release beside its texts; texts among it as `seen` sees them."""
    facts = {
        "date": release.date and release.date.isoformat(),
        "place": _localized(release.place, str),
        "number": release.number,
        "embargo": release.embargo and release.embargo.isoformat(),
        "boilerplate": release.boilerplate,
        "contacts": [[item.name, _localized(item.role, seen), item.phone, item.email] for item in release.contacts],
        "media": [
            [item.file, _localized(item.alt, seen), _localized(item.caption, seen), item.credit]
            for item in release.media
        ],
        "revision": release.revision
        and [
            release.revision.version,
            release.revision.kind,
            release.revision.replaces.isoformat(),
            _localized(release.revision.note, seen),
        ],
        "shape": [_shape(block) for block in release.blocks],
    }
    return {key: value for key, value in facts.items() if value}


def target_hash(bitext: Bitext) -> str:
    """Return the hash of all targets of `bitext` in reading order, as 64 hexadecimal digits."""
    return _sha256([[segment.id, _runs(segment.target)] for segment in bitext.segments()])


def text_keys(bitext: Bitext) -> dict[str | None, str]:
    """Return the key of each segment's texts by its id; under None that of the whole translation.

    Waivers and sign-offs are bound to these.
    """
    segments = tuple(bitext.segments())
    keys: dict[str | None, str] = {item.id: text_key(plain(item.source), plain(item.target)) for item in segments}
    keys[None] = text_key("", "".join(keys.values()))
    return keys


def is_approved(release: Release, bitext: Bitext) -> bool:
    """Return whether the approval of `bitext` covers source and target exactly as they stand now."""
    approval = bitext.approval
    return (
        approval is not None
        and approval.source_hash == source_hash(release)
        and approval.target_hash == target_hash(bitext)
    )


def _shape(block: Block) -> list[Any]:
    """Return what kind of block it is, as far as the paths of its texts do not tell."""
    match block:
        case Heading():
            return ["heading", block.level]
        case BulletList():
            lists = [_shape(sublist) for item in block.items for sublist in item.sublists]
            return ["list", block.ordered, *lists]
        case Figure():
            return ["figure", block.file]
        case Paragraph() | Quote() | Table():
            return [type(block).__name__.lower()]


def _runs(text: Inlines) -> list[dict[str, Any]]:
    return [{key: value for key, value in asdict(run).items() if value != _PLAIN[key]} for run in text]


def _localized(value: Localized | None, seen: Callable[[str], str]) -> list[tuple[str, str]] | None:
    return sorted((tag, seen(text)) for tag, text in value.texts) if value else None


def _sha256(value: Any) -> str:
    canonical = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()
