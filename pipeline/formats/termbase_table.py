"""The termbase as a table: CSV or TSV, as a spreadsheet opens and saves it.

One row for each target term. Rows whose first language says the same in the same scope make one concept; a further
wording of it is a further row with its own status. docs/termbase.md describes every column.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

from pipeline import locales
from pipeline.errors import ConfigError, FormatError
from pipeline.formats.decode import decode
from pipeline.model.termbase import Concept, Scope, Term, Termbase, TermKind, TermStatus

MAX_ROWS = 200_000
MAX_CELL = 2_000
MAX_SHOWN = 5
"""Faults told of one by one; the others are counted."""

_COLUMNS = ("status", "kind", "country", "topic", "issuer", "from", "until", "reference", "note")
_PER_LANGUAGE = ("gender", "forms")
_Member = TypeVar("_Member", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row by its columns, blanks at both ends removed."""

    line: int
    cells: Mapping[str, str]

    def get(self, column: str) -> str | None:
        return self.cells.get(column) or None


def parse(data: bytes, *, path: str) -> Termbase:
    """Return the termbase in a table, in any encoding, parted by commas, semicolons or tabs.

    Raises:
        FormatError: no table of terms, or rows that cannot be understood; the first few are named with their lines.
    """
    text = decode(data, path).text
    if not text.strip():
        return Termbase()
    delimiter = max(",;\t", key=text.splitlines()[0].count)
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [name.strip().lower() for name in next(reader)]
        languages = _languages(header, path)
        rows = list(_rows(reader, header, path))
    except csv.Error as error:
        raise FormatError(f"is no table ({error})", path=path, line=reader.line_num) from None
    faults: list[str] = []
    read = []
    for row in rows:
        try:
            read.append(_concept(row, languages))
        except ValueError as error:
            faults.append(f"line {row.line}: {error}")
    if faults:
        more = f"; and {len(faults) - MAX_SHOWN} more" if len(faults) > MAX_SHOWN else ""
        raise FormatError("; ".join(faults[:MAX_SHOWN]) + more, path=path)
    return Termbase(concepts=_joined(read, languages[0]))


def dump(termbase: Termbase, languages: tuple[str, ...]) -> str:
    """Return the termbase as CSV with a header, languages in the order given; columns nobody uses are left out."""
    rows = [row for concept in termbase.concepts for row in _written(concept, languages)]
    optional = [f"{language}_{extra}" for language in languages for extra in _PER_LANGUAGE]
    used = [name for name in (*_COLUMNS, *optional) if any(row.get(name) for row in rows)]
    out = io.StringIO()
    writer = csv.DictWriter(out, [*languages, *used], extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _languages(header: list[str], path: str) -> tuple[str, ...]:
    found: list[str] = []
    for name in header:
        language, _, extra = name.partition("_")
        if name in _COLUMNS or (extra in _PER_LANGUAGE and language in header):
            continue
        try:
            locales.get(name)
        except ConfigError:
            known = ", ".join(_COLUMNS)
            message = (
                f"there is no column “{name}”; known are a language (de, fr), its de_gender and de_forms, {known}"
            )
            raise FormatError(message, path=path, line=1) from None
        found.append(name)
    if len(found) < 2 or len(set(header)) < len(header):  # noqa: PLR2004 (a pair of languages)
        raise FormatError("the first line must name two languages, each column once: de,fr,…", path=path, line=1)
    return tuple(found)


def _rows(reader: Iterable[list[str]], header: list[str], path: str) -> Iterator[_Row]:
    for number, cells in enumerate(reader, 2):
        if number > MAX_ROWS:
            raise FormatError(f"has more than {MAX_ROWS} rows", path=path)
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            message = (
                f"has {len(cells)} cells instead of {len(header)}; put text that holds the separator in quotes"
            )
            raise FormatError(message, path=path, line=number)
        yield _Row(number, {name: " ".join(cell.split()) for name, cell in zip(header, cells, strict=True)})


def _concept(row: _Row, languages: tuple[str, ...]) -> Concept:
    source, *targets = languages
    status = _member(row, "status", TermStatus, TermStatus.PREFERRED)
    kind = _member(row, "kind", TermKind, TermKind.TERM)
    first = row.get(source)
    if first is None:
        raise ValueError(f"“{source}” is empty")
    given = [(language, row.get(language) or (first if kind is TermKind.KEEP else None)) for language in targets]
    terms = [_term(row, source, first, TermStatus.PREFERRED)]
    terms += [_term(row, language, text, status) for language, text in given if text]
    if len(terms) == 1:
        raise ValueError(f"“{first}” has no translation")
    return Concept(
        id="",
        kind=kind,
        terms=tuple(terms),
        scope=Scope(issuer=row.get("issuer"), country=row.get("country"), topic=row.get("topic")),
        valid_from=_day(row, "from"),
        valid_until=_day(row, "until"),
        reference=row.get("reference"),
        note=row.get("note"),
    )


def _term(row: _Row, language: str, text: str, status: TermStatus) -> Term:
    gender = row.get(f"{language}_gender")
    if gender not in {None, "m", "f", "n"}:
        raise ValueError(f"“{language}_gender” is m, f or n")
    forms = (row.get(f"{language}_forms") or "").split("|")
    return Term(
        text=text,
        language=language,
        status=status,
        gender=gender,
        forms=tuple(form.strip() for form in forms if form.strip()),
    )


def _member(row: _Row, column: str, kinds: type[_Member], default: _Member) -> _Member:
    text = row.get(column)
    if text is None:
        return default
    try:
        return kinds(text.lower())
    except ValueError:
        raise ValueError(f"“{column}” is one of {', '.join(kinds)}, not “{text}”") from None


def _day(row: _Row, column: str) -> date | None:
    text = row.get(column)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ValueError(f"“{column}” is a day written 2026-11-23, not “{text}”") from None


def _joined(read: Iterable[Concept], source: str) -> tuple[Concept, ...]:
    """Return concepts of the same source term, kind, scope and time as one, ids given."""
    by_key: dict[object, Concept] = {}
    for item in read:
        key = (item.in_language(source)[0].text, item.kind, item.scope, item.valid_from, item.valid_until)
        before = by_key.get(key)
        by_key[key] = item if before is None else _merged(before, item)
    taken: dict[str, int] = {}
    named = []
    for item in by_key.values():
        slug = _slug(item.terms[0].text)
        taken[slug] = taken.get(slug, 0) + 1
        named.append(replace(item, id=slug if taken[slug] == 1 else f"{slug}-{taken[slug]}"))
    return tuple(named)


def _merged(one: Concept, other: Concept) -> Concept:
    terms = (*one.terms, *(term for term in other.terms if term not in one.terms))
    notes = dict.fromkeys(note for note in (one.note, other.note) if note)
    references = dict.fromkeys(text for text in (one.reference, other.reference) if text)
    return replace(one, terms=terms, note=" ".join(notes) or None, reference="; ".join(references) or None)


def _slug(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.lower().replace("ß", "ss"))
    return re.sub(r"[^a-z0-9]+", "-", bare.encode("ascii", "ignore").decode()).strip("-") or "term"


def _written(concept: Concept, languages: tuple[str, ...]) -> Iterator[dict[str, str]]:
    source, *targets = languages
    for first in concept.in_language(source):
        for language in targets:
            for term in concept.in_language(language):
                yield {
                    source: first.text,
                    language: term.text,
                    **_details(first, source),
                    **_details(term, language),
                    "status": "" if term.status is TermStatus.PREFERRED else term.status,
                    "kind": "" if concept.kind is TermKind.TERM else concept.kind,
                    "country": concept.scope.country or "",
                    "topic": concept.scope.topic or "",
                    "issuer": concept.scope.issuer or "",
                    "from": concept.valid_from.isoformat() if concept.valid_from else "",
                    "until": concept.valid_until.isoformat() if concept.valid_until else "",
                    "reference": concept.reference or "",
                    "note": concept.note or "",
                }


def _details(term: Term, language: str) -> dict[str, str]:
    return {f"{language}_gender": term.gender or "", f"{language}_forms": " | ".join(term.forms)}
