"""A release after its review: accepted, corrected, rejected, written by hand, talked about."""

from datetime import UTC, datetime, timedelta

from pipeline.model.bitext import Bitext, Edit, Origin, OriginKind, Segment, State, Unit
from pipeline.model.inline import inlines
from pipeline.model.review import Answer, Choice, Comment, Conflict, Settlement
from pipeline.model.texts import TextKind
from pipeline.workspace import Entry

DRAFTED = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
SENT = DRAFTED + timedelta(hours=1)
BACK = SENT + timedelta(hours=6, minutes=20)
EVA = "Eva Muster <eva@example.org>"
LEA = "Léa Roy <lea@example.org>"
VIA = "fr-01 3f9a0c77d2e1"

MACHINE = Origin(kind=OriginKind.MT, at=DRAFTED, by="offline:opus", version="2024")
TITLE = "Neue Fähre verbindet Alvenz und Montcerval"


def machine(raw: str) -> Origin:
    return Origin(kind=OriginKind.MT, at=DRAFTED, by="offline:opus", version="2024", raw=raw)


def change(before: str, after: str, by: str = LEA, via: str | None = VIA) -> Edit:
    return Edit(by=by, at=BACK, before=inlines(before), after=inlines(after), via=via)


def segment(name: str, source: str, target: str, *history: Edit, origin: Origin | None) -> Segment:
    state = State.REVIEWED if history and target else State.TRANSLATED if target else State.INITIAL
    return Segment(
        id=name, source=inlines(source), target=inlines(target), state=state, origin=origin, history=history
    )


CORRECTED = (
    "Le nouveau bac relie à partir de mai les deux bords du Sorne, on l’attendait depuis des années.",
    "À partir de mai, le nouveau bac reliera les deux rives de la Sorne ; on l’attendait depuis des années.",
)
KEPT = "La traversée coûte deux euros."
REJECTED = "Sur le bac est le café gratuit."
REWRITTEN = ("Le pays paie.", "Le Land prend les frais à sa charge.")

SEGMENTS = (
    segment(
        "S001",
        TITLE,
        "Un nouveau bac relie Alvence et Montcerval",
        change("Nouveau bac relie Alvence et Montcerval", "Un nouveau bac relie Alvence et Montcerval"),
        origin=machine("Nouveau bac relie Alvence et Montcerval"),
    ),
    segment(
        "S002",
        "Ab Mai verbindet die neue Fähre beide Ufer der Sorne; man hatte seit Jahren darauf gewartet.",
        CORRECTED[1],
        change(*CORRECTED),
        origin=machine(CORRECTED[0].replace("’", "'")),
    ),
    segment(
        "S003",
        "Die Überfahrt kostet zwei Euro.",
        KEPT,
        change(KEPT, KEPT, by=EVA, via=None),
        origin=machine("La traversée coûte deux euros."),
    ),
    segment("S004", "An Bord ist der Kaffee umsonst.", "", change(REJECTED, "", by=EVA, via=None), origin=MACHINE),
    segment(
        "S005",
        "Die Kosten trägt das Land.",
        REWRITTEN[1],
        change(REWRITTEN[0], "", by=EVA, via=None),
        change("", REWRITTEN[1], by=LEA, via=None),
        origin=machine(REWRITTEN[0]),
    ),
    segment(
        "S006",
        "Montcerval liegt am linken Ufer.",
        "Montcerval se trouve sur la rive gauche.",
        change("Montcerval se trouve sur la rive gauche.", "Montcerval se trouve sur la rive gauche."),
        origin=Origin(kind=OriginKind.TM, at=DRAFTED, by="2025-05-02-faehre#S003"),
    ),
    segment(
        "S007",
        "Betrieben wird sie von den Gemeinden.",
        "Il est exploité par les communes.",
        change("", "Il est exploité par les communes.", by=EVA, via=None),
        origin=Origin(kind=OriginKind.HUMAN, at=BACK, by=EVA),
    ),
    segment("S008", "Weitere Auskünfte erteilt die Gemeinde.", "La commune répond aux questions.", origin=MACHINE),
)

COMMENTS = (
    Comment(
        id="C001",
        segment="S002",
        by="Léa Roy",
        at=datetime(2026, 11, 20, 15, 0),  # noqa: DTZ001 (Word writes no zone)
        text="« Sorne » est féminin.",
        quoted="du Sorne",
        answer=Answer(by=EVA, at=BACK, text="Danke, auch in der Terminologie berichtigt."),
    ),
    Comment(
        id="C002", segment=None, by="unknown", at=None, text="Bravo <à tous>", doubt="It stood below the table"
    ),
)
CONFLICT = Conflict(
    segment="S003",
    base=inlines(KEPT),
    theirs=inlines("La traversée coûte 2 euros."),
    by="Léa Roy",
    at=BACK,
    file="0" * 64,
    settled=Settlement(by=EVA, at=BACK, choice=Choice.OURS),
)

BITEXT = Bitext(
    release="2026-11-20-neue-faehre",
    source_locale="de",
    target_locale="fr",
    next_number=9,
    units=(
        Unit(path="title", kind=TextKind.TITLE, segments=SEGMENTS[:1]),
        Unit(path="blocks.0", kind=TextKind.PARAGRAPH, segments=SEGMENTS[1:]),
    ),
    comments=COMMENTS,
    conflicts=(CONFLICT,),
)


def entry(action: str, at: datetime, **details: object) -> Entry:
    return Entry(at=at, by=EVA, action=action, details={"target": "fr", **details})


LOG = (
    entry("draft", DRAFTED, filled=8),
    entry("export", SENT, export="fr-01", door="docx"),
    entry("import-review", BACK, export="fr-01", sender=LEA),
    entry("import-review", BACK + timedelta(days=1), export="fr-01", sender=""),
    entry("export", BACK + timedelta(days=2), export="fr-02", door="xliff"),
)
