"""One script through a review document and back: written, edited, read, merged."""

from dataclasses import dataclass

from pipeline.errors import FormatError
from pipeline.formats.review_docx.read import open_review
from pipeline.model.bitext import Bitext
from pipeline.model.exchange import Export, Return
from tests.review.by_word import edited
from tests.review.desk import script
from tests.review.edits import LAST, Script
from tests.review.outcome import Finding, findings
from tests.review.sheets import bitexts, document, sheet
from tests.review.taking_in import merged


@dataclass(frozen=True, slots=True)
class Copy:
    """A release's review document, and what it is a copy of."""

    bitext: Bitext
    export: Export
    sent: bytes

    def played(self, seed: int) -> tuple[Script, tuple[Finding, ...]]:
        """Return the script of a number, and what goes wrong when it is played in Word."""
        made = script(self.export, seed)
        return made, self.judged(made, edited(self.sent, made.edits))

    def judged(self, made: Script, data: bytes) -> tuple[Finding, ...]:
        """Return what goes wrong when `data` is taken in, which is the document after the edits of a script."""
        try:
            returned = self.read(data)
        except FormatError:
            if any(edit.kind is LAST for edit in made.edits):
                return ()  # refused as a whole, with nobody's words taken in
            raise
        after = merged(self.bitext, self.export, returned, made.expected, made.seed)
        return (*findings(returned, made.expected), *after)

    def read(self, data: bytes) -> Return:
        """Return what came back in `data`."""
        return open_review(data, "back.docx").read(self.export, self.sent)


def copies() -> tuple[Copy, ...]:
    """Return the review documents of the sample releases."""
    return tuple(copy_of(bitext) for bitext in bitexts())


def copy_of(bitext: Bitext) -> Copy:
    """Return the review document of a release."""
    shown = sheet(bitext)
    return Copy(bitext, shown.export, document(shown))
