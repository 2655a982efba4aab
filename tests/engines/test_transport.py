"""The way onto the network keeps its bounds and its silence."""

import gzip
import logging
import time
import tracemalloc
from typing import TYPE_CHECKING

import pytest

from pipeline.engines.transport import MAX_BYTES, Transport
from pipeline.errors import TranslationError, TranslationFault

if TYPE_CHECKING:
    from tests.engines.conftest import Behaviour, Handler, TranslationServer

SECRET = "geheim-4711"


def ask(server: "TranslationServer", transport: Transport | None = None) -> str:
    return (transport or Transport(connect=2, read=2)).get(server.url, params={"q": "Satz", "api_key": SECRET}).text


def raw(body: bytes, **headers: str) -> "Behaviour":
    """Return a behaviour that sends exactly these bytes."""

    def send(handler: "Handler", _: str) -> bool:
        handler.send_response(200)
        for name, value in {"Content_Type": "text/html", "Content_Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)
        return True

    return send


def test_text_without_a_stated_encoding_is_utf_8(server: "TranslationServer") -> None:
    server.behaviour = raw("été à Noël".encode())
    assert ask(server) == "été à Noël"


def test_a_stated_encoding_is_kept(server: "TranslationServer") -> None:
    server.behaviour = raw("été".encode("cp1252"), Content_Type="text/html; charset=windows-1252")
    assert ask(server) == "été"


def test_a_packed_answer_is_unpacked(server: "TranslationServer") -> None:
    server.behaviour = raw(gzip.compress(b"bonjour" * 30_000), Content_Encoding="gzip")
    assert ask(server) == "bonjour" * 30_000


def test_an_answer_that_unpacks_beyond_the_bound_is_refused(server: "TranslationServer") -> None:
    server.behaviour = raw(gzip.compress(b"x" * MAX_BYTES * 50), Content_Encoding="gzip")
    tracemalloc.start()
    try:
        with pytest.raises(TranslationError, match="more than 2 MB") as caught:
            ask(server)
        assert tracemalloc.get_traced_memory()[1] < 8 * MAX_BYTES, "it is not even read to its end"
    finally:
        tracemalloc.stop()
    assert caught.value.fault is TranslationFault.REFUSED


def test_an_answer_that_trickles_in_is_not_awaited_for_ever(server: "TranslationServer") -> None:
    def trickle(handler: "Handler", __: str) -> bool:
        handler.send_response(200)
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        handler.close_connection = True
        for _ in range(100):
            time.sleep(0.02)
            handler.wfile.write(b"x")
        return True

    server.behaviour = trickle
    with pytest.raises(TranslationError, match="no answer within") as caught:
        ask(server, Transport(connect=2, read=1, whole=0.2))
    assert caught.value.fault is TranslationFault.UNREACHABLE


def test_a_text_for_this_machine_goes_past_the_proxy_of_the_environment(
    server: "TranslationServer", monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    assert "fr(Satz)" in ask(server)


def test_no_log_of_the_libraries_below_holds_text_or_key(
    server: "TranslationServer", caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    ask(server)
    assert "api_key" not in caplog.text
    assert SECRET not in caplog.text


def test_other_requests_of_the_program_are_logged_as_ever(
    server: "TranslationServer", caplog: pytest.LogCaptureFixture
) -> None:
    import requests

    caplog.set_level(logging.DEBUG)
    ask(server)
    requests.get(server.url, params={"q": "offen"}, timeout=2)
    assert "offen" in caplog.text


def test_a_failure_drags_no_exception_with_the_address_along(server: "TranslationServer") -> None:
    server.server.shutdown()
    server.server.server_close()
    with pytest.raises(TranslationError, match=r"cannot reach 127\.0\.0\.1 \(no connection\)") as caught:
        ask(server)
    assert caught.value.__context__ is None
    assert caught.value.__cause__ is None


def test_a_redirect_is_not_followed(server: "TranslationServer") -> None:
    def elsewhere(handler: "Handler", _: str) -> bool:
        handler.send("text/html", "", status=307, Location=server.url + "?q=verraten")
        return True

    server.behaviour = elsewhere
    with pytest.raises(TranslationError, match="sends elsewhere"):
        ask(server)
    assert server.texts == ["Satz"]
