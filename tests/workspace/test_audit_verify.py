"""Whatever is done to an audit log shows: in its chain, in its seal, or against what people decided."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.bitext import Bitext, Edit, Segment, State, Unit
from pipeline.model.inline import inlines
from pipeline.model.issue import Waiver
from pipeline.model.review import Answer, Comment
from pipeline.model.texts import TextKind
from pipeline.stages.review.decide import accept, answer, edit, sign_off
from pipeline.workspace import AuditLog, Entry
from pipeline.workspace.audit import digest
from pipeline.workspace.audit_seal import Mark, Seal
from pipeline.workspace.audit_verify import Finding, Verified, verify

AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
EVA = "Eva Muster <eva@example.org>"
LEA = "Léa Roy <lea@example.org>"
SENT = b"what was sent"

Change = Callable[[list[bytes]], Sequence[bytes]]
"""What somebody does to the lines of a log."""


def fresh() -> Bitext:
    segments = tuple(
        Segment(id=f"S00{n}", source=inlines(f"Satz {n}."), target=inlines(f"Phrase {n}."), state=State.TRANSLATED)
        for n in (1, 2, 3)
    )
    comment = Comment(id="C001", segment="S001", by="Léa Roy", at=None, text="Faut-il une majuscule ?")
    return Bitext(
        release="faehre",
        source_locale="de",
        target_locale="fr",
        units=(Unit(path="blocks.0", kind=TextKind.PARAGRAPH, segments=segments),),
        comments=(comment,),
    )


def decided() -> tuple[Bitext, list[Entry]]:
    """Return a translation after an afternoon's work, and what the log should tell of it."""
    times = (AT + timedelta(minutes=n) for n in range(20))
    told = [Entry(at=next(times), by=EVA, action="draft", details={"target": "fr", "filled": 3})]
    details: dict[str, object] = {"target": "fr", "export": "fr-01", "file": "faehre.fr-01.docx"}
    details["sha256"] = sha256(SENT).hexdigest()
    told.append(Entry(at=next(times), by=EVA, action="export", details=details))

    def record(action: str, by: str, **details: object) -> datetime:
        told.append(Entry(at=next(times), by=by, action=action, details={"target": "fr", **details}))
        return told[-1].at

    bitext = fresh()
    at = record("edit", LEA, segments=["S001"])
    bitext = edit(bitext, "S001", inlines("Phrase une."), by=LEA, at=at)
    at = record("accept", EVA, segments=["S002", "S003"])
    bitext = accept(bitext, ("S002", "S003"), by=EVA, at=at)
    at = record("answer", EVA, comment="C001", answer="Non.")
    bitext = answer(bitext, "C001", "Non.", by=EVA, at=at)
    at = record("sign", LEA, segments=["S003"])
    return sign_off(bitext, ("S003",), by=LEA, at=at), told


BITEXT, TOLD = decided()
DECISIONS = range(2, len(TOLD))
"""Lines, from 0, without which the translation holds what the log does not tell."""


def write(folder: Path, entries: Sequence[Entry] = TOLD) -> AuditLog:
    log = AuditLog(folder / "log.jsonl")
    for entry in entries:
        log.append(entry)
    review = folder / "review"
    review.mkdir(exist_ok=True)
    (review / "faehre.fr-01.docx").write_bytes(SENT)
    return log


def look(log: AuditLog, bitext: Bitext = BITEXT) -> Verified:
    return verify(log, (bitext,), log.path.parent / "review")


def wrong(log: AuditLog, bitext: Bitext = BITEXT) -> str:
    return "\n".join(item.message for item in look(log, bitext).findings if not item.notice)


def chained(lines: Sequence[bytes]) -> list[bytes]:
    """Return lines bound to each other anew, as somebody would who knows how."""
    bound: list[bytes] = []
    for line in lines:
        record = json.loads(line)
        record |= {"line": len(bound) + 1, "previous": digest(bound[-1]) if bound else ""}
        bound.append(json.dumps(record, ensure_ascii=False, sort_keys=True).encode() + b"\n")
    return bound


def put(log: AuditLog, lines: Sequence[bytes], *, seal: bool) -> None:
    log.path.write_bytes(b"".join(lines))
    if seal:
        mark = Mark(lines=len(lines), last=digest(lines[-1]))
        log.seal_path.write_bytes(Seal(mark=mark).dump())


@pytest.fixture
def log(tmp_path: Path) -> AuditLog:
    return write(tmp_path)


@pytest.fixture(scope="module")
def module_log(tmp_path_factory: pytest.TempPathFactory) -> AuditLog:
    return write(tmp_path_factory.mktemp("log"))


@pytest.fixture(scope="module")
def originals(module_log: AuditLog) -> tuple[bytes, bytes]:
    return module_log.path.read_bytes(), module_log.seal_path.read_bytes()


def test_a_log_that_nobody_touched_is_whole(log: AuditLog) -> None:
    found = look(log)
    assert (found.entries, found.whole, found.findings) == (len(TOLD), True, ())
    assert (found.first, found.last) == (TOLD[0].at, TOLD[-1].at)
    seal = json.loads(log.seal_path.read_text())
    assert seal == {"lines": len(TOLD), "last": digest(log.lines()[-1])}


def test_no_log_and_no_decision_agree(tmp_path: Path) -> None:
    found = verify(AuditLog(tmp_path / "log.jsonl"), (fresh(),), tmp_path / "review")
    assert (found.entries, found.findings) == (0, ())


@given(data=st.data())
def test_any_byte_changed_in_log_or_seal_shows(
    module_log: AuditLog, originals: tuple[bytes, bytes], data: st.DataObject
) -> None:
    which = data.draw(st.sampled_from((0, 1)))
    path, whole = (module_log.path, module_log.seal_path)[which], originals[which]
    place = data.draw(st.integers(0, len(whole) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != whole[place]))
    path.write_bytes(whole[:place] + bytes([byte]) + whole[place + 1 :])
    shown = wrong(module_log)
    path.write_bytes(whole)
    assert shown


@given(data=st.data())
def test_a_log_cut_off_anywhere_shows(
    module_log: AuditLog, originals: tuple[bytes, bytes], data: st.DataObject
) -> None:
    whole = originals[0]
    # The line feed at the very end says nothing; all else does.
    module_log.path.write_bytes(whole[: data.draw(st.integers(0, len(whole) - 2))])
    shown = wrong(module_log)
    module_log.path.write_bytes(whole)
    assert shown


@pytest.mark.parametrize("line", range(len(TOLD)))
def test_a_line_taken_out_shows(log: AuditLog, line: int) -> None:
    lines = log.lines()
    put(log, [*lines[:line], *lines[line + 1 :]], seal=False)
    assert wrong(log)


@given(order=st.permutations(range(len(TOLD))).filter(lambda order: order != sorted(order)))
def test_lines_in_another_order_show(
    module_log: AuditLog, originals: tuple[bytes, bytes], order: list[int]
) -> None:
    lines = module_log.lines()
    put(module_log, [lines[index] for index in order], seal=False)
    shown = wrong(module_log)
    module_log.path.write_bytes(originals[0])
    assert shown


@pytest.mark.parametrize("line", DECISIONS)
def test_a_decision_taken_out_shows_even_if_chain_and_seal_are_made_anew(log: AuditLog, line: int) -> None:
    lines = log.lines()
    put(log, chained([*lines[:line], *lines[line + 1 :]]), seal=True)
    assert wrong(log).endswith("the log has no line about it, and the translation holds it")


def test_what_is_missing_is_named(log: AuditLog) -> None:
    put(log, log.lines()[:2], seal=True)
    named = [line.partition(": the log has no line")[0] for line in wrong(log).splitlines()]
    assert named == [
        f"fr: edit or acceptance by {LEA}, S001, of 2026-11-23 12:02",
        f"fr: edit or acceptance by {EVA}, S002, S003, from 2026-11-23 12:03",
        f"fr: answer to a comment by {EVA}, C001, of 2026-11-23 12:04",
        f"fr: signed quotation by {LEA}, S003, of 2026-11-23 12:05",
    ]


def test_a_decision_under_another_name_or_time_shows(log: AuditLog) -> None:
    lines = log.lines()
    for old, new in ((b"eva@example.org", b"eve@example.org"), (b"T12:03", b"T12:02")):
        put(log, chained([line.replace(old, new) for line in lines]), seal=True)
        assert "the translation holds it" in wrong(log)


def forged(lines: Sequence[bytes], *, previous: str) -> bytes:
    details = {"target": "fr", "segments": ["S002"]}
    record = {"at": AT.isoformat(), "by": LEA, "action": "edit", "details": details, "previous": previous}
    return json.dumps(record | {"line": len(lines) + 1}).encode() + b"\n"


def test_a_forged_line_shows(log: AuditLog) -> None:
    lines = log.lines()
    put(log, [*lines, forged(lines, previous="")], seal=False)
    assert "does not follow" in wrong(log)


def test_a_well_forged_line_tells_of_a_decision_that_nobody_took(log: AuditLog) -> None:
    lines = log.lines()
    put(log, [*lines, forged(lines, previous=digest(lines[-1]))], seal=True)
    assert "the log tells of it, and the translation does not hold it" in wrong(log)


def test_several_lines_behind_the_seal_were_not_written_by_this_program(log: AuditLog) -> None:
    seal = log.seal_path.read_bytes()
    for _ in range(2):
        log.append(TOLD[0])
    log.seal_path.write_bytes(seal)
    assert "the last 2 lines are not sealed" in wrong(log)


def test_a_crash_between_line_and_seal_is_told_and_healed_by_the_next_entry(log: AuditLog) -> None:
    seal = log.seal_path.read_bytes()
    log.append(TOLD[0])
    log.seal_path.write_bytes(seal)
    found = look(log)
    assert (found.whole, [item.line for item in found.findings]) == (True, [7, 7])
    assert "not sealed" in found.findings[0].message
    log.append(Entry(at=TOLD[-1].at, by=EVA, action="draft", details={}))
    assert [item.message for item in look(log).findings] == [
        "has an earlier time than the line before; a clock may have been wrong"
    ]


def test_a_line_torn_by_a_crash_is_told_and_no_fault(log: AuditLog) -> None:
    whole, seal = log.path.read_bytes(), log.seal_path.read_bytes()
    log.append(TOLD[0])
    log.path.write_bytes(log.path.read_bytes()[: len(whole) + 30])
    log.seal_path.write_bytes(seal)
    torn = Finding(line=7, message="was cut off while it was written; what it would have told is lost", notice=True)
    assert look(log).findings == (torn,)
    log.append(Entry(at=TOLD[-1].at, by=EVA, action="draft", details={}))
    assert look(log).findings == (torn,)


def test_a_seal_that_was_deleted_shows(log: AuditLog) -> None:
    log.seal_path.unlink()
    assert "log.seal is missing" in wrong(log)


def test_a_log_older_than_seals_is_told_and_sealed_by_the_next_entry(log: AuditLog) -> None:
    old: list[bytes] = []
    for line in log.lines():
        record = json.loads(line)
        del record["line"]
        record["previous"] = digest(old[-1]) if old else ""
        old.append(json.dumps(record).encode() + b"\n")
    log.path.write_bytes(b"".join(old))
    log.seal_path.unlink()
    found = look(log)
    assert (found.whole, [item.notice for item in found.findings]) == (True, [True])
    log.append(Entry(at=TOLD[-1].at, by=EVA, action="draft", details={}))
    assert look(log).findings == ()


def cut(lines: list[bytes]) -> list[bytes]:
    return lines[:1]


def swapped(lines: list[bytes]) -> list[bytes]:
    return chained([lines[1], lines[0], *lines[2:]])


@pytest.mark.parametrize("change", [cut, swapped])
def test_the_next_entry_does_not_cover_up_what_was_done(log: AuditLog, change: Change) -> None:
    put(log, change(log.lines()), seal=False)
    log.append(Entry(at=TOLD[-1].at, by=EVA, action="draft", details={}))
    assert verify(log, (fresh(),), log.path.parent / "review").whole is False
    assert "when the log was written on" in wrong(log)


def test_the_next_entry_does_not_cover_up_a_deleted_or_damaged_seal(log: AuditLog) -> None:
    whole = log.seal_path.read_bytes()
    for seal in (None, b"[]", b"{", whole + b" ", whole.replace(b"6", b"true")):
        log.seal_path.unlink()
        if seal is not None:
            log.seal_path.write_bytes(seal)
        assert wrong(log)
        log.append(Entry(at=TOLD[-1].at, by=EVA, action="draft", details={}))
        assert "its seal was damaged, changed or missing" in wrong(log)


def test_a_file_that_was_sent_must_still_be_what_it_was(log: AuditLog) -> None:
    path = log.path.parent / "review" / "faehre.fr-01.docx"
    path.write_bytes(b"something else")
    assert wrong(log) == "review/faehre.fr-01.docx is no longer what it was then"
    path.unlink()
    assert "names a file that is not there any more" in wrong(log)


def test_a_name_that_leads_elsewhere_is_not_followed(log: AuditLog) -> None:
    (log.path.parent / "other").write_bytes(SENT)
    details = {"file": "../other", "sha256": sha256(SENT).hexdigest()}
    log.append(Entry(at=TOLD[-1].at, by=EVA, action="export", details=details))
    assert "which is no file of the review folder" in wrong(log)


def test_corrections_from_a_file_are_told_by_the_line_of_its_import(log: AuditLog) -> None:
    at = TOLD[-1].at
    change = Edit(by="Léa Roy", at=at, before=inlines("a"), after=inlines("b"), via="fr-01 3f9a0c77d2e1")
    archived = (Segment(id="S009", source=inlines("Satz."), history=(change,)),)
    bitext = Bitext(
        release="faehre",
        source_locale="de",
        target_locale="fr",
        units=BITEXT.units,
        archived=archived,
        comments=BITEXT.comments,
    )
    assert "correction from a reviewer’s file, fr-01" in wrong(log, bitext)
    log.append(Entry(at=at, by=EVA, action="import-review", details={"target": "fr", "export": "fr-01"}))
    assert wrong(log, bitext) == ""


def test_a_waiver_and_an_answer_need_their_lines(log: AuditLog) -> None:
    waiver = Waiver(check="length", segment="S001", text="0" * 16, reason="Titel", by=EVA, at=AT)
    comment = Comment(id="C002", segment=None, by="x", at=None, text="y", answer=Answer(by=EVA, at=AT, text="Ja."))
    bitext = Bitext(
        release="faehre",
        source_locale="de",
        target_locale="fr",
        units=BITEXT.units,
        comments=(*BITEXT.comments, comment),
        waivers=(waiver,),
    )
    assert wrong(log, bitext).count("the log has no line about it") == 2
    log.append(Entry(at=AT, by=EVA, action="answer", details={"target": "fr", "comment": "C002"}))
    details = {"target": "fr", "check": "length", "segment": "S001", "reason": "Titel"}
    log.append(Entry(at=AT, by=EVA, action="waive", details=details))
    assert wrong(log, bitext) == ""


@pytest.mark.parametrize("line", [b"[" * 100_000, b"null", b'{"at": 3}', b"\xff\xfe", b""])
def test_garbage_is_a_damaged_line(log: AuditLog, line: bytes) -> None:
    lines = log.lines()
    put(log, [*lines[:2], line + b"\n", *lines[3:]], seal=False)
    assert "is damaged" in wrong(log)
