"""Translation on this machine, with a real model that is installed, proven and loaded like any other."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.engines.models.install import take_model
from pipeline.engines.models.known import Card
from pipeline.engines.models.loaded import Decoding
from pipeline.engines.models.store import ModelStore
from pipeline.engines.offline import OfflineEngine, open_offline
from pipeline.errors import ConfigError, TranslationFault
from pipeline.model.issue import Span
from pipeline.model.translation import Failed, Passage, Request, Result, Translated
from tests.engines.conftest import AT, CARD
from tests.engines.tiny_model import build_opus

SENTENCE = "Die neue Brücke öffnet morgen in Alvenz."


def no_findings(_source: str, _target: str) -> int:
    return 0


def engine(store: ModelStore, decoding: Decoding | None = None) -> OfflineEngine:
    return OfflineEngine(name="offline", store=store, card=CARD, judge=no_findings, decoding=decoding or Decoding())


def request(texts: Sequence[str], source: str = "de", target: str = "fr") -> Request:
    return Request(passages=tuple(Passage(text=text) for text in texts), source=source, target=target)


def translate(engine: OfflineEngine, *texts: str) -> list[Result]:
    return list(engine.translate(request(texts)))


def translated(engine: OfflineEngine, text: str) -> str:
    (result,) = translate(engine, text)
    assert isinstance(result, Translated), result
    return result.text


def refused(engine: OfflineEngine, text: str) -> str:
    (result,) = translate(engine, text)
    assert isinstance(result, Failed), result
    assert result.fault is TranslationFault.REFUSED
    return result.reason


def test_an_installed_model_translates(store: ModelStore) -> None:
    assert translated(engine(store), SENTENCE) == "Le nouveau viaduc ouvre demain à Alvence."


def test_it_says_that_no_text_leaves_the_machine_and_which_model_it_is(store: ModelStore) -> None:
    subject = engine(store)
    assert not subject.capabilities.data_leaves_machine
    assert subject.capabilities.encrypted
    assert subject.version.startswith("tiny, ctranslate2 4.")


def test_the_translation_with_fewest_findings_wins_over_the_one_the_model_prefers(store: ModelStore) -> None:
    asked: list[tuple[str, str]] = []

    def judge(source: str, target: str) -> int:
        asked.append((source, target))
        return int("viaduc" in target)

    subject = OfflineEngine(name="offline", store=store, card=CARD, judge=judge)
    assert translated(subject, SENTENCE) == "Le nouveau pont ouvre demain à Alvence."
    assert (SENTENCE, "Le nouveau viaduc ouvre demain à Alvence.") in asked


def test_words_to_keep_count_as_findings_where_they_are_lost(store: ModelStore) -> None:
    text = "Eva Muster öffnet die Brücke"
    passage = Passage(text=text, keep=(Span(start=0, end=10),))
    (result,) = engine(store).translate(Request(passages=(passage,), source="de", target="fr"))
    assert isinstance(result, Translated)
    assert result.text.startswith("Eva Muster ouvre")


@pytest.mark.parametrize("text", ["", "  ", "12.345", "— * —", "\n"])
def test_a_text_without_letters_comes_back_as_it_is(store: ModelStore, text: str) -> None:
    assert translated(engine(store), text) == text


def test_white_space_at_the_edges_and_between_sentences_stays(store: ModelStore) -> None:
    text = "\u00a0 Der Fluss bleibt ruhig.\nDie Brücke bleibt.  Alvenz bleibt.\n"
    assert translated(engine(store), text) == ("\u00a0 Le fleuve reste calme.\nLe viaduc reste.  Alvence reste.\n")


def test_typographic_signs_are_put_plainly_to_the_model(store: ModelStore) -> None:
    assert translated(engine(store), "Der\u00a0Fluss – bleibt ru\u00adhig…") == "Le fleuve - reste calme..."


def test_results_come_in_the_order_of_the_passages_whatever_their_length(store: ModelStore) -> None:
    words = ["Alvenz", "Die Brücke öffnet morgen und morgen und morgen", "1", "Der Fluss"] * 30
    texts = [f"{word} {number}" for number, word in enumerate(words)]
    small = engine(store, Decoding(batch=60, window=200))
    results = [result.text for result in small.translate(request(texts)) if isinstance(result, Translated)]
    assert len(results) == len(texts)
    assert [text.rpartition(" ")[2] for text in results] == [str(number) for number in range(len(texts))]
    assert results[3] == "Le fleuve 3"


def test_first_results_do_not_wait_for_the_last(store: ModelStore) -> None:
    judged: set[str] = set()

    def judge(source: str, _target: str) -> int:
        judged.add(source)
        return 0

    subject = OfflineEngine(
        name="offline", store=store, card=CARD, judge=judge, decoding=Decoding(batch=60, window=60)
    )
    texts = [f"Die Brücke {number}" for number in range(100, 140)]
    results = subject.translate(request(texts))
    assert next(results) == Translated(text="Le viaduc 100")
    assert judged == {"Die Brücke 100"}
    del results
    assert translated(subject, "Alvenz") == "Alvence", "stopping early leaves the engine fit for use"


def test_equal_passages_are_asked_for_once(store: ModelStore) -> None:
    judged: list[str] = []

    def judge(source: str, _target: str) -> int:
        judged.append(source)
        return 0

    subject = OfflineEngine(name="offline", store=store, card=CARD, judge=judge)
    (alone,) = translate(subject, SENTENCE)
    once = len(judged)
    assert translate(subject, *[SENTENCE] * 5) == [alone] * 5
    assert len(judged) == 2 * once > 0


def test_batches_do_not_change_what_is_said(store: ModelStore) -> None:
    texts = [SENTENCE, "Der Fluss bleibt ruhig.", "Alvenz", "Die Brücke bleibt, sagte Eva Muster."] * 5
    alone = [result for text in texts for result in translate(engine(store), text)]
    assert list(engine(store, Decoding(batch=40, window=100)).translate(request(texts))) == alone


def test_a_long_sentence_is_cut_between_words(store: ModelStore) -> None:
    text = "Der Fluss bleibt ruhig und " * 60 + "Alvenz"
    subject = engine(store, Decoding(longest_source=23))
    assert translated(subject, text) == "Le fleuve reste calme et " * 60 + "Alvence"


def test_a_word_longer_than_the_model_takes_is_refused(store: ModelStore) -> None:
    assert "holds a word of more than" in refused(engine(store), "x" * 5000)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("nichts", "empty"),
        ("sehr ganz überaus höchst sehr ganz", "repeats itself"),
        ("das bedeutet etwas anderes", "left the text as it was"),
    ],
)
def test_an_answer_that_is_no_translation_is_refused(store: ModelStore, text: str, reason: str) -> None:
    assert reason in refused(engine(store), text)


def test_an_answer_that_hits_the_limit_of_length_is_refused(store: ModelStore) -> None:
    assert "did not come to an end" in refused(engine(store, Decoding(longest=8)), SENTENCE + " Alvenz, Alvenz")


def test_one_refused_passage_costs_no_other(store: ModelStore) -> None:
    results = translate(engine(store), "Alvenz", "nichts", "Der Fluss")
    assert [type(result) for result in results] == [Translated, Failed, Translated]


def test_names_may_stay_as_they_are(store: ModelStore) -> None:
    assert translated(engine(store), "Eva Muster und Max Muster") == "Eva Muster et Max Muster"
    assert translated(engine(store), "Eva Muster") == "Eva Muster"


def test_regions_of_language_tags_do_not_matter(store: ModelStore) -> None:
    results = list(engine(store).translate(request(["Alvenz"], "de-DE", "fr-CH")))
    assert results == [Translated(text="Alvence")]


def test_another_pair_of_languages_is_refused_passage_by_passage(store: ModelStore) -> None:
    results = list(engine(store).translate(request(["Alvence", "Le fleuve"], "fr", "de")))
    reason = "tiny translates from de to fr only"
    assert results == [Failed(reason=reason, fault=TranslationFault.REFUSED)] * 2


def test_a_model_of_several_target_languages_is_told_which(tmp_path: Path) -> None:
    # This model copies what it is given by position: that the token stands first can be seen in the answer.
    store = ModelStore(tmp_path / "store")
    token = ">>fra<<"
    card = replace(CARD, id="several", target_token=token)
    take_model(store, build_opus(tmp_path / "opus", target_token=token), card, at=AT)
    subject = OfflineEngine(name="offline", store=store, card=card, judge=no_findings)
    assert translated(subject, "Der Fluss").replace(" ", "") == ">>fra<<Lefleuve"


def test_a_flipped_bit_is_found_before_the_model_is_loaded(store: ModelStore, tmp_path: Path) -> None:
    own = ModelStore(tmp_path)
    take_model(own, store.path("tiny"), CARD, at=AT)
    path = own.path("tiny") / "model.bin"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(ConfigError, match=r"model\.bin is not as it was installed; remove the model"):
        translate(engine(own), "Alvenz")


def test_without_its_libraries_the_engine_says_what_to_install(
    store: ModelStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ctranslate2", None)
    with pytest.raises(ConfigError, match=r"communique\[offline\]"):
        translate(engine(store), "Alvenz")


def test_the_one_model_of_a_pair_needs_no_name(store: ModelStore) -> None:
    found = open_offline("offline", store=store, pair=("de", "fr-FR"), judge=no_findings)
    assert translated(found, "Alvenz") == "Alvence"


def test_of_several_models_of_a_pair_one_must_be_named(store: ModelStore, tmp_path: Path) -> None:
    own = ModelStore(tmp_path)
    for name in ("one", "two"):
        take_model(
            own, store.path("tiny"), Card(id=name, source="de", target="fr", licence="x", attribution="y"), at=AT
        )
    with pytest.raises(ConfigError, match="offline:one, offline:two"):
        open_offline("offline", store=own, pair=("de", "fr"), judge=no_findings)
    assert open_offline("offline:two", store=own, pair=("de", "fr"), judge=no_findings).card.id == "two"


def test_without_a_model_the_engine_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="run “communique models install”"):
        open_offline("offline", store=ModelStore(tmp_path), pair=("de", "fr"), judge=no_findings)
    with pytest.raises(ConfigError, match="“other” is not installed"):
        open_offline("offline:other", store=ModelStore(tmp_path), pair=("de", "fr"), judge=no_findings)
