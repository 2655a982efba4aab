"""A LibreTranslate server is given several texts a request, and what it answers is checked text by text."""

import pytest

from pipeline.engines.guard import Patience
from pipeline.engines.http import Wire
from pipeline.engines.libretranslate import LibreTranslate
from pipeline.errors import TranslationFault
from pipeline.model.translation import Failed, Passage, Request, Result, Translated
from tests.engines.api_server import Api, Call, Handler, status

SECRET = "geheim-4711"


def engine(api: Api, key: str | None = None) -> LibreTranslate:
    return LibreTranslate(
        name="libretranslate",
        url=api.url,
        key=key,
        wire=Wire(connect=20, read=20),
        patience=Patience(first_wait=0.001),
    )


def translate(tested: LibreTranslate, *texts: str, target: str = "fr") -> list[Result]:
    passages = tuple(Passage(text=text) for text in texts)
    return list(tested.translate(Request(passages=passages, source="de", target=target)))


def test_texts_go_together_and_come_back_in_order(api: Api) -> None:
    texts = [f"Satz Nummer {number}." for number in range(60)]
    assert translate(engine(api), *texts) == [Translated(text=f"fr({text})") for text in texts]
    assert [len(call.texts) for call in api.calls[:1]] == [25]
    assert sorted(len(call.texts) for call in api.calls) == [10, 25, 25]


def test_the_key_travels_in_the_body_only(api: Api) -> None:
    tested = engine(api, SECRET)
    translate(tested, "Guten Tag.", target="fr-CH")
    (call,) = api.calls
    assert call.body == {"q": ["Guten Tag."], "source": "de", "target": "fr", "format": "text", "api_key": SECRET}
    assert SECRET not in call.path + repr(call.headers) + repr(tested)


def test_a_server_without_keys_is_sent_none(api: Api) -> None:
    translate(engine(api), "Guten Tag.")
    assert "api_key" not in api.calls[0].body


def test_blanks_stay_and_texts_without_letters_are_not_sent(api: Api) -> None:
    assert translate(engine(api), " Ja.\u00a0", "—", "Ja.", "") == [
        Translated(text=" fr(Ja.)\u00a0"),
        Translated(text="—"),
        Translated(text="fr(Ja.)"),
        Translated(text=""),
    ]
    assert api.texts == ["Ja."]


def test_a_long_text_is_cut_at_sentences_and_comes_back_whole(api: Api) -> None:
    first, second = "Wort " * 250 + "Ende.", "Wort " * 250 + "Schluss."
    (result,) = translate(engine(api), f"{first}\n{second}")
    assert result == Translated(text=f"fr({first})\nfr({second})")


def test_a_word_that_no_request_can_hold_costs_no_other_text(api: Api) -> None:
    long, short = translate(engine(api), "x" * 2_000, "Ja.")
    assert isinstance(long, Failed)
    assert short == Translated(text="fr(Ja.)")


def test_a_text_that_the_server_refuses_costs_no_other_one(api: Api) -> None:
    def refuse(handler: Handler, call: Call) -> bool:
        return "Satz 7." in call.texts and status(500)(handler, call)

    api.behaviour = refuse
    texts = [f"Satz {number}." for number in range(16)]
    results = translate(engine(api), *texts)
    assert [index for index, result in enumerate(results) if isinstance(result, Failed)] == [7]
    assert len(api.calls) == 9, "the halves of the batch, and theirs"


def test_a_bad_text_in_an_answer_costs_no_other_one_and_is_not_asked_again(api: Api) -> None:
    def answer(handler: Handler, _: Call) -> bool:
        handler.send({"translatedText": ["Oui.", None, "bla " * 500, "Non, non, non. " * 5, ["Oui."]]})
        return True

    api.behaviour = answer
    results = translate(engine(api), "Ja.", "Nein.", "Vielleicht.", "Das weiß heute niemand so genau.", "Doch.")
    assert results[0] == Translated(text="Oui.")
    assert [result.reason for result in results[1:] if isinstance(result, Failed)] == [
        "the answer is empty",
        "the answer has an impossible length",
        "the answer repeats itself over and over",
        "the answer is empty",
    ]
    assert len(api.calls) == 1


@pytest.mark.parametrize(
    ("url", "leaves", "encrypted"),
    [("http://localhost:5000", False, False), ("https://libre.example/", True, True)],
)
def test_what_leaves_the_machine_is_declared(url: str, leaves: bool, encrypted: bool) -> None:
    capabilities = LibreTranslate(name="libretranslate", url=url).capabilities
    assert (capabilities.data_leaves_machine, capabilities.encrypted) == (leaves, encrypted)


def test_a_server_that_is_not_there_is_tried_once_for_all_texts() -> None:
    tested = LibreTranslate(name="libretranslate", url="http://127.0.0.1:9", wire=Wire(connect=20, read=20))
    unreachable = Failed(reason="cannot reach 127.0.0.1 (no connection)", fault=TranslationFault.UNREACHABLE)
    assert translate(tested, *(f"Satz {number}." for number in range(100))) == [unreachable] * 100
