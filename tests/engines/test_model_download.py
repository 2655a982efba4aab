"""Models come over the network whole and proven, or not at all; a broken download goes on where it stopped."""

import contextlib
import hashlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from pipeline.engines.models.download import Download, DownloadLimits, mirrored
from pipeline.engines.models.install import download_model
from pipeline.engines.models.known import Card, Conversion, KnownFile, KnownModel
from pipeline.engines.models.store import ModelStore
from pipeline.errors import ConfigError, EngineError, FormatError, WorkspaceError
from tests.engines.tiny_model import build_opus, zipped

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
CARD = Card(id="tiny", source="de", target="fr", licence="CC0-1.0", attribution="made for tests")
DATA = bytes(range(256)) * 2000
LIMITS = DownloadLimits(connect=2, read=0.3, whole=20)


@dataclass
class Depot:
    """A server with one file, and what it was asked for."""

    server: ThreadingHTTPServer
    data: bytes = DATA
    etag: str | None = '"one"'
    knows_ranges: bool = True
    cut_after: list[int] = field(default_factory=list)
    """After how many bytes the next connections break."""
    silent_from: int | None = None
    """Byte of the file from which on nothing comes any more."""
    answer: Callable[["Handler"], bool] = lambda _: False
    """Answers instead of the server, or returns False."""
    ranges: list[str | None] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/deu-fra/tiny.zip"


class Handler(BaseHTTPRequestHandler):
    """Gives out the file as RFC 9110 wants it: parts of it only while it is the same file."""

    protocol_version = "HTTP/1.1"
    depot: Depot

    def handle(self) -> None:
        with contextlib.suppress(ConnectionError):
            super().handle()

    def do_GET(self) -> None:
        depot = self.depot
        wanted = self.headers.get("Range")
        depot.ranges.append(wanted)
        self.close_connection = True
        if depot.answer(self):
            return
        start = 0
        if wanted and depot.knows_ranges and self.headers.get("If-Range") == depot.etag:
            start = int(wanted.removeprefix("bytes=").removesuffix("-"))
        if start >= len(depot.data):
            self.head(416, 0)
            return
        self.head(206 if start else 200, len(depot.data) - start, start)
        body = depot.data[start:]
        if depot.cut_after:
            body = body[: depot.cut_after.pop(0)]
        elif depot.silent_from is not None:
            body = depot.data[start : depot.silent_from]
        self.wfile.write(body)
        self.wfile.flush()
        if depot.silent_from is not None:
            depot.released.wait(10)

    def head(self, status: int, length: int, start: int = 0) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(length))
        if self.depot.etag:
            self.send_header("ETag", self.depot.etag)
        if status == 206:
            total = len(self.depot.data)
            self.send_header("Content-Range", f"bytes {start}-{total - 1}/{total}")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing on the terminal."""


@pytest.fixture
def depot() -> Iterator[Depot]:
    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    state = Depot(http)
    http.RequestHandlerClass = type("Bound", (Handler,), {"depot": state})
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield state
    state.released.set()
    http.shutdown()
    http.server_close()
    thread.join()


def download(
    depot: Depot, folder: Path, *, data: bytes = DATA, size: int | None = len(DATA), limits: DownloadLimits = LIMITS
) -> Path:
    file = KnownFile(name="tiny.zip", url=depot.url, size=size, sha256=hashlib.sha256(data).hexdigest())
    return Download(file=file, url=depot.url, folder=folder, limits=limits, advance=lambda _: None).run()


def left(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_file_arrives_whole_and_leaves_no_trace_of_its_way(depot: Depot, tmp_path: Path) -> None:
    assert download(depot, tmp_path).read_bytes() == DATA
    assert left(tmp_path) == {"tiny.zip"}


def test_a_broken_connection_is_taken_up_where_it_broke(depot: Depot, tmp_path: Path) -> None:
    depot.cut_after = [100_000, 50_000]
    assert download(depot, tmp_path).read_bytes() == DATA
    assert depot.ranges == [None, "bytes=100000-", "bytes=150000-"]


def test_a_later_run_goes_on_where_the_first_stopped(depot: Depot, tmp_path: Path) -> None:
    depot.cut_after = [100_000, 0, 0, 0]
    with pytest.raises(EngineError, match="the connection broke; run the command again to go on") as caught:
        download(depot, tmp_path)
    assert caught.value.exit_code == 3
    assert (tmp_path / "tiny.zip.part").stat().st_size == 100_000
    assert download(depot, tmp_path).read_bytes() == DATA
    assert depot.ranges[-1] == "bytes=100000-"


def test_a_file_that_changed_meanwhile_is_fetched_from_its_beginning(depot: Depot, tmp_path: Path) -> None:
    depot.cut_after = [100_000, 0, 0, 0]
    with pytest.raises(EngineError):
        download(depot, tmp_path)
    depot.data, depot.etag = DATA[::-1], '"two"'
    assert download(depot, tmp_path, data=DATA[::-1]).read_bytes() == DATA[::-1]


def test_a_server_that_ignores_ranges_sends_everything_again(depot: Depot, tmp_path: Path) -> None:
    depot.knows_ranges = False
    depot.cut_after = [100_000]
    assert download(depot, tmp_path).read_bytes() == DATA


def test_without_a_version_to_ask_for_it_begins_anew(depot: Depot, tmp_path: Path) -> None:
    depot.etag = None
    depot.cut_after = [100_000]
    assert download(depot, tmp_path).read_bytes() == DATA
    assert depot.ranges == [None, None]


def test_a_weak_version_is_not_enough_to_go_on(depot: Depot, tmp_path: Path) -> None:
    depot.etag = 'W/"one"'
    depot.cut_after = [100_000]
    assert download(depot, tmp_path).read_bytes() == DATA
    assert depot.ranges == [None, None]


def test_a_part_longer_than_the_file_is_thrown_away(depot: Depot, tmp_path: Path) -> None:
    (tmp_path / "tiny.zip.part").write_bytes(DATA + b"more")
    (tmp_path / "tiny.zip.tag").write_text(f'{depot.url}\n"one"', encoding="utf-8")
    assert download(depot, tmp_path).read_bytes() == DATA


def test_a_part_that_was_whole_already_is_only_proven(depot: Depot, tmp_path: Path) -> None:
    (tmp_path / "tiny.zip.part").write_bytes(DATA)
    assert download(depot, tmp_path).read_bytes() == DATA
    assert depot.ranges == []


def test_another_part_than_the_one_asked_for_is_refused(depot: Depot, tmp_path: Path) -> None:
    def wrong_part(handler: Handler) -> bool:
        if len(depot.ranges) > 1:
            handler.head(206, 10, start=7)
        return len(depot.ranges) > 1

    depot.answer = wrong_part
    depot.cut_after = [100_000]
    with pytest.raises(EngineError, match="another part"):
        download(depot, tmp_path)
    assert left(tmp_path) == set()


def test_a_wrong_checksum_leaves_nothing_behind(depot: Depot, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="its sha256 differs; nothing was installed"):
        download(depot, tmp_path, data=b"another file")
    assert left(tmp_path) == set()


def test_a_file_larger_than_the_list_says_is_stopped(depot: Depot, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="is larger than its 1,000 bytes"):
        download(depot, tmp_path, size=1000)
    assert left(tmp_path) == set()


def test_a_truncated_file_is_refused(depot: Depot, tmp_path: Path) -> None:
    depot.data = DATA[:1000]
    with pytest.raises(FormatError, match="has 1,000 bytes instead of 512,000"):
        download(depot, tmp_path)
    assert left(tmp_path) == set()


def test_a_server_that_falls_silent_is_not_awaited_for_ever(depot: Depot, tmp_path: Path) -> None:
    depot.silent_from = 100_000
    with pytest.raises(EngineError, match=r"no answer within 0\.1 seconds; run the command again"):
        download(depot, tmp_path, limits=DownloadLimits(connect=2, read=0.1, tries=1))
    assert (tmp_path / "tiny.zip.part").stat().st_size == 100_000


def test_a_download_that_takes_too_long_as_a_whole_is_stopped(depot: Depot, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="not done within 0 hours"):
        download(depot, tmp_path, limits=DownloadLimits(whole=0))


def test_a_file_the_server_does_not_have_is_told_by_name(depot: Depot, tmp_path: Path) -> None:
    def gone(handler: Handler) -> bool:
        handler.head(404, 0)
        return True

    depot.answer = gone
    with pytest.raises(EngineError, match=r"does not give out tiny\.zip \(status 404\)"):
        download(depot, tmp_path)


def test_a_server_that_is_not_there_is_told_by_name(tmp_path: Path) -> None:
    file = KnownFile(name="tiny.zip", url="http://127.0.0.1:9/tiny.zip", sha256="0" * 64)
    with pytest.raises(EngineError, match=r"127\.0\.0\.1: no connection"):
        Download(file=file, url=file.url, folder=tmp_path, limits=LIMITS, advance=lambda _: None).run()


@pytest.mark.parametrize(
    ("mirror", "address"),
    [
        (None, "https://models.example.org/deu-fra/tiny.zip"),
        ("http://intra.example", "http://intra.example/deu-fra/tiny.zip"),
        ("https://intra.example:8443/opus/", "https://intra.example:8443/opus/deu-fra/tiny.zip"),
    ],
)
def test_a_mirror_has_the_same_paths_on_another_server(mirror: str | None, address: str) -> None:
    assert mirrored("https://models.example.org/deu-fra/tiny.zip", mirror) == address


@pytest.mark.parametrize("mirror", ["ftp://intra.example", "intra.example", "file:///srv"])
def test_a_mirror_that_is_no_web_address_is_refused(mirror: str) -> None:
    with pytest.raises(ConfigError, match="must be an address such as"):
        mirrored("https://models.example.org/tiny.zip", mirror)


def known(depot: Depot, sha256: str | None) -> KnownModel:
    file = KnownFile(
        name="tiny.zip", url="https://models.example.org/deu-fra/tiny.zip", size=len(depot.data), sha256=sha256
    )
    return KnownModel(card=CARD, conversion=Conversion.OPUS_MT, files=(file,))


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return zipped(build_opus(tmp_path_factory.mktemp("opus")))


def install(depot: Depot, store: ModelStore, model: KnownModel) -> None:
    mirror = depot.url.removesuffix("/deu-fra/tiny.zip")
    download_model(store, model, at=AT, mirror=mirror, limits=LIMITS)


def test_a_model_is_downloaded_proven_converted_and_installed(depot: Depot, tmp_path: Path, archive: bytes) -> None:
    depot.data = archive
    depot.cut_after = [20_000]
    store = ModelStore(tmp_path)
    install(depot, store, known(depot, hashlib.sha256(archive).hexdigest()))
    assert store.verify("tiny") == ()
    assert store.receipt("tiny").origin == depot.url
    assert "LICENSE" in {file.name for file in store.receipt("tiny").files}
    assert not list((tmp_path / ".downloads").iterdir()), "the archive is no longer needed"
    asked = len(depot.ranges)
    install(depot, store, known(depot, hashlib.sha256(archive).hexdigest()))
    assert len(depot.ranges) == asked, "what is there and whole is not fetched again"


def test_a_damaged_model_is_installed_anew(depot: Depot, tmp_path: Path, archive: bytes) -> None:
    depot.data = archive
    store = ModelStore(tmp_path)
    install(depot, store, known(depot, hashlib.sha256(archive).hexdigest()))
    (tmp_path / "tiny" / "model.bin").write_bytes(b"")
    install(depot, store, known(depot, hashlib.sha256(archive).hexdigest()))
    assert store.verify("tiny") == ()


def test_without_a_checksum_nothing_is_downloaded(depot: Depot, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"checksum not yet recorded.*--sha256 tiny\.zip=HEX"):
        install(depot, ModelStore(tmp_path), known(depot, None))
    assert depot.ranges == []


def test_a_broken_download_installs_nothing_and_keeps_the_part(
    depot: Depot, tmp_path: Path, archive: bytes
) -> None:
    depot.data = archive
    depot.cut_after = [20_000, 0, 0, 0]
    store = ModelStore(tmp_path)
    with pytest.raises(EngineError):
        install(depot, store, known(depot, hashlib.sha256(archive).hexdigest()))
    assert store.names() == ()
    assert {path.name for path in tmp_path.iterdir()} == {".lock", ".downloads"}
    install(depot, store, known(depot, hashlib.sha256(archive).hexdigest()))
    assert depot.ranges[-1] == "bytes=20000-"


def test_more_than_the_disk_holds_is_not_begun(depot: Depot, tmp_path: Path) -> None:
    file = KnownFile(name="tiny.zip", url=depot.url, size=10**15, sha256="0" * 64)
    model = KnownModel(card=CARD, conversion=Conversion.OPUS_MT, files=(file,))
    with pytest.raises(WorkspaceError, match="MB free on this disk"):
        download_model(ModelStore(tmp_path), model, at=AT)
    assert depot.ranges == []
