"""A project for OmegaT: XLIFF to be translated, the drafts as a memory with a penalty, approved texts, a glossary.

OmegaT inserts a match by itself only where it is exact and carries no penalty. So whatever comes back in a target
that is not the source was put there by a person.

What OmegaT 3.6 does with the XLIFF, and what reading relies on: it translates what stands in a target, and passes
over a unit whose target is missing or empty; a segment that nobody translated keeps its target, the source; ids,
notes, states, `approved` and all attributes of a code stay as they are, whatever was translated; a tag that a
translator leaves out is gone from the target, one that is typed twice is there twice, and one that the source does
not have becomes plain words.
"""

import io
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from pipeline import __version__
from pipeline.errors import FormatError
from pipeline.formats.tmx import TmxUnit, write_tmx
from pipeline.formats.xliff.omegat_tags import tagged
from pipeline.formats.xliff.read import MAX_BYTES, XliffFile, open_xliff
from pipeline.formats.xliff.write import write_xliff
from pipeline.formats.zip_damage import damage_told
from pipeline.formats.zip_file import write_zip
from pipeline.locales.kit_words import kit_words
from pipeline.locales.review_words import review_words
from pipeline.model.exchange import ReviewSheet, Sent
from pipeline.model.inline import plain
from pipeline.model.member_names import printable

_DRAFTS = "tm/mt/penalty-010/drafts.tmx"
"""Below `mt`, OmegaT shows matches as a machine's; `penalty-010` takes ten percent off them."""

MAX_MEMBERS = 10_000

_ENCRYPTED = 0x1
"""Bit of a member's flags (PKWARE APPNOTE 4.4.4)."""


def write_kit(sheet: ReviewSheet, approved: Iterable[TmxUnit]) -> bytes:
    """Return a zipped project folder; equal arguments give equal bytes.

    Args:
        sheet: what to translate.
        approved: what approved releases say, for the project's memory.

    Raises:
        FormatError: a text holds a character that XML cannot hold.
    """
    export = sheet.export
    folder = f"{export.release}.{export.name}"

    def memory(units: Iterable[TmxUnit]) -> bytes:
        return b"".join(
            write_tmx(
                units,
                source=export.source_locale,
                target=export.target_locale,
                created=export.at,
                version=__version__,
            )
        )

    drafts = (_draft(item) for item in export.segments if plain(item.target).strip())
    members = (
        ("omegat.project", _project(export.source_locale, export.target_locale)),
        (f"source/{folder}.xlf", write_xliff(sheet, drafts=False)),
        ("target/.keep", b""),
        (_DRAFTS, memory(drafts)),
        ("tm/approved.tmx", memory(approved)),
        ("glossary/glossary.txt", _glossary(sheet)),
        ("omegat/.keep", b""),
        (kit_words(export.target_locale).readme, _readme(sheet)),
    )
    return write_zip([(f"{folder}/{name}", data) for name, data in members], export.at, compress=True)


def open_kit(data: bytes, name: str) -> XliffFile:
    """Return the translated file of a zipped project; nothing is unpacked.

    Raises:
        FormatError: damaged, too large inside, or without exactly one translated file.
    """
    damaged = damage_told("is damaged or was not received completely; ask for it again", name)
    with damaged, zipfile.ZipFile(io.BytesIO(data)) as archive:
        member = _translated(archive.infolist(), name)
        with archive.open(member) as stream:
            text = stream.read(MAX_BYTES + 1)
    return open_xliff(text, f"{name} ({printable(member.filename)})")


def _translated(members: Sequence[zipfile.ZipInfo], name: str) -> zipfile.ZipInfo:
    """Return the one translated file, which can be read; raises FormatError."""
    found = [item for item in members if _is_target(item.filename)]
    if len(members) > MAX_MEMBERS or sum(item.file_size for item in found) > MAX_BYTES:
        raise FormatError("unpacks to far more than a project holds; it is not opened", path=name)
    if len(found) != 1:
        count = "several translated files" if found else "no translated file"
        message = f"holds {count}: in OmegaT, choose Project, Create Translated Documents, then zip the folder"
        raise FormatError(message, path=name)
    if found[0].flag_bits & _ENCRYPTED:
        raise FormatError("is protected by a password; ask for it without one", path=name)
    if found[0].compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise FormatError("is packed in a rare way; ask for an ordinary ZIP file", path=name)
    return found[0]


def _is_target(member: str) -> bool:
    """Say whether a member is a translated file: systems differ in the folder mark, and add hidden files."""
    *folders, file = member.replace("\\", "/").split("/")
    xliff = file.lower().endswith((".xlf", ".xliff")) and not file.startswith(".")
    return xliff and folders[-1:] == ["target"] and "__MACOSX" not in folders


def _project(source: str, target: str) -> bytes:
    """Return the project file: segments are sentences already, nothing is cut again."""
    settings = {
        "source_dir": "__DEFAULT__",
        "target_dir": "__DEFAULT__",
        "tm_dir": "__DEFAULT__",
        "glossary_dir": "__DEFAULT__",
        "glossary_file": "__DEFAULT__",
        "dictionary_dir": "__DEFAULT__",
        "source_lang": source.upper(),
        "target_lang": target.upper(),
        "sentence_seg": "false",
        "support_default_translations": "true",
        "remove_tags": "false",
    }
    lines = "".join(f"    <{name}>{escape(value)}</{name}>\n" for name, value in settings.items())
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<omegat>\n  <project version="1.0">\n'
        f"{lines}  </project>\n</omegat>\n"
    ).encode()


def _draft(item: Sent) -> TmxUnit:
    source, draft = tagged(item.source, item.target)
    return TmxUnit(source=source, target=draft, id=item.segment)


def _glossary(sheet: ReviewSheet) -> bytes:
    """Return the terms of all rows as a table with tabs, each pair once."""
    pairs = dict.fromkeys((pair.source, pair.target) for row in sheet.rows for pair in row.terms)
    lines = ("\t".join(" ".join(word.split()) for word in pair) for pair in pairs)
    # OmegaT guesses the encoding of a .txt file; with this mark it need not.
    return "".join(f"{line}\n" for line in lines).encode("utf-8-sig")


def _readme(sheet: ReviewSheet) -> bytes:
    export = sheet.export
    blocks = []
    for tag in (export.target_locale, export.source_locale):
        title = review_words(tag).title
        blocks.append("\n".join((title, plain(sheet.title), "", *kit_words(tag).steps)))
    return ("\n\n---\n\n".join(blocks) + "\n").encode()
