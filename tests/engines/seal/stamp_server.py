"""A time stamp service on loopback that speaks RFC 3161 over HTTP, and misbehaves on request."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from asn1crypto import algos, keys, parser, tsp, x509  # type: ignore[import-untyped]  # ships no types
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from pipeline.engines.seal.library import part
from tests.engines.seal.authority import AT, Holder, authority

STAMPED_AT = AT + timedelta(seconds=7)
Behaviour = Callable[["Handler", Any], bool]
"""Answers a request itself and returns True, or returns False to have it answered as it should be."""


@dataclass
class StampServer:
    """A running service and what it was asked."""

    http: ThreadingHTTPServer
    holder: Holder
    at: datetime = STAMPED_AT
    requests: list[Any] = field(default_factory=list)
    behaviour: Behaviour = lambda *_: False
    closing: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.http.server_port}/stamp"

    def response(self, request: Any) -> Any:
        """Return a good answer."""
        key = self.holder.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        stamper = part("pyhanko.sign.timestamps").DummyTimeStamper(
            x509.Certificate.load(self.holder.der),
            keys.PrivateKeyInfo.load(key),
            certs_to_embed=[x509.Certificate.load(item.public_bytes(Encoding.DER)) for item in authority().chain],
            fixed_dt=self.at,
        )
        return stamper.request_tsa_response(request)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    service: StampServer

    def handle(self) -> None:
        # Clients hang up on a server that is slow or sends too much: that is what some tests want.
        with contextlib.suppress(ConnectionError):
            super().handle()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        assert self.headers["Content-Type"] == "application/timestamp-query"
        request = tsp.TimeStampReq.load(body, strict=True)
        self.service.requests.append(request)
        if not self.service.behaviour(self, request):
            self.send(self.service.response(request).dump())

    def send(self, body: bytes, *, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        fields = {"Content-Type": "application/timestamp-reply", "Content-Length": str(len(body)), **headers}
        for name, value in fields.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing on the terminal."""


@contextlib.contextmanager
def running() -> Iterator[StampServer]:
    """Run a service until the block ends."""
    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    service = StampServer(http, authority().stamps)
    http.RequestHandlerClass = type("Bound", (Handler,), {"service": service})
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        service.closing.set()
        http.shutdown()
        http.server_close()
        thread.join()


def refuses(handler: Handler, _: Any) -> bool:
    """Answer as a service does that does not like the hash."""
    told = {"status": "rejection", "status_string": ["no\x1b[31m account"], "fail_info": {"bad_alg"}}
    status = tsp.PKIStatusInfo(told).dump()
    handler.send(bytes([0x30, len(status)]) + status)
    return True


def says_nothing(handler: Handler, _: Any) -> bool:
    """Never answer."""
    handler.service.closing.wait()
    return True


def trickles(handler: Handler, _: Any) -> bool:
    """Send an answer that does not end, a byte at a time."""
    handler.send_response(200)
    handler.send_header("Content-Length", "90000")
    handler.end_headers()
    with contextlib.suppress(OSError):
        while not handler.service.closing.wait(0.02):
            handler.wfile.write(b"0")
            handler.wfile.flush()
    return True


def sends(body: bytes, *, status: int = 200, **headers: str) -> Behaviour:
    """Answer everything with these bytes."""

    def behave(handler: Handler, _: Any) -> bool:
        handler.send(body, status=status, **headers)
        return True

    return behave


def writes_open_ends(handler: Handler, request: Any) -> bool:
    """Send a good stamp without saying in advance how long it is (BER), as some services do."""
    response = handler.service.response(request)
    token = response["time_stamp_token"]
    inner = token["content_type"].dump() + b"\xa0\x80" + token["content"].untag().dump() + b"\0\0"
    answer = response["status"].dump() + b"\x30\x80" + inner + b"\0\0"
    handler.send(parser.emit(0, 1, 16, answer))
    return True


def stamps_another_hash(handler: Handler, request: Any) -> bool:
    """Stamp a hash that nobody asked about."""
    imprint = {"hash_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}), "hashed_message": b"\7" * 32}
    other = tsp.TimeStampReq({"version": "v1", "message_imprint": imprint, "nonce": request["nonce"].native})
    handler.send(handler.service.response(other).dump())
    return True


def answers_another_request(handler: Handler, request: Any) -> bool:
    """Repeat an answer that was given to somebody else: the nonce is another."""
    other = tsp.TimeStampReq(
        {"version": "v1", "message_imprint": request["message_imprint"], "nonce": request["nonce"].native ^ 1}
    )
    handler.send(handler.service.response(other).dump())
    return True


def signs_wrongly(handler: Handler, request: Any) -> bool:
    """Send a stamp whose signature was changed on the way."""
    response = handler.service.response(request)
    signer = response["time_stamp_token"]["content"]["signer_infos"][0]
    signature = bytearray(signer["signature"].native)
    signature[9] ^= 1
    handler.send(response.dump().replace(signer["signature"].native, bytes(signature)))
    return True
