"""Without the extra the program runs, and says what to install when a seal is asked for."""

import logging
import sys
from pathlib import Path

import pytest

from pipeline.config.settings import SealSettings
from pipeline.engines.seal import Sealer, read_detached_seal, read_seals
from pipeline.engines.seal.library import part
from pipeline.errors import SealError
from tests.engines.seal.authority import AT, PASSWORD

ADVICE = r"pip install \"communique\[sign\]\""
HIDDEN = ("pyhanko", "pyhanko_certvalidator", "pkcs11", "asn1crypto", "cryptography")


@pytest.fixture
def without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(sys.modules):
        if name.partition(".")[0] in HIDDEN:
            monkeypatch.delitem(sys.modules, name)
    for name in HIDDEN:
        monkeypatch.setitem(sys.modules, name, None)


@pytest.mark.usefixtures("without_the_extra")
@pytest.mark.parametrize(
    "settings",
    [
        SealSettings(key_file="keys/office.p12"),
        SealSettings(module="/usr/lib/x.so", token="a"),  # noqa: S106 (a label)
    ],
)
def test_sealing_says_what_to_install(settings: SealSettings, workspace: Path) -> None:
    with pytest.raises(SealError, match=ADVICE):
        Sealer(settings, workspace, PASSWORD)


@pytest.mark.usefixtures("without_the_extra")
@pytest.mark.parametrize("trust", [(), (b"certificate",)])
def test_checking_says_what_to_install(trust: tuple[bytes, ...]) -> None:
    with pytest.raises(SealError, match=ADVICE):
        read_seals(b"%PDF-1.7", trust, at=AT)
    with pytest.raises(SealError, match=ADVICE):
        read_detached_seal(b"0", b"", trust, at=AT)


def test_the_library_does_not_log_on_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    part("pyhanko.keys")
    for name in ("pyhanko.sign.validation", "pyhanko_certvalidator.context"):
        logging.getLogger(name).error("Traceback")
    assert capfd.readouterr() == ("", "")
