"""Two readers that are not ours read the same texts in the XLIFF that goes out."""

from moz.l10n.formats import Format
from moz.l10n.model import Entry, PatternMessage
from moz.l10n.resource import parse_resource
from translate.storage.xliff import Xliff1File

from pipeline.formats.xliff.write import write_xliff
from pipeline.model.inline import inlines, plain
from tests.formats.review_docx.sheets import TEXTS, sheet

SHEET = sheet((*TEXTS, (inlines("Eins\nzwei & <drei>"), inlines("Un\ndeux\u202f! & <trois>"))))
SENT = write_xliff(SHEET, drafts=True)
WORDS = [
    (item.segment, plain(item.source).replace("\n", ""), plain(item.target).replace("\n", ""))
    for item in SHEET.export.segments
]
"""Neither reader gives a line break a character."""


def test_moz_l10n_reads_the_same() -> None:
    read = []
    for section in parse_resource(Format.xliff, SENT).sections:
        for entry in section.entries:
            assert isinstance(entry, Entry)
            assert isinstance(entry.value, PatternMessage)
            source = "".join(item.value for item in entry.meta if item.key in {"source", "source/g"})
            target = "".join(part for part in entry.value.pattern if isinstance(part, str))
            read.append((entry.id[-1], source, target))
    assert read == WORDS


def test_translate_toolkit_reads_the_same() -> None:
    store = Xliff1File.parsestring(SENT)  # type: ignore[no-untyped-call]  # the library has no types here
    units = [unit for unit in store.units if unit.getid()]
    read = [
        (sent.segment, str(unit.source), str(unit.target or ""))
        for unit, sent in zip(units, SHEET.export.segments, strict=True)
    ]
    assert read == WORDS
