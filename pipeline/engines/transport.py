"""The one way onto the network: bounded in time and size, led nowhere else, silent about the text."""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pipeline.errors import TranslationError, TranslationFault

if TYPE_CHECKING:
    import requests

MAX_BYTES = 2_000_000
BUSY = (429, 503)


class Transport:
    """Stands in for the module `requests` inside deep-translator's modules, which use `get` and `post` only.

    Every failure leaves as a TranslationError that names the host and what went wrong, never the address, which
    holds text and key.

    Args:
        connect: seconds to wait for a connection.
        read: seconds to wait for the next bytes of an answer.
    """

    def __init__(self, *, connect: float = 3.0, read: float = 10.0) -> None:
        self._timeout = (connect, read)

    def get(self, url: str, params: Any = None, proxies: Any = None) -> "requests.Response":
        """Send a GET request as `requests.get` does."""
        return self._send("GET", url, params=params, proxies=proxies)

    def post(self, url: str, params: Any = None) -> "requests.Response":
        """Send a POST request as `requests.post` does."""
        return self._send("POST", url, params=params)

    def _send(self, method: str, url: str, **options: Any) -> "requests.Response":
        import requests

        host = urlsplit(url).hostname or "the service"
        fault, words = TranslationFault.UNREACHABLE, "the connection broke"
        try:
            with requests.Session() as session:
                response = session.request(
                    method, url, timeout=self._timeout, allow_redirects=False, stream=True, **options
                )
                body = response.raw.read(MAX_BYTES + 1, decode_content=True)
        except requests.exceptions.ConnectTimeout:
            words = f"no connection within {self._timeout[0]:g} seconds"
        except requests.exceptions.Timeout:
            words = f"no answer within {self._timeout[1]:g} seconds"
        except requests.exceptions.SSLError:
            words = "its certificate is not trusted"
        except requests.exceptions.ConnectionError:
            words = "no connection"
        except (requests.RequestException, OSError, ValueError):
            words = "the connection broke"
        except Exception as error:  # errors of urllib3, below requests, carry the address in their text
            words = f"the connection broke ({type(error).__name__})"
        else:
            return _checked(response, body, host)
        raise TranslationError(f"cannot reach {host} ({words})", fault=fault) from None


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
    response.encoding = response.encoding or "utf-8"
    return response
