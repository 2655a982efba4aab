"""Sealing real PDFs: they stay accessible and fit for the archive, and other programs find the seal sound."""

import re
import shutil
import subprocess
from datetime import timedelta, timezone
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from pipeline import locales
from pipeline.config.settings import SealSettings
from pipeline.engines.pdf_check import validate
from pipeline.engines.seal import Sealer, read_seals
from pipeline.engines.seal.field import prepared
from pipeline.errors import SealError
from pipeline.model.seal import SealLevel
from tests.engines.seal.authority import AT, OFFICE, PASSWORD, authority
from tests.engines.seal.stamp_server import STAMPED_AT, StampServer

TRUST = (authority().root.pem,)


def stamping(workspace: Path, url: str) -> Sealer:
    return Sealer(SealSettings(key_file="keys/office.p12", timestamp_server=url), workspace, PASSWORD)


def test_sealed_pdfs_keep_both_standards(sealer: Sealer, pdfs: tuple[bytes, ...]) -> None:
    sealed = [sealer.seal(pdf, "a.pdf", "fr", AT) for pdf in pdfs]
    assert [finding for file in sealed for finding in validate(file, "a.pdf")] == []


def test_a_stamped_pdf_keeps_both_standards(workspace: Path, pdf: bytes, stamps: StampServer) -> None:
    assert validate(stamping(workspace, stamps.url).seal(pdf, "a.pdf", "fr", AT), "a.pdf") == ()


def test_a_seal_says_who_made_it_and_when(sealed: bytes) -> None:
    (seal,) = read_seals(sealed, TRUST, at=AT)
    assert (seal.name, seal.organisation, seal.issuer) == (OFFICE, "Land Waldringen", "Waldringen Issuing CA")
    assert (seal.sealed_at, seal.stamped_at, seal.level) == (AT, None, SealLevel.BASIC)
    assert (seal.intact, seal.covers_whole_file, seal.trusted, seal.faults) == (True, True, True, ())


def test_a_stamped_seal_says_when_the_service_saw_it(workspace: Path, pdf: bytes, stamps: StampServer) -> None:
    sealed = stamping(workspace, stamps.url).seal(pdf, "a.pdf", "de", AT)
    (seal,) = read_seals(sealed, TRUST, at=AT)
    assert (seal.level, seal.stamped_at, seal.trusted, seal.faults) == (SealLevel.STAMPED, STAMPED_AT, True, ())
    assert len(stamps.requests) == 1, "the service is asked once a file: stamps cost money"


def test_the_seal_is_added_and_nothing_before_it_changes(sealed: bytes, pdf: bytes) -> None:
    assert sealed.startswith(pdf)
    assert len(sealed) - len(pdf) < 20_000


def test_pades_as_the_standard_wants_it(sealed: bytes) -> None:
    with pikepdf.open(BytesIO(sealed)) as file:
        (field,) = file.Root.AcroForm.Fields
        value = field.V
        assert (str(value.Filter), str(value.SubFilter)) == ("/Adobe.PPKLite", "/ETSI.CAdES.detached")
        assert str(value.M).startswith("D:20261123120000")
        assert "/Cert" not in value
    (contents,) = re.findall(rb"/Contents <([0-9A-F]+)>", sealed)
    assert b"1.2.840.113549.1.9.5".hex().encode() not in contents.lower()  # signing-time stands in /M only
    der = bytes.fromhex(contents.decode())
    assert all(holder.der in der for holder in (authority().office, authority().intermediate, authority().root))


def test_the_field_is_invisible_and_has_a_name(sealed: bytes) -> None:
    with pikepdf.open(BytesIO(sealed)) as file:
        (field,) = file.Root.AcroForm.Fields
        page = file.pages[0].obj
        assert str(field.TU) == f"Elektronisches Siegel: {OFFICE}"
        left, low, right, high = (float(number) for number in field.Rect)
        assert (right - left, high - low) == (0, 0)
        assert right < 0
        assert page.Tabs == "/S"
        assert int(field.F) & 0b10 == 0, "PDF/A forbids hidden annotations"


@pytest.mark.parametrize("tag", locales.known())
def test_the_field_has_a_name_in_every_language(sealer: Sealer, pdf: bytes, tag: str) -> None:
    with pikepdf.open(BytesIO(sealer.seal(pdf, "a.pdf", tag, AT))) as file:
        assert str(file.Root.AcroForm.Fields[0].TU).endswith(OFFICE)


def test_the_metadata_stay_as_they_were(sealed: bytes, pdf: bytes) -> None:
    with pikepdf.open(BytesIO(sealed)) as after, pikepdf.open(BytesIO(pdf)) as before:
        assert after.Root.Metadata.read_bytes() == before.Root.Metadata.read_bytes()
        assert dict(after.docinfo) == dict(before.docinfo)


def test_readers_are_told_that_nothing_may_be_added(sealed: bytes) -> None:
    with pikepdf.open(BytesIO(sealed)) as file:
        (reference,) = file.Root.Perms.DocMDP.Reference
        assert reference.TransformParams.P == 1


def test_one_sealer_seals_many_files(sealer: Sealer, pdf: bytes) -> None:
    first, second = (sealer.seal(pdf, name, "de", AT) for name in ("a.pdf", "b.pdf"))
    assert first != second, "files of the same content have numbers of their own"
    assert all(read_seals(file, TRUST, at=AT)[0].trusted for file in (first, second))


def test_the_time_keeps_its_zone(sealer: Sealer, pdf: bytes) -> None:
    at = AT.astimezone(timezone(timedelta(hours=1)))
    assert read_seals(sealer.seal(pdf, "a.pdf", "de", at), at=AT)[0].sealed_at == AT


def test_a_pdf_that_is_sealed_already(sealer: Sealer, sealed: bytes) -> None:
    with pytest.raises(SealError, match=r"a\.pdf: is sealed already"):
        sealer.seal(sealed, "a.pdf", "de", AT)


@pytest.mark.parametrize(
    "data", [b"", b"Medieninformation", b"%PDF-1.7\n%%EOF", b"%PDF-1.7\nstartxref\n0\n%%EOF\n"]
)
def test_something_else_than_a_pdf(sealer: Sealer, data: bytes) -> None:
    with pytest.raises(SealError, match=r"a\.pdf: cannot be sealed, for it is no sound PDF"):
        sealer.seal(data, "a.pdf", "de", AT)


def test_no_stream_ends_in_a_carriage_return(pdf: bytes) -> None:
    for room in range(9_000, 9_100):
        _, _, output = prepared(pdf, label="Siegel", at=AT, room=room)
        assert b"\r\nendstream" not in output.getvalue()[len(pdf) :]


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_qpdf_finds_no_fault(sealed: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(sealed)
    done = subprocess.run(["qpdf", "--check", tmp_path / "a.pdf"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="poppler’s pdfsig is not installed")
def test_poppler_finds_the_seal_sound(sealed: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(sealed)
    told = subprocess.run(["pdfsig", tmp_path / "a.pdf"], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid." in told
    assert "Total document signed" in told
    assert f"Common Name: {OFFICE}" in told
    assert "ETSI.CAdES.detached" in told
