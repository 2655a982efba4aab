"""What is approved is sealed as the last step of a build; `verify` says whose seal it is, and whether it holds."""

from pathlib import Path

import pytest

from pipeline.engines.pdf_check import validate
from pipeline.workspace import Workspace
from tests.cli.conftest import Run
from tests.cli.test_revising import workspace  # noqa: F401 (a fixture)
from tests.engines.seal.authority import PASSWORD, issue, key_file, rsa_key

LONG = (-400, 36_000)
"""Days: these tests seal with the clock of the machine, whatever it says."""
ROOT = issue("Root", key=rsa_key(0), usage=("key_cert_sign",), authority=True, days=LONG)
STRANGER = issue("Stranger", key=rsa_key(1), usage=("key_cert_sign",), authority=True, days=LONG)
OFFICE = issue("Siegel Staatskanzlei", by=ROOT, key=rsa_key(2), days=LONG)
PDF = "releases/faehre/dist/faehre.fr.pdf"
ZIP = "releases/faehre/dist/faehre.zip"


@pytest.fixture
def sealing(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Path:  # noqa: F811 (the fixture above)
    """An office that seals, with its release approved and nothing built yet."""
    root = workspace.root
    (root / "seal.p12").write_bytes(key_file(OFFICE, (ROOT.certificate,)))
    (root / "ca.pem").write_bytes(ROOT.pem)
    settings = root / "communique.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("[office]", '[seal]\nkey_file = "seal.p12"\n\n[office]', 1), encoding="utf-8")
    monkeypatch.setenv("COMMUNIQUE_SEAL_PASSWORD", PASSWORD)
    return root


def test_approved_pdfs_are_sealed_and_keep_both_standards(sealing: Path, run: Run) -> None:
    assert run("build", "faehre", "--bilingual").code == 0
    for name in ("de", "fr", "de-fr"):
        file = sealing / f"releases/faehre/dist/faehre.{name}.pdf"
        assert b"/ByteRange" in file.read_bytes()
        assert validate(file.read_bytes(), file.name) == ()
        assert run("verify", str(file), "--trust", "ca.pem").code == 0


def test_a_seal_that_nobody_vouches_for_does_not_pass(sealing: Path, run: Run) -> None:
    run("build", "faehre")
    (sealing / "other.pem").write_bytes(STRANGER.pem)
    said = run("verify", PDF, "--trust", "other.pem")
    assert said.code == 1
    assert "vouches for" in said.out


def test_a_changed_pdf_does_not_pass(sealing: Path, run: Run) -> None:
    run("build", "faehre")
    path = sealing / PDF
    data = bytearray(path.read_bytes())
    data[2000] ^= 1
    path.write_bytes(bytes(data))
    assert run("verify", PDF).code in {1, 2}


def test_a_draft_is_never_sealed(sealing: Path, run: Run) -> None:
    source = sealing / "releases/faehre/source.md"
    source.write_text(source.read_text(encoding="utf-8").replace("beide Ufer", "die Ufer"), encoding="utf-8")
    run("build", "faehre")
    assert b"/ByteRange" not in (sealing / PDF).read_bytes()
    said = run("verify", PDF)
    assert said.code == 1
    assert "has no seal" in said.out


def test_without_the_password_nothing_is_built_that_would_pass_for_sealed(
    sealing: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COMMUNIQUE_SEAL_PASSWORD")
    said = run("build", "faehre")
    assert said.code != 0
    assert "COMMUNIQUE_SEAL_PASSWORD" in said.err
    assert not (sealing / PDF).exists()


def test_a_second_build_seals_nothing_anew(sealing: Path, run: Run) -> None:
    run("build", "faehre", "--bilingual")
    before = (sealing / PDF).read_bytes()
    assert "up to date" in run("build", "faehre", "--bilingual").out
    assert (sealing / PDF).read_bytes() == before


@pytest.mark.usefixtures("sealing")
def test_a_certificate_to_trust_that_is_none_is_named(run: Run) -> None:
    run("build", "faehre")
    said = run("verify", PDF, "--trust", "communique.toml")
    assert said.code == 2
    assert "certificate" in said.err
