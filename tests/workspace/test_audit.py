"""The audit log only grows, and shows when somebody changed it."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.errors import FormatError
from pipeline.workspace import AuditLog, Entry

AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def entry(action: str) -> Entry:
    return Entry(at=AT, by="Eva Muster <eva@example.org>", action=action, details={"segments": ["S001"]})


@pytest.fixture
def log(tmp_path: Path) -> AuditLog:
    log = AuditLog(tmp_path / "log.jsonl")
    for action in ("import", "draft", "edit"):
        log.append(entry(action))
    return log


def test_entries_come_back_in_order(log: AuditLog) -> None:
    assert list(log.entries()) == [entry("import"), entry("draft"), entry("edit")]


def test_a_log_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert list(AuditLog(tmp_path / "none.jsonl").entries()) == []


@pytest.mark.parametrize("line", [0, 1])
def test_a_changed_line_shows_in_the_one_after_it(log: AuditLog, line: int) -> None:
    lines = log.path.read_text().splitlines()
    lines[line] = lines[line].replace("Eva", "Eve")
    log.path.write_text("\n".join(lines) + "\n")
    with pytest.raises(FormatError, match="changed before this line") as caught:
        list(log.entries())
    assert caught.value.line == line + 2


def test_a_line_taken_out_or_moved_shows(log: AuditLog) -> None:
    first, second, third = log.path.read_text().splitlines()
    for lines in ([first, third], [second, first, third], [second, third]):
        log.path.write_text("\n".join(lines) + "\n")
        with pytest.raises(FormatError, match="changed before"):
            list(log.entries())


def test_a_line_cut_off_by_a_crash_is_kept_and_closed(log: AuditLog) -> None:
    whole = log.path.read_bytes()
    log.path.write_bytes(whole[:-20])
    log.append(entry("approve"))

    lines = log.path.read_bytes().splitlines()
    assert lines[2] == whole[:-20].splitlines()[2]
    assert json.loads(lines[3])["action"] == "approve"
    with pytest.raises(FormatError, match="damaged") as caught:
        list(log.entries())
    assert caught.value.line == 3
