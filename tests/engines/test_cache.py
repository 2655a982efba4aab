"""An engine behind a cache: no text is asked for twice, whatever happens to program, file or service."""

import itertools
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.engines.answer_store import AnswerStore
from pipeline.engines.cache import Cached
from pipeline.errors import TranslationFault, WorkspaceError
from pipeline.model.issue import Span
from pipeline.model.translation import (
    Capabilities,
    Failed,
    Passage,
    Request,
    Result,
    TermPair,
    Translated,
)

BUSY = Failed(reason="is busy", fault=TranslationFault.BUSY)


HERE = Capabilities(data_leaves_machine=False, encrypted=True, max_characters=1_000)


@dataclass
class Counting:
    """An engine that remembers what it was asked."""

    name: str = "counting"
    version: str = "1"
    capabilities: Capabilities = HERE
    asked: list[str] = field(default_factory=list)
    rule: Callable[[str], Result] = lambda text: Translated(text=f"fr({text})")
    results: int | None = None
    """So many only, though it is asked for more."""

    def translate(self, request: Request) -> Iterator[Result]:
        for text in request.texts()[: self.results]:
            self.asked.append(text)
            yield self.rule(text)


def request(*texts: str, target: str = "fr", **more: tuple[object, ...]) -> Request:
    return Request(
        passages=tuple(Passage(text=text) for text in texts),
        source="de",
        target=target,
        **more,  # type: ignore[arg-type]  # context and terms, each test its own
    )


def known(tested: Cached, asked: Request) -> int:
    """Return how many passages the engine would not be asked for."""
    unknown = tested.unknown(asked).passages
    return sum(passage not in unknown for passage in asked.passages)


def answers(*texts: str) -> list[Result]:
    return [Translated(text=f"fr({text})") for text in texts]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "memory" / "answers.sqlite"


@pytest.fixture
def engine() -> Counting:
    return Counting()


@pytest.fixture
def cached(engine: Counting, path: Path) -> Cached:
    return Cached(engine=engine, store=AnswerStore(path))


def test_a_text_is_asked_for_once_and_then_never_again(cached: Cached, engine: Counting, path: Path) -> None:
    for tested in (cached, cached, Cached(engine=engine, store=AnswerStore(path))):
        assert list(tested.translate(request("Ja.", "Nein."))) == answers("Ja.", "Nein.")
    assert engine.asked == ["Ja.", "Nein."]


@given(st.lists(st.lists(st.sampled_from(["Ja.", "Nein.", "Doch.", "—", ""])), max_size=4))
@settings(max_examples=25)
def test_answers_come_in_the_order_of_the_texts_and_each_text_goes_out_once(
    tmp_path_factory: pytest.TempPathFactory, releases: list[list[str]]
) -> None:
    engine = Counting()
    tested = Cached(engine=engine, store=AnswerStore(tmp_path_factory.mktemp("cache") / "answers.sqlite"))
    for texts in releases:
        assert list(tested.translate(request(*texts))) == answers(*texts)
    assert sorted(engine.asked) == sorted(set(itertools.chain(*releases)))


def test_it_is_the_engine_in_every_other_respect(cached: Cached, engine: Counting) -> None:
    assert (cached.name, cached.version, cached.capabilities) == (engine.name, engine.version, engine.capabilities)


@pytest.mark.parametrize(
    "changed",
    [
        lambda engine: replace(engine, name="other"),
        lambda engine: replace(engine, version="2"),
    ],
    ids=["engine", "version"],
)
def test_another_engine_or_version_is_asked_anew(
    cached: Cached, engine: Counting, path: Path, changed: Callable[[Counting], Counting]
) -> None:
    list(cached.translate(request("Ja.")))
    list(Cached(engine=changed(engine), store=AnswerStore(path)).translate(request("Ja.")))
    assert engine.asked == ["Ja.", "Ja."]


def test_another_language_or_protection_is_asked_anew(cached: Cached, engine: Counting) -> None:
    protected = Passage(text="Ja.", keep=(Span(start=0, end=2),))
    for asked in (request("Ja."), request("Ja.", target="it"), replace(request(), passages=(protected,))):
        list(cached.translate(asked))
    assert engine.asked == ["Ja."] * 3


def test_a_change_elsewhere_in_the_release_sends_nothing_again(cached: Cached, engine: Counting) -> None:
    list(cached.translate(request("Ja.", context=("Ja.", "Der Rest."))))
    list(cached.translate(request("Ja.", context=("Ja.", "Der Rest ist anders."))))
    assert engine.asked == ["Ja."]


def test_terms_count_where_they_occur_and_the_engine_reads_them(path: Path) -> None:
    engine = Counting(capabilities=replace(HERE, reads_terms=True))
    tested = Cached(engine=engine, store=AnswerStore(path))
    sentence, other = "Die Brücken der Gemeinden.", "Der Wald."
    for target in ("commune", "municipalité"):
        terms = (TermPair(source="Gemeinde", target=target), TermPair(source="Land", target=target))
        list(tested.translate(request(sentence, other, terms=terms)))
    assert engine.asked == [sentence, other, sentence]


def test_terms_mean_nothing_to_an_engine_that_does_not_read_them(cached: Cached, engine: Counting) -> None:
    for terms in ((), (TermPair(source="Wald", target="forêt"),)):
        list(cached.translate(request("Der Wald.", terms=terms)))
    assert engine.asked == ["Der Wald."]


def test_failures_are_not_kept(cached: Cached, engine: Counting) -> None:
    engine.rule = lambda text: BUSY if text == "Nein." else Translated(text="Oui.")
    assert list(cached.translate(request("Ja.", "Nein."))) == [Translated(text="Oui."), BUSY]
    engine.rule = lambda _: Translated(text="Non.")
    assert list(cached.translate(request("Ja.", "Nein."))) == [Translated(text="Oui."), Translated(text="Non.")]
    assert engine.asked == ["Ja.", "Nein.", "Nein."]


def test_how_many_passages_are_known_is_told_without_asking(cached: Cached, engine: Counting) -> None:
    assert known(cached, request("Ja.", "Nein.", "Ja.")) == 0
    list(cached.translate(request("Ja.")))
    assert known(cached, request("Ja.", "Nein.", "Ja.")) == 2
    assert engine.asked == ["Ja."]


def test_an_answer_is_kept_before_the_next_one_is_asked_for(cached: Cached) -> None:
    results = cached.translate(request("Ja.", "Nein.", "Doch."))
    next(results)
    assert known(cached, request("Ja.", "Nein.")) == 1


def test_an_engine_that_answers_too_little_loses_nothing(cached: Cached, engine: Counting) -> None:
    engine.results = 1
    one, two = cached.translate(request("Ja.", "Nein."))
    assert one == Translated(text="fr(Ja.)")
    assert isinstance(two, Failed)


def test_the_oldest_answers_make_room(engine: Counting, path: Path) -> None:
    tested = Cached(engine=engine, store=AnswerStore(path, entries=10))
    texts = [f"Satz {number}." for number in range(25)]
    list(tested.translate(request(*texts)))
    assert [known(tested, request(text)) for text in texts] == [0] * 15 + [1] * 10


def test_an_answer_of_a_size_that_would_fill_the_file_is_not_kept(cached: Cached, engine: Counting) -> None:
    engine.rule = lambda _: Translated(text="x" * 30_000)
    list(cached.translate(request("Ja.")))
    assert known(cached, request("Ja.")) == 0


def test_any_text_comes_back_as_it_was(cached: Cached) -> None:
    for _ in range(2):
        assert list(cached.translate(request("\ud800 Ü 🙂"))) == answers("\ud800 Ü 🙂")


def test_the_file_is_its_owners_alone(cached: Cached, path: Path) -> None:
    results = cached.translate(request("Ja.", "Nein."))
    next(results)
    assert {part.stat().st_mode & 0o777 for part in path.parent.iterdir()} == {0o600}


def test_what_was_answered_is_there_after_the_program_was_killed(cached: Cached, path: Path) -> None:
    program = (
        "import sys, itertools\n"
        "from pathlib import Path\n"
        "from pipeline.engines.answer_store import AnswerStore\n"
        "with AnswerStore(Path(sys.argv[1])).opened() as answers:\n"
        "    for number in itertools.count():\n"
        "        answers.put(b'%d' % number, str(number))\n"
        "        print(number, flush=True)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        told = [int(running.stdout.readline()) for _ in range(200)]
        running.send_signal(signal.SIGKILL)
    with cached.store.opened() as kept:
        assert len(kept.get(b"%d" % number for number in told)) == 200


def test_several_programs_may_write_at_once(path: Path) -> None:
    def write(name: int) -> None:
        with AnswerStore(path).opened() as kept:
            for number in range(50):
                kept.put(b"%d-%d" % (name, number), "x")

    threads = [threading.Thread(target=write, args=(name,)) for name in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with AnswerStore(path).opened() as kept:
        assert len(kept.get(b"%d-%d" % (name, number) for name in range(6) for number in range(50))) == 300


def damaged_head(path: Path) -> None:
    path.write_bytes(b"no database at all" * 300)


def damaged_pages(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    path.write_bytes(data)


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def other_tables(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.executescript("DROP TABLE answers; CREATE TABLE answers (id); PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


@pytest.mark.parametrize("damage", [damaged_head, damaged_pages, cut_short, other_tables])
def test_a_damaged_file_is_set_aside_and_a_new_one_begun(
    cached: Cached, engine: Counting, path: Path, damage: Callable[[Path], None]
) -> None:
    texts = [f"Satz {number}." for number in range(200)]
    list(cached.translate(request(*texts)))
    damage(path)
    broken = path.read_bytes()
    assert list(cached.translate(request(*texts))) == answers(*texts)
    assert path.with_name("answers.sqlite.damaged").read_bytes() == broken
    assert known(cached, request(*texts)) == 200
    assert len(engine.asked) == 400


def test_a_text_that_the_disk_changed_is_asked_again(cached: Cached, path: Path) -> None:
    list(cached.translate(request("Ja.", "Nein.")))
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE answers SET text = 'Non.' WHERE id = 1")
    connection.close()
    assert list(cached.translate(request("Ja."))) == answers("Ja.")
    assert known(cached, request("Ja.", "Nein.")) == 2


def test_a_place_that_cannot_be_used_is_told_before_anything_is_asked(engine: Counting, tmp_path: Path) -> None:
    (tmp_path / "memory").write_text("a file")
    tested = Cached(engine=engine, store=AnswerStore(tmp_path / "memory" / "answers.sqlite"))
    with pytest.raises(WorkspaceError, match=r"answers\.sqlite: the translations kept there cannot be used"):
        list(tested.translate(request("Ja.")))
    assert engine.asked == []


def test_a_folder_in_its_place_is_told_too(engine: Counting, path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(WorkspaceError, match="cannot be used"):
        list(Cached(engine=engine, store=AnswerStore(path)).translate(request("Ja.")))


def test_an_answer_that_cannot_be_kept_still_reaches_the_draft(cached: Cached, path: Path) -> None:
    results = cached.translate(request("Ja.", "Nein."))
    next(results)
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TRIGGER full BEFORE INSERT ON answers BEGIN SELECT RAISE(ABORT, 'no room'); END")
    connection.close()
    assert next(results) == Translated(text="fr(Nein.)")
    assert known(cached, request("Ja.", "Nein.")) == 1
