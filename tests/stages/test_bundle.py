"""A bundle holds the files, a read-me and a manifest, and is the same bytes wherever it is made."""

import hashlib
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pipeline.errors import GateError, SealError
from pipeline.formats import manifest as manifest_json
from pipeline.model.bitext import Approval, Bitext, Origin, OriginKind, Segment, State, Unit
from pipeline.model.edition import EditionStatus
from pipeline.model.inline import inlines
from pipeline.model.manifest import EngineShare, Manifest, ManifestLanguage
from pipeline.model.texts import TextKind
from pipeline.stages.bundle import ReadmeSection, bundle, bundle_name, is_bundle_name, readme, translation_record
from pipeline.stages.verify import verify

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
APPROVAL = Approval(by="Eva Muster <eva@example.org>", at=NOON, source_hash="a" * 64, target_hash="b" * 64)
FILES = {
    "2026-03-02-faehre.fr.pdf": b"%PDF-1.7 fr",
    "2026-03-02-faehre.de.pdf": b"%PDF-1.7 de",
    "2026-03-02-faehre.de.docx": b"PK de",
    "2026-03-02-faehre.fr.docx": b"PK fr",
}
GERMAN = ReadmeSection(
    heading="Medieninformation: Neue Fähre",
    draft="ENTWURF",
    notes=("Nr. 12/2026",),
    files_heading="Dateien",
    files=(("2026-03-02-faehre.de.pdf", "PDF"), ("2026-03-02-faehre.de.docx", "Word")),
    check="Prüfen, ob alles unverändert ist:",
    seal="Prüfen, von wem es ist:",
)
FRENCH = ReadmeSection(
    heading="Communiqué de presse\u00a0: Un nouveau bac",
    draft="PROJET",
    notes=(),
    files_heading="Fichiers",
    files=(("2026-03-02-faehre.fr.pdf", "PDF"), ("2026-03-02-faehre.fr.docx", "Word")),
    check="Pour vérifier que rien n’a été modifié\u00a0:",
    seal="Pour vérifier de qui il vient\u00a0:",
)


def segment(
    number: int, state: State, kind: OriginKind | None = None, by: str = "x", version: str | None = None
) -> Segment:
    origin = Origin(kind=kind, at=NOON, by=by, version=version) if kind else None
    target = inlines("Un bac.") if kind else ()
    return Segment(id=f"S{number:03d}", source=inlines("Eine Fähre."), target=target, state=state, origin=origin)


def bitext(*segments: Segment, approval: Approval | None = None) -> Bitext:
    return Bitext(
        release="2026-03-02-faehre",
        source_locale="de",
        target_locale="fr",
        units=(Unit(path="blocks.0", kind=TextKind.PARAGRAPH, segments=segments),),
        approval=approval,
    )


FINAL = bitext(segment(1, State.FINAL, OriginKind.HUMAN), approval=APPROVAL)
DRAFT = bitext(segment(1, State.TRANSLATED, OriginKind.MT))


def facts(text: Bitext = FINAL) -> Manifest:
    status = EditionStatus.FINAL if text.approval else EditionStatus.DRAFT
    record = translation_record(text, approved=text.approval is not None)
    return Manifest(
        release="2026-03-02-faehre",
        version=1,
        product="communique 0.1.0",
        made=datetime(2026, 3, 2, tzinfo=ZoneInfo("Europe/Berlin")),
        embargo=None,
        languages=(
            ManifestLanguage(tag="de", title="Neue Fähre", status=status, translation=None),
            ManifestLanguage(tag="fr", title="Un nouveau bac", status=status, translation=record),
        ),
        files=(),
    )


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_it_holds_the_files_a_readme_and_a_manifest_sorted_by_name() -> None:
    members = unpacked(bundle(facts(), FILES, (GERMAN, FRENCH)).data)
    assert list(members) == [*sorted(FILES), "README.txt", "manifest.json"]
    assert {name: members[name] for name in FILES} == FILES


def test_the_manifest_lists_size_and_sha256_of_every_other_file() -> None:
    made = bundle(facts(), FILES, (GERMAN, FRENCH))
    members = unpacked(made.data)
    manifest = manifest_json.parse(members.pop("manifest.json"), path="manifest.json")
    assert manifest == made.manifest
    assert {file.name: (file.size, file.sha256) for file in manifest.files} == {
        name: (len(data), hashlib.sha256(data).hexdigest()) for name, data in members.items()
    }


def test_the_order_in_which_files_are_given_changes_nothing() -> None:
    backwards = dict(reversed(FILES.items()))
    assert bundle(facts(), backwards, (GERMAN,)).data == bundle(facts(), FILES, (GERMAN,)).data


def test_another_process_in_another_time_zone_and_locale_makes_the_same_bytes(tmp_path: Path) -> None:
    script = (
        "import hashlib, importlib.util as u, sys;"
        f"spec = u.spec_from_file_location('case', {__file__!r}); case = u.module_from_spec(spec);"
        "spec.loader.exec_module(case);"
        "data = case.bundle(case.facts(), case.FILES, (case.GERMAN, case.FRENCH)).data;"
        "print(hashlib.sha256(data).hexdigest())"
    )
    here = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONHASHSEED": "7"}
    expected = hashlib.sha256(bundle(facts(), FILES, (GERMAN, FRENCH)).data).hexdigest()
    for zone in ("Pacific/Kiritimati", "America/St_Johns"):
        run = subprocess.run(
            [sys.executable, "-c", script],
            env=here | {"TZ": zone, "LC_ALL": "C"},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        assert run.stdout.strip() == expected


def test_the_bytes_are_the_ones_of_every_machine() -> None:
    data = bundle(facts(), {"a.pdf": b"%PDF"}, ()).data
    assert hashlib.sha256(data).hexdigest() == "e4eee70a2bfb52ddc9664d2b600164b92d0ad6748f05cdbe998c953133bf45f0"


def test_a_bundle_is_called_final_only_if_every_language_is() -> None:
    final, draft = facts(FINAL), facts(DRAFT)
    mixed = replace(final, languages=(final.languages[0], draft.languages[1]))
    assert bundle_name(final) == "2026-03-02-faehre.zip"
    assert bundle_name(draft) == bundle_name(mixed) == "2026-03-02-faehre.draft.zip"
    assert bundle(mixed, FILES, (GERMAN,)).name == "2026-03-02-faehre.draft.zip"
    assert bundle(mixed, FILES, (GERMAN,)).manifest.status is EditionStatus.DRAFT


def test_an_embargo_is_in_the_name_in_the_time_zone_of_the_release() -> None:
    moment = datetime(2026, 3, 2, 9, 5, tzinfo=ZoneInfo("Europe/Berlin"))
    assert bundle_name(replace(facts(FINAL), embargo=moment)) == "2026-03-02-faehre.embargo-2026-03-02-0905.zip"
    name = bundle_name(replace(facts(DRAFT), embargo=moment))
    assert name == "2026-03-02-faehre.embargo-2026-03-02-0905.draft.zip"
    assert is_bundle_name(name, "2026-03-02-faehre")
    assert not is_bundle_name(name, "2026-03-02-faehr.")
    assert not is_bundle_name("2026-03-02-faehre.pictures.zip", "2026-03-02-faehre")


def test_what_is_called_final_but_approved_by_nobody_is_not_bundled() -> None:
    claimed = replace(facts(DRAFT).languages[1], status=EditionStatus.FINAL)
    with pytest.raises(GateError, match="names nobody who approved it"):
        bundle(replace(facts(FINAL), languages=(facts(FINAL).languages[0], claimed)), FILES, (GERMAN,))


@pytest.mark.parametrize("name", ["../x.pdf", "MANIFEST.json", "readme.txt", "2026-03-02-FAEHRE.de.pdf", "a\\b"])
def test_names_that_do_not_unpack_alike_everywhere_are_refused(name: str) -> None:
    with pytest.raises(GateError, match="2026-03-02-faehre cannot be bundled") as caught:
        bundle(facts(), {**FILES, name: b""}, (GERMAN,))
    assert name in str(caught.value)


@pytest.mark.parametrize("name", ["manifest.json", "manifest.json.p7s", "MANIFEST.json.P7S", "README.txt"])
def test_a_file_cannot_take_the_place_of_manifest_seal_or_readme(name: str) -> None:
    with pytest.raises(GateError):
        bundle(facts(), {**FILES, name: b"mine"}, (GERMAN,))


def test_more_files_than_a_check_would_read_are_refused() -> None:
    with pytest.raises(GateError, match="more than 1,000 files"):
        bundle(facts(), {f"{number}.txt": b"" for number in range(1000)}, (GERMAN,))


def test_the_record_counts_states_and_origins_and_names_the_engines() -> None:
    record = translation_record(
        bitext(
            segment(1, State.INITIAL),
            segment(2, State.TRANSLATED, OriginKind.MT, "deep-translator:google", "1.11.4"),
            segment(3, State.REVIEWED, OriginKind.MT, "deep-translator:google", "1.11.4"),
            segment(4, State.TRANSLATED, OriginKind.MT, "deep-translator:libre"),
            segment(5, State.TRANSLATED, OriginKind.TM, "2025-03-01-faehre#S004"),
        ),
        approved=False,
    )
    assert dict(record.segments) == {State.INITIAL: 1, State.TRANSLATED: 3, State.REVIEWED: 1, State.FINAL: 0}
    assert dict(record.origins) == {OriginKind.TM: 1, OriginKind.MT: 3, OriginKind.HUMAN: 0}
    assert record.engines == (
        EngineShare(engine="deep-translator:google", version="1.11.4", segments=2),
        EngineShare(engine="deep-translator:libre", version=None, segments=1),
    )


def test_an_approval_that_no_longer_covers_the_text_is_not_in_the_record() -> None:
    assert translation_record(FINAL, approved=True).approval == APPROVAL
    assert translation_record(FINAL, approved=False).approval is None


def test_the_readme_says_in_each_language_what_it_is_what_is_in_it_and_how_to_check_it() -> None:
    name = "2026-03-02-faehre.draft.zip"
    assert readme((GERMAN, FRENCH), bundle=name, status=EditionStatus.DRAFT) == (
        "Medieninformation: Neue Fähre\n"
        "=============================\n"
        "ENTWURF\n"
        "Nr. 12/2026\n"
        "\n"
        "Dateien\n"
        "  2026-03-02-faehre.de.pdf   PDF\n"
        "  2026-03-02-faehre.de.docx  Word\n"
        "\n"
        "Prüfen, ob alles unverändert ist:\n"
        "  communique verify 2026-03-02-faehre.draft.zip\n"
        "\n"
        "\n"
        "Communiqué de presse\u00a0: Un nouveau bac\n"
        "=====================================\n"
        "PROJET\n"
        "\n"
        "Fichiers\n"
        "  2026-03-02-faehre.fr.pdf   PDF\n"
        "  2026-03-02-faehre.fr.docx  Word\n"
        "\n"
        "Pour vérifier que rien n’a été modifié\u00a0:\n"
        "  communique verify 2026-03-02-faehre.draft.zip\n"
    )


def seal(manifest: bytes) -> bytes:
    return b"seal over " + hashlib.sha256(manifest).digest()


def test_a_final_bundle_holds_the_seal_over_exactly_the_bytes_of_its_manifest() -> None:
    made = bundle(facts(), FILES, (GERMAN, FRENCH), seal)
    members = unpacked(made.data)
    assert list(members) == [*sorted(FILES), "README.txt", "manifest.json", "manifest.json.p7s"]
    assert members["manifest.json.p7s"] == seal(members["manifest.json"])
    assert verify(made.data).passed


def test_a_draft_is_never_sealed() -> None:
    assert bundle(facts(DRAFT), FILES, (GERMAN,), seal) == bundle(facts(DRAFT), FILES, (GERMAN,))


def test_without_a_seal_nothing_is_written() -> None:
    def refuse(_: bytes) -> bytes:
        raise SealError("no password")

    with pytest.raises(SealError, match="no password"):
        bundle(facts(), FILES, (GERMAN,), refuse)


def test_the_seal_counts_among_the_files_that_a_check_would_read() -> None:
    files = {f"{number}.txt": b"" for number in range(998)}
    assert verify(bundle(facts(), files, (GERMAN,)).data).passed
    with pytest.raises(GateError, match="more than 1,000 files"):
        bundle(facts(), files, (GERMAN,), seal)


def test_the_readme_of_a_sealed_bundle_tells_of_the_seal_and_how_to_check_it() -> None:
    text = unpacked(bundle(facts(), FILES, (GERMAN, FRENCH), seal).data)["README.txt"].decode()
    assert (
        "Prüfen, von wem es ist:\n"
        "  communique verify 2026-03-02-faehre.zip --trust ca.pem\n"
        "\n"
        "\n"
        "Communiqué de presse\u00a0: Un nouveau bac\n"
    ) in text
    assert "Pour vérifier de qui il vient\u00a0:\n" in text


def test_the_readme_of_a_draft_bundle_says_so_and_that_of_a_final_one_does_not() -> None:
    texts = [unpacked(bundle(facts(text), FILES, (GERMAN,)).data)["README.txt"].decode() for text in (DRAFT, FINAL)]
    assert ["ENTWURF" in text for text in texts] == [True, False]
