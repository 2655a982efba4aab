"""Embargoes, and what comes after the first version."""

import shutil
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from aiosmtpd.smtp import Envelope

from pipeline.errors import GateError
from pipeline.model.mailing import DeliveryState
from pipeline.runner.bundling import bundle_release
from pipeline.runner.press import Press
from pipeline.runner.publishing import build_release
from pipeline.runner.reviewing import approve_release
from pipeline.runner.revising import withdraw_release
from tests.cli.conftest import EVA
from tests.engines.smtp.mail_server import MailServer, mail_server
from tests.runner.corrected import correct_figure
from tests.runner.mailing.conftest import BUS, NOW, Desk

TRUSTED = "zoe@example.org;Zoé;fr;presse;x;consent;2026-01-31;;ja"
OTHERS = "eva@example.org;Eva;de;presse;x;consent;2026-01-31;;"


@pytest.fixture(scope="module")
def embargoed_office(built_office: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an office whose release is approved with an embargo until two hours from now."""
    root = tmp_path_factory.mktemp("embargo") / "office"
    shutil.copytree(built_office, root)
    source = root / "releases" / BUS / "source.md"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("\ndate:", "\nembargo: 2026-10-08 14:00 Europe/Berlin\ndate:"), encoding="utf-8")
    workspace = Desk(root).workspace
    approve_release(workspace, BUS, by="Nora Adler <nora@example.org>", at=NOW)
    build_release(workspace, BUS, Press(workspace, NOW), lambda: None)
    return root


@pytest.fixture
def embargoed(embargoed_office: Path, tmp_path: Path) -> Desk:
    shutil.copytree(embargoed_office, tmp_path / "office")
    desk = Desk(tmp_path / "office")
    desk.takes_in(TRUSTED, OTHERS)
    return desk


def test_nothing_leaves_before_an_embargo_ends(embargoed: Desk) -> None:
    with mail_server() as server:
        embargoed.mails_to(server.port)
        with pytest.raises(GateError, match="it is under embargo until 2026-10-08 14:00 CEST"):
            embargoed.send()
        assert server.steps == []
        embargoed.clock.at = NOW + timedelta(hours=2)
        assert embargoed.send().complete
        assert server.recipients == ["eva@example.org", "zoe@example.org"]


def test_somebody_may_answer_for_sending_it_to_those_who_keep_embargoes(embargoed: Desk) -> None:
    with mail_server() as server:
        embargoed.mails_to(server.port)
        mailed = embargoed.send(embargo_ok=True)
        assert (server.recipients, mailed.reasons) == (
            ["zoe@example.org"],
            {"gets nothing before an embargo ends": 1},
        )
        entry = list(embargoed.workspace.log(BUS).entries())[-1]
        assert (entry.by, entry.details["before_embargo_ends"]) == (EVA, True)
        message = message_from_bytes(server.received[0].data, policy=policy.default)
        body = message.get_body(("plain",))
        assert body is not None
        assert message["Subject"].startswith("[Sous embargo jusqu’au 8\u00a0octobre 2026 à 14\u00a0h")
        assert body.get_content().startswith("Sous embargo jusqu’au")
        embargoed.clock.at = NOW + timedelta(hours=2)
        assert embargoed.send().count(DeliveryState.ACCEPTED) == 2
        assert server.recipients == ["zoe@example.org", "eva@example.org"]


def test_before_an_embargo_ends_nothing_is_linked_in_the_newsroom(embargoed: Desk) -> None:
    with mail_server() as server:
        embargoed.mails_to(server.port, 'attach_up_to = 1000\n[site]\nurl = "https://presse.example.org"')
        with pytest.raises(GateError, match="say where it can be fetched"):
            embargoed.send(embargo_ok=True)
        assert server.steps == []


def test_a_clock_set_back_in_the_middle_does_not_let_the_rest_out(embargoed: Desk) -> None:
    embargoed.clock.at = NOW + timedelta(hours=2)

    def set_back(step: str) -> None:
        if step == "END":
            embargoed.clock.at = NOW

    with mail_server() as server:
        server.observe = set_back
        embargoed.mails_to(server.port)
        mailed = embargoed.send()
    assert "under embargo" in str(mailed.ended)
    assert len(server.received) == 1


def test_the_next_version_goes_out_once_more_and_hangs_on_the_first(desk: Desk) -> None:
    desk.takes_in(TRUSTED, OTHERS)
    with mail_server() as server:
        desk.mails_to(server.port)
        desk.send()
        workspace = desk.workspace
        bundle_release(workspace, BUS, Press(workspace, NOW), by=EVA, at=NOW)
        withdraw_release(workspace, BUS, {"de": "Falsch.", "fr": "Faux."}, by=EVA, at=NOW + timedelta(days=20))
        build_release(workspace, BUS, Press(workspace, NOW), lambda: None)
        desk.clock.at = NOW + timedelta(days=20, hours=1)
        desk.takes_in("max@example.org;;de;presse;x;consent;2026-01-31;;")
        mailed = desk.send()
    assert (mailed.version, mailed.complete, len(server.received)) == (2, True, 5)
    messages = {item.recipient: message_from_bytes(item.data) for item in server.received[2:]}
    before = {item.recipient: message_from_bytes(item.data)["Message-ID"] for item in server.received[:2]}
    for address, message_id in before.items():
        assert messages[address]["In-Reply-To"] == message_id
    assert messages["max@example.org"]["In-Reply-To"] is None


def test_without_a_list_a_withdrawal_goes_to_exactly_those_who_have_the_release(desk: Desk) -> None:
    desk.takes_in(TRUSTED, OTHERS, "weg@example.org;;de;presse;x;consent;2026-01-31;;")

    def refuse(_: MailServer, step: str, envelope: Envelope) -> str | None:
        return "550 5.1.1 no such user" if step == "RCPT" and "weg@example.org" in envelope.rcpt_tos else None

    with mail_server(refuse) as server:
        desk.mails_to(server.port)
        desk.send()
        workspace = desk.workspace
        bundle_release(workspace, BUS, Press(workspace, NOW), by=EVA, at=NOW)
        withdraw_release(workspace, BUS, {"de": "Falsch.", "fr": "Faux."}, by=EVA, at=NOW)
        build_release(workspace, BUS, Press(workspace, NOW), lambda: None)
        desk.takes_in("neu@example.org;;de;presse;x;consent;2026-01-31;;")
        before = len(server.received)
        mailed = desk.send_to(())
    assert (mailed.version, mailed.complete) == (2, True)
    assert sorted(item.recipient for item in server.received[before:]) == ["eva@example.org", "zoe@example.org"]


def test_whoever_was_still_waiting_for_the_former_version_is_not_forgotten(desk: Desk) -> None:
    desk.takes_in(TRUSTED, OTHERS)
    with mail_server() as server:
        desk.mails_to(server.port)
        desk.stopping = lambda: len(server.received) == 1
        desk.send()
        desk.stopping = lambda: False
        bundle_release(desk.workspace, BUS, Press(desk.workspace, NOW), by=EVA, at=NOW)
        withdraw_release(desk.workspace, BUS, {"de": "Falsch.", "fr": "Faux."}, by=EVA, at=NOW)
        build_release(desk.workspace, BUS, Press(desk.workspace, NOW), lambda: None)
        desk.send_to(())
        (told,) = [notice for notice in desk.notices if "Still waiting" in notice]
        assert told.startswith("Still waiting for an earlier version, and getting nothing now: 1. Name their list")
        desk.send("presse")
    assert sorted(server.recipients) == ["eva@example.org", "eva@example.org", "zoe@example.org"]


def test_a_correction_tells_in_each_language_what_changed(desk: Desk) -> None:
    desk.takes_in(TRUSTED, OTHERS)
    with mail_server() as server:
        desk.mails_to(server.port)
        desk.send()
        bundle_release(desk.workspace, BUS, Press(desk.workspace, NOW), by=EVA, at=NOW)
        correct_figure(desk.workspace, NOW)
        desk.mails_to(server.port)
        assert desk.send_to(()).complete
    german, french = (message_from_bytes(item.data, policy=policy.default) for item in server.received[2:])
    html, text = french.get_body(("html",)), german.get_body(("plain",))
    assert html is not None
    assert text is not None
    assert french["Subject"].startswith("Rectificatif\u00a0: ")
    assert "<del>412\u202f600</del> <ins>421\u202f600</ins>" in html.get_content()
    assert "Bisher: Grenzbus Linie 40: 412.600 Fahrgäste im ersten Jahr" in text.get_content()
    assert text.get_content().count("Die Zahl der Fahrgäste war falsch.") == 1


def test_a_first_version_needs_a_list(desk: Desk) -> None:
    desk.takes_in(TRUSTED)
    with mail_server() as server:
        desk.mails_to(server.port)
        with pytest.raises(GateError, match="nobody has an earlier version"):
            desk.send_to(())
        assert server.received == []
