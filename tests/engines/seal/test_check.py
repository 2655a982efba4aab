"""Checking seals: whatever was changed is found, whatever is thrown at it is survived."""

import contextlib
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from asn1crypto import cms, x509  # type: ignore[import-untyped]  # ships no types
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config.settings import SealSettings
from pipeline.engines.seal import Sealer, read_seals
from pipeline.engines.seal.check import MAX_PDF, MAX_SEALS
from pipeline.engines.seal.library import part
from pipeline.errors import CommuniqueError, FormatError
from pipeline.model.seal import Seal, SealLevel
from tests.engines.seal.authority import AT, PASSWORD, Holder, authority, issue, key_file, rsa_key
from tests.engines.seal.stamp_server import STAMPED_AT, StampServer

TRUST = (authority().root.pem,)
Change = Callable[[bytes], bytes]


def only(pdf: bytes, trust: tuple[bytes, ...] = (), at: datetime = AT) -> Seal:
    (seal,) = read_seals(pdf, trust, at=at)
    return seal


def sealed_by(holder: Holder, pdf: bytes, folder: Path, *, at: datetime = AT, stamps: str | None = None) -> bytes:
    (folder / "k.p12").write_bytes(key_file(holder, authority().chain))
    return Sealer(SealSettings(key_file="k.p12", timestamp_server=stamps), folder, PASSWORD).seal(
        pdf, "a", "de", at
    )


def room(pdf: bytes) -> tuple[int, int]:
    """Return where the digits of the seal begin and end."""
    (found,) = re.finditer(rb"/Contents <([0-9A-F]+)>", pdf)
    return found.span(1)


def with_contents(pdf: bytes, change: Change) -> bytes:
    """Return the file with another seal in the same room."""
    start, end = room(pdf)
    old = bytes.fromhex(pdf[start:end].decode())
    new = change(old).hex().upper().encode()
    return pdf[:start] + new.ljust(end - start, b"0")[: end - start] + pdf[end:]


# What is said


def test_a_pdf_without_a_seal(pdf: bytes) -> None:
    assert read_seals(pdf, TRUST, at=AT) == ()


def test_without_certificates_to_trust_nothing_is_said_about_trust(sealed: bytes) -> None:
    seal = only(sealed)
    assert (seal.trusted, seal.intact, seal.faults) == (None, True, ())


@pytest.mark.parametrize("anchor", ["root", "intermediate", "office"])
@pytest.mark.parametrize("form", ["pem", "der"])
def test_a_certificate_to_trust_is_any_of_the_chain_in_any_form(sealed: bytes, anchor: str, form: str) -> None:
    holder: Holder = getattr(authority(), anchor)
    assert only(sealed, (getattr(holder, form),)).trusted


def test_several_certificates_in_one_file(sealed: bytes) -> None:
    assert only(sealed, (issue("Fremd").pem + authority().root.pem,)).trusted


def test_somebody_else_is_not_trusted(sealed: bytes) -> None:
    stranger = issue("Waldringen Root CA", authority=True, usage=("key_cert_sign",), key=rsa_key(3))
    seal = only(sealed, (stranger.pem,))
    assert (seal.trusted, seal.intact) == (False, True)
    assert seal.faults == (
        "None of the certificates to trust vouches for the seal’s certificate as one for sealing.",
    )


@pytest.mark.parametrize(
    "data", [b"", b"\0", b"-----BEGIN CERTIFICATE-----\nQQ==\n-----END CERTIFICATE-----", b"0\x03\2\1\0"]
)
def test_a_certificate_to_trust_that_is_none(sealed: bytes, data: bytes) -> None:
    with pytest.raises(FormatError, match="give a file in PEM or DER form"):
        read_seals(sealed, (data,), at=AT)


def test_a_forged_authority_between_is_not_followed(pdf: bytes, tmp_path: Path) -> None:
    mere = issue("Kein Aussteller", by=authority().root, key=rsa_key(3), usage=("digital_signature",))
    (tmp_path / "k.p12").write_bytes(key_file(issue("Amt", by=mere, key=rsa_key(2)), [mere.certificate]))
    sealed = Sealer(SealSettings(key_file="k.p12"), tmp_path, PASSWORD).seal(pdf, "a", "de", AT)
    assert only(sealed, TRUST).trusted is False


def test_a_name_on_a_certificate_cannot_steer_the_terminal(pdf: bytes, tmp_path: Path) -> None:
    holder = issue("Amt\x1b[2J\u202egnafnA\n" + "x" * 40, key=rsa_key(2))
    assert only(sealed_by(holder, pdf, tmp_path)).name == "Amt [2J gnafnA " + "x" * 40


# Time


LATER = AT + timedelta(days=30)


@pytest.fixture
def short_lived() -> Holder:
    return issue("Amt", by=authority().intermediate, key=rsa_key(2), days=(-10, 10))


@pytest.mark.parametrize("trust", [(), TRUST], ids=["trusting nobody", "trusting the root"])
def test_a_seal_whose_certificate_expired(
    pdf: bytes, tmp_path: Path, short_lived: Holder, trust: tuple[bytes, ...]
) -> None:
    sealed = sealed_by(short_lived, pdf, tmp_path)
    assert only(sealed, trust).faults == ()
    (fault,) = only(sealed, trust, at=LATER).faults
    assert fault == "The certificate expired on 2026-12-03, and no time stamp shows that the seal is older."


@pytest.mark.parametrize("trust", [(), TRUST], ids=["trusting nobody", "trusting the root"])
def test_a_stamped_seal_outlives_its_certificate(
    pdf: bytes, tmp_path: Path, short_lived: Holder, stamps: StampServer, trust: tuple[bytes, ...]
) -> None:
    seal = only(sealed_by(short_lived, pdf, tmp_path, stamps=stamps.url), trust, at=LATER)
    assert (seal.stamped_at, seal.faults) == (STAMPED_AT, ())
    assert seal.trusted is (True if trust else None)


def test_a_stamp_of_somebody_else_does_not_count(
    pdf: bytes, tmp_path: Path, short_lived: Holder, stamps: StampServer
) -> None:
    from cryptography.x509.oid import ExtendedKeyUsageOID

    stamps.holder = issue("Fremde Uhr", key=rsa_key(3), purposes=(ExtendedKeyUsageOID.TIME_STAMPING,))
    seal = only(sealed_by(short_lived, pdf, tmp_path, stamps=stamps.url), TRUST)
    assert (seal.trusted, seal.stamped_at, seal.level) == (True, None, SealLevel.STAMPED)
    assert seal.faults == (
        "None of the certificates to trust vouches for the time stamp by “Fremde Uhr”; give its issuer’s as well.",
    )


def test_a_certificate_that_may_not_stamp_does_not_count(pdf: bytes, tmp_path: Path, stamps: StampServer) -> None:
    stamps.holder = authority().office
    seal = only(sealed_by(authority().office, pdf, tmp_path, stamps=stamps.url), TRUST)
    assert seal.stamped_at is None
    assert "vouches for the time stamp" in seal.faults[0]


# Changes


def test_a_changed_byte_of_the_text(sealed: bytes, pdf: bytes) -> None:
    at = pdf.index(b"stream") + 40
    seal = only(sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :], TRUST)
    assert (seal.intact, seal.trusted) == (False, False)
    assert seal.faults == ("The file was changed after it was sealed.",)


def test_something_appended(sealed: bytes) -> None:
    writer = part("pyhanko.pdf_utils.incremental_writer").IncrementalPdfFileWriter(BytesIO(sealed))
    writer.root["/Lang"] = writer.root["/Lang"]
    writer.update_root()
    changed = BytesIO()
    writer.write(changed)
    seal = only(changed.getvalue(), TRUST)
    assert (seal.intact, seal.covers_whole_file) == (True, False)
    assert seal.faults == ("Something was added to the file after it was sealed.",)


def test_bytes_appended(sealed: bytes) -> None:
    assert only(sealed + b"\n").faults == ("Something was added to the file after it was sealed.",)


def test_a_second_seal_shows_on_the_first(sealed: bytes, tmp_path: Path) -> None:
    (tmp_path / "k.p12").write_bytes(key_file(issue("Ministerium", key=rsa_key(3))))
    signers = part("pyhanko.sign.signers")
    signer = signers.SimpleSigner.load_pkcs12(str(tmp_path / "k.p12"), passphrase=PASSWORD.encode())
    plain = sealed[: sealed.index(b"%%EOF", sealed.rindex(b"startxref"))] + b"%%EOF\n"
    writer = part("pyhanko.pdf_utils.incremental_writer").IncrementalPdfFileWriter(BytesIO(plain))
    del writer.root["/Perms"]
    writer.update_root()
    second = signers.sign_pdf(writer, signers.PdfSignatureMetadata(field_name="Zwei"), signer=signer)
    first, last = read_seals(second.getvalue(), at=AT)
    assert (first.covers_whole_file, last.covers_whole_file) == (False, True)
    assert (last.name, last.level, last.faults) == ("Ministerium", None, ())


def test_a_seal_made_with_an_outdated_method(pdf: bytes, tmp_path: Path) -> None:
    (tmp_path / "k.p12").write_bytes(key_file(authority().office, authority().chain))
    signers = part("pyhanko.sign.signers")
    signer = signers.SimpleSigner.load_pkcs12(str(tmp_path / "k.p12"), passphrase=PASSWORD.encode())
    writer = part("pyhanko.pdf_utils.incremental_writer").IncrementalPdfFileWriter(BytesIO(pdf))
    about = signers.PdfSignatureMetadata(field_name="Alt", md_algorithm="sha1")
    seal = only(signers.sign_pdf(writer, about, signer=signer).getvalue(), TRUST)
    assert (seal.trusted, seal.faults) == (False, ("The seal was made with a method that is no longer safe.",))


def test_the_seal_of_another_file(sealer: Sealer, pdfs: tuple[bytes, ...]) -> None:
    one, other = (sealer.seal(pdf, "a", "de", AT) for pdf in pdfs[:2])
    start, end = room(other)
    seal = only(with_contents(one, lambda _: bytes.fromhex(other[start:end].decode())))
    assert seal.faults == ("The file was changed after it was sealed.",)


def swapped(contents: bytes, new: Holder) -> bytes:
    """Return a seal with another certificate in the place of the office's."""
    info = cms.ContentInfo.load(contents)
    kept = [item for item in info["content"]["certificates"] if item.chosen.dump() != authority().office.der]
    info["content"]["certificates"] = cms.CertificateSet(
        [x509.Certificate.load(new.der), *[i.chosen for i in kept]]
    )
    return bytes(info.dump(force=True))


def test_a_swapped_certificate_of_the_same_key_and_number(sealed: bytes) -> None:
    number = authority().office.certificate.serial_number
    other = issue("Anderes Amt", by=authority().intermediate, key=rsa_key(2), serial=number)
    seal = only(with_contents(sealed, lambda old: swapped(old, other)), TRUST)
    assert seal.faults == ("The seal is damaged and cannot be checked.",)


def test_more_certificates_than_a_chain_has(sealed: bytes) -> None:
    """Each could have issued each; to try all ways would take minutes for nine of them."""
    name = authority().office.certificate.issuer
    crowd = [issue("Waldringen Issuing CA", authority=True, usage=None, serial=number) for number in range(1, 5)]
    assert {item.certificate.issuer for item in crowd} == {name}

    def crowded(contents: bytes) -> bytes:
        info = cms.ContentInfo.load(contents)
        kept = [item.chosen for item in info["content"]["certificates"]]
        others = [x509.Certificate.load(item.der) for item in crowd]
        info["content"]["certificates"] = cms.CertificateSet([*kept, *others])
        return bytes(info.dump(force=True))

    seal = only(with_contents(sealed, crowded), TRUST)
    assert seal.faults == ("The seal carries more than honest seals do, and is not checked.",)


def test_a_swapped_certificate_between(sealed: bytes) -> None:
    between = authority().intermediate.der
    other = bytearray(between)
    other[-20] ^= 1
    seal = only(with_contents(sealed, lambda old: old.replace(between, bytes(other))))
    assert seal.faults == ("The certificates in the seal were changed, or do not belong together.",)


def test_a_certificate_that_is_odd_too_is_told_of_and_not_warned_of(sealed: bytes) -> None:
    """The tests make errors of warnings; people would see them on their terminal."""
    between = authority().intermediate.der
    number = between.index(b"\x02\x01", 11)  # its serial number; its version stands at 10
    odd = between[: number + 2] + b"\0" + between[number + 3 :]
    seal = only(with_contents(sealed, lambda old: old.replace(between, odd)))
    assert seal.faults == ("The certificates in the seal were changed, or do not belong together.",)


def test_something_hidden_behind_the_seal(sealed: bytes) -> None:
    seal = only(with_contents(sealed, lambda old: old.rstrip(b"\0") + b"\0\0geheime Nachricht"))
    assert seal.faults == ("Something is hidden behind the seal, in the room left for it.",)


def test_a_seal_that_leaves_out_a_part(sealed: bytes) -> None:
    (span,) = re.finditer(rb"/ByteRange \[0 (\d+) (\d+) (\d+)\]", sealed)
    length, start, rest = map(int, span.groups())
    assert re.search(rb"\] *", sealed)
    forged = f"/ByteRange [0 {length} {start + 20} {rest - 20}]".encode().ljust(len(span[0]))
    changed = sealed.replace(span[0], forged)
    faults = only(changed).faults
    assert "The seal leaves out a part of the file." in faults
    assert "The file was changed after it was sealed." in faults


def test_a_seal_that_was_cut_out_of_the_form(sealed: bytes) -> None:
    with pytest.raises(FormatError, match="was sealed, but the seal cannot be found any more"):
        read_seals(sealed.replace(b"/AcroForm", b"/AcroFern"), at=AT)


def test_an_empty_room(sealed: bytes) -> None:
    seal = only(with_contents(sealed, lambda _: b""))
    assert seal.faults == ("The seal is damaged and cannot be checked.",)
    assert (seal.name, seal.intact, seal.trusted) == (None, False, None)


def flipped(data: bytes, at: int, bits: int) -> bytes:
    return data[:at] + bytes([data[at] ^ bits]) + data[at + 1 :]


SHARE = st.floats(0, 1, exclude_max=True)
BITS = st.integers(1, 255)


@settings(max_examples=100, deadline=None)
@given(share=SHARE, bits=BITS, added=st.booleans())
def test_any_changed_byte_is_found(sealed: bytes, pdf: bytes, share: float, bits: int, added: bool) -> None:
    start, end = room(sealed)
    covered = [*range(len(pdf) if added else 0, start - 1), *range(end + 1, len(sealed))]
    assert holds(flipped(sealed, covered[int(share * len(covered))], bits)) is False


@settings(max_examples=50, deadline=None)
@given(share=SHARE, bits=BITS)
def test_a_changed_byte_of_the_seal_is_found_or_means_nothing(sealed: bytes, share: float, bits: int) -> None:
    start, end = room(sealed)
    at = int(share * len(sealed[start:end].rstrip(b"0"))) // 2
    changed = with_contents(sealed, lambda old: flipped(old, at, bits))
    for trust in ((), TRUST):
        if holds(changed, trust):
            assert only(changed, trust) == only(sealed, trust)


@settings(max_examples=40, deadline=None)
@given(cut=SHARE)
def test_a_file_cut_off_anywhere_does_not_pass_for_sealed(sealed: bytes, cut: float) -> None:
    end = int(cut * len(sealed))
    assert holds(sealed[:end]) is False


def holds(pdf: bytes, trust: tuple[bytes, ...] = ()) -> bool:
    """Return whether a file has a seal that nothing is said against."""
    return not faults(pdf, trust) and read_seals(pdf, trust, at=AT) != ()


def faults(pdf: bytes, trust: tuple[bytes, ...] = ()) -> tuple[str, ...]:
    """Return everything that is said against the seals of a file."""
    try:
        return tuple(fault for seal in read_seals(pdf, trust, at=AT) for fault in seal.faults)
    except FormatError as error:
        return (str(error),)


# Hostile files


def file(*objects: bytes, trailer: bytes = b"", start: int | None = None) -> bytes:
    """Return a PDF of these objects, whose catalogue is the first."""
    data, places = b"%PDF-1.7\n", []
    for number, item in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, item)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    end = len(data) if start is None else start
    return data + table + b"trailer\n<</Size %d /Root 1 0 R %b>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, trailer, end,
    )  # fmt: skip


CATALOGUE = b"<</Type /Catalog /AcroForm <</Fields [2 0 R]>>>>"
SEAL = b"<</Type /Sig /SubFilter /ETSI.CAdES.detached /Contents <%b> /ByteRange %b>>"


def hostile() -> Iterator[bytes]:
    field = b"<</FT /Sig /T (a) /V 3 0 R>>"
    yield from (b"", b"%PDF-1.7", b"GIF89a", b"\0" * 5_000, b"%PDF-1.7\nstartxref\n99999999999999999999\n%%EOF")
    yield file(CATALOGUE, b"<</FT /Sig /T (a) /Kids [2 0 R] /V 3 0 R>>", b"<<>>")
    yield file(CATALOGUE, b"<</FT /Sig /T (a) /Parent 2 0 R /Kids [2 0 R 2 0 R]>>")
    yield file(b"<</Type /Catalog /AcroForm 1 0 R /Fields 1 0 R>>")
    yield file(CATALOGUE, b"2 0 R")
    yield file(CATALOGUE, b"[" * 100_000)
    yield file(CATALOGUE, b"<</V " * 20_000)
    yield file(CATALOGUE, field, b"(seal)")
    yield file(CATALOGUE, field, b"null")
    yield file(CATALOGUE, field, SEAL % (b"", b"[0 1 2 3]"))
    yield file(CATALOGUE, field, SEAL % (b"30", b"[]"))
    yield file(CATALOGUE, field, SEAL % (b"30800000", b"[-1 -1 -1 -1]"))
    yield file(CATALOGUE, field, SEAL % (b"3080" * 20_000, b"[0 99999999999999999999 1 2]"))
    yield file(CATALOGUE, field, SEAL % (b"30", b"(text)"))
    yield file(CATALOGUE, b"<</FT /Sig /V 2 0 R>>")
    yield file(CATALOGUE, field, SEAL % (b"30", b"[0 1 2 3]"), trailer=b"/Prev 9")
    yield file(CATALOGUE, field, SEAL % (b"30", b"[0 1 2 3]"), trailer=b"/Encrypt 2 0 R")
    body = file(CATALOGUE, field)
    yield body.replace(b"/Root", b"/Prev %d /Root" % body.index(b"xref"))
    many = b" ".join(b"%d 0 R" % number for number in range(2, 2_000))
    yield file(b"<</Type /Catalog /AcroForm <</Fields [%b]>>>>" % many, *[b"<</FT /Sig /T (a) /V 2 0 R>>"] * 1_998)


@pytest.mark.parametrize("data", list(hostile()), ids=lambda data: f"{len(data)} bytes")
def test_hostile_files_give_an_error_or_a_fault(data: bytes) -> None:
    with contextlib.suppress(CommuniqueError):
        assert all(seal.faults for seal in read_seals(data, TRUST, at=AT))


def test_too_large_a_file() -> None:
    with pytest.raises(FormatError, match="larger than 100 MB"):
        read_seals(bytes(MAX_PDF + 1), at=AT)


def test_more_seals_than_anybody_needs() -> None:
    fields = b" ".join(b"%d 0 R" % number for number in range(3, MAX_SEALS + 4))
    objects = [b"<</FT /Sig /T (a%d) /V 2 0 R>>" % number for number in range(MAX_SEALS + 1)]
    form = b"<</Type /Catalog /AcroForm <</Fields [%b]>>>>" % fields
    with pytest.raises(FormatError, match="more than 20 seals"):
        read_seals(file(form, SEAL % (b"30", b"[0 1 2 3]"), *objects), at=AT)


@settings(max_examples=40, deadline=None)
@given(data=st.binary(max_size=400), whole=st.booleans())
def test_any_bytes_are_survived(sealed: bytes, data: bytes, whole: bool) -> None:
    faults(data if whole else with_contents(sealed, lambda _: data))


def test_nothing_is_logged_about_a_bad_file(sealed: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    faults(with_contents(sealed, lambda old: old.replace(authority().office.der, b"\0" * 200)))
    faults(sealed[:-400])
    assert capfd.readouterr() == ("", "")


def test_a_seal_is_a_value(sealed: bytes) -> None:
    seal = only(sealed)
    assert replace(seal, sealed_at=datetime(2026, 11, 23, 12, tzinfo=UTC)) == seal
