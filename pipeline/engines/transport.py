"""The one way onto the network: bounded in time and size, led nowhere else, silent about the text."""

import contextlib
import ipaddress
import logging
import threading
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pipeline.errors import TranslationError, TranslationFault

if TYPE_CHECKING:
    import requests

MAX_BYTES = 2_000_000
BUSY = (429, 503, 529)
"""Statuses that ask to slow down; 529 stands in no standard, but some services use it."""
_CHUNK = 65_536


class Transport:
    """Stands in for the module `requests` inside deep-translator's modules, which use `get` and `post` only.

    Every failure leaves as a TranslationError that names the host and what went wrong, never the address, which
    holds text and key.

    Args:
        connect: seconds to wait for a connection.
        read: seconds to wait for the next bytes of an answer.
        whole: seconds to wait for the end of an answer whose bytes trickle in.
    """

    def __init__(self, *, connect: float = 3.0, read: float = 10.0, whole: float = 30.0) -> None:
        self._timeout = (connect, read)
        self._whole = whole

    def get(self, url: str, params: Any = None, proxies: Any = None) -> "requests.Response":
        """Send a GET request as `requests.get` does."""
        return self._send("GET", url, params=params, proxies=proxies)

    def post(self, url: str, params: Any = None) -> "requests.Response":
        """Send a POST request as `requests.post` does."""
        return self._send("POST", url, params=params)

    def _send(self, method: str, url: str, **options: Any) -> "requests.Response":
        import requests

        host = urlsplit(url).hostname or "the service"
        try:
            with requests.Session() as session, discreetly():
                # A proxy of the environment would carry text away that was promised to stay on this machine.
                session.trust_env = not is_local(url)
                with session.request(
                    method, url, timeout=self._timeout, allow_redirects=False, stream=True, **options
                ) as response:
                    body = self._body(response)
        except requests.exceptions.ConnectTimeout:
            words = f"no connection within {self._timeout[0]:g} seconds"
        except (requests.exceptions.Timeout, TimeoutError):
            words = f"no answer within {self._timeout[1]:g} seconds"
        except requests.exceptions.SSLError:
            words = "its certificate is not trusted"
        except requests.exceptions.ProxyError:
            words = "the proxy of this network does not let it through"
        except requests.exceptions.ConnectionError:
            words = "no connection"
        except (requests.RequestException, OSError, ValueError):
            words = "the connection broke"
        except Exception as error:  # errors of urllib3, below requests, carry the address in their text
            words = f"the connection broke ({type(error).__name__})"
        else:
            return _checked(response, body, host)
        # Raised out here, where no exception with the address in its text is its context.
        raise TranslationError(f"cannot reach {host} ({words})", fault=TranslationFault.UNREACHABLE)

    def _body(self, response: "requests.Response") -> bytes:
        """Return the answer's body, of which nothing is read beyond the bound.

        Raises:
            TimeoutError: it trickles in for too long.
        """
        end = time.monotonic() + self._whole
        body = bytearray()
        while chunk := response.raw.read1(_CHUNK, decode_content=True):
            body += chunk
            if len(body) > MAX_BYTES:
                break
            if time.monotonic() > end:
                raise TimeoutError
        return bytes(body)


def is_local(url: str) -> bool:
    """Return whether the server of `url` is this machine: `localhost` or a loopback address, by name only."""
    if "\\" in url:  # readers of addresses disagree on which host such a one names
        return False
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class _Discretion(logging.Filter):
    """Drops what libraries log while a text is sent: whole addresses and bodies, which hold text and key."""

    def __init__(self) -> None:
        super().__init__()
        self.thread = threading.local()

    def filter(self, record: logging.LogRecord) -> bool:  # noqa: ARG002 (every record of the thread is dropped)
        return not getattr(self.thread, "sends", False)


_DISCRETION = _Discretion()
_TALKATIVE = (
    "urllib3.connectionpool",
    "deepl",
    "httpx",
    *(f"httpcore.{part}" for part in ("connection", "http11", "http2", "proxy", "socks")),
)
"""Loggers of the libraries; a filter holds for the very logger it is added to."""


@contextlib.contextmanager
def discreetly() -> Iterator[None]:
    """Keep the libraries from logging what this thread sends and gets; other threads are logged as ever."""
    for name in _TALKATIVE:  # adding a filter a second time does nothing
        logging.getLogger(name).addFilter(_DISCRETION)
    before = getattr(_DISCRETION.thread, "sends", False)
    _DISCRETION.thread.sends = True
    try:
        yield
    finally:
        _DISCRETION.thread.sends = before


class StatusError(TranslationError):
    """The service answered with an error status; it did no work that could have to be paid.

    Args:
        message: as always, without text, address or key.
        fault: what to do next.
        status: the HTTP status.
    """

    def __init__(self, message: str, *, fault: TranslationFault, status: int) -> None:
        super().__init__(message, fault=fault)
        self.status = status


def check_status(status: int, host: str) -> None:
    """Raise what a status other than success means.

    Raises:
        StatusError: see the message.
    """
    fault = TranslationFault.REFUSED
    if 200 <= status < 300:  # noqa: PLR2004 (RFC 9110, section 15: the class of success)
        return
    if status in BUSY:
        fault, words = TranslationFault.BUSY, f"{host} is busy (status {status})"
    elif 300 <= status < 400:  # noqa: PLR2004 (the class of redirection)
        words = f"{host} sends elsewhere (status {status}), which is not followed"
    elif status in {401, 403}:
        fault, words = TranslationFault.UNREACHABLE, f"{host} refuses access (status {status}); check the key"
    elif status in {402, 456}:
        fault = TranslationFault.UNREACHABLE
        words = f"{host} says that the quota or the credit is used up (status {status})"
    elif status in {404, 405}:
        fault = TranslationFault.UNREACHABLE
        words = f"{host} has no such service at this address (status {status}); check the address and the model"
    else:
        words = f"{host} answers with an error (status {status})"
    raise StatusError(words, fault=fault, status=status)


def _checked(response: "requests.Response", body: bytes, host: str) -> "requests.Response":
    if len(body) > MAX_BYTES:
        message = f"{host} sent more than {MAX_BYTES // 1_000_000} MB for one text"
        raise TranslationError(message, fault=TranslationFault.REFUSED)
    check_status(response.status_code, host)
    # requests offers no other way to hand back a body that was read within bounds.
    response._content = body  # noqa: SLF001 (see above)
    if "charset" not in response.headers.get("Content-Type", ""):
        response.encoding = "utf-8"  # requests would take Latin-1
    return response
