"""`manifest.json` says the same in the same bytes, and refuses what it does not understand."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import FormatError
from pipeline.formats.manifest import MAX_BYTES, dump, parse
from pipeline.model.bitext import Approval, OriginKind, State
from pipeline.model.edition import EditionStatus
from pipeline.model.manifest import (
    EngineShare,
    Manifest,
    ManifestFile,
    ManifestLanguage,
    TranslationRecord,
)

BERLIN = ZoneInfo("Europe/Berlin")
MANIFEST = Manifest(
    release="2026-03-02-neue-faehre",
    version=1,
    product="communique 0.1.0",
    made=datetime(2026, 3, 2, tzinfo=BERLIN),
    embargo=datetime(2026, 3, 2, 9, tzinfo=BERLIN),
    languages=(
        ManifestLanguage(
            tag="de", title="Neue Fähre: Linie 7 fährt wieder", status=EditionStatus.FINAL, translation=None
        ),
        ManifestLanguage(
            tag="fr",
            title="Nouveau bac\u00a0: la ligne\u00a07 reprend du service",
            status=EditionStatus.FINAL,
            translation=TranslationRecord(
                segments=((State.INITIAL, 0), (State.TRANSLATED, 0), (State.REVIEWED, 0), (State.FINAL, 3)),
                origins=((OriginKind.TM, 1), (OriginKind.MT, 2), (OriginKind.HUMAN, 0)),
                engines=(
                    EngineShare(engine="deep-translator:google", version="1.11.4", segments=1),
                    EngineShare(engine="deep-translator:libre", version=None, segments=1),
                ),
                approval=Approval(
                    by="Eva Muster <eva@example.org>",
                    at=datetime(2026, 3, 1, 17, 30, tzinfo=BERLIN),
                    source_hash="a" * 64,
                    target_hash="b" * 64,
                ),
            ),
        ),
    ),
    files=(
        ManifestFile(name="2026-03-02-neue-faehre.de.pdf", size=3, sha256="c" * 64),
        ManifestFile(name="README.txt", size=0, sha256="d" * 64),
    ),
)


def changed(change: Callable[[dict[str, Any]], object]) -> bytes:
    """Return the manifest's JSON after `change` was made to it."""
    data = json.loads(dump(MANIFEST))
    change(data)
    return json.dumps(data).encode()


def test_what_is_written_reads_back_equal() -> None:
    assert parse(dump(MANIFEST), path="manifest.json") == MANIFEST


def test_the_documented_example_is_a_manifest_as_it_is_written() -> None:
    page = (Path(__file__).parents[2] / "docs" / "bundle.md").read_text(encoding="utf-8")
    example = page.partition("```json\n")[2].partition("```")[0].encode()
    assert dump(parse(example, path="manifest.json")) == example


def test_keys_are_sorted_text_is_utf8_and_the_last_line_is_ended() -> None:
    raw = dump(MANIFEST)
    data = json.loads(raw)
    assert raw == (json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()
    assert "Neue Fähre".encode() in raw


def test_one_time_in_two_zones_gives_two_texts_and_the_same_moment() -> None:
    paris = replace(MANIFEST, embargo=datetime(2026, 3, 2, 8, tzinfo=ZoneInfo("Europe/London")))
    assert b'"embargo": "2026-03-02T08:00:00+00:00"' in dump(paris)
    assert parse(dump(paris), path="manifest.json") == MANIFEST


def test_draft_and_final_are_told_by_the_languages() -> None:
    german, french = MANIFEST.languages
    draft = replace(MANIFEST, languages=(german, replace(french, status=EditionStatus.DRAFT)))
    assert json.loads(dump(MANIFEST))["status"] == "final"
    assert json.loads(dump(draft))["status"] == "draft"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda data: data.update(format="zip"), "not the manifest of a bundle"),
        (lambda data: data.update(format_version=2), "“format_version” is 2, but this program reads 1"),
        (lambda data: data.update(signature="x"), "“signature” is not a known key"),
        (lambda data: data.pop("release"), "“release” is missing"),
        (lambda data: data.update(version=0), "“version” must be a whole number of at least 1"),
        (lambda data: data.update(version=True), "“version” must be a whole number"),
        (lambda data: data.update(made="2026-03-02"), "“made” must be a time with its zone"),
        (lambda data: data.update(made="0001-01-01T00:00:00+14:00"), "“made” must be a time between 1980 and 2107"),
        (lambda data: data.update(made="2026 "), "“made” must be a time with its zone"),
        (lambda data: data.update(embargo=5), "“embargo” must be a text"),
        (lambda data: data.update(status="draft"), "“status” is “draft”, but the languages make it “final”"),
        (lambda data: data.pop("files"), "“files” is missing"),
        (lambda data: data["files"].update({"x.pdf": None}), "“files.x.pdf” must hold named values"),
        (lambda data: data["files"].update({"x.pdf": {"size": -1, "sha256": "e" * 64}}), "“files.x.pdf.size”"),
        (lambda data: data["files"].update({"x.pdf": {"size": 1, "sha256": "E" * 64}}), "“files.x.pdf.sha256”"),
        (lambda data: data["languages"]["fr"].update(status="ready"), "must be one of final, draft"),
        (lambda data: data["languages"]["fr"]["translation"]["segments"].pop("final"), "segments.final"),
        (lambda data: data["languages"]["fr"]["translation"]["origins"].update(ai=1), "“languages.fr.translation."),
        (lambda data: data["languages"]["fr"]["translation"]["approval"].pop("by"), "approval.by” is missing"),
    ],
)
def test_a_wrong_value_is_named_by_its_key(change: Callable[[dict[str, Any]], object], message: str) -> None:
    with pytest.raises(FormatError, match=r"^manifest\.json: ") as caught:
        parse(changed(change), path="manifest.json")
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "damaged JSON"),
        (b"\xff\xfe{}", "not UTF-8"),
        (dump(MANIFEST)[:200], "damaged JSON"),
        (b'{"format": "communique-bundle", "format": "communique-bundle"}', "a key stands twice"),
        (b"[" * 100_000, "damaged JSON"),
        (b'{"format": ' + b"9" * 5000 + b"}", "damaged JSON"),
        (b'{"format": "\\ud800"}', "half a character"),
        (b"[]", "holds no named values"),
        (b" " * (MAX_BYTES + 1), "larger than 1000 kB"),
    ],
)
def test_what_is_no_manifest_is_refused_in_one_line(raw: bytes, message: str) -> None:
    with pytest.raises(FormatError, match=message) as caught:
        parse(raw, path="manifest.json")
    assert "\n" not in str(caught.value)


@given(data=st.data())
def test_a_manifest_with_any_value_replaced_is_read_or_refused_but_never_breaks(data: st.DataObject) -> None:
    junk = st.one_of(
        st.none(), st.booleans(), st.integers(), st.text(), st.lists(st.integers()), st.just({"x": {}})
    )
    tree = json.loads(dump(MANIFEST))
    node = tree
    while isinstance(node[key := data.draw(st.sampled_from(sorted(node)))], dict) and data.draw(st.booleans()):
        node = node[key]
    node[key] = data.draw(junk)
    assert outcome(json.dumps(tree).encode()).startswith(("read", "manifest.json: "))


def outcome(raw: bytes) -> str:
    try:
        parse(raw, path="manifest.json")
    except FormatError as error:
        return str(error)
    return "read"


def faults(manifest: Manifest) -> str:
    return "; ".join(manifest.faults())


def test_a_sound_manifest_has_no_faults() -> None:
    assert faults(MANIFEST) == ""


def test_a_final_language_without_an_approval_contradicts_itself() -> None:
    german, french = MANIFEST.languages
    assert french.translation is not None
    orphan = replace(french, translation=replace(french.translation, approval=None))
    assert "final, but names nobody" in faults(replace(MANIFEST, languages=(german, orphan)))


def test_a_final_language_with_open_segments_contradicts_itself() -> None:
    german, french = MANIFEST.languages
    assert french.translation is not None
    states = (*french.translation.segments[:2], (State.REVIEWED, 1), (State.FINAL, 2))
    unfinished = replace(french, translation=replace(french.translation, segments=states))
    assert "counts segments that are not" in faults(replace(MANIFEST, languages=(german, unfinished)))


def test_there_is_exactly_one_source_language() -> None:
    german, french = MANIFEST.languages
    for languages in ((), (french,), (german, replace(german, tag="it"))):
        assert "exactly one language" in faults(replace(MANIFEST, languages=languages))


@pytest.mark.parametrize("name", ["../x", "Manifest.JSON", "readme.TXT"])
def test_listed_names_must_be_safe_and_without_twins(name: str) -> None:
    extra = ManifestFile(name=name, size=0, sha256="e" * 64)
    assert name in faults(replace(MANIFEST, files=(*MANIFEST.files, extra)))
