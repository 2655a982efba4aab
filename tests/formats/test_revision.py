"""That a release is a later version stands in its front matter, and can be put there without touching the rest."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import FormatError
from pipeline.formats.markdown import dump, parse, revised
from pipeline.model.release import Localized, Revision, RevisionKind

HEAD = "---\nid: bus\ntitle: Bus  # my note\n{}---\n\nText.\n"
NOTE = Localized(texts=(("de", "Neu."), ("fr", "Nouveau.")))
REVISION = Revision(version=2, kind=RevisionKind.FACTUAL, note=NOTE, replaces=date(2026, 5, 4))
NOTES = st.text(alphabet=st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=40)


@given(
    st.integers(2, 9999), st.sampled_from(RevisionKind), NOTES, NOTES, st.dates(date(1990, 1, 1), date(2199, 1, 1))
)
def test_what_is_put_in_is_read_back(version: int, kind: RevisionKind, de: str, fr: str, day: date) -> None:
    note = Localized(texts=(("de", de), ("fr", fr)))
    revision = Revision(version=version, kind=kind, note=note, replaces=day)
    text = revised(HEAD.format(""), revision, language="de")
    release = parse(text, language="de")
    assert release.revision == revision
    assert parse(dump(release), language="de") == release


def test_the_rest_of_the_file_stays_as_it_was() -> None:
    once = revised(HEAD.format(""), REVISION, language="de")
    assert once.startswith("---\nid: bus\ntitle: Bus  # my note\nrevision:\n")
    assert once.endswith("---\n\nText.\n")


@pytest.mark.parametrize(
    "old",
    [
        "revision: {version: 7, kind: legal, replaces: 2026-01-01, note: Alt}\n",
        "revision:\n  version: 7\n\n  kind: legal\n  note: Alt\n  replaces: 2026-01-01\nnumber: 3/2026\n",
    ],
)
def test_a_former_revision_gives_way(old: str) -> None:
    text = revised(HEAD.format(old), REVISION, language="de")
    assert text.count("revision:") == 1
    assert parse(text, language="de").revision == REVISION
    assert ("number: 3/2026" in text) == ("number" in old)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("version: 1\n  kind: legal\n  note: x\n  replaces: 2026-01-01", "2 or more"),
        ("version: 02\n  kind: legal\n  note: x\n  replaces: 2026-01-01", "2 or more"),
        ("version: 2\n  kind: other\n  note: x\n  replaces: 2026-01-01", "must be one of"),
        ("version: 2\n  kind: legal\n  replaces: 2026-01-01", "“revision.note” is missing"),
        ("version: 2\n  kind: legal\n  note: x", "“revision.replaces” is missing"),
        ("version: 2\n  kind: legal\n  note: x\n  replaces: 2026-01-01\n  by: me", "not a known key"),
    ],
)
def test_what_is_wrong_with_it_is_named(lines: str, message: str) -> None:
    with pytest.raises(FormatError, match=message):
        parse(HEAD.format(f"revision:\n  {lines}\n"), language="de")
