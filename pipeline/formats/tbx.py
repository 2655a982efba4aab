"""The termbase as TBX-Basic (ISO 30042:2019, DCA style), and TBX-Basic of either edition as a termbase.

What TBX-Basic has no element for travels in notes that begin with their name: kind, country, issuer, from, until.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from pipeline.errors import FormatError
from pipeline.model.termbase import Concept, Term, Termbase, TermKind, TermStatus

if TYPE_CHECKING:
    from lxml.builder import ElementMaker
    from lxml.etree import _Element

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
MAX_BYTES = 50_000_000
MAX_TEXT = 2_000

_STATUS = {
    TermStatus.PREFERRED: "preferredTerm-admn-sts",
    TermStatus.ADMITTED: "admittedTerm-admn-sts",
    TermStatus.DEPRECATED: "deprecatedTerm-admn-sts",
}
_STATUS_IN = {value: status for status, value in _STATUS.items()} | {
    "supersededTerm-admn-sts": TermStatus.DEPRECATED,
    "standardizedTerm": TermStatus.PREFERRED,
    "legalTerm-admn-sts": TermStatus.PREFERRED,
}
_GENDER = {"m": "masculine", "f": "feminine", "n": "neuter"}
_GENDER_IN = {value: gender for gender, value in _GENDER.items()}
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NOTE = re.compile(r"(kind|country|issuer|from|until|forms): (.*)", re.DOTALL)


def dump(termbase: Termbase) -> bytes:
    """Return the termbase as TBX-Basic, UTF-8; the same termbase gives the same bytes."""
    from lxml import etree
    from lxml.builder import ElementMaker

    make = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE})
    body = make.body(*(_entry(make, concept) for concept in termbase.concepts))
    root = make.tbx(
        make.tbxHeader(make.fileDesc(make.sourceDesc(make.p("Communiqué termbase")))),
        make.text(body),
        type="TBX-Basic",
        style="dca",
    )
    root.set(_XML_LANG, "en")
    etree.indent(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8")) + b"\n"


def _entry(make: "ElementMaker", concept: Concept) -> "_Element":
    entry = make.conceptEntry(id=f"c-{concept.id}")
    if concept.scope.topic:
        entry.append(make.descrip(concept.scope.topic, type="subjectField"))
    for name, value in _notes(concept):
        entry.append(make.note(f"{name}: {value}"))
    if concept.note:
        entry.append(make.note(concept.note))
    if concept.reference:
        entry.append(make.xref(concept.reference, type="externalCrossReference"))
    for language in dict.fromkeys(term.language for term in concept.terms):
        section = make.langSec()
        section.set(_XML_LANG, language)
        section.extend(_term(make, term) for term in concept.in_language(language))
        entry.append(section)
    return entry


def _notes(concept: Concept) -> Iterator[tuple[str, str]]:
    values = {
        "kind": concept.kind if concept.kind is not TermKind.TERM else None,
        "country": concept.scope.country,
        "issuer": concept.scope.issuer,
        "from": concept.valid_from and concept.valid_from.isoformat(),
        "until": concept.valid_until and concept.valid_until.isoformat(),
    }
    for name, value in values.items():
        if value:
            yield name, value


def _term(make: "ElementMaker", term: Term) -> "_Element":
    section = make.termSec(make.term(term.text))
    section.append(make.termNote(_STATUS[term.status], type="administrativeStatus"))
    if term.gender:
        section.append(make.termNote(_GENDER[term.gender], type="grammaticalGender"))
    if term.forms:
        section.append(make.note(f"forms: {' | '.join(term.forms)}"))
    return section


def parse(data: bytes, *, path: str) -> Termbase:
    """Return the termbase in a TBX file of the second or third edition; languages other than a pair's are kept.

    Raises:
        FormatError: malformed, too large, no TBX, with entities, or an entry that cannot be understood.
    """
    from lxml import etree

    if len(data) > MAX_BYTES:
        raise FormatError(f"has more than {MAX_BYTES // 1_000_000} MB; a termbase is smaller", path=path)
    if b"<!ENTITY" in data:
        raise FormatError("declares entities; save it without them", path=path)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise FormatError(f"is not well-formed XML ({error.msg})", path=path, line=error.lineno) from None
    if _name(root) not in {"tbx", "martif"}:
        raise FormatError("is no TBX file", path=path, line=root.sourceline)
    found = [item for item in root.iter() if _name(item) in {"conceptEntry", "termEntry"}]
    return Termbase(concepts=tuple(_concept(item, number, path) for number, item in enumerate(found, 1)))


def _concept(entry: "_Element", number: int, path: str) -> Concept:
    terms = tuple(
        _read_term(term, (section.get(_XML_LANG) or section.get("lang") or "").partition("-")[0].lower())
        for section in entry
        if _name(section) in {"langSec", "langSet"}
        for term in section
        if _name(term) in {"termSec", "tig", "ntig"}
    )
    if not terms or any(not term.text or not term.language for term in terms):
        raise FormatError("an entry has no term, or a term without a language", path=path, line=entry.sourceline)
    concept = Concept(id=re.sub(r"^c-", "", entry.get("id") or f"tbx-{number}"), terms=terms)
    notes = []
    for child in entry:
        text = _text(child)
        named = _NOTE.fullmatch(text) if _name(child) == "note" else None
        if named:
            concept = _with(concept, named[1], named[2], path, child.sourceline)
        elif _name(child) == "note" and text:
            notes.append(text)
        elif _name(child) in {"xref", "ref"} and text:
            concept = replace(concept, reference=text)
        elif _name(child) == "descrip" and child.get("type") == "subjectField" and text:
            concept = replace(concept, scope=replace(concept.scope, topic=text))
    return replace(concept, note=" ".join(notes) or None)


def _with(concept: Concept, name: str, value: str, path: str, line: int | None) -> Concept:
    try:
        match name:
            case "kind":
                return replace(concept, kind=TermKind(value))
            case "country":
                return replace(concept, scope=replace(concept.scope, country=value))
            case "issuer":
                return replace(concept, scope=replace(concept.scope, issuer=value))
            case "from":
                return replace(concept, valid_from=date.fromisoformat(value))
            case _:
                return replace(concept, valid_until=date.fromisoformat(value))
    except ValueError:
        raise FormatError(f"the note “{name}: …” of an entry cannot be understood", path=path, line=line) from None


def _read_term(section: "_Element", language: str) -> Term:
    term = Term(text="", language=language)
    for child in section.iter():
        text = _text(child)
        match _name(child), child.get("type"):
            case "term", _:
                term = replace(term, text=text)
            case "termNote", "administrativeStatus" | "normativeAuthorization":
                term = replace(term, status=_STATUS_IN.get(text, TermStatus.ADMITTED))
            case "termNote", "grammaticalGender":
                term = replace(term, gender=_GENDER_IN.get(text))
            case "note", _ if text.startswith("forms: "):
                term = replace(term, forms=tuple(part.strip() for part in text[7:].split("|")))
    return term


def _name(element: "_Element") -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _text(element: "_Element") -> str:
    return " ".join("".join(element.itertext()).split())[:MAX_TEXT] if isinstance(element.tag, str) else ""
