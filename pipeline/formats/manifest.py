"""`manifest.json` of a bundle: JSON with sorted keys, UTF-8, a line feed at the end; see docs/bundle.md."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from pipeline.errors import FormatError
from pipeline.fields import Fields
from pipeline.formats.json_mapping import load_mapping
from pipeline.model.bitext import Approval, OriginKind, State
from pipeline.model.edition import EditionStatus
from pipeline.model.manifest import (
    EngineShare,
    Manifest,
    ManifestFile,
    ManifestLanguage,
    TranslationRecord,
)

FORMAT = "communique-bundle"
VERSION = 1
MAX_BYTES = 1_000_000
_FIRST_YEAR, _LAST_YEAR = 1980, 2107

E = TypeVar("E", bound=StrEnum)


def parse(raw: bytes, *, path: Path | str | None) -> Manifest:
    """Return the manifest written in `raw`.

    Args:
        raw: the whole file.
        path: the file, for errors; None where the caller names it.

    Raises:
        FormatError: not UTF-8, not JSON, a key twice, not this format or version, a key unknown, missing or of the
            wrong kind.
    """
    fields = Fields(_load(raw, path), lambda message, line: FormatError(message, path=path, line=line))
    if fields.text("format") != FORMAT:
        raise fields.error("format", f"must be “{FORMAT}”: this is not the manifest of a bundle")
    version = fields.number("format_version", default=0)
    if version != VERSION:
        message = f"is {version}, but this program reads {VERSION}; check with the version that made the bundle"
        raise fields.error("format_version", message)
    manifest = Manifest(
        release=fields.required_text("release"),
        version=_count(fields, "version", least=1),
        product=fields.required_text("product"),
        made=_made(fields),
        embargo=fields.moment("embargo"),
        languages=tuple(_language(tag, item) for tag, item in _named(fields, "languages")),
        files=tuple(_file(name, item) for name, item in _named(fields, "files")),
    )
    status = fields.member("status", EditionStatus)
    fields.close()
    if status is not manifest.status:
        raise fields.error("status", f"is “{status}”, but the languages make it “{manifest.status}”")
    return manifest


def dump(manifest: Manifest) -> bytes:
    """Return the bytes of `manifest.json`; equal manifests give equal bytes."""
    data = {
        "format": FORMAT,
        "format_version": VERSION,
        "release": manifest.release,
        "version": manifest.version,
        "status": manifest.status,
        "product": manifest.product,
        "made": manifest.made.isoformat(),
        "embargo": manifest.embargo and manifest.embargo.isoformat(),
        "languages": {
            language.tag: {
                "title": language.title,
                "status": language.status,
                "translation": language.translation and _dump_translation(language.translation),
            }
            for language in manifest.languages
        },
        "files": {file.name: {"sha256": file.sha256, "size": file.size} for file in manifest.files},
    }
    return (json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode("utf-8")


def _load(raw: bytes, path: Path | str | None) -> Mapping[str, Any]:
    if len(raw) > MAX_BYTES:
        raise FormatError(f"is larger than {MAX_BYTES // 1000} kB; a manifest is not", path=path)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise FormatError("is not UTF-8", path=path) from None
    return load_mapping(text, path=path)


def _language(tag: str, fields: Fields) -> ManifestLanguage:
    translation = fields.record("translation")
    language = ManifestLanguage(
        tag=tag,
        title=fields.text("title"),
        status=fields.member("status", EditionStatus),
        translation=_translation(translation) if translation else None,
    )
    fields.close()
    return language


def _translation(fields: Fields) -> TranslationRecord:
    approval = fields.record("approval")
    record = TranslationRecord(
        segments=_counts(fields, "segments", State),
        origins=_counts(fields, "origins", OriginKind),
        engines=tuple(_engine(item) for item in fields.records("engines")),
        approval=_approval(approval) if approval else None,
    )
    fields.close()
    return record


def _engine(fields: Fields) -> EngineShare:
    share = EngineShare(
        engine=fields.required_text("engine"),
        version=fields.text("version"),
        segments=_count(fields, "segments"),
    )
    fields.close()
    return share


def _approval(fields: Fields) -> Approval:
    approval = Approval(
        by=fields.required_text("by"),
        at=fields.required_moment("at"),
        source_hash=_sha256(fields, "source_sha256"),
        target_hash=_sha256(fields, "target_sha256"),
    )
    fields.close()
    return approval


def _file(name: str, fields: Fields) -> ManifestFile:
    file = ManifestFile(name=name, size=_count(fields, "size"), sha256=_sha256(fields, "sha256"))
    fields.close()
    return file


def _named(fields: Fields, key: str) -> list[tuple[str, Fields]]:
    """Return the mappings of a mapping whose names are free, with their names."""
    outer = fields.record(key)
    if outer is None:
        raise fields.error(key, "is missing")
    pairs = []
    for name in outer.names():
        inner = outer.record(name)
        if inner is None:
            raise outer.error(name, "must hold named values")
        pairs.append((name, inner))
    return pairs


def _counts(fields: Fields, key: str, kind: type[E]) -> tuple[tuple[E, int], ...]:
    inner = fields.record(key)
    if inner is None:
        raise fields.error(key, "is missing")
    counts = tuple((member, _count(inner, member)) for member in kind)
    inner.close()
    return counts


def _count(fields: Fields, key: str, *, least: int = 0) -> int:
    number = fields.number(key, default=-1)
    if number < least:
        raise fields.error(key, f"must be a whole number of at least {least}")
    return number


def _sha256(fields: Fields, key: str) -> str:
    text = fields.required_text(key)
    if not re.fullmatch(r"[0-9a-f]{64}", text):
        raise fields.error(key, "must be a SHA-256 as 64 hexadecimal digits")
    return text


def _made(fields: Fields) -> datetime:
    made = fields.required_moment("made")
    if not _FIRST_YEAR <= made.year <= _LAST_YEAR:
        raise fields.error("made", f"must be a time between {_FIRST_YEAR} and {_LAST_YEAR}, as ZIP can say it")
    return made


def _dump_translation(record: TranslationRecord) -> dict[str, Any]:
    approval = record.approval
    return {
        "segments": dict(record.segments),
        "origins": dict(record.origins),
        "engines": [
            {"engine": share.engine, "version": share.version, "segments": share.segments}
            for share in record.engines
        ],
        "approval": approval
        and {
            "by": approval.by,
            "at": approval.at.isoformat(),
            "source_sha256": approval.source_hash,
            "target_sha256": approval.target_hash,
        },
    }
