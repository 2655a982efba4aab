"""A final bundle is sealed as a whole: whoever changes a Word file, a record or a picture cannot make it pass."""

import hashlib
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.config.settings import SealSettings
from pipeline.engines.seal import Sealer, keys, sealer
from pipeline.formats import manifest as manifest_json
from pipeline.formats.zip_file import write_zip
from tests.cli.conftest import Run
from tests.cli.test_revising import workspace  # noqa: F401 (a fixture)
from tests.cli.test_sealing import LONG, ROOT, STRANGER, sealing  # noqa: F401 (a fixture)
from tests.engines.seal.authority import PASSWORD, issue, key_file, rsa_key
from tests.engines.seal.test_library import without_the_extra  # noqa: F401 (a fixture)

BY_CURVE = issue("Siegel auf Kurven", by=ROOT, days=LONG)
ZIP, SEAL = "releases/faehre/dist/faehre.zip", "manifest.json.p7s"
Change = Callable[[dict[str, bytes]], object]


@pytest.fixture
def kit(sealing: Path, run: Run) -> Path:  # noqa: F811 (the fixture above)
    """The sealed bundle of an approved release."""
    assert run("bundle", "faehre").code == 0
    return sealing / ZIP


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def forge(path: Path, change: Change) -> None:
    """Change files of a bundle and write all that a forger can: manifest, checksums, headers."""
    files = members(path)
    manifest = manifest_json.parse(files["manifest.json"], path=None)
    change(files)
    listed = json.loads(files["manifest.json"])
    listed["files"] = {
        name: {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
        for name, data in files.items()
        if name not in {"manifest.json", SEAL}
    }
    files["manifest.json"] = (json.dumps(listed, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()
    path.write_bytes(write_zip(sorted(files.items()), manifest.made))


def seal_anew(path: Path, folder: Path) -> None:
    """Put a seal on a bundle with the key in a folder."""
    files = members(path)
    key = Sealer(SealSettings(key_file="seal.p12"), folder, PASSWORD)
    files[SEAL] = key.detached_seal(files["manifest.json"], "m", datetime.now(UTC))
    made = manifest_json.parse(files["manifest.json"], path=None).made
    path.write_bytes(write_zip(sorted(files.items()), made))


def without_seal(files: dict[str, bytes]) -> None:
    del files[SEAL]


def another_word_file(files: dict[str, bytes]) -> None:
    files["faehre.fr.docx"] += b"!"


def test_a_bundle_is_checked_first_as_a_whole_and_then_with_the_seals_of_its_pdfs(kit: Path, run: Run) -> None:
    said = run("verify", str(kit), "--trust", "ca.pem")
    assert said.code == 0
    first, *lines = said.out.splitlines()
    assert re.fullmatch(r"\S*faehre\.zip: whole and unchanged \(\d+ files, final\)", first)
    assert [line.split(": ")[0] for line in lines] == ["  manifest.json", "  faehre.de.pdf", "  faehre.fr.pdf"]
    for line in lines:
        assert "sealed by Siegel Staatskanzlei (Land Waldringen) on " in line
        assert line.endswith("; unchanged; vouched for")
    assert "nobody was asked to vouch for it (--trust)" in run("verify", str(kit)).out


def test_programs_are_told_the_same(kit: Path, run: Run) -> None:
    (found,) = json.loads(run("verify", str(kit), "--trust", "ca.pem", "--json").out)
    assert (found["ok"], found["unsealed"]) == (True, [])
    assert [seal["name"] for seal in found["seals"]] == ["manifest.json", "faehre.de.pdf", "faehre.fr.pdf"]
    assert {seal["trusted"] for seal in found["seals"]} == {True}


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_openssl_finds_the_seal_in_a_bundle_sound(kit: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(kit) as archive:
        archive.extractall(tmp_path / "kit")
    (tmp_path / "kit" / "office.pem").write_bytes(ROOT.pem)
    command = (
        f"openssl cms -verify -binary -inform DER -in {SEAL} -content manifest.json -CAfile office.pem -purpose any"
    )
    ended = subprocess.run(command.split(), cwd=tmp_path / "kit", check=False, capture_output=True)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout == (tmp_path / "kit" / "manifest.json").read_bytes()


def test_the_read_me_tells_of_the_seal_in_both_languages(kit: Path) -> None:
    text = members(kit)["README.txt"].decode()
    assert "Das elektronische Siegel manifest.json.p7s gilt für alle Dateien" in text
    assert "Le cachet électronique manifest.json.p7s couvre tous les fichiers" in text
    assert text.count("communique verify faehre.zip --trust ca.pem") == 2


# Forgeries


@pytest.mark.parametrize(
    "name", ["faehre.fr.docx", "faehre.de.ninjs.json", "record.json", "index.html", "README.txt"]
)
def test_a_changed_file_with_a_manifest_that_fits_does_not_pass(kit: Path, run: Run, name: str) -> None:
    def change(files: dict[str, bytes]) -> None:
        files[name] = files[name].replace(b"a", b"b", 1)

    forge(kit, change)
    for trust in ((), ("--trust", "ca.pem")):
        said = run("verify", str(kit), *trust)
        assert said.code == 1
        assert "whole and unchanged" in said.out, "only the seal can tell"
        assert "manifest.json: sealed by Siegel Staatskanzlei" in said.out
        assert "but the seal does not hold:\n    The file was changed after it was sealed.\n" in said.out


def test_another_approver_in_the_manifest_does_not_pass(kit: Path, run: Run) -> None:
    def change(files: dict[str, bytes]) -> None:
        files["manifest.json"] = files["manifest.json"].replace(b"Eva Muster", b"Max Muster")

    forge(kit, change)
    assert "The file was changed after it was sealed." in run("verify", str(kit)).out


def test_a_bundle_whose_seal_was_taken_off_passes_only_where_nobody_has_to_vouch_for_it(
    kit: Path, run: Run
) -> None:
    forge(kit, another_word_file)
    forge(kit, without_seal)
    assert run("verify", str(kit)).code == 0
    said = run("verify", str(kit), "--trust", "ca.pem")
    assert said.code == 1
    words = "has no seal, so nobody vouches for it; the seals below prove their PDFs and nothing else"
    assert f"  manifest.json: {words}\n" in said.out
    assert "  faehre.de.pdf: sealed by" in said.out
    (found,) = json.loads(run("verify", str(kit), "--trust", "ca.pem", "--json").out)
    assert (found["ok"], found["deviations"], found["unsealed"]) == (False, [], ["manifest.json"])


def test_a_forger_with_a_key_of_his_own_is_not_vouched_for(kit: Path, run: Run, tmp_path: Path) -> None:
    forger = issue("Siegel Staatskanzlei", key=rsa_key(3), days=LONG)
    (tmp_path / "seal.p12").write_bytes(key_file(forger))
    forge(kit, another_word_file)
    seal_anew(kit, tmp_path)
    said = run("verify", str(kit), "--trust", "ca.pem")
    assert said.code == 1
    assert "None of the certificates to trust vouches for the seal’s certificate" in said.out


def test_the_seal_of_a_bundle_speaks_for_pdfs_that_have_none_of_their_own(
    kit: Path, run: Run, office: Path
) -> None:
    def take_off(files: dict[str, bytes]) -> None:
        for name in ("faehre.de.pdf", "faehre.fr.pdf"):
            files[name] = files[name][: files[name].index(b"%%EOF") + len(b"%%EOF\n")]

    forge(kit, take_off)
    seal_anew(kit, office)
    said = run("verify", str(kit), "--trust", "ca.pem")
    assert said.code == 0
    assert [line.split(": ")[0] for line in said.out.splitlines()[1:]] == ["  manifest.json"]


@pytest.mark.parametrize(
    ("seal", "fault"),
    [
        (b"", "damaged and cannot be checked"),
        (b"0\x82", "damaged and cannot be checked"),
        (b"0\x80" * 200_000, "damaged and cannot be checked"),
    ],
)
def test_what_is_no_seal_is_told_in_one_line(kit: Path, run: Run, seal: bytes, fault: str) -> None:
    forge(kit, lambda files: files.update({SEAL: seal}))
    said = run("verify", str(kit))
    assert (said.code, said.err) == (1, "")
    assert fault in said.out


def test_a_seal_with_bytes_behind_it_does_not_pass(kit: Path, run: Run) -> None:
    forge(kit, lambda files: files.update({SEAL: files[SEAL] + b"\0"}))
    said = run("verify", str(kit))
    assert said.code == 1
    assert "holds something that nobody signed" in said.out


def test_a_changed_seal_is_found_by_the_archive_too(kit: Path, run: Run) -> None:
    data = bytearray(kit.read_bytes())
    data[data.index(members(kit)[SEAL]) + 500] ^= 1
    kit.write_bytes(bytes(data))
    said = run("verify", str(kit))
    assert said.code == 1
    assert "checksum: manifest.json.p7s:" in said.out


# Bundles without a seal


def test_a_draft_is_never_sealed_and_nobody_vouches_for_it(sealing: Path, run: Run) -> None:  # noqa: F811
    source = sealing / "releases/faehre/source.md"
    source.write_text(source.read_text(encoding="utf-8").replace("beide Ufer", "die Ufer"), encoding="utf-8")
    assert run("bundle", "faehre").code == 0
    draft = sealing / "releases/faehre/dist/faehre.draft.zip"
    assert SEAL not in members(draft)
    assert SEAL not in members(draft)["README.txt"].decode()
    assert run("verify", str(draft)).code == 0
    said = run("verify", str(draft), "--trust", "ca.pem")
    assert said.code == 1
    assert said.out.endswith("  manifest.json: has no seal, so nobody vouches for it\n")


@pytest.mark.usefixtures("workspace")
def test_an_office_that_does_not_seal_bundles_as_before(office: Path, run: Run) -> None:
    assert run("bundle", "faehre").code == 0
    assert SEAL not in members(office / ZIP)
    said = run("verify", ZIP)
    assert said.code == 0
    assert said.out.count("\n") == 1
    (office / "ca.pem").write_bytes(ROOT.pem)
    assert run("verify", ZIP, "--trust", "ca.pem").code == 1


# Making it


def test_bundling_again_changes_no_byte_and_needs_no_password(
    sealing: Path,  # noqa: F811 (the fixture above)
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Neither with keys on elliptic curves, whose every signature is another, nor as time goes by."""
    (sealing / "seal.p12").write_bytes(key_file(BY_CURVE, (ROOT.certificate,)))
    run("bundle", "faehre")
    path = sealing / ZIP
    before, times = path.read_bytes(), path.stat().st_mtime_ns
    monkeypatch.delenv("COMMUNIQUE_SEAL_PASSWORD")
    assert run("bundle", "faehre").code == 0
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (before, times)
    path.unlink()
    assert run("bundle", "faehre").code == 0
    assert path.read_bytes() == before, "what was published is kept"


def test_a_bundle_with_another_manifest_is_sealed_anew(kit: Path, run: Run) -> None:
    before = members(kit)
    shutil.rmtree(kit.parent)
    assert run("bundle", "faehre").code == 0
    after = members(kit)
    assert after["manifest.json"] != before["manifest.json"], "the PDFs were sealed anew"
    assert after[SEAL] != before[SEAL]
    assert run("verify", str(kit), "--trust", "ca.pem").code == 0


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda data: data[:-40],
        lambda data: data.replace(b"p7sPK", b"p7xPK"),
        lambda data: data[:200] + bytes(200) + data[400:],
    ],
)
def test_whatever_lies_in_the_place_of_the_bundle_is_replaced(
    kit: Path, run: Run, damage: Callable[[bytes], bytes]
) -> None:
    kit.write_bytes(damage(kit.read_bytes()))
    assert run("bundle", "faehre").code == 0
    assert run("verify", str(kit), "--trust", "ca.pem").code == 0


def test_a_seal_that_does_not_hold_is_not_kept(kit: Path, run: Run) -> None:
    files = members(kit)
    made = manifest_json.parse(files["manifest.json"], path=None).made
    kit.write_bytes(write_zip(sorted((files | {SEAL: files[SEAL] + b"\0"}).items()), made))
    assert run("bundle", "faehre").code == 0
    assert run("verify", str(kit), "--trust", "ca.pem").code == 0


def test_without_the_password_there_is_one_error_and_no_bundle(
    sealing: Path,  # noqa: F811 (the fixture above)
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run("build", "faehre")
    before = sorted(path for path in (sealing / "releases").rglob("*"))
    log = (sealing / "releases/faehre/log.jsonl").read_bytes()
    monkeypatch.delenv("COMMUNIQUE_SEAL_PASSWORD")
    said = run("bundle", "faehre")
    assert said.code == 3
    assert said.err.count("\n") == 1
    assert "seal.p12: is protected by a password; set COMMUNIQUE_SEAL_PASSWORD" in said.err
    assert sorted(path for path in (sealing / "releases").rglob("*")) == before
    assert (sealing / "releases/faehre/log.jsonl").read_bytes() == log


@pytest.mark.usefixtures("sealing")
@pytest.mark.parametrize("command", [("bundle", "faehre"), ("build", "faehre", "--bilingual")])
def test_the_key_is_opened_once_for_all_that_is_sealed(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    opened: list[Any] = []

    def counted(*arguments: Any) -> Any:
        opened.append(arguments)
        return keys.from_file(*arguments)

    monkeypatch.setattr(sealer, "from_file", counted)
    assert run(*command).code == 0
    assert len(opened) == 1


def test_without_the_extra_a_bundle_is_still_compared_with_its_manifest(
    kit: Path, run: Run, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue("without_the_extra")
    said = run("verify", str(kit))
    assert said.code == 3
    assert "whole and unchanged" in said.out
    assert said.err.count("\n") == 1
    assert 'pip install "communique[sign]"' in said.err
    kit.write_bytes(kit.read_bytes().replace(b"Alvenz", b"Alvanz", 1))
    said = run("verify", str(kit))
    assert (said.code, said.err) == (1, "")


@pytest.mark.usefixtures("kit")
def test_a_published_release_keeps_its_sealed_bundle(office: Path) -> None:
    assert (office / "releases/faehre/versions/1/bundle.zip").read_bytes() == (office / ZIP).read_bytes()
