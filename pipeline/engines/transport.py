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
BUSY = (429, 503)
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
            with requests.Session() as session, _discreetly():
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
    """Drops what urllib3 logs while a text is sent: whole addresses, which hold text and key."""

    def __init__(self) -> None:
        super().__init__()
        self.thread = threading.local()

    def filter(self, record: logging.LogRecord) -> bool:  # noqa: ARG002 (every record of the thread is dropped)
        return not getattr(self.thread, "sends", False)


_DISCRETION = _Discretion()


@contextlib.contextmanager
def _discreetly() -> Iterator[None]:
    # Adding a filter a second time does nothing; requests of other threads are logged as ever.
    logging.getLogger("urllib3.connectionpool").addFilter(_DISCRETION)
    _DISCRETION.thread.sends = True
    try:
        yield
    finally:
        _DISCRETION.thread.sends = False


def _checked(response: "requests.Response", body: bytes, host: str) -> "requests.Response":
    if len(body) > MAX_BYTES:
        message = f"{host} sent more than {MAX_BYTES // 1_000_000} MB for one text"
        raise TranslationError(message, fault=TranslationFault.REFUSED)
    if response.status_code in BUSY:
        raise TranslationError(f"{host} is busy (status {response.status_code})", fault=TranslationFault.BUSY)
    if response.is_redirect or response.is_permanent_redirect:
        message = f"{host} sends elsewhere (status {response.status_code}), which is not followed"
        raise TranslationError(message, fault=TranslationFault.REFUSED)
    if response.status_code in {401, 403}:
        message = f"{host} refuses access (status {response.status_code}); check the key"
        raise TranslationError(message, fault=TranslationFault.UNREACHABLE)
    if not response.ok:
        message = f"{host} answers with an error (status {response.status_code})"
        raise TranslationError(message, fault=TranslationFault.REFUSED)
    # requests offers no other way to hand back a body that was read within bounds.
    response._content = body  # noqa: SLF001 (see above)
    if "charset" not in response.headers.get("Content-Type", ""):
        response.encoding = "utf-8"  # requests would take Latin-1
    return response
