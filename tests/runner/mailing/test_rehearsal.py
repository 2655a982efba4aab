"""Rehearsing a mailing: what would happen, seen before it does, and nothing else happens."""

from email import message_from_bytes, policy

import pytest

from pipeline.errors import ConfigError, FormatError, GateError
from pipeline.model.mailing import DeliveryState
from pipeline.runner.mail_ledger import Order
from pipeline.runner.mail_rehearsal import Rehearsal, rehearse, rehearse_over_server
from tests.cli.conftest import EVA
from tests.engines.smtp.mail_server import mail_server
from tests.runner.mailing.conftest import BUS, Desk, people

ORDER = Order(release=BUS, lists=("presse",), by=EVA)


def rehearsed(desk: Desk, sample: int | None = 3) -> Rehearsal:
    return rehearse(desk.workspace, ORDER, sample=sample, at=desk.clock.now())


def test_some_messages_of_each_language_are_written_and_old_ones_replaced(desk: Desk) -> None:
    desk.takes_in(*people(5), *people(4, "b.example", "de"))
    desk.mails_to(1)
    found = rehearsed(desk, sample=None)
    assert (found.files, len(list(found.folder.glob("*.eml")))) == (9, 9)
    found = rehearsed(desk)
    assert sorted(path.name for path in found.folder.iterdir()) == [
        "de-00001.eml", "de-00002.eml", "de-00003.eml", "fr-00004.eml", "fr-00005.eml", "fr-00006.eml",
    ]  # fmt: skip
    assert [(item.language, item.recipients, item.attached) for item in found.languages] == [
        ("de", 4, True),
        ("fr", 5, True),
    ]
    assert found.obstacles == ()
    assert not (desk.root / "releases" / BUS / "ledger.sqlite").exists()


def test_the_files_are_the_very_messages_that_go_out(desk: Desk) -> None:
    desk.takes_in(*people(1))
    with mail_server() as server:
        desk.mails_to(server.port)
        found = rehearsed(desk)
        desk.send()
    (file,) = found.folder.glob("*.eml")
    assert file.read_bytes() == server.received[0].data


def test_only_whoever_has_not_got_it_is_rehearsed(desk: Desk) -> None:
    desk.takes_in(*people(3), "weg@example.org;;fr;presse;x;consent;2026-01-31;2026-02-01;")
    with mail_server() as server:
        desk.mails_to(server.port)
        desk.send()
        desk.takes_in(*people(4))
        found = rehearsed(desk)
    (_, french) = found.languages
    assert (french.recipients, french.already, found.skipped, found.files) == (1, 3, {"objected": 1}, 1)


def test_what_would_stop_it_is_told_and_the_messages_are_there_all_the_same(desk: Desk) -> None:
    desk.takes_in(*people(1))
    desk.mails_to(1)
    for path in (desk.root / "releases" / BUS / "dist").glob("*.pdf"):
        path.unlink()
    found = rehearsed(desk)
    assert [reason.partition(";")[0] for reason in found.obstacles] == ["its files are not up to date"]
    assert found.files == 1


def test_messages_can_go_over_the_real_server_to_one_address(desk: Desk) -> None:
    desk.takes_in(*people(5))
    with mail_server() as server:
        desk.mails_to(server.port)
        mailed = rehearse_over_server(desk.workspace, ORDER, "Chefin@example.org", desk.watch, sample=2)
        assert (mailed.count(DeliveryState.ACCEPTED), mailed.reasons) == (2, {"is not part of the sample": 3})
        assert set(server.recipients) == {"chefin@example.org"}
        message = message_from_bytes(server.received[0].data, policy=policy.default)
        assert (message["To"], message["X-Communique-Rehearsal"]) == (
            "chefin@example.org",
            "for p00000@example.org",
        )
        assert desk.send().complete
    sent = [message_from_bytes(item.data)["Message-ID"] for item in server.received]
    assert len({*sent}) == 7, "mail systems drop a message whose identity they know"


def test_over_the_server_the_same_rules_hold(desk: Desk) -> None:
    desk.takes_in(*people(1))
    with mail_server() as server:
        desk.mails_to(server.port)
        (desk.root / "releases" / BUS / "dist" / f"{BUS}.fr.pdf").write_bytes(b"%PDF old")
        with pytest.raises(GateError, match="not up to date"):
            rehearse_over_server(desk.workspace, ORDER, "a@example.org", desk.watch, sample=1)
        with pytest.raises(FormatError, match="is no mail address"):
            rehearse_over_server(desk.workspace, ORDER, "nobody", desk.watch, sample=1)
    assert server.steps == []


def test_without_a_mail_server_in_the_settings_it_is_told(desk: Desk) -> None:
    desk.takes_in(*people(1))
    with pytest.raises(ConfigError, match=r"names no mail server; add a section \[mail\]"):
        rehearsed(desk)
    desk.mails_to(1)
    with pytest.raises(ConfigError, match="“it” is no language of this workspace"):
        rehearse(
            desk.workspace,
            Order(release=BUS, lists=("presse",), by=EVA, languages=("it",)),
            sample=1,
            at=desk.clock.now(),
        )
