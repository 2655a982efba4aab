"""The files of a release and what is known of them, as one ZIP for distribution with manifest and read-me."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.errors import GateError
from pipeline.formats import manifest as manifest_json
from pipeline.formats.zip_file import write_zip
from pipeline.formats.zip_layout import MAX_MEMBERS
from pipeline.model.bitext import Bitext, OriginKind, State
from pipeline.model.edition import EditionStatus
from pipeline.model.manifest import (
    MANIFEST_NAME,
    README_NAME,
    SEAL_NAME,
    EngineShare,
    Manifest,
    ManifestFile,
    TranslationRecord,
)

_EMBARGO = r"(\.embargo-\d{4}-\d\d-\d\d-\d{4})?"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadmeSection:
    """What the read-me says in one language; every word comes from that language's locale."""

    heading: str
    """Kind and title: `Medieninformation: Neue Fähre`."""
    draft: str
    """Says that this is a draft; printed as long as it is one."""
    notes: tuple[str, ...]
    """Number, embargo line: one line each."""
    files_heading: str
    files: tuple[tuple[str, str], ...]
    """Files of this language, each with a few words on what it is."""
    check: str
    """Says that the command below it checks the bundle."""
    seal: str
    """Says what the seal is, and that the command below it checks that too; printed where there is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A finished bundle."""

    name: str
    data: bytes
    manifest: Manifest


def bundle(
    manifest: Manifest,
    files: Mapping[str, bytes],
    sections: Sequence[ReadmeSection],
    seal: Callable[[bytes], bytes] | None = None,
) -> Bundle:
    """Return the bundle of `files`; equal arguments, and equal seals, give equal bytes on every machine.

    Args:
        manifest: everything that it shall say, but for `files`, which is filled in here.
        files: content by name in the bundle; manifest and read-me are added.
        sections: the read-me, one section for each language of the release.
        seal: gives the seal over the bytes of a manifest; None for a bundle without one. A draft never has one.

    Raises:
        GateError: a file has a name that does not unpack alike everywhere, there are too many files, or a language
            is called final that nobody approved.
    """
    seal = seal if manifest.status is EditionStatus.FINAL else None
    sealed = seal is not None
    text = readme(sections, bundle=bundle_name(manifest), status=manifest.status, sealed=sealed)
    contents = sorted([*files.items(), (README_NAME, text.encode("utf-8"))])
    complete = replace(manifest, files=tuple(_listed(file, data) for file, data in contents))
    reasons = [f"the manifest {fault}" for fault in complete.faults()]
    if len(contents) + 1 + sealed > MAX_MEMBERS:
        reasons.append(f"it would hold more than {MAX_MEMBERS:,} files")
    if reasons:
        raise GateError(f"{manifest.release} cannot be bundled:", reasons=tuple(reasons))
    raw = manifest_json.dump(complete)
    seals = [] if seal is None else [(SEAL_NAME, seal(raw))]
    members = sorted([*contents, (MANIFEST_NAME, raw), *seals])
    return Bundle(name=bundle_name(manifest), data=write_zip(members, manifest.made), manifest=complete)


def bundle_name(manifest: Manifest) -> str:
    """Return the name of the bundle's file: an embargo and a draft say so.

    The moment is in the zone that the release names. It stays in the name when it has passed: the same release
    makes the same file, whenever it is packed.
    """
    embargo = f".embargo-{manifest.embargo:%Y-%m-%d-%H%M}" if manifest.embargo else ""
    draft = "" if manifest.status is EditionStatus.FINAL else ".draft"
    return f"{manifest.release}{embargo}{draft}.zip"


def is_bundle_name(name: str, release: str) -> bool:
    """Return whether a file is called as a bundle of a release is, whatever its embargo and status."""
    return re.fullmatch(rf"{re.escape(release)}{_EMBARGO}(\.draft)?\.zip", name) is not None


def translation_record(bitext: Bitext, *, approved: bool) -> TranslationRecord:
    """Return how the translation in `bitext` came about.

    Args:
        bitext: the translation.
        approved: whether its approval covers source and target as they stand now; an outdated one is left out.
    """
    segments = tuple(bitext.segments())
    states = Counter(segment.state for segment in segments)
    origins = [segment.origin for segment in segments if segment.origin is not None]
    kinds = Counter(origin.kind for origin in origins)
    drafted = Counter((origin.by, origin.version or "") for origin in origins if origin.kind is OriginKind.MT)
    return TranslationRecord(
        segments=tuple((state, states[state]) for state in State),
        origins=tuple((kind, kinds[kind]) for kind in OriginKind),
        engines=tuple(
            EngineShare(engine=engine, version=version or None, segments=count)
            for (engine, version), count in sorted(drafted.items())
        ),
        approval=bitext.approval if approved else None,
    )


def readme(sections: Sequence[ReadmeSection], *, bundle: str, status: EditionStatus, sealed: bool = False) -> str:
    """Return the read-me as plain text, its languages one below the other.

    Args:
        sections: one for each language, in the order they shall stand.
        bundle: name of the bundle's file, for the command that checks it.
        status: of the whole bundle.
        sealed: whether there is a seal to be told of.
    """
    return "\n\n".join(_section(section, bundle, status, sealed=sealed) for section in sections)


def _section(section: ReadmeSection, bundle: str, status: EditionStatus, *, sealed: bool) -> str:
    width = max((len(name) for name, _ in section.files), default=0)
    draft = (section.draft,) if status is EditionStatus.DRAFT else ()
    lines = [section.heading, "=" * len(section.heading), *draft, *section.notes, ""]
    lines += [section.files_heading, *(f"  {name:<{width}}  {what}" for name, what in section.files), ""]
    lines += [section.check, f"  communique verify {bundle}", ""]
    if sealed:
        lines += [section.seal, f"  communique verify {bundle} --trust ca.pem", ""]
    return "\n".join(lines)


def _listed(name: str, data: bytes) -> ManifestFile:
    return ManifestFile(name=name, size=len(data), sha256=hashlib.sha256(data).hexdigest())
