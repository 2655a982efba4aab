"""A translation server on loopback that speaks the three services' real protocols, and misbehaves on request."""

import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from pipeline.engines.models.install import take_model
from pipeline.engines.models.known import Card
from pipeline.engines.models.store import ModelStore
from tests.engines import api_server
from tests.engines.tiny_model import build_opus

CARD = Card(id="tiny", source="de", target="fr", licence="CC0-1.0", attribution="made for tests")
AT = datetime(2026, 11, 23, 12, tzinfo=UTC)

Behaviour = Callable[["Handler", str], bool]
"""Answers a request for a text itself and returns True, or returns False to have it translated."""


def pretend(text: str) -> str:
    """Return a recognisable translation, different for every text."""
    return f"fr({text})"


@dataclass
class TranslationServer:
    """A running server and what it was asked."""

    server: ThreadingHTTPServer
    texts: list[str] = field(default_factory=list)
    queries: list[dict[str, list[str]]] = field(default_factory=list)
    behaviour: Behaviour = lambda *_: False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/"


class Handler(BaseHTTPRequestHandler):
    """Answers as Google's page at `/m`, as MyMemory at `/get` and as LibreTranslate at `/translate`."""

    protocol_version = "HTTP/1.1"
    state: TranslationServer

    def handle(self) -> None:
        # Clients hang up on a server that is slow or sends too much: that is what some tests want.
        with contextlib.suppress(ConnectionError):
            super().handle()

    def do_GET(self) -> None:
        self.answer()

    def do_POST(self) -> None:
        self.answer()

    def answer(self) -> None:
        address = urlsplit(self.path)
        query = parse_qs(address.query)
        text = query["q"][0]
        self.state.texts.append(text)
        self.state.queries.append(query)
        if self.state.behaviour(self, text):
            return
        if address.path.endswith("/get"):
            self.send(
                "application/json", json.dumps({"responseData": {"translatedText": pretend(text)}, "matches": []})
            )
        elif address.path.endswith("/translate"):
            self.send("application/json", json.dumps({"translatedText": pretend(text)}))
        else:
            self.send("text/html", f'<html><div class="result-container">{pretend(text)}</div></html>')

    def send(self, kind: str, body: str, status: int = 200, **headers: str) -> None:
        data = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing on the terminal."""


@pytest.fixture
def server() -> Iterator[TranslationServer]:
    ThreadingHTTPServer.request_queue_size = 64
    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    state = TranslationServer(http)
    http.RequestHandlerClass = type("Bound", (Handler,), {"state": state})
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield state
    http.shutdown()
    http.server_close()
    thread.join()


@pytest.fixture
def api() -> Iterator[api_server.Api]:
    with api_server.running() as running:
        yield running


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> ModelStore:
    folder = tmp_path_factory.mktemp("models")
    store = ModelStore(folder / "store")
    take_model(store, build_opus(folder / "opus"), CARD, at=AT)
    return store
