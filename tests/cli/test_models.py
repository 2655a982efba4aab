"""`communique models`, as a person uses it."""

import hashlib
import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli.models import models
from pipeline.errors import CommuniqueError, ConfigError
from pipeline.workspace import Workspace
from tests.engines.tiny_model import build_opus, zipped

NAME = "opus-mt-de-fr-2021-02-22"


@pytest.fixture(scope="session")
def opus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_opus(tmp_path_factory.mktemp("opus"))


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COMMUNIQUE_MODELS", str(tmp_path / "store"))
    return tmp_path / "store"


class Quiet(SimpleHTTPRequestHandler):
    """Gives out the files of a folder without a word on the terminal."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def mirror(tmp_path: Path, opus: Path) -> Iterator[str]:
    """Serve the tiny model under the paths of the packaged list."""
    folder = tmp_path / "mirror" / "Tatoeba-MT-models" / "deu-fra"
    folder.mkdir(parents=True)
    for name in ("opus-2021-02-22.zip", "opusTCv20210807_transformer-big_2022-07-22.zip"):
        (folder / name).write_bytes(zipped(opus))
    http = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path / "mirror")))
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{http.server_port}/"
    http.shutdown()
    http.server_close()
    thread.join()


def run(*arguments: str, where: Path | None = None, code: int = 0) -> Result:
    """Run the command outside of any workspace, or in `where`."""
    result = CliRunner().invoke(models, arguments, obj=where or Path("/"))
    if isinstance(result.exception, CommuniqueError):
        raise result.exception
    assert result.exit_code == code, result.output
    return result


def test_the_way_of_a_model(store: Path, opus: Path) -> None:
    said = run("install", NAME, "--from-dir", str(opus)).stdout
    assert said.index("Licence: CC-BY-4.0; by OPUS-MT") < said.index("is installed and whole")
    assert said.rstrip().endswith("(https://github.com/Helsinki-NLP/OPUS-MT)"), "whom to name is the last word"
    assert "installed 20" in run("list").stdout
    assert f"{NAME}: whole and unchanged" in run("verify").stdout
    run("remove", NAME)
    assert not (store / NAME).exists()
    assert "No model is installed." in run("verify").stdout


def test_the_archive_is_found_among_other_downloads(store: Path, tmp_path: Path, opus: Path) -> None:
    downloads = tmp_path / "downloads"
    downloads.mkdir()
    (downloads / "holidays.zip").write_bytes(b"pictures")
    (downloads / "opus-2021-02-22.zip").write_bytes(zipped(opus))
    run("install", NAME, "--from-dir", str(downloads))
    assert (store / NAME).is_dir()


def test_a_damaged_model_is_found(store: Path, opus: Path) -> None:
    run("install", NAME, "--from-dir", str(opus))
    with (store / NAME / "model.bin").open("r+b") as file:
        file.write(b"?")
    assert "model.bin is not as it was installed" in run("verify", code=1).stdout
    (found,) = json.loads(run("verify", NAME, "--json", code=1).stdout)
    assert found == {"id": NAME, "whole": False, "faults": ["model.bin is not as it was installed"]}


def test_a_damaged_receipt_stops_neither_list_nor_verify(store: Path, opus: Path) -> None:
    run("install", NAME, "--from-dir", str(opus))
    (store / NAME / "receipt.json").write_text("{", encoding="utf-8")
    assert "damaged: remove it and install it again" in run("list").stdout
    assert "damaged JSON" in run("verify", code=1).stdout
    run("remove", NAME)


def test_the_list_says_which_models_lack_a_checksum(store: Path) -> None:
    said = run("list").stdout
    assert "checksum not yet recorded: install with --from-dir, or state it with --sha256 FILE=HEX" in said
    assert str(store) in said
    data = {item["id"]: item for item in json.loads(run("list", "--json").stdout)}
    assert data[NAME]["without_checksum"] == ["opus-2021-02-22.zip"]
    assert data[NAME]["installed"] is None


def test_without_a_checksum_nothing_is_downloaded(store: Path, mirror: str) -> None:
    with pytest.raises(ConfigError, match="checksum not yet recorded"):
        run("install", NAME, "--mirror", mirror)
    assert not store.exists()


def test_a_stated_checksum_lets_it_through(store: Path, opus: Path, mirror: str) -> None:
    digits = hashlib.sha256(zipped(opus)).hexdigest()
    run("install", NAME, "--mirror", mirror, "--sha256", f"opus-2021-02-22.zip={digits.upper()}")
    receipt = json.loads((store / NAME / "receipt.json").read_text(encoding="utf-8"))
    assert receipt["origin"] == f"{mirror}Tatoeba-MT-models/deu-fra/opus-2021-02-22.zip"


@pytest.mark.usefixtures("store")
def test_a_workspace_has_a_default_model_for_its_languages(tmp_path: Path, opus: Path, mirror: str) -> None:
    office = Workspace.create(tmp_path / "office").root
    digits = hashlib.sha256(zipped(opus)).hexdigest()
    name = "opusTCv20210807_transformer-big_2022-07-22.zip"
    said = run("install", "--mirror", mirror, "--sha256", f"{name}={digits}", where=office).stdout
    assert "opus-mt-de-fr-big-2021-08-07 is installed and whole" in said


def test_a_workspace_may_have_a_list_of_its_own(store: Path, tmp_path: Path, opus: Path, mirror: str) -> None:
    office = Workspace.create(tmp_path / "office").root
    data = zipped(opus)
    (office / "templates" / "models").mkdir(parents=True)
    (office / "templates" / "models" / "models.toml").write_text(
        f'[[model]]\nid = "own"\nsource = "de"\ntarget = "fr"\nlicence = "CC0-1.0"\nattribution = "the office"\n'
        f'conversion = "opus-mt"\n[[model.file]]\nname = "opus-2021-02-22.zip"\nsize = {len(data)}\n'
        f'url = "{mirror}Tatoeba-MT-models/deu-fra/opus-2021-02-22.zip"\n'
        f'sha256 = "{hashlib.sha256(data).hexdigest()}"\n',
        encoding="utf-8",
    )
    run("install", where=office)
    assert (store / "own" / "model.bin").is_file()


def test_a_model_the_list_does_not_know_is_described_by_the_person(store: Path, opus: Path) -> None:
    said = run("install", "own", "--from-dir", str(opus), "--pair", "de-fr", "--licence", "CC0-1.0").stdout
    assert "Licence: CC0-1.0" in said
    assert (store / "own").is_dir()


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--sha256", "tiny.zip"), "write it as FILE=HEX"),
        (("--sha256", "tiny.zip=12ab"), "write it as FILE=HEX"),
        ((NAME, "--pair", "german"), "as de-fr"),
        ((NAME, "--licence", "x"), "describe a model of --from-dir"),
        ((NAME, "--from-dir", "/", "--mirror", "https://intra.example"), "either --mirror or --from-dir"),
    ],
)
def test_wrong_use_is_told(arguments: tuple[str, ...], message: str) -> None:
    assert message in " ".join(run("install", *arguments, code=2).stderr.split())


@pytest.mark.usefixtures("store")
def test_an_unknown_model_is_told() -> None:
    with pytest.raises(ConfigError, match="“opus” is not known; “communique models list” shows all"):
        run("install", "opus")
    with pytest.raises(ConfigError, match="is not installed"):
        run("remove", "opus")
    with pytest.raises(ConfigError, match="is not installed"):
        run("verify", "opus")
