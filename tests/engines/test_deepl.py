"""DeepL's official client against a server that speaks its protocol: markup, context, glossaries, limits."""

import json
import logging
import sys
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.engines.deepl import DeepL, target_code
from pipeline.engines.guard import Patience
from pipeline.engines.http import Wire
from pipeline.errors import ConfigError, TranslationFault
from pipeline.model.issue import Span
from pipeline.model.translation import Failed, Passage, Request, Result, TermPair, Translated
from tests.engines.api_server import Api, Call, Handler, always, deepl_reply, glossary, status

SECRET = "geheim-4711:fx"
TERMS = (TermPair(source="Staatskanzlei", target="chancellerie du Land"),)
DICTIONARY = [{"source_lang": "de", "target_lang": "fr"}]


def engine(api: Api) -> DeepL:
    return DeepL(
        name="deepl",
        key=SECRET,
        url=api.url,
        price_per_million=Decimal(20),
        wire=Wire(connect=20, read=20),
        patience=Patience(first_wait=0.001),
        now=lambda: datetime(2025, 1, 1, 10, 30, tzinfo=UTC),
    )


def translate(
    api: Api, *texts: str, target: str = "fr", context: tuple[str, ...] = (), terms: tuple[TermPair, ...] = ()
) -> list[Result]:
    passages = tuple(Passage(text=text) for text in texts)
    asked = Request(passages=passages, source="de", target=target, context=context, terms=terms)
    return list(engine(api).translate(asked))


def protected(text: str, *names: str) -> Passage:
    spans = [Span(start=text.index(name), end=text.index(name) + len(name)) for name in names]
    return Passage(text=text, keep=tuple(spans))


def translate_passage(api: Api, passage: Passage) -> Result:
    (result,) = engine(api).translate(Request(passages=(passage,), source="de", target="fr"))
    return result


def test_a_hundred_and_twenty_texts_go_in_batches_of_fifty(api: Api) -> None:
    texts = [f"Satz Nummer {number}." for number in range(120)]
    assert translate(api, *texts) == [Translated(text=f"fr({text})") for text in texts]
    assert sorted(len(call.texts) for call in api.calls) == [20, 50, 50]


def test_no_request_is_larger_than_deepl_takes(api: Api) -> None:
    texts = [f"{number} " + letters * 1_200 for number in range(12) for letters in ("🙂 Ä", "<& a")]
    results = translate(api, *texts, context=("🙂" * 1_990,) * 5)
    assert all(isinstance(result, Translated) for result in results)
    assert max(int(call.headers["Content-Length"]) for call in api.calls) <= 128 * 1024


def test_the_key_travels_in_a_header_only_and_is_shown_nowhere(api: Api) -> None:
    translate(api, "Guten Tag.")
    (call,) = api.calls
    assert call.headers["Authorization"] == f"DeepL-Auth-Key {SECRET}"
    assert SECRET not in call.path + json.dumps(call.body) + repr(engine(api))


def test_how_the_text_is_to_be_treated_is_said(api: Api) -> None:
    translate(api, "Guten Tag.", target="fr-CH", context=("Titel", "Guten Tag. Gute Nacht."))
    (call,) = api.calls
    assert call.path == "/v2/translate"
    assert call.body == {
        "text": ["Guten Tag."],
        "source_lang": "DE",
        "target_lang": "FR",
        "context": "Titel\n\nGuten Tag. Gute Nacht.",
        "formality": "prefer_more",
        "preserve_formatting": True,
        "tag_handling": "xml",
        "outline_detection": False,
        "non_splitting_tags": ["k"],
        "ignore_tags": ["k"],
        "show_billed_characters": True,
    }


def test_of_a_long_release_the_top_and_the_neighbours_are_shown(api: Api) -> None:
    units = ("Titel", *(f"Absatz {number}. {'Wort ' * 100}" for number in range(100)))
    translate(api, "Absatz 70.", context=units)
    context = api.calls[0].body["context"]
    assert len(context) < 4_100
    assert context.startswith("Titel\n\nAbsatz 0.")
    assert "Absatz 69." in context
    assert "Absatz 72." in context


@pytest.mark.parametrize(
    ("tag", "code"),
    [("fr", "FR"), ("fr-CH", "FR"), ("fr-BE", "FR"), ("en", "EN-GB"), ("en-US", "EN-US"), ("pt", "PT-PT")],
)
def test_targets_have_the_names_deepl_knows(tag: str, code: str) -> None:
    assert target_code(tag) == code


def test_what_is_protected_is_marked_and_comes_back_unmarked(api: Api) -> None:
    passage = protected("Die Firma „A&B <Alvenz>“ baut.", "„A&B <Alvenz>“")
    assert translate_passage(api, passage) == Translated(text="fr(Die Firma „A&B <Alvenz>“ baut.)")
    assert api.texts == ["Die Firma <k>„A&amp;B &lt;Alvenz&gt;“</k> baut."]


@pytest.mark.parametrize(
    "answer",
    [
        "La société construit.",
        "La société <k>Alvenz Bau</k> et <k>Alvenz Bau</k> construit.",
        "La <k>Alvence</k> bâtit.",
    ],
    ids=["lost", "doubled", "changed"],
)
def test_an_answer_that_loses_something_protected_is_refused(api: Api, answer: str) -> None:
    api.behaviour = always(deepl_reply([answer]))
    result = translate_passage(api, protected("Die Firma Alvenz Bau baut.", "Alvenz Bau"))
    assert isinstance(result, Failed)
    assert result.fault is TranslationFault.REFUSED


def test_any_text_with_any_protection_comes_back_as_it_was(api: Api) -> None:
    def echo(handler: Handler, call: Call) -> bool:
        handler.send(deepl_reply(list(call.texts)))
        return True

    api.behaviour = echo

    @given(st.text(st.sampled_from("aÄ <>&;k/#1\"'🙂\u00a0"), max_size=40), st.data())
    @settings(max_examples=60)
    def check(text: str, data: st.DataObject) -> None:
        edges = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
        spans = tuple(Span(start=start, end=end) for start, end in zip(edges[::2], edges[1::2], strict=False))
        assert translate_passage(api, Passage(text=text, keep=spans)) == Translated(text=text)

    check()


def test_terms_become_a_glossary_whose_name_tells_its_content(api: Api) -> None:
    translate(api, "Die Staatskanzlei.", terms=TERMS)
    ((number, made),) = api.glossaries.items()
    assert made["name"].startswith("communique-de-fr-")
    assert len(made["name"]) == len("communique-de-fr-") + 16
    creation = next(call for call in api.calls if call.method == "POST" and call.path == "/v3/glossaries")
    assert creation.body["dictionaries"] == [
        {
            "source_lang": "DE",
            "target_lang": "FR",
            "entries": "Staatskanzlei\tchancellerie du Land",
            "entries_format": "tsv",
        }
    ]
    assert api.translations[0].body["glossary_id"] == number


def test_the_same_terms_use_the_same_glossary_again(api: Api) -> None:
    for _ in range(2):
        translate(api, *(f"Satz {number}." for number in range(120)), terms=TERMS)
    assert [call.path for call in api.calls].count("/v3/glossaries") == 3, "listed twice, made once"
    assert len({call.body["glossary_id"] for call in api.translations}) == 1


def test_old_glossaries_of_ours_go_and_nobody_elses(api: Api) -> None:
    ours, other = "communique-de-fr-" + "0" * 16, "communique-de-fr-" + "1" * 16
    foreign = ["communique-de-fr-office", "communique-de-it-" + "0" * 16, "Chancellerie", f"x{ours}"]
    old, new = "2025-01-01T08:00:00Z", "2025-01-01T10:15:00Z"
    for name in (ours, *foreign):
        api.glossaries[name] = glossary(name, name, DICTIONARY, old)
    api.glossaries[other] = glossary(other, other, DICTIONARY, new)
    translate(api, "Die Staatskanzlei.", terms=TERMS)
    names = {item["name"] for item in api.glossaries.values()}
    assert names >= {other, *foreign}, "one that a run may still be using stays too"
    assert ours not in names


def test_without_terms_no_glossary_is_looked_for(api: Api) -> None:
    translate(api, "Guten Tag.")
    assert [call.path for call in api.calls] == ["/v2/translate"]


def test_an_account_for_one_glossary_gets_the_new_one_for_the_old(api: Api) -> None:
    other = "communique-de-fr-" + "1" * 16
    api.glossaries[other] = glossary(other, other, DICTIONARY, "2025-01-01T10:15:00Z")

    def full(handler: Handler, call: Call) -> bool:
        making = call.method == "POST" and call.path == "/v3/glossaries"
        return making and bool(api.glossaries) and status(456)(handler, call)

    api.behaviour = full
    translate(api, "Die Staatskanzlei.", terms=TERMS)
    assert [call.body["glossary_id"] for call in api.translations] == list(api.glossaries)
    assert other not in api.glossaries


@pytest.mark.parametrize("code", [400, 500])
def test_where_no_glossary_can_be_made_it_goes_without(api: Api, code: int) -> None:
    api.behaviour = lambda handler, call: call.path == "/v3/glossaries" and status(code)(handler, call)
    assert translate(api, "Die Staatskanzlei.", terms=TERMS) == [Translated(text="fr(Die Staatskanzlei.)")]


def test_terms_with_characters_that_deepl_does_not_take_are_made_fit(api: Api) -> None:
    terms = (TermPair(source="Staats\tkanzlei", target="chancellerie"), TermPair(source="\u2028", target="x"))
    translate(api, "Die Staatskanzlei.", terms=terms)
    creation = next(call for call in api.calls if call.path == "/v3/glossaries" and call.method == "POST")
    assert creation.body["dictionaries"][0]["entries"] == "Staats kanzlei\tchancellerie"


@pytest.mark.parametrize(
    ("code", "fault", "calls"),
    [
        (403, TranslationFault.UNREACHABLE, 1),
        (456, TranslationFault.UNREACHABLE, 1),
        (429, TranslationFault.BUSY, 3),
        (413, TranslationFault.REFUSED, 3),
    ],
)
def test_error_states_have_their_faults(api: Api, code: int, fault: TranslationFault, calls: int) -> None:
    api.behaviour = status(code)
    results = translate(api, "Guten Tag.", "Gute Nacht.")
    assert [result.fault for result in results if isinstance(result, Failed)] == [fault, fault]
    assert len(api.calls) == calls


@pytest.mark.parametrize(
    "body",
    ["", "[" * 100_000, {"translations": [{"text": "Oui."}]}, {"translations": "x"}, {"translations": [None]}, []],
)
def test_an_answer_the_client_cannot_read_is_a_failure(api: Api, body: object) -> None:
    api.behaviour = always(body)
    (result,) = translate(api, "Ja.")
    assert isinstance(result, Failed)
    assert result.fault is TranslationFault.REFUSED


def test_the_clients_log_of_every_text_is_silent(api: Api, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="deepl")
    translate(api, "Der vertrauliche Satz.", terms=TERMS)
    assert "vertraulich" not in caplog.text
    assert SECRET not in caplog.text


def test_without_its_package_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "deepl", None)
    with pytest.raises(ConfigError, match=r"pip install \"communique\[deepl\]\""):
        DeepL(name="deepl", key=SECRET)


def test_without_a_key_it_is_not_made() -> None:
    with pytest.raises(ConfigError, match="key"):
        DeepL(name="deepl", key="")


def test_its_capabilities_say_what_it_costs_and_where_text_goes() -> None:
    capabilities = DeepL(name="deepl", key=SECRET, price_per_million=Decimal(20)).capabilities
    assert (capabilities.data_leaves_machine, capabilities.encrypted) == (True, True)
    assert capabilities.price_per_million == Decimal(20)
    assert capabilities.reads_terms
