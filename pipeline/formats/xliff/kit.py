"""A project for OmegaT: XLIFF to be translated, the drafts as a memory with a penalty, approved texts, a glossary.

OmegaT inserts a match by itself only where it is exact and carries no penalty. So whatever comes back in a target
that is not the source was put there by a person.
"""

import io
import zipfile
import zlib
from collections.abc import Iterable
from xml.sax.saxutils import escape

from pipeline import __version__
from pipeline.errors import FormatError
from pipeline.formats.tmx import TmxUnit, write_tmx
from pipeline.formats.xliff.read import MAX_BYTES, XliffFile, open_xliff
from pipeline.formats.xliff.write import write_xliff
from pipeline.formats.zip_file import write_zip
from pipeline.locales.kit_words import kit_steps
from pipeline.locales.review_words import review_words
from pipeline.model.exchange import ReviewSheet
from pipeline.model.inline import plain

_DRAFTS = "tm/mt/penalty-010/drafts.tmx"
"""Below `mt`, OmegaT shows matches as a machine's; `penalty-010` takes ten percent off them."""

MAX_MEMBERS = 10_000


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

    drafts = (
        TmxUnit(source=plain(item.source), target=plain(item.target), id=item.segment)
        for item in export.segments
        if item.target
    )
    members = (
        ("omegat.project", _project(export.source_locale, export.target_locale)),
        (f"source/{folder}.xlf", write_xliff(sheet, drafts=False)),
        ("target/.keep", b""),
        (_DRAFTS, memory(drafts)),
        ("tm/approved.tmx", memory(approved)),
        ("glossary/glossary.txt", _glossary(sheet)),
        ("omegat/.keep", b""),
        ("LISEZMOI.txt", _readme(sheet)),
    )
    return write_zip([(f"{folder}/{name}", data) for name, data in members], export.at, compress=True)


def open_kit(data: bytes, name: str) -> XliffFile:
    """Return the translated file of a zipped project; nothing is unpacked.

    Raises:
        FormatError: damaged, too large inside, or without exactly one translated file.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            found = [item for item in members if _is_target(item.filename)]
            if len(members) > MAX_MEMBERS or sum(item.file_size for item in found) > MAX_BYTES:
                raise FormatError("unpacks to far more than a project holds; it is not opened", path=name)
            if len(found) != 1:
                count = "several translated files" if found else "no translated file"
                message = (
                    f"holds {count}: in OmegaT, choose Project, Create Translated Documents, then zip the folder"
                )
                raise FormatError(message, path=name)
            with archive.open(found[0]) as stream:
                text = stream.read(MAX_BYTES + 1)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, ValueError, zlib.error):
        raise FormatError("is damaged or was not received completely; ask for it again", path=name) from None
    return open_xliff(text, f"{name} ({found[0].filename})")


def _is_target(member: str) -> bool:
    folders = member.split("/")
    return folders[-1].endswith((".xlf", ".xliff")) and folders[-2:-1] == ["target"]


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


def _glossary(sheet: ReviewSheet) -> bytes:
    """Return the terms of all rows as a table with tabs, each pair once."""
    pairs = dict.fromkeys((pair.source, pair.target) for row in sheet.rows for pair in row.terms)
    return "".join(f"{source}\t{target}\n" for source, target in pairs).encode()


def _readme(sheet: ReviewSheet) -> bytes:
    export = sheet.export
    blocks = []
    for tag in (export.target_locale, export.source_locale):
        words = review_words(tag)
        blocks.append("\n".join((words.title, plain(sheet.title), "", *kit_steps(tag))))
    return ("\n\n---\n\n".join(blocks) + "\n").encode()
