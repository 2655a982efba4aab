"""A check names every way in which a bundle differs from the one that was made, and reads no more than it must."""

import hashlib
import itertools
import json
import struct
import tracemalloc
import warnings
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.formats.zip_file import write_zip
from pipeline.model.edition import EditionStatus
from pipeline.model.manifest import DeviationKind, Manifest, ManifestLanguage
from pipeline.model.seal import MAX_SEAL
from pipeline.stages.bundle import bundle
from pipeline.stages.verify import verify

MADE = datetime(2026, 3, 2, tzinfo=UTC)
PDF, WORD = b"%PDF-1.7 Fachtext", b"PK\x03\x04 Word"
FILES = {"x.de.pdf": PDF, "x.fr.docx": WORD, "media/Fähre.png": b"\x89PNG"}
BUNDLE = bundle(
    Manifest(
        release="x",
        version=1,
        product="communique 0.1.0",
        made=MADE,
        embargo=None,
        languages=(ManifestLanguage(tag="de", title="Fähre", status=EditionStatus.DRAFT, translation=None),),
        files=(),
    ),
    FILES,
    (),
)
DATA = BUNDLE.data


def found(data: bytes) -> set[tuple[str, str | None]]:
    return {(item.kind.value, item.name) for item in verify(data).deviations}


def members(data: bytes = DATA) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(*added: tuple[ZipInfo | str, bytes], without: str = "", method: int = zipfile.ZIP_STORED) -> bytes:
    """Return the bundle as another program would pack it, with members `added` at the end."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile warns of the doubles that these tests are about
        for name, content in members().items():
            if name != without:
                archive.writestr(_like_ours(name), content, method)
        for info, content in added:
            archive.writestr(_like_ours(info) if isinstance(info, str) else info, content, method)
    return file.getvalue()


def _like_ours(name: str) -> ZipInfo:
    info = ZipInfo(name, MADE.timetuple()[:6])
    info.external_attr = 0o100644 << 16
    return info


def with_manifest(change: Callable[[dict[str, Any]], object]) -> bytes:
    """Return the bundle with its manifest changed, everything else as the bundler writes it."""
    manifest = json.loads(members()["manifest.json"])
    change(manifest)
    raw = (json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()
    return rewritten({"manifest.json": raw})


def rewritten(changes: dict[str, bytes]) -> bytes:
    return write_zip(sorted((members() | changes).items()), MADE)


def headers(name: str, data: bytes = DATA) -> tuple[int, int]:
    """Return where the local header of `name` starts, and where its record in the directory does."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.getinfo(name).header_offset, data.index(name.encode(), archive.start_dir) - 46


def damaged(old: bytes, new: bytes) -> bytes:
    assert DATA.count(old) == 1
    assert len(old) == len(new)
    return DATA.replace(old, new)


# --- what a sound bundle gives ---------------------------------------------------------------------------------


def test_a_bundle_as_it_was_made_passes_and_gives_its_manifest() -> None:
    result = verify(DATA)
    assert result.passed
    assert result.manifest == BUNDLE.manifest


def test_an_open_file_is_checked_like_bytes(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(DATA)
    with path.open("rb") as file:
        assert verify(file) == verify(DATA)


# --- no byte can change unseen ---------------------------------------------------------------------------------


def test_every_bit_that_changes_is_seen() -> None:
    for position, bit in itertools.product(range(len(DATA)), range(8)):
        copy = bytearray(DATA)
        copy[position] ^= 1 << bit
        assert verify(bytes(copy)).deviations, f"bit {bit} of byte {position} changed and nobody noticed"


@settings(max_examples=150)
@given(position=st.integers(0, len(DATA) - 1), mask=st.integers(1, 255))
def test_whatever_a_byte_is_changed_to_is_seen(position: int, mask: int) -> None:
    copy = bytearray(DATA)
    copy[position] ^= mask
    assert verify(bytes(copy)).deviations


@settings(max_examples=150)
@given(position=st.integers(0, len(DATA)), inserted=st.binary(min_size=1, max_size=60))
def test_bytes_put_in_anywhere_are_seen(position: int, inserted: bytes) -> None:
    assert verify(DATA[:position] + inserted + DATA[position:]).deviations


@settings(max_examples=150)
@given(start=st.integers(0, len(DATA) - 1), length=st.integers(1, len(DATA)))
def test_bytes_taken_out_anywhere_are_seen(start: int, length: int) -> None:
    assert verify(DATA[:start] + DATA[start + length :]).deviations


@given(st.binary(max_size=400))
def test_no_input_whatever_breaks_the_check(junk: bytes) -> None:
    assert verify(junk).deviations
    assert verify(DATA[:60] + junk + DATA[-80:]).deviations


# --- files ------------------------------------------------------------------------------------------------------


def test_a_file_damaged_on_the_way_is_changed_and_fails_its_checksum() -> None:
    assert found(damaged(b"Fachtext", b"Facktext")) == {("changed", "x.de.pdf"), ("checksum", "x.de.pdf")}


def test_a_file_replaced_by_somebody_is_changed_though_its_checksum_fits() -> None:
    assert found(rewritten({"x.de.pdf": PDF.swapcase()})) == {("changed", "x.de.pdf")}


@pytest.mark.parametrize("content", [PDF[:-1], PDF + b"!", b""])
def test_a_file_of_another_length_has_the_wrong_size(content: bytes) -> None:
    assert found(rewritten({"x.de.pdf": content})) == {("size", "x.de.pdf")}


def test_missing_and_extra_files_are_named() -> None:
    result = found(packed(("press.exe", b"MZ"), without="x.fr.docx"))
    assert {("missing", "x.fr.docx"), ("extra", "press.exe")} <= result


def test_everything_wrong_is_named_at_once_and_not_only_the_first() -> None:
    content = members()
    del content["README.txt"]
    content |= {"x.de.pdf": b"short", "x.fr.docx": WORD.lower(), "new.txt": b""}
    assert found(b"#!" + write_zip(sorted(content.items()), MADE) + b"tail") == {
        ("foreign-data", None),
        ("missing", "README.txt"),
        ("size", "x.de.pdf"),
        ("changed", "x.fr.docx"),
        ("extra", "new.txt"),
    }


# --- names ------------------------------------------------------------------------------------------------------


def test_two_files_of_one_name_are_named() -> None:
    assert ("duplicate", "x.de.pdf") in found(packed(("x.de.pdf", b"other")))


@pytest.mark.parametrize("twin", ["X.DE.PDF", "media/Fa\u0308hre.png", "MANIFEST.json", "x.de.pdf."])
def test_names_that_are_one_file_on_some_systems_are_named(twin: str) -> None:
    kinds = {item.kind for item in verify(packed((twin, b""))).deviations}
    assert DeviationKind.TWIN in kinds
    assert DeviationKind.EXTRA in kinds


@pytest.mark.parametrize(
    "name", ["/etc/cron.d/x", "../x", "a/../../x", "a\\..\\x", "C:x", "C:/x", "a\x1b[2Jx", "nul"]
)
def test_names_that_lead_elsewhere_are_named_without_harm_to_the_terminal(name: str) -> None:
    deviations = [item for item in verify(packed((name, b""))).deviations if item.kind is DeviationKind.PATH]
    assert len(deviations) == 1
    assert "\x1b" not in f"{deviations[0].name}{deviations[0].detail}"


def test_a_name_ended_by_a_zero_byte_hides_nothing() -> None:
    data = packed(("evil.exe\n.pdf", b"")).replace(b"evil.exe\n.pdf", b"evil.exe\0.pdf")
    assert ("path", "evil.exe\\x00.pdf") in found(data)


def test_two_headers_with_two_names_for_one_file_are_seen() -> None:
    name = headers("x.de.pdf")[0] + 30
    assert found(DATA[:name] + b"x.de.exe" + DATA[name + 8 :]) == {("structure", "x.de.pdf")}


def test_a_symbolic_link_is_named() -> None:
    info = ZipInfo("link")
    info.create_system, info.external_attr = 3, 0o120777 << 16
    assert ("link", "link") in found(packed((info, b"/etc/passwd")))


def test_an_encrypted_file_is_named_and_not_read() -> None:
    copy = bytearray(DATA)
    local, central = headers("x.de.pdf")
    copy[local + 6] |= 1
    copy[central + 8] |= 1
    assert found(bytes(copy)) == {("encrypted", "x.de.pdf"), ("structure", "x.de.pdf")}


def test_an_encrypted_manifest_is_named() -> None:
    copy = bytearray(DATA)
    copy[headers("manifest.json")[1] + 8] |= 1
    result = verify(bytes(copy))
    assert result.manifest is None
    assert ("encrypted", "manifest.json") in found(bytes(copy))


# --- manifest ---------------------------------------------------------------------------------------------------


def test_an_archive_without_a_manifest_is_no_bundle() -> None:
    assert found(write_zip([("a.txt", b"a")], MADE)) == {("missing", "manifest.json")}
    assert found(write_zip([], MADE)) == {("missing", "manifest.json")}


@pytest.mark.parametrize(
    ("raw", "detail"),
    [
        (b"not JSON", "damaged JSON"),
        (b"{}", "not the manifest of a bundle"),
        (b'{"format": "a", "format": "b"}', "a key stands twice"),
        (b"[" * 50_000, "damaged JSON"),
    ],
)
def test_an_unreadable_manifest_is_named_with_the_reason(raw: bytes, detail: str) -> None:
    result = verify(rewritten({"manifest.json": raw}))
    assert result.manifest is None
    assert [(item.kind.value, detail in item.detail) for item in result.deviations] == [("manifest", True)]


def test_a_manifest_of_a_later_format_asks_for_the_program_that_wrote_it() -> None:
    (only,) = verify(with_manifest(lambda data: data.update(format_version=2))).deviations
    assert only.kind is DeviationKind.MANIFEST
    assert "check with the version that made the bundle" in only.detail


def test_a_manifest_that_contradicts_itself_is_named() -> None:
    entry = {"size": 0, "sha256": hashlib.sha256(b"").hexdigest()}
    assert found(with_manifest(lambda data: data["files"].update({"../x": entry}))) == {
        ("manifest", "manifest.json"),
        ("missing", "../x"),
    }


def test_a_manifest_written_in_another_way_is_named() -> None:
    compact = json.dumps(json.loads(members()["manifest.json"])).encode()
    assert found(rewritten({"manifest.json": compact})) == {("manifest", "manifest.json")}


def test_a_manifest_that_swells_beyond_its_bound_is_not_read_on() -> None:
    bomb = packed(("manifest.json", b" " * 50_000_000), without="manifest.json", method=ZIP_DEFLATED)
    assert ("manifest", "manifest.json") in found(bomb)


# --- the seal over the manifest ---------------------------------------------------------------------------------

SEAL = b"\x30\x05 seal"
FINAL = replace(BUNDLE.manifest, languages=(replace(BUNDLE.manifest.languages[0], status=EditionStatus.FINAL),))
SEALED = bundle(FINAL, FILES, (), lambda _: SEAL).data


def sealed_with(seal: bytes) -> bytes:
    return write_zip(sorted((members(SEALED) | {"manifest.json.p7s": seal}).items()), MADE)


def test_a_sealed_bundle_passes_whatever_the_seal_says() -> None:
    """Whether it holds is the business of those who know keys."""
    assert verify(SEALED).passed
    assert verify(sealed_with(b"something else")).passed


def test_every_bit_of_a_sealed_bundle_that_changes_is_seen() -> None:
    start, end = SEALED.index(b"manifest.json.p7s") - 30, len(SEALED)
    for position, bit in itertools.product(range(start, end), range(8)):
        copy = bytearray(SEALED)
        copy[position] ^= 1 << bit
        assert verify(bytes(copy)).deviations, f"bit {bit} of byte {position} changed and nobody noticed"


def test_a_seal_damaged_on_the_way_fails_its_checksum() -> None:
    assert found(SEALED.replace(SEAL, SEAL.swapcase())) == {("checksum", "manifest.json.p7s")}


def test_a_seal_without_a_manifest_is_no_bundle() -> None:
    assert found(write_zip([("manifest.json.p7s", SEAL)], MADE)) == {("missing", "manifest.json")}


def test_a_sealed_draft_is_none_that_the_bundler_made() -> None:
    draft = write_zip(sorted((members() | {"manifest.json.p7s": SEAL}).items()), MADE)
    assert found(draft) == {("extra", "manifest.json.p7s")}


@pytest.mark.parametrize(("name", "kind"), [("manifest.json.p7s", "duplicate"), ("Manifest.json.P7S", "twin")])
def test_two_seals_are_named(name: str, kind: str) -> None:
    file = BytesIO(SEALED)
    with zipfile.ZipFile(file, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr(_like_ours(name), SEAL)
    assert (kind, "manifest.json.p7s") in found(file.getvalue())


def test_a_seal_listed_in_the_manifest_is_named() -> None:
    manifest = json.loads(members(SEALED)["manifest.json"])
    manifest["files"]["manifest.json.p7s"] = {"size": len(SEAL), "sha256": hashlib.sha256(SEAL).hexdigest()}
    raw = (json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()
    data = write_zip(sorted((members(SEALED) | {"manifest.json": raw}).items()), MADE)
    assert found(data) == {("manifest", "manifest.json")}


def test_too_large_a_seal_is_not_read_on() -> None:
    assert verify(sealed_with(bytes(MAX_SEAL))).passed
    assert found(sealed_with(bytes(MAX_SEAL + 1))) == {("too-large", "manifest.json.p7s")}


def test_a_seal_that_swells_is_given_up_at_its_bound(peak: Callable[[], int]) -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in (members(SEALED) | {"manifest.json.p7s": bytes(200_000_000)}).items():
            archive.writestr(_like_ours(name), content, ZIP_DEFLATED if name.endswith("p7s") else None)
    tracemalloc.reset_peak()
    assert ("too-large", "manifest.json.p7s") in found(file.getvalue())
    assert peak() < 10_000_000


def test_an_encrypted_seal_is_named_and_not_read() -> None:
    copy = bytearray(SEALED)
    local, central = headers("manifest.json.p7s", SEALED)
    copy[local + 6] |= 1
    copy[central + 8] |= 1
    assert found(bytes(copy)) == {("encrypted", "manifest.json.p7s"), ("structure", "manifest.json.p7s")}


def test_a_seal_whose_data_cannot_be_reached_is_named() -> None:
    copy = bytearray(SEALED)
    copy[headers("manifest.json.p7s", SEALED)[1] + 10] = ZIP_BZIP2
    assert ("unreadable", "manifest.json.p7s") in found(bytes(copy))


# --- the archive ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "not-a-zip"),
        (b"PK", "not-a-zip"),
        (PDF, "not-a-zip"),
        (DATA[:-1], "truncated"),
        (DATA[:40], "truncated"),
        (DATA[: len(DATA) // 2], "truncated"),
    ],
)
def test_what_is_no_archive_or_only_the_start_of_one_is_told_apart(data: bytes, kind: str) -> None:
    assert found(data) == {(kind, None)}


def test_a_bundle_that_breaks_off_after_a_word_file_is_truncated_and_not_taken_for_that_file() -> None:
    word = write_zip([("word/document.xml", b"<w:document/>")], MADE)
    data = bundle(BUNDLE.manifest, {"x.de.docx": word, "x.de.pdf": PDF * 1000}, ()).data
    assert found(data[: data.find(PDF) + 5000]) == {("truncated", None)}


def test_bytes_before_the_archive_are_named() -> None:
    (only,) = verify(b"#!/bin/sh\n" + DATA).deviations
    assert (only.kind, only.detail) == (
        DeviationKind.FOREIGN_DATA,
        "Bytes that belong to no file before the archive: 10.",
    )


def test_bytes_after_the_archive_are_named() -> None:
    (only,) = verify(DATA + b"<script>").deviations
    assert (only.kind, only.detail) == (
        DeviationKind.FOREIGN_DATA,
        "Bytes that belong to no file after the end of the archive: 8.",
    )


def test_bytes_between_the_files_are_named() -> None:
    directory = DATA.find(b"PK\x01\x02")
    start = struct.pack("<L", directory)
    data = DATA[:directory] + b"hidden" + DATA[directory:].replace(start, struct.pack("<L", directory + 6))
    (only,) = verify(data).deviations
    assert only.detail == "Bytes that belong to no file between the files and the directory: 6."


def test_a_bundle_packed_anew_is_told_from_a_changed_one() -> None:
    result = verify(packed(method=ZIP_DEFLATED))
    assert {item.kind for item in result.deviations} == {DeviationKind.STRUCTURE}
    assert result.deviations[0].detail == "Another program packed it anew."
    assert len(result.deviations) == len(members())


def test_a_comment_or_another_time_is_not_the_bundlers() -> None:
    with zipfile.ZipFile(file := BytesIO(DATA), "a") as archive:
        archive.comment = b"hello"
    assert {kind for kind, _ in found(file.getvalue())} == {"structure", "foreign-data"}
    later = write_zip(sorted(members().items()), datetime(2027, 1, 1, tzinfo=UTC))
    assert found(later) == {("structure", name) for name in members()}


def test_files_in_another_order_are_not_the_bundlers() -> None:
    assert found(write_zip(sorted(members().items(), reverse=True), MADE)) == {("structure", None)}


def test_files_that_share_their_bytes_are_named() -> None:
    entry, other = headers("x.fr.docx")[1], headers("x.de.pdf")[1]
    data = DATA[: entry + 42] + DATA[other + 42 : other + 46] + DATA[entry + 46 :]
    assert any("overlaps" in item.detail for item in verify(data).deviations)


def test_an_unknown_way_of_packing_is_named() -> None:
    copy = bytearray(DATA)
    copy[headers("x.de.pdf")[1] + 10] = ZIP_BZIP2
    assert ("unreadable", "x.de.pdf") in found(bytes(copy))
    assert found(packed(method=ZIP_BZIP2)) == {("unreadable", "manifest.json")}


def test_packed_data_that_is_damaged_or_breaks_off_is_named() -> None:
    data = packed(("x.de.pdf", PDF * 50), without="x.de.pdf", method=ZIP_DEFLATED)
    start = headers("x.de.pdf", data)[0] + 30 + len("x.de.pdf")
    assert ("unreadable", "x.de.pdf") in found(data[:start] + b"\xff" * 8 + data[start + 8 :])


def test_a_directory_that_promises_more_files_than_it_has_is_damaged() -> None:
    assert ("structure", None) in found(DATA[:-12] + b"\x63\x00" + DATA[-10:])


def test_more_files_than_a_bundle_can_have_are_not_read() -> None:
    data = write_zip([(f"{number}.txt", b"") for number in range(1001)], MADE)
    assert found(data) == {("too-large", None)}


# --- bounds -----------------------------------------------------------------------------------------------------


def test_a_manifest_that_promises_too_much_is_not_followed() -> None:
    assert found(with_manifest(lambda data: data["files"]["x.de.pdf"].update(size=5_000_000_000))) == {
        ("too-large", None)
    }


class CountingFile(BytesIO):
    """Counts what is read from it."""

    total = 0

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        self.total += len(data)
        return data


def test_packed_data_that_unpacks_to_nothing_does_not_keep_the_check_busy() -> None:
    nothing = b"\0\0\0\xff\xff" * 2_000_000  # empty blocks of Deflate, none of them the last
    data = bytearray(packed(("x.de.pdf", nothing), without="x.de.pdf"))
    local, central = headers("x.de.pdf", bytes(data))
    data[local + 8] = data[central + 10] = ZIP_DEFLATED
    file = CountingFile(data)
    assert ("unreadable", "x.de.pdf") in {(item.kind.value, item.name) for item in verify(file).deviations}
    assert file.total < 200_000


@pytest.fixture
def peak() -> Iterator[Callable[[], int]]:
    tracemalloc.start()
    yield lambda: tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()


def test_a_file_that_swells_is_given_up_at_the_size_of_the_manifest(peak: Callable[[], int]) -> None:
    deflated = packed(("x.de.pdf", bytes(200_000_000)), without="x.de.pdf", method=ZIP_DEFLATED)
    tracemalloc.reset_peak()
    assert ("size", "x.de.pdf") in found(deflated)
    assert peak() < 5_000_000


def test_memory_stays_the_same_however_large_a_file_is(tmp_path: Path, peak: Callable[[], int]) -> None:
    path = tmp_path / "large.zip"
    path.write_bytes(bundle(BUNDLE.manifest, {"x.de.pdf": bytes(40_000_000)}, ()).data)
    tracemalloc.reset_peak()
    with path.open("rb") as file:
        before = tracemalloc.get_traced_memory()[0]
        assert verify(file).passed
    assert peak() - before < 5_000_000
