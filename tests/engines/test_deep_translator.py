"""The three services, spoken to over real HTTP on loopback, with everything they get wrong."""

import logging
import socket
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.engines import deep_translator
from pipeline.engines.deep_translator import DeepTranslatorEngine, Service, split_text
from pipeline.engines.guard import Patience
from pipeline.engines.transport import Transport
from pipeline.errors import TranslationError, TranslationFault
from pipeline.model.translation import Failed, Passage, Request, Result, Translated

if TYPE_CHECKING:
    from tests.engines.conftest import Handler, TranslationServer

SECRET = "geheim-4711"
TEXT = "Der vertrauliche Satz."


def pretend(text: str) -> str:
    return f"fr({text})"


def engine(server_url: str, service: Service | None = None, **patience: float) -> DeepTranslatorEngine:
    return DeepTranslatorEngine(
        name="test",
        service=service or deep_translator.google(),
        transport=Transport(connect=1, read=1),
        patience=Patience(**{"first_wait": 0.001, **patience}),  # type: ignore[arg-type]  # counts and seconds
        endpoint=server_url,
    )


def request(texts: Sequence[str], target: str = "fr") -> Request:
    return Request(passages=tuple(Passage(text=text) for text in texts), source="de", target=target)


def translate(tested: DeepTranslatorEngine, texts: Sequence[str]) -> list[Result]:
    return list(tested.translate(request(texts)))


def failure(tested: DeepTranslatorEngine, text: str = TEXT) -> Failed:
    (result,) = translate(tested, [text])
    assert isinstance(result, Failed)
    return result


@pytest.mark.parametrize(
    ("service", "path"),
    [
        (deep_translator.google(), "m"),
        (deep_translator.mymemory(), "get"),
        (deep_translator.libre("http://127.0.0.1/", SECRET, local=True), ""),
    ],
    ids=["google", "mymemory", "libre"],
)
def test_each_service_translates(server: "TranslationServer", service: Service, path: str) -> None:
    assert translate(engine(server.url + path, service), ["Guten Tag."]) == [Translated(text="fr(Guten Tag.)")]


def test_mymemory_gets_the_country_it_wants(server: "TranslationServer") -> None:
    translate(engine(server.url + "get", deep_translator.mymemory()), ["Guten Tag."])
    assert server.queries[0]["langpair"] == ["de-DE|fr-FR"]


def test_eight_hundred_texts_are_never_mixed_up(server: "TranslationServer") -> None:
    texts = [f"Satz Nummer {number}." for number in range(800)]
    tested = engine(server.url, threads=16)
    tested.transport = Transport(connect=20, read=20)
    results = translate(tested, texts)
    assert results == [Translated(text=pretend(text)) for text in texts]


def test_equal_texts_are_asked_for_once(server: "TranslationServer") -> None:
    assert len(translate(engine(server.url), ["Ja.", "Nein.", "Ja."])) == 3
    assert sorted(server.texts) == ["Ja.", "Nein."]


def test_text_without_letters_is_never_sent(server: "TranslationServer") -> None:
    assert translate(engine(server.url), ["—", "12 %"]) == [Translated(text="—"), Translated(text="12 %")]
    assert server.texts == []


def test_blanks_at_the_edges_come_back(server: "TranslationServer") -> None:
    assert translate(engine(server.url), [" Ja.\u00a0"]) == [Translated(text=" fr(Ja.)\u00a0")]


def test_a_long_text_goes_in_pieces_cut_behind_sentences(server: "TranslationServer") -> None:
    text = "Ein Satz mit sechs kurzen Wörtern. " * 60
    (result,) = translate(engine(server.url), [text])
    assert isinstance(result, Translated)
    assert len(server.texts) == 2
    assert all(len(piece) <= 1500 and piece.endswith(".") for piece in server.texts)


def after(times: int, misbehave: Callable[["Handler", str], bool]) -> Callable[["Handler", str], bool]:
    """Misbehave for the first requests only."""
    left = [times]

    def behave(handler: "Handler", text: str) -> bool:
        left[0] -= 1
        return left[0] >= 0 and misbehave(handler, text)

    return behave


def status(code: int, **headers: str) -> Callable[["Handler", str], bool]:
    def send(handler: "Handler", _: str) -> bool:
        handler.send("text/html", "<html>Error</html>", status=code, **headers)
        return True

    return send


def page(content: str) -> Callable[["Handler", str], bool]:
    def send(handler: "Handler", _: str) -> bool:
        handler.send("text/html", f'<html><div class="result-container">{content}</div></html>')
        return True

    return send


def cut_off(handler: "Handler", _: str) -> bool:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"<html><div")
    handler.close_connection = True
    return True


def slow(_: "Handler", __: str) -> bool:
    threading.Event().wait(2)
    return False


def test_a_busy_service_is_asked_again(server: "TranslationServer") -> None:
    server.behaviour = after(2, status(429))
    assert translate(engine(server.url), [TEXT]) == [Translated(text=pretend(TEXT))]
    assert len(server.texts) == 3


def test_a_service_busy_for_ever_is_given_up(server: "TranslationServer") -> None:
    server.behaviour = status(429)
    results = translate(engine(server.url, threads=1), [f"Satz {number}." for number in range(20)])
    assert {result.fault for result in results if isinstance(result, Failed)} == {TranslationFault.BUSY}
    assert len(results) == 20
    assert len(server.texts) == 9, "three texts with three tries each, then no more"


@pytest.mark.parametrize(
    ("behaviour", "fault", "words"),
    [
        (status(500), TranslationFault.REFUSED, "status 500"),
        (status(403), TranslationFault.UNREACHABLE, "check the key"),
        (status(302, Location="http://127.0.0.1:9/"), TranslationFault.REFUSED, "sends elsewhere"),
        (page("Error 500 (Server Error)!!1"), TranslationFault.REFUSED, "error message"),
        (page("MYMEMORY WARNING: YOU USED ALL FREE TRANSLATIONS"), TranslationFault.REFUSED, "error message"),
        (page(""), TranslationFault.REFUSED, "could not be read|empty"),
        (page("bla " * 200), TranslationFault.REFUSED, "impossible length"),
        (page("x" * 3_000_000), TranslationFault.REFUSED, "more than 2 MB"),
        (cut_off, TranslationFault.UNREACHABLE, "connection broke"),
        (slow, TranslationFault.UNREACHABLE, "no answer within"),
    ],
    ids=["500", "403", "redirect", "error page", "quota", "empty", "too long", "oversize", "cut off", "slow"],
)
def test_each_misbehaviour_is_a_failure_with_its_reason(
    server: "TranslationServer",
    behaviour: Callable[["Handler", str], bool],
    fault: TranslationFault,
    words: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    server.behaviour = behaviour
    result = failure(engine(server.url))
    assert result.fault is fault
    assert any(part in result.reason for part in words.split("|"))
    assert TEXT not in result.reason
    assert "\n" not in result.reason
    assert "vertraulich" not in caplog.text


def test_one_bad_answer_costs_no_other_text(server: "TranslationServer") -> None:
    server.behaviour = lambda handler, text: text == "Zwei." and status(500)(handler, text)
    one, two, three = translate(engine(server.url), ["Eins.", "Zwei.", "Drei."])
    assert (one, three) == (Translated(text="fr(Eins.)"), Translated(text="fr(Drei.)"))
    assert isinstance(two, Failed)


def test_where_nobody_listens_one_attempt_is_enough_for_fifty_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    attempts = []
    connect = socket.socket.connect

    def counted(self: socket.socket, address: tuple[str, int]) -> None:
        attempts.append(address)
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", counted)
    tested = engine(f"http://127.0.0.1:{port}/")
    unreachable = Failed(reason="cannot reach 127.0.0.1 (no connection)", fault=TranslationFault.UNREACHABLE)
    for _ in range(2):
        # A text without letters is never sent, so it cannot be the one that looks whether somebody is there.
        results = translate(tested, ["—", *(f"Satz {number}." for number in range(25))])
        assert results == [Translated(text="—"), *[unreachable] * 25]
    assert attempts == [("127.0.0.1", port)]


def test_the_key_is_sent_and_told_to_nobody(server: "TranslationServer", caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    server.behaviour = status(403)
    result = failure(engine(server.url, deep_translator.libre(server.url, SECRET, local=True)))
    assert server.queries[0]["api_key"] == [SECRET]
    assert SECRET not in result.reason + caplog.text


def test_the_packages_own_requests_module_stays_as_it_is(server: "TranslationServer") -> None:
    import requests

    before = requests.get
    translate(engine(server.url), [TEXT])
    assert requests.get is before


def test_the_key_is_not_shown_where_an_engine_is(server: "TranslationServer") -> None:
    assert SECRET not in repr(engine(server.url, deep_translator.libre(server.url, SECRET, local=True)))


def test_a_server_without_keys_is_sent_none(server: "TranslationServer") -> None:
    translate(engine(server.url, deep_translator.libre(server.url, None, local=True)), [TEXT])
    assert "api_key" not in server.queries[0]


def test_an_error_of_the_package_leaves_no_trace_of_the_text(server: "TranslationServer") -> None:
    server.behaviour = status(200)  # a page without a translation: the package's message is the text itself
    with pytest.raises(TranslationError) as caught:
        engine(server.url)._piece(TEXT, "de", "fr")  # noqa: SLF001 (its exceptions never come further)
    assert str(caught.value) == "the answer could not be read (TranslationNotFound)"
    assert caught.value.__context__ is None


@pytest.mark.parametrize(("target", "sent"), [("xx", 0), ("fr-BE", 1)])
def test_a_language_the_service_does_not_know_is_told_and_nothing_sent(
    server: "TranslationServer", target: str, sent: int
) -> None:
    (result,) = engine(server.url).translate(request([TEXT], target))
    unknown = Failed(reason="cannot translate from de to xx", fault=TranslationFault.REFUSED)
    assert result == (Translated(text=pretend(TEXT)) if sent else unknown)
    assert len(server.texts) == sent


def test_a_lost_service_is_not_asked_again_for_the_next_language(server: "TranslationServer") -> None:
    server.behaviour = cut_off
    tested = engine(server.url)
    for target in ("fr", "it", "nl"):
        (result,) = tested.translate(request([TEXT], target))
        assert isinstance(result, Failed)
    assert len(server.texts) == 1


def test_characters_written_for_web_pages_come_back_as_characters(server: "TranslationServer") -> None:
    def answer(handler: "Handler", _: str) -> bool:
        handler.send("application/json", '{"responseData": {"translatedText": "l&#39;État &amp; lui"}}')
        return True

    server.behaviour = answer
    tested = engine(server.url + "get", deep_translator.mymemory())
    assert translate(tested, [TEXT]) == [Translated(text="l'État & lui")]


@pytest.mark.parametrize(
    "body",
    [
        "null",
        "[]",
        "{}",
        '{"responseData": null}',
        '{"responseData": {"translatedText": null}}',
        '{"responseData": {"translatedText": ""}, "matches": []}',
        '{"responseData": {"translatedText": ["x"]}}',
        '{"responseData": {"translatedText": "QUERY LENGTH LIMIT EXCEEDED. MAX ALLOWED QUERY : 500 CHARS"}}',
        '{"responseData": {"transla',
        "[" * 100_000,
    ],
)
def test_mymemory_answers_that_are_none_are_refused(server: "TranslationServer", body: str) -> None:
    def answer(handler: "Handler", _: str) -> bool:
        handler.send("application/json", body)
        return True

    server.behaviour = answer
    assert failure(engine(server.url + "get", deep_translator.mymemory())).fault is TranslationFault.REFUSED


@pytest.mark.parametrize(
    ("text", "limit", "pieces"),
    [
        ("a b c", 3, ("a b", " ", "c")),
        ("Eins. Zwei. Drei.", 11, ("Eins. Zwei.", " ", "Drei.")),
        ("Eins zwei. Drei vier", 14, ("Eins zwei.", " ", "Drei vier")),
        ("Eins.\n\tZwei.", 6, ("Eins.", "\n\t", "Zwei.")),
        ("x" * 10, 10, ("x" * 10,)),
        ("", 5, ("",)),
    ],
)
def test_pieces_end_at_sentences_or_words(text: str, limit: int, pieces: tuple[str, ...]) -> None:
    assert split_text(text, limit) == pieces


@given(
    st.lists(st.sampled_from(["Eins.", "zwei", "3.", "„Vier!“", "fünf;", " ", "\n", "\u00a0"]), max_size=40),
    st.integers(7, 60),
)
def test_pieces_keep_every_character_and_the_limit(words: list[str], limit: int) -> None:
    text = " ".join(words).strip()
    pieces = split_text(text, limit)
    assert "".join(pieces) == text
    assert all(len(piece) <= limit for piece in pieces[::2])
    assert all(gap.isspace() for gap in pieces[1::2])


def test_the_blanks_between_pieces_come_back(server: "TranslationServer") -> None:
    first, second = "Wort " * 250 + "Ende.", "Wort " * 250 + "Schluss."
    (result,) = translate(engine(server.url), [f"{first}\n{second}"])
    assert result == Translated(text=f"{pretend(first)}\n{pretend(second)}")


def test_a_piece_without_letters_is_not_sent(server: "TranslationServer") -> None:
    figures = "4.711 " * 300
    (result,) = translate(engine(server.url), [f"{figures}Ende."])
    assert isinstance(result, Translated)
    assert len(server.texts) == 1


def test_a_word_longer_than_the_limit_is_refused_and_not_cut() -> None:
    with pytest.raises(TranslationError, match="a word of more than 10"):
        split_text("y" * 11, 10)
