"""The memory on disk says what approved releases say now, whatever happens to its file."""

import random
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from pipeline.errors import FormatError, WorkspaceError
from pipeline.memory import trigrams
from pipeline.memory.entries import Entry, normalised, normalised_runs, of_bitext
from pipeline.memory.index import MAX_LENGTH
from pipeline.memory.store import MAX_TEXT, Store
from pipeline.model.bitext import State
from pipeline.model.inline import Run, inlines, plain
from tests.memory.documents import bitext, filled, release, said, tmx

ROOT = Path(__file__).parents[2]
WORDS = (
    "Land Alvenz Brücke Zug Gäste Ministerin eröffnet fördert am im neue Grenze Schule Jahr Woche Straße".split()
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "memory" / "tm.sqlite"


def test_a_final_segment_is_known_with_where_it_comes_from(path: Path) -> None:
    with closing(filled(path, release("2025-fest", ("Guten Tag.", "Bonjour.")))) as store:
        assert said(store, "Guten Tag.") == ("Bonjour.", "2025-fest#S001")
        assert said(store, "Gute Nacht.") is None


def test_blanks_make_no_difference_and_formatting_does(path: Path) -> None:
    with closing(filled(path, release("r", ("Guten \u00a0Tag.\n", "Bonjour\u202f!")))) as store:
        assert said(store, " Guten Tag.") == ("Bonjour\u202f!", "r#S001")
        assert said(store, (Run(text="Guten Tag.", bold=True),)) is None


def test_formatting_of_both_sides_is_kept(path: Path) -> None:
    source, target = (
        (Run(text="Das "), Run(text="neue", bold=True)),
        (Run(text="Le *nouveau*", href="https://a.b/"),),
    )
    with closing(filled(path, release("r", (source, target), ("*neu*", "<neuf>")))) as store:
        assert said(store, (Run(text="Das  "), Run(text="neue", bold=True))) == ("Le *nouveau*", "r#S001")
        assert said(store, "*neu*") == ("<neuf>", "r#S002")
        assert said(store, (Run(text="neu", italic=True),)) is None


def test_only_final_segments_of_approved_releases_are_taken() -> None:
    assert list(of_bitext(bitext("r", ("a", "b"), state=State.REVIEWED))) == []
    assert list(of_bitext(replace(bitext("r", ("a", "b")), approval=None))) == []


def test_another_target_language_knows_nothing_of_it(path: Path) -> None:
    with closing(filled(path, release("r", ("Guten Tag.", "Bonjour.")))) as store:
        assert said(store, "Guten Tag.", "de>fr-CH") is None


def test_texts_too_long_to_be_sentences_are_left_out(path: Path) -> None:
    with closing(filled(path, release("r", ("x" * (MAX_TEXT + 1), "y"), ("a", "b")))) as store:
        assert said(store, "x" * (MAX_TEXT + 1)) is None
        assert said(store, "a") == ("b", "r#S002")


def test_of_two_wordings_the_later_approved_one_wins_and_the_other_is_never_given(path: Path) -> None:
    old = release("a", ("Guten Tag.", "Salut."), day="2026-01-01")
    new = release("b", ("Guten Tag.", "Bonjour."), day="2026-01-02")
    with closing(filled(path, new, old)) as store:
        assert said(store, "Guten Tag.") == ("Bonjour.", "b#S001")
        store.sync([old])
        assert said(store, "Guten Tag.") == ("Salut.", "a#S001")


def test_the_offices_own_wording_comes_before_that_of_a_later_file(path: Path) -> None:
    own = release("a", ("Guten Tag.", "Bonjour."), day="2020-01-01")
    with closing(filled(path, own, tmx("x.tmx", ("Guten Tag.", "Salut."), ("Danke.", "Merci.")))) as store:
        assert said(store, "Guten Tag.") == ("Bonjour.", "a#S001")
        assert said(store, "Danke.") == ("Merci.", "x.tmx#2")


def test_what_has_not_changed_is_not_read_again(path: Path) -> None:
    item = release("r", ("Guten Tag.", "Bonjour."))

    def unread() -> Iterator[Entry]:
        raise AssertionError

    with closing(filled(path, item)) as store:
        assert store.sync([replace(item, load=unread)]).read == 0
        assert said(store, "Guten Tag.") is not None


def test_a_changed_release_is_replaced_and_a_vanished_one_retired(path: Path) -> None:
    with closing(
        filled(path, release("a", ("eins", "un"), ("zwei", "deux")), release("b", ("drei", "trois")))
    ) as store:
        report = store.sync([release("a", ("zwei", "deux"), ("vier", "quatre"))])
        assert (report.read, report.retired) == (1, 1)
        assert [said(store, word) for word in ("eins", "zwei", "drei", "vier")] == [
            None, ("deux", "a#S001"), None, ("quatre", "a#S002"),
        ]  # fmt: skip
        assert [row[0] for row in store.database.rows("SELECT plain FROM source ORDER BY plain")] == [
            "vier",
            "zwei",
        ]


def test_a_file_that_cannot_be_read_is_reported_and_leaves_nothing_behind(path: Path) -> None:
    def broken() -> Iterator[Entry]:
        yield from of_bitext(bitext("x", ("fünf", "cinq")))
        raise FormatError("breaks off", path="x.tmx")

    first = release("x", ("eins", "un"))
    with closing(filled(path, first)) as store:
        report = store.sync([replace(first, digest="new", load=broken), release("y", ("zwei", "deux"))])
        assert (report.read, report.problems) == (1, ("x.tmx: breaks off",))
        assert [said(store, word) for word in ("eins", "fünf")] == [None, None]
        assert said(store, "zwei") == ("deux", "y#S001")
        assert store.sync([first, release("y", ("zwei", "deux"))]).read == 1


def another_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE mine (x)")


def another_version(path: Path) -> None:
    Store(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")


@pytest.mark.parametrize(
    "spoil",
    [lambda path: path.write_bytes(b"no database" * 500), another_database, another_version],
    ids=["garbage", "another program's", "another version's"],
)
def test_a_file_that_is_no_memory_of_ours_is_set_aside(path: Path, spoil: object) -> None:
    path.parent.mkdir()
    assert callable(spoil)
    spoil(path)
    with closing(filled(path, release("r", ("eins", "un")))) as store:
        assert said(store, "eins") == ("un", "r#S001")
    assert path.with_name("tm.sqlite.damaged").exists()


def test_an_empty_file_is_a_new_memory(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    with closing(filled(path, release("r", ("eins", "un")))) as store:
        assert said(store, "eins") == ("un", "r#S001")
    assert not path.with_name("tm.sqlite.damaged").exists()


def test_a_file_that_proves_damaged_later_stops_neither_a_look_up_nor_the_next_filling(path: Path) -> None:
    documents = [release(f"r{number}", *[(f"Satz {number} {n}", "x") for n in range(300)]) for number in range(5)]
    filled(path, *documents).close()
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * len(data[4096:])
    path.write_bytes(data)
    with closing(Store(path)) as store:
        assert said(store, "Satz 1 1") is None
        assert store.sync(documents).problems == ()
        assert said(store, "Satz 1 1") == ("x", "r1#S002")


def test_a_cut_off_file_is_made_anew(path: Path) -> None:
    documents = [release("r", *[(f"Satz {n}", "x") for n in range(2_000)])]
    filled(path, *documents).close()
    path.write_bytes(path.read_bytes()[:20_000])
    with closing(Store(path)) as store:
        store.sync([*documents, release("s", ("neu", "neuf"))])
        store.sync([*documents, release("s", ("neu", "neuf"))])
        assert said(store, "neu") == ("neuf", "s#S001")
        assert said(store, "Satz 7") == ("x", "r#S008")


def test_a_folder_that_cannot_be_written_is_told_in_one_line(path: Path) -> None:
    path.parent.write_text("in the way", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="the translation memory cannot be opened"):
        Store(path)


CHILD = """
import sys
from pathlib import Path
from dataclasses import replace
from pipeline.memory.store import Store
from tests.memory.documents import release
documents = [release(f"r{n:03d}", *[(f"Satz {n} {k}", f"phrase {n} {k}") for k in range(20)]) for n in range(120)]
if sys.argv[2] == "stop":
    def stopping(item):
        entries = list(item.load())
        yield from entries[:10]
        print("here", flush=True)
        sys.stdin.read()
    documents[70] = replace(documents[70], load=lambda item=documents[70]: stopping(item))
print(Store(Path(sys.argv[1])).sync(documents).problems)
"""


def child(path: Path, what: str) -> "subprocess.Popen[str]":
    command = (sys.executable, "-c", CHILD, str(path), what)
    return subprocess.Popen(command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def test_two_programs_that_fill_it_at_once_do_not_disturb_each_other(path: Path) -> None:
    children = [child(path, "go") for _ in range(3)]
    outputs = [process.communicate(timeout=60)[0] for process in children]
    assert outputs == ["()\n"] * 3
    with closing(Store(path)) as store:
        assert store.database.rows("SELECT count(*), count(DISTINCT source) FROM entry") == [(2_400, 2_400)]
        assert store.database.rows("PRAGMA integrity_check") == [("ok",)]


def test_killed_in_the_middle_of_a_document_it_has_all_of_each_or_nothing(path: Path) -> None:
    with child(path, "stop") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "here\n"
        process.kill()
    with closing(Store(path)) as store:
        counts = store.database.rows("SELECT count(*) FROM entry GROUP BY document")
        assert counts == [(20,)] * len(counts)
    assert child(path, "go").communicate(timeout=60)[0] == "()\n"
    with closing(Store(path)) as store:
        assert store.database.rows("SELECT count(*), count(DISTINCT source) FROM entry") == [(2_400, 2_400)]


def sentences(count: int, seed: int) -> list[str]:
    rng = random.Random(seed)  # noqa: S311 (repeatable samples, no secret)
    return [" ".join(rng.choices(WORDS, k=rng.randint(3, 14))) + f" {number}." for number in range(count)]


def best(query: str, texts: list[str], least: int = 70) -> list[int]:
    """Return the percents of all texts like enough, by looking at each."""
    found = []
    for text in texts:
        length = max(len(query), len(text))
        distance = Levenshtein.distance(query, text)
        if 100 * distance <= (100 - least) * length:
            found.append(100 * (length - distance) // length)
    return sorted(found, reverse=True)


@pytest.mark.parametrize("scanned", [0, 100, 10_000], ids=["all indexed", "most indexed", "none indexed"])
def test_similar_texts_are_found_as_by_looking_at_each(path: Path, scanned: int) -> None:
    texts = sentences(6_000, seed=1)
    with closing(filled(path, release("r", *[(text, "x") for text in texts]), scanned=scanned)) as store:
        for query in [*sentences(20, seed=2), *(text.replace("a", "e", 3) for text in texts[:20])]:
            found = [item.percent for item in store.index.nearest(query, 70, 5)]
            assert found == best(query, texts)[:5]


def test_at_the_limit_whole_numbers_decide(path: Path) -> None:
    with closing(filled(path, release("r", ("abcdefghij", "x")), scanned=0)) as store:
        assert [item.percent for item in store.index.nearest("abcdefgxyz", 70, 5)] == [70]
        assert store.index.nearest("abcdefwxyz", 70, 5) == []


def test_new_sources_join_the_index_when_they_are_many(path: Path) -> None:
    texts = sentences(90, seed=3)
    store = Store(path, scanned=20)
    for count in (30, 45, 60, 90):
        store.sync([release(f"r{number}", *[(text, "x") for text in texts[number : number + 15]])
                    for number in range(0, count, 15)])  # fmt: skip
        assert all(store.index.nearest(text, 100, 1)[0].text == text for text in texts[:count])
        assert store.index.nearest(texts[-1], 100, 1) == [] or count == len(texts)
    assert len(list(store.index.folder.iterdir())) == 1
    store.close()


def test_retired_sources_are_not_found_and_leave_the_index_when_they_are_most_of_it(path: Path) -> None:
    texts = sentences(60, seed=4)
    kept = release("kept", *[(text, "x") for text in texts[:10]])
    with closing(filled(path, kept, release("gone", *[(text, "x") for text in texts[10:]]), scanned=5)) as store:
        store.sync([kept])
        assert store.index.nearest(texts[20], 100, 1) == []
        assert store.index.nearest(texts[5], 100, 1)[0].text == texts[5]
        assert store.database.rows("SELECT sum(rows) FROM block") == [(10,)]


@pytest.mark.parametrize("spoil", [Path.unlink, lambda file: file.write_bytes(file.read_bytes()[:5_000])])
def test_without_its_files_the_index_finds_the_same_and_makes_them_anew(path: Path, spoil: object) -> None:
    texts = sentences(50, seed=5)
    document = release("r", *[(text, "x") for text in texts])
    filled(path, document, scanned=10).close()
    (file,) = path.with_suffix(".index").iterdir()
    assert callable(spoil)
    spoil(file)
    with closing(Store(path, scanned=10)) as store:
        assert store.index.nearest(texts[7], 100, 1)[0].text == texts[7]
        store.sync([document])
        assert [found.name for found in store.index.folder.iterdir()] != [file.name]
        assert store.index.nearest(texts[7], 100, 1)[0].text == texts[7]


def test_nothing_is_like_an_empty_or_endless_text(path: Path) -> None:
    with closing(filled(path, release("r", ("eins", "un")))) as store:
        assert store.index.nearest("", 70, 5) == []
        assert store.index.nearest("x" * (MAX_LENGTH + 1), 70, 5) == []


@settings(max_examples=30)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=3, max_size=30), min_size=1))
def test_every_text_shares_most_with_itself(texts: list[str]) -> None:
    block = trigrams.unpack(trigrams.pack(list(enumerate(texts))))
    for number, text in enumerate(texts):
        same = [other for other, words in enumerate(texts) if words == text]
        found = trigrams.most_alike([block], text, (len(text), len(text)), len(texts))
        assert set(same) <= set(found) or "\0" in text, number


@given(st.lists(st.builds(Run, text=st.text("a \n\u00a0", max_size=5), bold=st.booleans())).map(tuple))
def test_runs_are_normalised_like_their_text(runs: tuple[Run, ...]) -> None:
    once = normalised_runs(runs)
    assert plain(once) == normalised(plain(runs))
    assert normalised_runs(once) == once
    assert normalised_runs(inlines("a  b")) == inlines("a b")
