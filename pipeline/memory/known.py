"""What is read from the memory: the translation of a source that holds now.

Of several translations of one source in one language, those of this office come before those from elsewhere, and
the later approved before the earlier. Only the first is ever given: what was superseded must not come back.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from pipeline.formats.inline_markdown import parse_inline
from pipeline.memory.database import Database
from pipeline.memory.entries import EntryOrigin, normalised
from pipeline.model.inline import Inlines, inlines, plain

_CURRENT = """
SELECT s.plain, s.markdown, e.plain, e.markdown, e.context, e.reference, e.origin, e.approved
FROM entry e JOIN document d ON d.id = e.document JOIN source s ON s.id = e.source
WHERE e.source = :source AND d.languages = :languages
ORDER BY e.origin = 'release' DESC, e.approved DESC, e.context IS :context DESC, e.document DESC, e.number DESC
LIMIT 1
"""
_SAME_WORDING = """
SELECT 1 FROM entry e JOIN document d ON d.id = e.document
WHERE e.source = ? AND d.languages = ? AND e.context = ? AND e.plain = ? AND e.markdown IS ? LIMIT 1
"""
_CONTAINING = """
SELECT DISTINCT e.source FROM entry e JOIN document d ON d.id = e.document JOIN source s ON s.id = e.source
WHERE d.languages = :languages AND (s.plain LIKE :pattern ESCAPE '\\' OR e.plain LIKE :pattern ESCAPE '\\')
ORDER BY e.approved DESC, e.source LIMIT :limit
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A source with the translation that holds now."""

    source: Inlines
    target: Inlines
    reference: str
    origin: EntryOrigin
    approved: datetime | None
    same_context: bool
    """This wording was approved between the neighbours asked for."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The translations from one language into another.

    Args:
        database: where they are.
        languages: `de>fr`.
    """

    database: Database
    languages: str

    def source_id(self, key: bytes) -> int | None:
        """Return the id of the source with this `source_key`."""
        rows = self.database.rows("SELECT id FROM source WHERE key = ?", (key,))
        return rows[0][0] if rows else None

    def current(self, source: int, context: int | None = None) -> Known | None:
        """Return the translation of a source that holds now; None where there is none in these languages.

        Of several approved at the same moment, one from the same context comes first.
        """
        values = {"source": source, "languages": self.languages, "context": context}
        for words, markdown, target, target_markdown, place, reference, origin, approved in self.database.rows(
            _CURRENT, values
        ):
            return Known(
                source=_runs(words, markdown),
                target=_runs(target, target_markdown),
                reference=reference,
                origin=EntryOrigin(origin),
                approved=datetime.fromisoformat(approved) if approved else None,
                same_context=context is not None
                and (place == context or self._approved_there(source, context, target, target_markdown)),
            )
        return None

    def outlined(self, outline: int, limit: int) -> list[tuple[int, str]]:
        """Return id and text of sources with this `outline`, newest first."""
        sql = "SELECT id, plain FROM source WHERE outline = ? ORDER BY id DESC LIMIT ?"
        return self.database.rows(sql, (outline, limit))

    def containing(self, text: str, limit: int) -> list[Known]:
        """Return translations that hold `text` on either side, small and capital letters alike, newest first."""
        wanted = normalised(text).casefold()
        # SQLite knows capitals of ASCII letters only, and a blank may be a no-break space: both are compared below.
        pattern = re.sub(r"[^\x21-\x7e]", "_", re.sub(r"[%_\\]", r"\\\g<0>", normalised(text)))
        values = {"languages": self.languages, "pattern": f"%{pattern}%", "limit": 10 * limit}
        found = [self.current(source) for (source,) in self.database.rows(_CONTAINING, values)]
        return [
            item
            for item in found
            if item and any(wanted in normalised(plain(side)).casefold() for side in (item.source, item.target))
        ][:limit]

    def _approved_there(self, source: int, context: int, target: str, markdown: str | None) -> bool:
        return bool(self.database.rows(_SAME_WORDING, (source, self.languages, context, target, markdown)))


def _runs(words: str, markdown: str | None) -> Inlines:
    return inlines(words) if markdown is None else parse_inline(markdown)
