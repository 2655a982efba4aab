"""The way onto the network of the engines that are spoken to in JSON keeps its bounds and its silence."""

import contextlib
import gzip
import logging
import socket
import ssl
import subprocess
import threading
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.engines.http import Wire
from pipeline.engines.transport import MAX_BYTES, StatusError
from pipeline.errors import TranslationError, TranslationFault
from tests.engines.api_server import Api, Call, Handler, always, cut_off, oversize, slow, status

TEXT = "Der vertrauliche Satz."
SECRET = "geheim-4711"
WIRE = Wire(connect=20, read=20, whole=60)
IMPATIENT = Wire(connect=20, read=0.2)


def ask(api: Api, wire: Wire = WIRE) -> object:
    headers = {"Authorization": f"Bearer {SECRET}"}
    return wire.ask(f"{api.url}translate", {"q": [TEXT], "api_key": SECRET}, headers)


def test_the_answer_is_what_the_service_named(api: Api) -> None:
    assert ask(api) == {"translatedText": [f"fr({TEXT})"]}
    (call,) = api.calls
    assert call.body == {"q": [TEXT], "api_key": SECRET}


@pytest.mark.parametrize(
    ("behaviour", "fault", "words"),
    [
        (status(400), TranslationFault.REFUSED, "status 400"),
        (status(401), TranslationFault.UNREACHABLE, "check the key"),
        (status(404), TranslationFault.UNREACHABLE, "check the address"),
        (status(429), TranslationFault.BUSY, "busy"),
        (status(456), TranslationFault.UNREACHABLE, "quota"),
        (status(500), TranslationFault.REFUSED, "status 500"),
        (status(503), TranslationFault.BUSY, "busy"),
        (slow, TranslationFault.UNREACHABLE, "no answer within 0.2 seconds"),
        (cut_off, TranslationFault.UNREACHABLE, "connection broke"),
        (oversize, TranslationFault.REFUSED, "more than 2 MB"),
        (always(""), TranslationFault.REFUSED, "cannot be read"),
        (always("[]"), TranslationFault.REFUSED, "cannot be read"),
        (always(f'{{"q": "{TEXT}'), TranslationFault.REFUSED, "cannot be read"),
        (always("[" * 500_000), TranslationFault.REFUSED, "cannot be read"),
        (always('{"q": "\\ud800"}'), TranslationFault.REFUSED, "cannot be read"),
        (always(f'{{"q": {"9" * 5_000}}}'), TranslationFault.REFUSED, "cannot be read"),
    ],
)
def test_each_misbehaviour_is_one_line_without_text_or_key(
    api: Api,
    behaviour: Callable[[Handler, Call], bool],
    fault: TranslationFault,
    words: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    api.behaviour = behaviour
    with pytest.raises(TranslationError) as caught:
        ask(api, IMPATIENT if behaviour is slow else WIRE)
    error = caught.value
    assert error.fault is fault
    assert words in str(error)
    assert (error.__context__, error.__cause__) == (None, None)
    told = "".join(traceback.format_exception(error)) + repr(error.args) + caplog.text
    assert not any(secret in told for secret in (TEXT, SECRET, "/translate\n"))
    assert "\n" not in str(error)


def test_a_redirect_is_not_followed(api: Api) -> None:
    def elsewhere(handler: Handler, _: Call) -> bool:
        handler.send("", status=307, Location=f"{api.url}elsewhere")
        return True

    api.behaviour = elsewhere
    with pytest.raises(StatusError, match="sends elsewhere"):
        ask(api)
    assert len(api.calls) == 1


def test_where_nobody_listens_the_host_is_named_and_nothing_else() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    with pytest.raises(TranslationError) as caught:
        WIRE.ask(f"http://127.0.0.1:{port}/path", {})
    assert str(caught.value) == "cannot reach 127.0.0.1 (no connection)"
    assert caught.value.__context__ is None


@pytest.mark.parametrize(
    "url", ["http://[bad/", "ftp://alvenz.example/", "nonsense", "http://127.0.0.1:99999/", ""]
)
def test_an_address_that_is_none_is_told_as_an_error(url: str) -> None:
    with pytest.raises(TranslationError, match="cannot reach"):
        WIRE.ask(url, {})


def test_an_answer_that_trickles_in_is_not_awaited_for_ever(api: Api) -> None:
    def trickle(handler: Handler, _: Call) -> bool:
        handler.send_response(200)
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        handler.close_connection = True
        while not api.closing.wait(0.02):
            handler.wfile.write(b"x")
        return True

    api.behaviour = trickle
    with pytest.raises(TranslationError, match="no answer within"):
        ask(api, Wire(connect=20, read=20, whole=0.2))


def test_no_packed_answer_is_unpacked(api: Api) -> None:
    def packed(handler: Handler, _: Call) -> bool:
        data = gzip.compress(b"x" * MAX_BYTES * 50)
        handler.send_response(200)
        handler.send_header("Content-Encoding", "gzip")
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)
        return True

    api.behaviour = packed
    with pytest.raises(TranslationError, match="packed"):
        ask(api)
    assert api.calls[0].headers["Accept-Encoding"] == "identity"


def test_a_text_for_this_machine_goes_past_the_proxy_of_the_environment(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    assert ask(api) == {"translatedText": [f"fr({TEXT})"]}


def test_a_proxy_that_cannot_be_understood_is_told_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", f"nonsense://user:{SECRET}@proxy.example:1/")
    with pytest.raises(TranslationError) as caught:
        WIRE.ask("http://translate.example/", {})
    assert SECRET not in str(caught.value)
    assert caught.value.__context__ is None


def test_other_requests_of_the_program_are_logged_as_ever(api: Api, caplog: pytest.LogCaptureFixture) -> None:
    import httpx

    caplog.set_level(logging.DEBUG)
    ask(api)
    assert not [record for record in caplog.records if record.name.startswith(("httpx", "httpcore"))]
    httpx.get(f"{api.url}get?q=offen")
    assert "offen" in caplog.text


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
         "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out",
         str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            connection, _ = listener.accept()
            with connection, contextlib.suppress(OSError):
                context.wrap_socket(connection, server_side=True)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        with pytest.raises(TranslationError, match="certificate is not trusted"):
            Wire(connect=20, read=20).ask(f"https://localhost:{listener.getsockname()[1]}/", {"q": [TEXT]})
        thread.join()


def test_half_a_character_in_a_text_breaks_nothing(api: Api) -> None:
    api.behaviour = always("{}")
    assert WIRE.ask(f"{api.url}translate", {"q": ["\ud800 Ü"]}) == {}
    assert api.texts == ["\ud800 Ü"]
