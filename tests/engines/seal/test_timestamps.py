"""The time stamp service: asked with nothing but a hash, and every misbehaviour told in one sentence."""

import hashlib
import logging
import socket
from pathlib import Path

import pytest

from pipeline.config.settings import SealSettings
from pipeline.engines.seal import Sealer
from pipeline.engines.seal.timestamps import MAX_STAMP, TimeStampServer
from pipeline.errors import SealError
from tests.engines.seal import stamp_server
from tests.engines.seal.authority import AT, PASSWORD
from tests.engines.seal.stamp_server import Behaviour, StampServer

HASH = hashlib.sha256(b"Bus").digest()
SECRET = "geheim"


def asked(stamps: StampServer) -> str:
    """Return what is said when the service is asked for a stamp."""
    with pytest.raises(SealError) as caught:
        TimeStampServer(stamps.url, connect=5, read=0.3, whole=0.3).stamp(HASH, "sha256")
    assert stamps.url not in str(caught.value)
    return str(caught.value)


def test_the_service_is_sent_the_hash_and_nothing_else(stamps: StampServer) -> None:
    stamp = TimeStampServer(stamps.url).stamp(HASH, "sha256")
    assert stamp["content_type"].native == "signed_data"
    (request,) = stamps.requests
    assert {key for key, value in request.native.items() if value} == {
        "version", "message_imprint", "nonce", "cert_req",
    }  # fmt: skip
    assert request["message_imprint"]["hashed_message"].native == HASH


def test_no_two_requests_are_alike(stamps: StampServer) -> None:
    server = TimeStampServer(stamps.url)
    for _ in range(2):
        server.stamp(HASH, "sha256")
    first, second = stamps.requests
    assert first["nonce"].native != second["nonce"].native


@pytest.mark.parametrize(
    ("behaviour", "words"),
    [
        (stamp_server.refuses, "127.0.0.1 refuses: no [31m account"),
        (stamp_server.says_nothing, "did not answer in time"),
        (stamp_server.trickles, "did not answer in time"),
        (stamp_server.sends(b"<html>Wartungsarbeiten</html>"), "is no time stamp"),
        (stamp_server.sends(b""), "is no time stamp"),
        (stamp_server.sends(b"0\x80" * 2_000), "is no time stamp"),
        (stamp_server.sends(b"0\x05\x30\x03\x02\x01\x00"), "is no time stamp"),
        (stamp_server.sends(b"0" * (MAX_STAMP + 1)), "sent more than 100 kB"),
        (stamp_server.sends(b"", status=500), "answers with an error (status 500)"),
        (stamp_server.sends(b"", status=302, Location="http://127.0.0.1:1/"), "(status 302)"),
        (stamp_server.stamps_another_hash, "a time stamp for something else"),
        (stamp_server.answers_another_request, "a time stamp for something else"),
    ],
)
def test_a_service_that_misbehaves(stamps: StampServer, behaviour: Behaviour, words: str) -> None:
    stamps.behaviour = behaviour
    assert words in asked(stamps)


def test_a_service_that_is_not_there() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(SealError, match=r"cannot reach the time stamp server 127\.0\.0\.1 \(no connection\)"):
            TimeStampServer(f"http://127.0.0.1:{taken.getsockname()[1]}/").stamp(HASH, "sha256")


@pytest.mark.parametrize(
    "url", ["", "stamps.example", "file:///etc/passwd", "https://", "http://[::1", "ftp://a.b/"]
)
def test_an_address_that_is_none(url: str, workspace: Path) -> None:
    settings = SealSettings(key_file="keys/office.p12", timestamp_server=url)
    with pytest.raises(SealError, match="no address of the form https://"):
        Sealer(settings, workspace, PASSWORD)


def test_a_password_in_the_address_shows_nowhere(
    stamps: StampServer, workspace: Path, pdf: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    stamps.behaviour = stamp_server.sends(b"", status=401)
    url = stamps.url.replace("//", f"//office:{SECRET}@")
    sealer = Sealer(SealSettings(key_file="keys/office.p12", timestamp_server=url), workspace, PASSWORD)
    with pytest.raises(SealError, match="status 401") as caught:
        sealer.seal(pdf, "a.pdf", "de", AT)
    assert SECRET not in str(caught.value) + caplog.text + repr(sealer)
    assert len(stamps.requests) == 1


def test_without_a_server_in_the_settings_nobody_is_asked(
    sealer: Sealer, pdf: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", forbidden)
    assert sealer.seal(pdf, "a.pdf", "de", AT)


@pytest.mark.parametrize("behaviour", [stamp_server.refuses, stamp_server.stamps_another_hash])
def test_no_stamp_no_seal(stamps: StampServer, workspace: Path, pdf: bytes, behaviour: Behaviour) -> None:
    stamps.behaviour = behaviour
    sealer = Sealer(SealSettings(key_file="keys/office.p12", timestamp_server=stamps.url), workspace, PASSWORD)
    with pytest.raises(SealError, match=r"^a\.pdf: the time stamp server 127\.0\.0\.1"):
        sealer.seal(pdf, "a.pdf", "de", AT)


def test_a_stamp_that_does_not_hold_is_found_before_the_file_goes_out(
    stamps: StampServer, workspace: Path, pdf: bytes
) -> None:
    stamps.behaviour = stamp_server.signs_wrongly
    sealer = Sealer(SealSettings(key_file="keys/office.p12", timestamp_server=stamps.url), workspace, PASSWORD)
    with pytest.raises(SealError, match="the seal came out wrong: The time stamp does not belong to this seal"):
        sealer.seal(pdf, "a.pdf", "de", AT)
