"""The models on this machine: known, installed, checked and removed; there whole or not at all."""

import hashlib
import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from pipeline.engines.models.archive import unpack
from pipeline.engines.models.identify import Told, identify
from pipeline.engines.models.install import check_files, take_model
from pipeline.engines.models.known import LIST, Card, default_model, parse_list
from pipeline.engines.models.receipt import RECEIPT, Receipt, ReceiptFile, dump_receipt, load_receipt
from pipeline.engines.models.store import ModelStore, models_folder
from pipeline.errors import CommuniqueError, ConfigError, FormatError, WorkspaceError
from pipeline.templating import packaged_templates
from tests.engines.tiny_model import build_opus, zipped

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
CARD = Card(id="tiny", source="de", target="fr", licence="CC0-1.0", attribution="made for tests")
ENTRY = """[[model]]
id = "tiny"
source = "de"
target = "fr"
licence = "CC0-1.0"
attribution = "made for tests"
conversion = "opus-mt"

[[model.file]]
name = "tiny.zip"
url = "https://models.example.org/tiny.zip"
"""


@pytest.fixture(scope="session")
def opus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_opus(tmp_path_factory.mktemp("opus"))


@pytest.fixture(scope="session")
def converted(tmp_path_factory: pytest.TempPathFactory, opus: Path) -> Path:
    """Return a model for CTranslate2 without a receipt."""
    store = ModelStore(tmp_path_factory.mktemp("converted"))
    take_model(store, opus, CARD, at=AT)
    (store.path("tiny") / RECEIPT).unlink()
    return store.path("tiny")


@pytest.fixture
def store(tmp_path: Path) -> ModelStore:
    return ModelStore(tmp_path / "store")


def copy(source: Path, target: Path) -> Path:
    shutil.copytree(source, target)
    return target


def nothing_installed(store: ModelStore) -> bool:
    """Return whether the store holds nothing but its lock."""
    return not store.folder.exists() or {path.name for path in store.folder.iterdir()} <= {".lock"}


# The list of known models


def test_the_packaged_list_has_models_both_ways_and_names_whom_their_licence_wants_named() -> None:
    models = parse_list((packaged_templates() / LIST).read_text(encoding="utf-8"))
    assert {(model.card.source, model.card.target) for model in models} == {("de", "fr"), ("fr", "de")}
    assert all("University of Helsinki" in model.card.attribution for model in models)
    assert default_model(models, "de-DE", "fr-CH").card.id == "opus-mt-de-fr-big-2021-08-07"


def test_a_pair_without_a_model_is_told() -> None:
    with pytest.raises(ConfigError, match="no model from “de” to “it” is known"):
        default_model(parse_list(ENTRY), "de", "it")


def test_a_person_may_state_a_checksum_that_the_list_lacks() -> None:
    (model,) = parse_list(ENTRY)
    assert model.unverified() == ("tiny.zip",)
    assert model.with_checksums({"tiny.zip": "a" * 64}).unverified() == ()


def test_nobody_may_state_another_checksum_than_the_recorded_one() -> None:
    (model,) = parse_list(ENTRY + f'sha256 = "{"b" * 64}"\n')
    with pytest.raises(ConfigError, match="another sha256 is recorded"):
        model.with_checksums({"tiny.zip": "a" * 64})
    with pytest.raises(ConfigError, match=r"its files are tiny\.zip"):
        model.with_checksums({"tiny.zap": "b" * 64})


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ("[[model]]\nid = ", "not valid TOML"),
        (ENTRY.replace("licence", "license"), "“model.0.licence” is missing"),
        (ENTRY + "checksum = 1\n", "is not a known key"),
        (ENTRY.replace('"tiny.zip"', '"../tiny.zip"'), "plain file name"),
        (ENTRY.replace("https://", "file://"), "must be an address"),
        (ENTRY + 'sha256 = "xyz"\n', "64 hexadecimal digits"),
        (ENTRY.replace('id = "tiny"', 'id = "../tiny"'), "small letters"),
        (ENTRY.replace('"de"', '"de-DE"'), "without a region"),
        (ENTRY.replace("opus-mt", "magic"), "must be one of none, opus-mt"),
        (ENTRY + ENTRY, "stands there twice"),
        (ENTRY.partition("[[model.file]]")[0], "name at least one"),
    ],
)
def test_a_wrong_list_is_refused_with_file_and_key(wrong: str, message: str) -> None:
    with pytest.raises(ConfigError, match=r"templates/models/models\.toml: ") as caught:
        parse_list(wrong)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("environ", "folder"),
    [
        ({}, "/home/eva/.local/share/communique/models"),
        ({"XDG_DATA_HOME": "/data"}, "/data/communique/models"),
        ({"XDG_DATA_HOME": "relative"}, "/home/eva/.local/share/communique/models"),
        ({"XDG_DATA_HOME": "/data", "COMMUNIQUE_MODELS": "/models"}, "/models"),
    ],
)
def test_where_models_are(environ: dict[str, str], folder: str) -> None:
    assert models_folder(environ, Path("/home/eva")) == Path(folder)


# Installing from a folder


def test_an_opus_model_is_converted_and_gets_a_receipt(store: ModelStore, opus: Path) -> None:
    receipt = take_model(store, opus, CARD, at=AT)
    assert store.names() == ("tiny",)
    assert store.receipt("tiny") == receipt
    assert (receipt.card, receipt.installed, receipt.origin) == (CARD, AT, str(opus))
    names = {file.name for file in receipt.files}
    assert names == {"model.bin", "config.json", "shared_vocabulary.json", "source.spm", "target.spm", "LICENSE"}
    model = store.path("tiny") / "model.bin"
    assert {"model.bin": hashlib.sha256(model.read_bytes()).hexdigest()}.items() <= {
        file.name: file.sha256 for file in receipt.files
    }.items()
    assert store.verify("tiny") == ()


def test_the_archive_of_an_opus_model_is_unpacked(store: ModelStore, opus: Path, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    (tmp_path / "stick" / "tiny.zip").write_bytes(zipped(opus))
    take_model(store, tmp_path / "stick", CARD, at=AT)
    assert store.verify("tiny") == ()


def test_a_converted_model_is_taken_as_it_is(store: ModelStore, converted: Path) -> None:
    receipt = take_model(store, converted, CARD, at=AT)
    for file in receipt.files:
        assert (store.path("tiny") / file.name).read_bytes() == (converted / file.name).read_bytes()


def test_a_model_of_the_same_name_makes_way(store: ModelStore, opus: Path, converted: Path) -> None:
    take_model(store, opus, CARD, at=AT)
    take_model(store, converted, replace(CARD, licence="other"), at=AT)
    assert store.receipt("tiny").card.licence == "other"
    assert {path.name for path in store.folder.iterdir()} == {"tiny", ".lock"}


def test_an_installed_model_can_be_carried_to_another_machine(
    store: ModelStore, opus: Path, tmp_path: Path
) -> None:
    take_model(store, opus, CARD, at=AT)
    other = ModelStore(tmp_path / "other")
    card = identify(store.path("tiny"), None, None, Told())
    take_model(other, store.path("tiny"), card, at=AT)
    assert other.receipt("tiny").files == store.receipt("tiny").files


def test_a_folder_that_differs_from_its_receipt_is_refused(store: ModelStore, opus: Path, tmp_path: Path) -> None:
    take_model(store, opus, CARD, at=AT)
    carried = copy(store.path("tiny"), tmp_path / "carried")
    (carried / "target.spm").write_bytes(b"damaged")
    with pytest.raises(FormatError, match=r"target\.spm: is missing or is not as receipt\.json beside it says"):
        take_model(ModelStore(tmp_path / "other"), carried, CARD, at=AT)


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (("decoder.yml", None), "neither an OPUS-MT model"),
        (("decoder.yml", b"models: ["), r"damaged decoder\.yml"),
        (("decoder.yml", b"models: 5"), r"damaged decoder\.yml"),
        (("decoder.yml", b"models: [../tiny.npz]\nvocabs: [tiny.vocab.yml]"), "lacks a file that its decoder"),
        (("tiny.npz", None), "lacks a file that its decoder"),
        (("tiny.npz", b"no arrays"), r"damaged model: tiny\.npz"),
        (("tiny.vocab.yml", b"a: 0\n"), "cannot be loaded|not a model that can be converted"),
        (("tiny.vocab.yml", b"no vocabulary\n"), "not a model that can be converted"),
        (("source.spm", None), r"lacks source\.spm"),
        (("source.spm", b"no sentence pieces"), "cannot be loaded"),
    ],
)
def test_a_damaged_opus_model_is_refused_in_one_line(
    store: ModelStore, opus: Path, tmp_path: Path, damage: tuple[str, bytes | None], message: str
) -> None:
    name, content = damage
    folder = copy(opus, tmp_path / "opus")
    (folder / name).unlink()
    if content is not None:
        (folder / name).write_bytes(content)
    with pytest.raises(FormatError, match=message):
        take_model(store, folder, CARD, at=AT)
    assert nothing_installed(store)


def test_a_truncated_model_is_refused(store: ModelStore, converted: Path, tmp_path: Path) -> None:
    folder = copy(converted, tmp_path / "model")
    (folder / "model.bin").write_bytes((converted / "model.bin").read_bytes()[:1000])
    with pytest.raises(FormatError, match="cannot be loaded"):
        take_model(store, folder, CARD, at=AT)
    assert nothing_installed(store)


def test_what_fails_leaves_the_model_that_was_there(store: ModelStore, opus: Path, tmp_path: Path) -> None:
    take_model(store, opus, CARD, at=AT)
    folder = copy(opus, tmp_path / "opus")
    (folder / "tiny.npz").write_bytes(b"")
    with pytest.raises(FormatError):
        take_model(store, folder, CARD, at=AT)
    assert store.verify("tiny") == ()


def test_a_full_disk_is_told_and_nothing_is_half_installed(tmp_path: Path, opus: Path) -> None:
    # A process that may write no file larger than 100 kB fails in the same places as on a full disk.
    code = (
        "import resource, signal, sys, pathlib, datetime;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000));"
        "from pipeline.engines.models import install, known, store;"
        "from pipeline.errors import WorkspaceError\n"
        "card = known.Card(id='tiny', source='de', target='fr', licence='x', attribution='y')\n"
        "try: install.take_model(store.ModelStore(pathlib.Path(sys.argv[1])), pathlib.Path(sys.argv[2]), card,"
        " at=datetime.datetime.now(datetime.UTC))\n"
        "except WorkspaceError as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path), str(opus)], capture_output=True, text=True, check=True
    )
    assert "cannot be written" in done.stdout
    assert nothing_installed(ModelStore(tmp_path))


def test_two_installations_at_once_do_not_meet(store: ModelStore, opus: Path) -> None:
    with store.work(), pytest.raises(WorkspaceError, match="another “communique” installs"):
        take_model(store, opus, CARD, at=AT)


def test_what_a_killed_process_left_is_cleared_away(store: ModelStore, opus: Path) -> None:
    left = store.folder / ".staging-abc"
    left.mkdir(parents=True)
    (left / "model.bin").write_bytes(b"half")
    take_model(store, opus, CARD, at=AT)
    assert not left.exists()
    assert store.names() == ("tiny",)


def test_files_of_the_list_must_have_its_checksums(tmp_path: Path) -> None:
    (model,) = parse_list(ENTRY + f'sha256 = "{"b" * 64}"\n')
    check_files(model, tmp_path)
    (tmp_path / "tiny.zip").write_bytes(b"something else")
    with pytest.raises(FormatError, match="its sha256 differs"):
        check_files(model, tmp_path)


# What a model in a folder is


def test_the_list_knows_the_licence_of_original_files(opus: Path) -> None:
    assert identify(opus, "tiny", parse_list(ENTRY)[0], Told()) == CARD


def test_the_licence_of_a_converted_model_must_be_told(converted: Path) -> None:
    (known,) = parse_list(ENTRY)
    with pytest.raises(ConfigError, match="under which licence"):
        identify(converted, "tiny", known, Told())
    assert identify(converted, "tiny", known, Told(licence="CC0-1.0")) == CARD


def test_of_an_unknown_model_everything_must_be_told(opus: Path) -> None:
    with pytest.raises(ConfigError, match="what the model is to be called"):
        identify(opus, None, None, Told())
    with pytest.raises(ConfigError, match="what it translates"):
        identify(opus, "own", None, Told(licence="x"))
    card = identify(opus, "own", None, Told(licence="x", pair=("de", "fr")))
    assert card == Card(id="own", source="de", target="fr", licence="x", attribution="not stated")


def test_a_receipt_in_the_folder_knows_best(store: ModelStore, opus: Path) -> None:
    take_model(store, opus, CARD, at=AT)
    assert identify(store.path("tiny"), "tiny", None, Told()) == CARD
    with pytest.raises(ConfigError, match="is “tiny” by its receipt"):
        identify(store.path("tiny"), "other", None, Told())


# Checking and removing


@pytest.mark.parametrize("name", ["model.bin", "source.spm", "shared_vocabulary.json", "config.json"])
def test_a_changed_file_is_found(store: ModelStore, opus: Path, name: str) -> None:
    take_model(store, opus, CARD, at=AT)
    path = store.path("tiny") / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert store.verify("tiny") == (f"{name} is not as it was installed",)


def test_a_missing_file_and_one_too_many_are_found(store: ModelStore, opus: Path) -> None:
    take_model(store, opus, CARD, at=AT)
    (store.path("tiny") / "config.json").unlink()
    (store.path("tiny") / "source_vocabulary.json").write_text("[]", encoding="utf-8")
    assert store.verify("tiny") == (
        "config.json is missing",
        "source_vocabulary.json was not installed with it",
    )


def test_a_removed_model_is_gone(store: ModelStore, opus: Path) -> None:
    take_model(store, opus, CARD, at=AT)
    store.remove("tiny")
    assert nothing_installed(store)


@pytest.mark.parametrize("name", ["tiny", "..", "", ".lock", "a/b"])
def test_only_what_is_installed_can_be_removed(store: ModelStore, name: str) -> None:
    with pytest.raises(ConfigError, match="is not installed"):
        store.remove(name)


RECEIPTS = Receipt(
    card=CARD,
    installed=AT,
    origin="https://models.example.org/tiny.zip",
    files=(ReceiptFile(name="model.bin", size=5, sha256="a" * 64),),
)


def test_a_receipt_is_read_as_it_was_written(tmp_path: Path) -> None:
    (tmp_path / RECEIPT).write_text(dump_receipt(RECEIPTS), encoding="utf-8")
    assert load_receipt(tmp_path / RECEIPT) == RECEIPTS


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"id": 1}',
        dump_receipt(RECEIPTS).replace("model.bin", "../model.bin"),
        dump_receipt(RECEIPTS).replace("a" * 64, "short"),
        dump_receipt(RECEIPTS).replace("+00:00", ""),
        json.dumps({**json.loads(dump_receipt(RECEIPTS)), "more": 1}),
        " " * 200_000,
    ],
)
def test_a_damaged_receipt_is_refused_in_one_line(tmp_path: Path, text: str) -> None:
    (tmp_path / RECEIPT).write_text(text, encoding="utf-8")
    with pytest.raises(FormatError, match="remove the model and install it again") as caught:
        load_receipt(tmp_path / RECEIPT)
    assert "\n" not in str(caught.value)


def test_a_receipt_of_another_model_is_refused(store: ModelStore, opus: Path) -> None:
    take_model(store, opus, CARD, at=AT)
    store.path("tiny").rename(store.folder / "other")
    with pytest.raises(FormatError, match="belongs to “tiny”"):
        store.verify("other")


# Archives


def archive(tmp_path: Path, members: Sequence[tuple[ZipInfo | str, bytes]]) -> Path:
    data = BytesIO()
    with ZipFile(data, "w", ZIP_DEFLATED) as file:
        for info, content in members:
            file.writestr(info, content)
    path = tmp_path / "model.zip"
    path.write_bytes(data.getvalue())
    return path


def link(name: str) -> ZipInfo:
    info = ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ([("../evil", b"x")], "leads out"),
        ([("/etc/evil", b"x")], "root of the disk"),
        ([("C:evil", b"x")], "drive letter"),
        ([("a/../../evil", b"x")], "leads out"),
        ([(link("decoder.yml"), b"/etc/passwd")], "is a link or a device"),
        ([("README.md", b"x"), ("readme.MD", b"y")], "the same name"),
        ([(f"{number}", b"") for number in range(201)], "more than 200 files"),
    ],
)
def test_an_archive_that_would_write_elsewhere_is_refused_whole(
    tmp_path: Path, members: Sequence[tuple[ZipInfo | str, bytes]], message: str
) -> None:
    target = tmp_path / "in" / "here"
    target.mkdir(parents=True)
    path = archive(tmp_path, [("first.txt", b"fine"), *members])
    with pytest.raises(FormatError, match=message):
        unpack(path, target, "model.zip")
    assert list(target.iterdir()) == []
    assert {item.name for item in tmp_path.iterdir()} == {"in", "model.zip"}


def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path, [("big", b"x")])
    data = path.read_bytes()
    directory = data.index(b"PK\x01\x02")
    forged = data[: directory + 24] + (0xFFFFFFF0).to_bytes(4, "little") + data[directory + 28 :]
    path.write_bytes(forged)
    with pytest.raises(FormatError, match="unpacks to more than 4 GB"):
        unpack(path, tmp_path, "model.zip")


@pytest.mark.parametrize("cut", [0, 10, 60, -30])
def test_a_damaged_archive_is_refused(tmp_path: Path, cut: int) -> None:
    path = archive(tmp_path, [("a", b"text" * 100)])
    path.write_bytes(path.read_bytes()[:cut])
    (tmp_path / "out").mkdir()
    with pytest.raises(CommuniqueError, match="is no ZIP file or is damaged"):
        unpack(path, tmp_path / "out", "model.zip")


def test_a_member_with_a_flipped_bit_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path, [("a", os.urandom(500))])
    data = bytearray(path.read_bytes())
    data[200] ^= 1
    path.write_bytes(data)
    (tmp_path / "out").mkdir()
    with pytest.raises(FormatError, match="damaged"):
        unpack(path, tmp_path / "out", "model.zip")
