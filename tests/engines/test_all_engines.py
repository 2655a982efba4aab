"""What holds for every engine whatever its service does: nothing is lost, nothing leaks, nothing is asked twice."""

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.engines import deep_translator
from pipeline.engines.answer_store import AnswerStore
from pipeline.engines.cache import Cached
from pipeline.engines.deep_translator import DeepTranslatorEngine, Service
from pipeline.engines.deepl import DeepL
from pipeline.engines.guard import Patience
from pipeline.engines.http import Wire
from pipeline.engines.libretranslate import LibreTranslate
from pipeline.engines.llm import LanguageModel
from pipeline.engines.transport import Transport
from pipeline.model.translation import Engine, Failed, Passage, Request, TermPair, Translated
from tests.engines.api_server import (
    Api,
    Behaviour,
    always,
    cut_off,
    empty_texts,
    error_page,
    one_too_few,
    oversize,
    pretend,
    slow,
    status,
)

SECRET = "geheim-4711"
TEXTS = tuple(f"Der vertrauliche Satz {number} zur Brücke." for number in range(7))
REQUEST = Request(
    passages=tuple(Passage(text=text) for text in TEXTS),
    source="de",
    target="fr",
    context=TEXTS,
    terms=(TermPair(source="vertraulich", target="confidentiel"),),
)
DONE = [Translated(text=pretend(text)) for text in TEXTS]
PATIENCE = Patience(threads=2, tries=2, first_wait=0.001)

Make = Callable[[str, float], Engine]
"""Makes an engine for the server at an address, with so many seconds to wait for answers."""


def through_deep_translator(service: Callable[[str], Service], path: str) -> Make:
    def make(url: str, read: float) -> Engine:
        return DeepTranslatorEngine(
            name="test",
            service=service(url),
            transport=Transport(connect=20, read=read),
            patience=PATIENCE,
            endpoint=url + path,
        )

    return make


def libre_translate(url: str, read: float) -> Engine:
    return LibreTranslate(
        name="libretranslate", url=url, key=SECRET, wire=Wire(connect=20, read=read), patience=PATIENCE
    )


def deepl(url: str, read: float) -> Engine:
    return DeepL(name="deepl", url=url, key=SECRET, wire=Wire(connect=20, read=read), patience=PATIENCE)


def language_model(url: str, read: float) -> Engine:
    wire = Wire(connect=20, read=read)
    return LanguageModel(name="llm", url=f"{url}v1", model="m", key=SECRET, wire=wire, patience=PATIENCE)


ENGINES: dict[str, Make] = {
    "deep-translator:google": through_deep_translator(lambda _: deep_translator.google(), "m"),
    "deep-translator:mymemory": through_deep_translator(lambda _: deep_translator.mymemory(), "get"),
    "deep-translator:libre": through_deep_translator(
        lambda url: deep_translator.libre(url, SECRET, local=True), ""
    ),
    "libretranslate": libre_translate,
    "deepl": deepl,
    "llm": language_model,
}

MISBEHAVIOURS: dict[str, Behaviour] = {
    "400": status(400),
    "403": status(403),
    "429": status(429),
    "500": status(500),
    "slow": slow,
    "cut off": cut_off,
    "error page": error_page,
    "nothing": always(""),
    "null": always("null"),
    "depths": always("[" * 100_000),
    "too few": one_too_few,
    "empty texts": empty_texts,
    "oversize": oversize,
}


@pytest.fixture(params=ENGINES)
def make(request: pytest.FixtureRequest) -> Make:
    return ENGINES[request.param]


@pytest.fixture(params=MISBEHAVIOURS)
def misbehaviour(request: pytest.FixtureRequest) -> Behaviour:
    return MISBEHAVIOURS[request.param]


def test_a_service_that_misbehaves_costs_no_text_tells_no_secret_and_is_paid_once(
    api: Api,
    make: Make,
    misbehaviour: Behaviour,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    store = AnswerStore(tmp_path / "answers.sqlite")
    engine = Cached(engine=make(api.url, 20), store=store)
    assert list(engine.translate(replace(REQUEST, passages=REQUEST.passages[:2]))) == DONE[:2]

    api.behaviour = misbehaviour
    engine = Cached(engine=make(api.url, 0.2 if misbehaviour is slow else 20), store=store)
    results = list(engine.translate(REQUEST))
    assert len(results) == len(TEXTS)
    assert all(result == done for result, done in zip(results, DONE, strict=True) if isinstance(result, Translated))
    assert results[:2] == DONE[:2]
    reasons = [result.reason for result in results if isinstance(result, Failed)]
    assert reasons
    told = "".join(reasons) + caplog.text + repr(engine)
    assert not any(secret in told for secret in ("vertraulich", SECRET))

    sent = len(api.texts)
    missing = [text for text, result in zip(TEXTS, results, strict=True) if isinstance(result, Failed)]
    api.behaviour = lambda *_: False
    again = Cached(engine=make(api.url, 20), store=store)
    assert len(again.unknown(REQUEST).passages) == len(missing)
    for _ in range(2):
        assert list(again.translate(REQUEST)) == DONE
    assert sorted(api.texts[sent:]) == missing, "only what was missing, and once"


def test_a_service_that_never_works_is_not_asked_for_long(api: Api, make: Make) -> None:
    api.behaviour = status(429)
    assert all(isinstance(result, Failed) for result in make(api.url, 20).translate(REQUEST))
    assert len(api.calls) <= 2 * 3 + 2


def test_no_engine_opens_a_connection_before_it_is_asked(api: Api, make: Make) -> None:
    engine = make(api.url, 20)
    assert engine.capabilities
    assert engine.version
    engine.translate(REQUEST)
    assert api.calls == []
