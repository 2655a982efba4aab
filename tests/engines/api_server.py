"""A translation server on loopback that speaks the protocols of all engines, and misbehaves on request."""

import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Call:
    """What the server was sent."""

    method: str
    path: str
    headers: dict[str, str]
    body: Any
    texts: tuple[str, ...]
    """The texts it was to translate."""


Behaviour = Callable[["Handler", Call], bool]
"""Answers a call itself and returns True, or returns False to have it answered as it should be."""


def pretend(text: str) -> str:
    """Return a recognisable translation, different for every text."""
    return f"fr({text})"


@dataclass
class Api:
    """A running server and what it was asked."""

    http: ThreadingHTTPServer
    calls: list[Call] = field(default_factory=list)
    behaviour: Behaviour = lambda *_: False
    glossaries: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Of the DeepL account, by id."""
    closing: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.http.server_port}/"

    @property
    def texts(self) -> list[str]:
        return [text for call in self.calls for text in call.texts]

    @property
    def translations(self) -> list[Call]:
        return [call for call in self.calls if call.texts]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    api: Api

    def handle(self) -> None:
        # Clients hang up on a server that is slow or sends too much: that is what some tests want.
        with contextlib.suppress(ConnectionError):
            super().handle()

    def do_GET(self) -> None:
        self.answer()

    def do_DELETE(self) -> None:
        self.answer()

    def do_POST(self) -> None:
        self.answer()

    def answer(self) -> None:
        address = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        data = json.loads(body) if body else None
        query = parse_qs(address.query)
        texts = tuple(query.get("q", ())) if data is None else texts_of(data)
        call = Call(self.command, address.path, dict(self.headers), data or query, texts)
        self.api.calls.append(call)
        if self.api.behaviour(self, call):
            return
        if address.path.startswith("/v3/glossaries"):
            self.glossaries(call)
        elif data is None:
            self.deep_translator(call)
        else:
            self.send(reply(data, texts))

    def deep_translator(self, call: Call) -> None:
        done = pretend(call.texts[0])
        if call.path == "/m":
            self.send(f'<html><div class="result-container">{done}</div></html>', kind="text/html")
        else:
            self.send({"responseData": {"translatedText": done}, "matches": [], "translatedText": done})

    def glossaries(self, call: Call) -> None:
        kept = self.api.glossaries
        name = call.path.removeprefix("/v3/glossaries").strip("/")
        if call.method == "GET":
            self.send({"glossaries": list(kept.values())})
        elif call.method == "DELETE":
            self.send("", status=204 if kept.pop(name, None) else 404)
        else:
            made = glossary(f"id-{len(self.api.calls)}", call.body["name"], call.body["dictionaries"])
            kept[made["glossary_id"]] = made
            self.send(made, status=201)

    def send(self, body: object, *, status: int = 200, kind: str = "application/json", **headers: str) -> None:
        data = (body if isinstance(body, str) else json.dumps(body)).encode()
        self.send_response(status)
        fields = {"Content-Type": f"{kind}; charset=utf-8", "Content-Length": str(len(data)), **headers}
        for name, value in fields.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing on the terminal."""


def texts_of(data: Any) -> tuple[str, ...]:
    """Return the texts that a JSON request wants translated."""
    if "messages" in data:
        return tuple(item["text"] for item in json.loads(data["messages"][1]["content"])["passages"])
    return tuple(data.get("q") or data.get("text") or ())


def reply(data: Any, texts: tuple[str, ...]) -> object:
    """Return what the service that is asked in this way answers."""
    if "messages" in data:
        items = [{"id": number, "text": pretend(text)} for number, text in enumerate(texts, start=1)]
        return chat(json.dumps({"translations": items}, ensure_ascii=False))
    if "q" in data:
        return {"translatedText": [pretend(text) for text in texts]}
    return deepl_reply([pretend(text) for text in texts])


def chat(content: object) -> dict[str, object]:
    return {"choices": [{"message": {"role": "assistant", "content": content}, "finish_reason": "stop"}]}


def deepl_reply(texts: list[str]) -> dict[str, object]:
    items = [{"detected_source_language": "DE", "text": text, "billed_characters": len(text)} for text in texts]
    return {"translations": items}


def glossary(number: str, name: str, dictionaries: list[Any], made: str = "2025-01-01T10:00:00Z") -> dict[str, Any]:
    pairs = [
        {"source_lang": item["source_lang"], "target_lang": item["target_lang"], "entry_count": 1}
        for item in dictionaries
    ]
    stamp = made.replace("Z", ".000000Z")
    return {"glossary_id": number, "name": name, "dictionaries": pairs, "creation_time": stamp}


@contextlib.contextmanager
def running() -> Iterator[Api]:
    """Run a server on a free port."""
    ThreadingHTTPServer.request_queue_size = 64
    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    api = Api(http)
    http.RequestHandlerClass = type("Bound", (Handler,), {"api": api})
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield api
    finally:
        api.closing.set()
        http.shutdown()
        http.server_close()
        thread.join()


def status(code: int) -> Behaviour:
    """Answer with an error that quotes what was sent, as some servers do."""

    def send(handler: Handler, call: Call) -> bool:
        quoted = json.dumps([call.body, call.headers], ensure_ascii=False)
        handler.send({"error": quoted, "message": quoted}, status=code)
        return True

    return send


def always(body: object) -> Behaviour:
    def send(handler: Handler, _: Call) -> bool:
        handler.send(body)
        return True

    return send


def error_page(handler: Handler, call: Call) -> bool:
    handler.send(f"<html><h1>Bad Gateway</h1>{call.texts}</html>", kind="text/html")
    return True


def cut_off(handler: Handler, _: Call) -> bool:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"translations": [')
    handler.close_connection = True
    return True


def slow(handler: Handler, _: Call) -> bool:
    handler.api.closing.wait(20)
    handler.close_connection = True
    return True


def oversize(handler: Handler, call: Call) -> bool:
    handler.send({"translations": [], "text": f"{call.texts}" + "x" * 3_000_000})
    return True


def one_too_few(handler: Handler, call: Call) -> bool:
    """Leave out the last text, in every protocol."""
    texts = [pretend(text) for text in call.texts[:-1]]
    items = [{"id": number, "text": text} for number, text in enumerate(texts, start=1)]
    content = json.dumps({"translations": items})
    handler.send({"translatedText": texts, **deepl_reply(texts), **chat(content)})
    return True


def empty_texts(handler: Handler, call: Call) -> bool:
    texts = ["" for _ in call.texts]
    items = [{"id": number, "text": ""} for number, _ in enumerate(texts, start=1)]
    handler.send({"translatedText": texts, **deepl_reply(texts), **chat(json.dumps({"translations": items}))})
    return True
