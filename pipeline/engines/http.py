"""JSON over HTTP for the services that are spoken to directly: bounded, led nowhere else, silent about the text."""

import contextlib
import json
import ssl
import time
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pipeline.engines.transport import MAX_BYTES, check_status, discreetly, is_local
from pipeline.errors import FormatError, TranslationError, TranslationFault
from pipeline.formats.json_mapping import load_mapping

if TYPE_CHECKING:
    import httpx

_PLAIN = ("", "identity")
"""Content codings of an answer that is not packed. None is asked for: a small one can unpack to anything."""


class Wire:
    """Sends requests and returns answers; the key travels in headers or the body, never in an address.

    Every failure leaves as a TranslationError that names the host and what went wrong, and drags along no exception
    with more in it. A connection serves one request, so that nothing needs to be closed.

    Args:
        connect: seconds to wait for a connection.
        read: seconds to wait for the next bytes of an answer.
        whole: seconds to wait for the end of an answer whose bytes trickle in.
    """

    def __init__(self, *, connect: float = 5.0, read: float = 30.0, whole: float = 90.0) -> None:
        self._seconds = {"connect": connect, "read": read, "write": read, "pool": connect}
        self._whole = whole

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        """Whom an encrypted connection may be to; read once, because that takes as long as a request."""
        import httpx

        return httpx.create_ssl_context()

    def ask(self, url: str, body: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Mapping[str, Any]:
        """Return the named values that a service answers to `body`.

        Raises:
            TranslationError: it cannot be reached, refuses (StatusError), or answers with something else.
        """
        answer = self.send("POST", url, body=body, headers=headers)
        with contextlib.suppress(FormatError):
            return load_mapping(answer, path=None)
        # Raised out here, where no exception with the answer in it is its context.
        message = f"{_host(url)} sent an answer that cannot be read"
        raise TranslationError(message, fault=TranslationFault.REFUSED)

    def send(
        self,
        method: str,
        url: str,
        *,
        body: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> str:
        """Return the body of the answer, which is UTF-8.

        Raises:
            TranslationError: the service cannot be reached, refuses (StatusError), or sends too much.
        """
        import httpx

        try:
            with discreetly():
                status, data = self._exchange(method, url, body, headers)
        except httpx.ConnectTimeout:
            words = f"no connection within {self._seconds['connect']:g} seconds"
        except (httpx.TimeoutException, TimeoutError):
            words = f"no answer within {self._seconds['read']:g} seconds"
        except httpx.ProxyError:
            words = "the proxy of this network does not let it through"
        except httpx.ConnectError as error:
            words = "its certificate is not trusted" if "CERTIFICATE" in str(error) else "no connection"
        except (httpx.TransportError, OSError):
            words = "the connection broke"
        except Exception as error:  # an address or a proxy that none of them understands, with it in its text
            words = f"the connection broke ({type(error).__name__})"
        else:
            check_status(status, _host(url))
            return _text(data, _host(url))
        # Raised out here, where no exception with text or address in it is its context.
        raise TranslationError(f"cannot reach {_host(url)} ({words})", fault=TranslationFault.UNREACHABLE)

    def _exchange(
        self, method: str, url: str, body: Mapping[str, Any] | None, headers: Mapping[str, str] | None
    ) -> tuple[int, bytes | None]:
        """Return the status of the answer and its body; None where it is packed or too large."""
        import httpx

        content = None if body is None else json.dumps(body).encode()
        fields = {"User-Agent": "communique", "Accept-Encoding": "identity", "Content-Type": "application/json"}
        # Without encryption nobody is asked who he is; a context that trusts nobody takes no time to make.
        trust = self._trust if url.lower().startswith("https:") else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        # A proxy of the environment would carry text away that was promised to stay on this machine.
        client = httpx.Client(timeout=httpx.Timeout(**self._seconds), verify=trust, trust_env=not is_local(url))
        with client, client.stream(method, url, content=content, headers={**fields, **(headers or {})}) as response:
            packed = response.headers.get("Content-Encoding", "").lower() not in _PLAIN
            return response.status_code, None if packed else self._body(response)

    def _body(self, response: "httpx.Response") -> bytes | None:
        end = time.monotonic() + self._whole
        body = bytearray()
        for chunk in response.iter_raw():
            body += chunk
            if len(body) > MAX_BYTES:
                return None
            if time.monotonic() > end:
                raise TimeoutError
        return bytes(body)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or "the service"
    except ValueError:
        return "the service"


def _text(data: bytes | None, host: str) -> str:
    if data is None:
        message = f"{host} sent a packed answer, or one of more than {MAX_BYTES // 1_000_000} MB"
        raise TranslationError(message, fault=TranslationFault.REFUSED)
    # What is not UTF-8 becomes U+FFFD, which no translation may hold.
    return data.decode("utf-8", errors="replace")
