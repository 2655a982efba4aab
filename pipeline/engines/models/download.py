"""Downloading a file of a model: bounded in time and size, taken up where it broke off, proven by its checksum."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urlsplit, urlunsplit

from pipeline.engines.models.disk import reported, sha256
from pipeline.engines.models.known import KnownFile
from pipeline.engines.transport import is_local
from pipeline.errors import ConfigError, EngineError, FormatError

if TYPE_CHECKING:
    import httpx

MAX_BYTES = 3_000_000_000
"""Of a file whose size is not recorded."""
_GO_ON = "run the command again to go on where it stopped"
_PARTIAL, _BEYOND_END = 206, 416

Advance = Callable[[int], None]
"""Called with the number of bytes that came in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DownloadLimits:
    """How long to wait."""

    connect: float = 10.0
    """Seconds for a connection."""
    read: float = 30.0
    """Seconds for the next bytes."""
    whole: float = 6 * 3600.0
    """Seconds for all of a file, however steadily it trickles in."""
    tries: int = 3
    """How often in a row the connection may break without a single byte."""


def mirrored(url: str, mirror: str | None) -> str:
    """Return `url` on another server: its scheme, host and leading path are those of `mirror`.

    Raises:
        ConfigError: `mirror` is no web address.
    """
    if mirror is None:
        return url
    base = urlsplit(mirror)
    if base.scheme not in {"http", "https"} or not base.hostname:
        raise ConfigError("--mirror must be an address such as https://mirror.example.org/")
    return urlunsplit((base.scheme, base.netloc, base.path.rstrip("/") + urlsplit(url).path, "", ""))


@dataclass(slots=True, kw_only=True)
class Download:
    """One file on its way.

    Args:
        file: what it must be; its checksum is known.
        url: where it is, which may be a mirror.
        folder: where it is kept under its name, and as `.part` until it is whole and proven.
        limits: how long to wait.
        advance: told of every chunk.
    """

    file: KnownFile
    url: str
    folder: Path
    limits: DownloadLimits
    advance: Advance

    def run(self) -> Path:
        """Return the whole file, proven by size and checksum.

        Raises:
            EngineError: the server cannot be reached, is too slow, or does not have it; what came in is kept.
            FormatError: it is not the file of the list; what came in is thrown away.
            WorkspaceError: the disk is full, or cannot be written.
        """
        done = self.folder / self.file.name
        if not (self._part.is_file() and self._size() == self.file.size):
            self._fetch()
        self._prove()
        with reported(done, "written"):
            self._part.replace(done)
            self._tag.unlink(missing_ok=True)
        return done

    @property
    def _part(self) -> Path:
        return self.folder / f"{self.file.name}.part"

    @property
    def _tag(self) -> Path:
        """Return the file that says from which address, in which version, `.part` is."""
        return self.folder / f"{self.file.name}.tag"

    @property
    def _host(self) -> str:
        return urlsplit(self.url).hostname or "the server"

    def _size(self) -> int:
        return self._part.stat().st_size if self._part.exists() else 0

    def _fetch(self) -> None:
        """Ask again while something comes in; each time for what is missing."""
        import httpx

        end = time.monotonic() + self.limits.whole
        idle = 0
        while True:
            before = self._size()
            try:
                self._request(end)
            except httpx.ConnectTimeout:
                raise EngineError(f"{self._host}: no connection within {self.limits.connect:g} seconds") from None
            except (httpx.ConnectError, httpx.ProxyError):
                raise EngineError(f"{self._host}: no connection; check the network or name a --mirror") from None
            except httpx.TransportError as error:
                idle = 0 if self._size() > before else idle + 1
                if idle >= self.limits.tries:
                    slow = isinstance(error, httpx.TimeoutException)
                    words = f"no answer within {self.limits.read:g} seconds" if slow else "the connection broke"
                    raise EngineError(f"{self._host}: {words}; {_GO_ON}") from None
            except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
                raise EngineError(f"{self._host}: the answer makes no sense ({type(error).__name__})") from None
            else:
                return

    def _request(self, end: float) -> None:
        import httpx

        # Packed answers would have other sizes than the list says, and could not be taken up in the middle.
        headers = {"Accept-Encoding": "identity", **self._resume()}
        timeout = httpx.Timeout(self.limits.read, connect=self.limits.connect)
        # A proxy knows nothing of servers on this machine.
        with (
            httpx.Client(timeout=timeout, follow_redirects=True, trust_env=not is_local(self.url)) as client,
            client.stream("GET", self.url, headers=headers) as response,
        ):
            if response.status_code == _BEYOND_END and "Range" in headers:
                self._forget()
                raise httpx.ReadError("the part was longer than the file")
            if not response.is_success:
                raise EngineError(
                    f"{self._host}: does not give out {self.file.name} (status {response.status_code}); "
                    "name a --mirror that has it, or install with --from-dir"
                )
            self._write(response, end)

    def _resume(self) -> dict[str, str]:
        """Return the headers that ask for the rest of what is there, if it is of the same address and version."""
        if not self._size() or not self._tag.is_file():
            return {}
        with reported(self._tag, "read"):
            url, _, version = self._tag.read_text(encoding="utf-8").partition("\n")
        if url != self.url or not version:
            return {}
        return {"Range": f"bytes={self._size()}-", "If-Range": version}

    def _write(self, response: "httpx.Response", end: float) -> None:
        start = self._size()
        goes_on = response.status_code == _PARTIAL and response.headers.get("Content-Range", "").startswith(
            f"bytes {start}-"
        )
        if not goes_on:
            start = 0
            if response.status_code == _PARTIAL:
                self._forget()
                raise EngineError(f"{self._host}: sent another part of the file than it was asked for; {_GO_ON}")
        with reported(self._part, "written"):
            self._tag.write_text(f"{self.url}\n{_version(response)}", encoding="utf-8")
            with self._part.open("ab" if goes_on else "wb") as out:
                self._copy(response.iter_raw(), out, start, end)

    def _copy(self, chunks: Iterator[bytes], out: BinaryIO, size: int, end: float) -> None:
        limit = self.file.size or MAX_BYTES
        for chunk in chunks:
            size += len(chunk)
            if size > limit:
                self._forget()
                raise FormatError(f"is larger than its {limit:,} bytes; nothing was installed", path=self.file.name)
            if time.monotonic() > end:
                raise EngineError(f"{self._host}: not done within {self.limits.whole / 3600:.3g} hours; {_GO_ON}")
            out.write(chunk)
            self.advance(len(chunk))

    def _prove(self) -> None:
        size = self._size()
        if self.file.size is not None and size != self.file.size:
            self._forget()
            message = f"has {size:,} bytes instead of {self.file.size:,}; nothing was installed"
            raise FormatError(message, path=self.file.name)
        if sha256(self._part) != self.file.sha256:
            self._forget()
            message = f"from {self._host} is not the file of the list: its sha256 differs; nothing was installed"
            raise FormatError(message, path=self.file.name)

    def _forget(self) -> None:
        with reported(self._part, "removed"):
            self._part.unlink(missing_ok=True)
            self._tag.unlink(missing_ok=True)


def _version(response: "httpx.Response") -> str:
    """Return what names the file's version for `If-Range` (RFC 9110, 13.1.5): a strong tag, or else its date."""
    tag: str = response.headers.get("ETag", "")
    if tag and not tag.startswith("W/"):
        return tag
    date: str = response.headers.get("Last-Modified", "")
    return date
