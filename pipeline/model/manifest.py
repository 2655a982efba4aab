"""What a bundle says of itself, and what a check of it finds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pipeline.model.bitext import Approval, OriginKind, State
from pipeline.model.edition import EditionStatus
from pipeline.model.member_names import name_fault, twin_key

MANIFEST_NAME = "manifest.json"
SEAL_NAME = "manifest.json.p7s"
UNLISTED = (MANIFEST_NAME, SEAL_NAME)
"""The files of a bundle that the manifest cannot list: itself, and the seal over it, which is made after it."""
README_NAME = "README.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestFile:
    """A file of the bundle; every one but the manifest and its seal is listed."""

    name: str
    """Path in the bundle, with `/`."""
    size: int
    """Bytes."""
    sha256: str
    """64 hexadecimal digits, lower case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineShare:
    """How many segments an engine drafted."""

    engine: str
    version: str | None
    segments: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationRecord:
    """How a translation came about: the summary that transparency rules ask for (EU AI Act Art. 50)."""

    segments: tuple[tuple[State, int], ...]
    """How many segments are in each state; every state once, in the order of `State`."""
    origins: tuple[tuple[OriginKind, int], ...]
    """How many segments came from where first; every kind once. Segments without a target count nowhere."""
    engines: tuple[EngineShare, ...]
    """Sorted by name and version."""
    approval: Approval | None
    """Who answers for exactly this text; None while nobody does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestLanguage:
    """One language of the release."""

    tag: str
    """BCP 47."""
    title: str | None
    """None while there is none, or it is not translated."""
    status: EditionStatus
    translation: TranslationRecord | None
    """None for the language the release was written in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """Everything that `manifest.json` says; docs/bundle.md describes the format."""

    release: str
    version: int
    """Number of this version of the release, from 1."""
    product: str
    """Name and version of the program that made the bundle: `communique 0.1.0`."""
    made: datetime
    """Time stamped into the archive: a fixed function of the release, not the time of the run."""
    embargo: datetime | None
    languages: tuple[ManifestLanguage, ...]
    """Sorted by tag."""
    files: tuple[ManifestFile, ...]
    """Sorted by name."""

    @property
    def status(self) -> EditionStatus:
        """Final if every language is."""
        final = all(language.status is EditionStatus.FINAL for language in self.languages)
        return EditionStatus.FINAL if final else EditionStatus.DRAFT

    def faults(self) -> Iterator[str]:
        """Yield what this manifest says against itself or against the rules of bundles, one line each."""
        sources = [language.tag for language in self.languages if language.translation is None]
        if len(sources) != 1:
            yield "must have exactly one language without a translation record: the source"
        for language in self.languages:
            record = language.translation
            if language.status is not EditionStatus.FINAL or record is None:
                continue
            if record.approval is None:
                yield f"calls “{language.tag}” final, but names nobody who approved it"
            if any(count for state, count in record.segments if state is not State.FINAL):
                yield f"calls “{language.tag}” final, but counts segments that are not"
        known: dict[str, str] = {twin_key(name): name for name in UNLISTED}
        for file in self.files:
            if fault := name_fault(file.name):
                yield f"lists “{file.name}”, whose name {fault}"
            if other := known.get(twin_key(file.name)):
                yield f"lists “{other}” and “{file.name}”, which some systems take for the same file"
            known[twin_key(file.name)] = file.name


class DeviationKind(StrEnum):
    """What can be wrong with a bundle."""

    NOT_A_ZIP = "not-a-zip"
    TRUNCATED = "truncated"
    """The end is missing or damaged, so that no file can be found."""
    TOO_LARGE = "too-large"
    """Beyond what a bundle can be; not read further."""
    FOREIGN_DATA = "foreign-data"
    """Bytes before, between or after the files."""
    STRUCTURE = "structure"
    """Not the bytes that the bundler writes, though the files may be whole."""
    MANIFEST = "manifest"
    """The manifest cannot be read, has an unknown version, or contradicts itself."""
    MISSING = "missing"
    EXTRA = "extra"
    CHANGED = "changed"
    """The content is not what the manifest's SHA-256 stands for."""
    SIZE = "size"
    CHECKSUM = "checksum"
    """The archive's own CRC-32 fails: damaged on the way."""
    UNREADABLE = "unreadable"
    """The content cannot be reached: damaged or compressed in a way bundles never use."""
    DUPLICATE = "duplicate"
    """Two files of exactly the same name."""
    TWIN = "twin"
    """Two names that some systems take for one: upper and lower case, composed and decomposed accents."""
    PATH = "path"
    """The name leads out of the folder, or means something else on some system."""
    LINK = "link"
    ENCRYPTED = "encrypted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """One thing in which a bundle differs from what it should be."""

    kind: DeviationKind
    name: str | None
    """The file concerned, invisible characters escaped; None where it is the archive as a whole."""
    detail: str
    """One plain sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """The result of checking a bundle against its own manifest."""

    manifest: Manifest | None
    """None where it cannot be read."""
    deviations: tuple[Deviation, ...]

    @property
    def passed(self) -> bool:
        """Whether nothing deviates."""
        return not self.deviations
