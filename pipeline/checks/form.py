"""Check 9: the small signs of careless work: doubled words, double blanks, stops, brackets, lost formatting."""

import re
from collections.abc import Iterator

from pipeline.checks.base import Check, Pair, Subject
from pipeline.checks.markup import markup
from pipeline.model.bitext import State, Unit
from pipeline.model.inline import TextEdit, plain
from pipeline.model.issue import Issue, Severity, Span
from pipeline.model.texts import TextKind

_DOUBLED = re.compile(r"\b([^\W\d_]+)(\s+)(\1)\b", re.IGNORECASE)
_BLANKS = re.compile(r"^[^\S\n]+|(?<=\S)[^\S\n]{2,}(?=\S)|\s+$")
_END = re.compile(r"([.?!:…])[\s\u00a0\u202f»”“’)\]]*$")
_LIKE = {"…": "."}
"""Stops that may stand for one another."""
_CLOSERS = {")": "(", "]": "[", "}": "{"}
_POINT = re.compile(r"(?:^|(?<=\s))\(?\w{1,3}[.]?\)")
"""`a)`, `2)`: a bracket that closes nothing."""

_SENTENCES = frozenset({TextKind.PARAGRAPH, TextKind.QUOTE})
"""Kinds of text whose sentences end with a stop in every language."""


def _find(subject: Subject) -> Iterator[Issue]:
    for pair in subject.pairs:
        yield from _doubled(pair)
        yield from _blanks(pair)
        yield from _ending(pair)
        yield from markup(pair, CHECK.name)
    for unit in subject.bitext.units:
        yield from _brackets(unit)


def _warning(
    pair: Pair, message: str, *, source: tuple[Span, ...] = (), target: Span, fix: TextEdit | None
) -> Issue:
    return Issue(
        check=CHECK.name,
        severity=Severity.WARNING,
        segment=pair.segment.id,
        message=message,
        source=source,
        target=(target,),
        fix=() if fix is None else (fix,),
    )


def _doubled(pair: Pair) -> Iterator[Issue]:
    """Yield words that stand twice in a row; names, and what stands twice in the source too, may do so."""
    there = pair.subject.target.cues.twice
    for match in _DOUBLED.finditer(pair.target):
        word, again = match[1], match[3]
        if (
            again[0].islower()
            and again not in there
            and not re.search(rf"\b{word}\s+{again}\b", pair.source, re.IGNORECASE)
        ):
            yield _warning(
                pair,
                f"“{word}” stands twice",
                target=Span(start=match.start(), end=match.end()),
                fix=TextEdit(start=match.start(2), end=match.end(), new="", rule=CHECK.name),
            )


def _blanks(pair: Pair) -> Iterator[Issue]:
    for match in _BLANKS.finditer(pair.target):
        inside = match.start() > 0 and match.end() < len(pair.target)
        kept = next((blank for blank in match[0] if blank in "\u00a0\u202f"), " ") if inside else ""
        yield _warning(
            pair,
            "There is more than one blank between two words"
            if inside
            else "A blank stands at the edge of the text",
            target=Span(start=match.start(), end=match.end()),
            fix=TextEdit(start=match.start(), end=match.end(), new=kept, rule=CHECK.name),
        )


def _ending(pair: Pair) -> Iterator[Issue]:
    here, there = _END.search(pair.source), _END.search(pair.target)
    if here is None or not pair.target.strip():
        return
    wanted, found = _LIKE.get(here[1], here[1]), there and _LIKE.get(there[1], there[1])
    if wanted == found or (there is None and pair.unit.kind not in _SENTENCES):
        return
    end = len(pair.target.rstrip())
    obvious = there is None and wanted == "." and pair.target[end - 1].isalnum()
    yield _warning(
        pair,
        f"The source ends with “{here[1]}”, the translation with " + (f"“{there[1]}”" if there else "no stop"),
        source=(Span(start=here.start(1), end=here.end(1)),),
        target=Span(start=there.start(1), end=there.end(1)) if there else Span(start=end - 1, end=end),
        fix=TextEdit(start=end, end=end, new=".", rule=CHECK.name) if obvious else None,
    )


def _brackets(unit: Unit) -> Iterator[Issue]:
    """Yield brackets without their other half; a pair may go over several sentences of a paragraph."""
    if any(segment.state is State.INITIAL for segment in unit.segments):
        return
    if _unmatched([plain(segment.source) for segment in unit.segments]):
        return
    for index, offset in _unmatched([plain(segment.target) for segment in unit.segments]):
        segment = unit.segments[index]
        yield Issue(
            check=CHECK.name,
            severity=Severity.WARNING,
            segment=segment.id,
            message=f"The bracket “{plain(segment.target)[offset]}” has no other half",
            target=(Span(start=offset, end=offset + 1),),
        )


def _unmatched(texts: list[str]) -> list[tuple[int, int]]:
    """Return the brackets without their other half, as positions of text and character."""
    opened: list[tuple[int, int, str]] = []
    stray: list[tuple[int, int]] = []
    for index, text in enumerate(texts):
        points = {match.end() - 1 for match in _POINT.finditer(text) if "(" not in match[0]}
        for offset, sign in enumerate(text):
            if sign in _CLOSERS.values():
                opened.append((index, offset, sign))
            elif sign in _CLOSERS and opened and opened[-1][2] == _CLOSERS[sign]:
                opened.pop()
            elif sign in _CLOSERS and offset not in points:
                stray.append((index, offset))
    return sorted([*stray, *((index, offset) for index, offset, _ in opened)])


CHECK = Check(
    name="form",
    title="Form",
    rule=(
        "No word stands twice in a row (but “vous vous”), no two blanks either; a sentence ends with the same kind "
        "of stop as its source; brackets come in pairs. Links and code of the source stand in the translation; "
        "bold and italic passages are not lost."
    ),
    example="Kommt der Bus später? → Le bus arrivera-t-il plus tard. (tard. → tard ?)",
    severity=Severity.ERROR,
    find=_find,
)
