"""A service that says when a seal existed (RFC 3161). It is sent a hash, and nothing of the text."""

import secrets
import ssl
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pipeline.engines.seal.certificates import readable
from pipeline.engines.seal.library import part
from pipeline.engines.transport import discreetly, is_local
from pipeline.errors import SealError

if TYPE_CHECKING:
    import httpx

MAX_STAMP = 100_000
_GRANTED = ("granted", "granted_with_mods")
_STATUS_OK = 200


class TimeStampServer:
    """Asks a time stamp service; the library calls it when a seal is made.

    Every failure leaves as a SealError that names the host and what went wrong, never the address, in which a
    password may stand.

    Args:
        url: address of the service.
        connect: seconds to wait for a connection.
        read: seconds to wait for the next bytes of an answer.
        whole: seconds to wait for the end of an answer whose bytes trickle in.

    Raises:
        SealError: the address is none.
    """

    def __init__(self, url: str, *, connect: float = 5.0, read: float = 15.0, whole: float = 30.0) -> None:
        self._url = url
        self._seconds = {"connect": connect, "read": read, "write": read, "pool": connect}
        self._whole = whole
        try:
            scheme, self._host = urlsplit(url).scheme.lower(), urlsplit(url).hostname
        except ValueError:
            scheme = ""
        if scheme not in {"http", "https"} or not self._host:
            raise SealError("“seal.timestamp_server” in communique.toml is no address of the form https://…")

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> Any:
        """Return the stamp (CMS) for a hash; the name and the arguments are the library's."""
        return self.stamp(message_digest, md_algorithm)

    def stamp(self, digest: bytes, algorithm: str) -> Any:
        """Return the stamp (CMS) for a hash.

        Raises:
            SealError: the service cannot be reached in time, refuses, or sends something else than a stamp for it.
        """
        tsp = part("asn1crypto.tsp")
        nonce = secrets.randbits(63)
        imprint = {"hash_algorithm": {"algorithm": algorithm}, "hashed_message": digest}
        request = tsp.TimeStampReq({"version": "v1", "message_imprint": imprint, "nonce": nonce, "cert_req": True})
        answer = self._send(request.dump())
        try:
            # The status is read by itself first: where a service refuses, nothing follows it.
            status = tsp.PKIStatusInfo.load(part("asn1crypto.parser").parse(answer)[4])
            if status["status"].native not in _GRANTED:
                raise SealError(f"the time stamp server {self._host} refuses{_reason(status)}")
            stamp = tsp.TimeStampResp.load(answer, strict=True)["time_stamp_token"]
            told = stamp["content"]["encap_content_info"]["content"].parsed
            found = told["message_imprint"]["hashed_message"].native, told["nonce"].native
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            raise SealError(f"the time stamp server {self._host} sent an answer that is no time stamp") from None
        if found != (digest, nonce):
            raise SealError(f"the time stamp server {self._host} sent a time stamp for something else")
        return stamp

    def _send(self, request: bytes) -> bytes:
        import httpx

        try:
            with discreetly():
                status, body = self._exchange(request)
        except (httpx.TimeoutException, TimeoutError):
            words = "it did not answer in time"
        except httpx.ConnectError as error:
            words = "its certificate is not trusted" if "CERTIFICATE" in str(error) else "no connection"
        except Exception as error:  # an address or a proxy that none of them understands, with it in its text
            words = f"the connection broke: {type(error).__name__}"
        else:
            return self._accepted(status, body)
        # Raised out here, where no exception with the address in it is its context.
        raise SealError(f"cannot reach the time stamp server {self._host} ({words}); try again later")

    def _exchange(self, request: bytes) -> tuple[int, bytes]:
        """Return status and body, of which nothing is read beyond the bound."""
        import httpx

        kinds = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
        fields = {"User-Agent": "communique", "Accept-Encoding": "identity", **kinds}
        encrypted = self._url.lower().startswith("https:")
        # Without encryption nobody is asked who he is; a context that trusts nobody takes no time to make.
        trust = httpx.create_ssl_context() if encrypted else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        client = httpx.Client(
            timeout=httpx.Timeout(**self._seconds), verify=trust, trust_env=not is_local(self._url)
        )
        with client, client.stream("POST", self._url, content=request, headers=fields) as response:
            return response.status_code, self._body(response)

    def _body(self, response: "httpx.Response") -> bytes:
        end = time.monotonic() + self._whole
        body = bytearray()
        for chunk in response.iter_raw():
            body += chunk
            if len(body) > MAX_STAMP:
                break
            if time.monotonic() > end:
                raise TimeoutError
        return bytes(body)

    def _accepted(self, status: int, body: bytes) -> bytes:
        if status != _STATUS_OK:
            raise SealError(f"the time stamp server {self._host} answers with an error (status {status})")
        if len(body) > MAX_STAMP:
            raise SealError(f"the time stamp server {self._host} sent more than {MAX_STAMP // 1000} kB")
        return body


def _reason(status: Any) -> str:
    """Return the reason that a service gives for refusing, in its own words."""
    said = readable(status["status_string"].native) or ", ".join(sorted(status["fail_info"].native or ()))
    return f": {said}" if said else ""
