"""What breaks a standard is named by file, standard and rule; what is no PDF is one clear error."""

import contextlib
import random
import sys

import pytest

from pipeline.engines.pdf import PdfWriter
from pipeline.engines.pdf_check import Standard, validate
from pipeline.errors import PdfError
from pipeline.formats.page import to_html
from pipeline.templating import environment, packaged_templates
from tests.engines.pdf_releases import edition


@pytest.fixture(scope="module")
def sound() -> bytes:
    page = edition(1)
    return PdfWriter([packaged_templates()]).write(to_html(page, environment([packaged_templates()])), page)


def test_a_sound_file_has_no_findings(sound: bytes) -> None:
    assert validate(sound, "a.pdf") == ()


def test_what_is_broken_is_told_with_its_standard_and_rule(sound: bytes) -> None:
    broken = sound.replace(b'pdfaid:part="3"', b'pdfaid:part="9"').replace(b"<pdfuaid:part>1", b"<pdfuaid:part>9")
    findings = validate(broken, "a.pdf")
    assert {finding.file for finding in findings} == {"a.pdf"}
    assert {finding.standard for finding in findings} == {Standard.ARCHIVE, Standard.ACCESS}
    assert all(finding.rule and finding.message for finding in findings)


@pytest.mark.parametrize("data", [b"", b"no PDF", b"%PDF-1.7\n", b"%PDF-1.7\n" + b"x" * 10_000])
def test_what_is_no_pdf_is_named(data: bytes) -> None:
    with pytest.raises(PdfError, match=r"b\.pdf: cannot be read as a PDF"):
        validate(data, "b.pdf")


def test_damaged_files_are_judged_or_refused_never_more(sound: bytes) -> None:
    rng = random.Random(1)  # noqa: S311 (repeatable samples, no secret)
    for _ in range(60):
        damaged = bytearray(sound)
        for _ in range(20):
            damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        with contextlib.suppress(PdfError):
            validate(bytes(damaged), "c.pdf")


def test_a_missing_validator_is_told_with_the_way_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "page", None)
    with pytest.raises(PdfError, match="pip install page-validation"):
        validate(b"", "a.pdf")
