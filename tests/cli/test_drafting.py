"""`communique draft`: through real engines on loopback, with everything that can go wrong on the way."""

import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.engines.models.install import take_model
from pipeline.engines.models.known import Card
from pipeline.engines.models.store import ModelStore
from tests.cli.conftest import EVA, Run, set_up
from tests.engines.api_server import Api, Behaviour, Call, Handler, cut_off, running
from tests.engines.tiny_model import build_opus

KEY = "geheim-4711"
SENTENCES = 4


@pytest.fixture
def api() -> Iterator[Api]:
    with running() as server:
        yield server


@pytest.fixture(params=["libretranslate", "llm", "deepl"])
def engine(request: pytest.FixtureRequest, office: Path, api: Api, monkeypatch: pytest.MonkeyPatch) -> str:
    """An engine that the settings point at the loopback server, with a key."""
    tables = {
        "libretranslate": f'[libre]\nurl = "{api.url}"',
        "llm": f'[llm]\nurl = "{api.url}v1"\nmodel = "any"\nprice_per_million = 20.0',
        "deepl": f'[deepl]\nurl = "{api.url}"\nprice_per_million = 20.0',
    }
    for service in ("LIBRE", "LLM", "DEEPL"):
        monkeypatch.setenv(f"COMMUNIQUE_{service}_KEY", KEY)
    name: str = request.param
    set_up(office, f'"{name}"', tables[name])
    return name


def targets(run: Run) -> list[str | None]:
    return [item["target"] for item in json.loads(run("review", "list", "faehre", "--json").out)]


def test_a_release_is_drafted_and_no_text_is_asked_for_twice(run: Run, engine: str, api: Api) -> None:
    estimate = json.loads(run("draft", "--estimate", "--json").out)
    assert api.calls == []
    assert (estimate[0]["segments"], estimate[0]["cached"]) == (SENTENCES, 0)
    said = run("draft")
    assert said.code == 0
    assert f"4 by {engine}, 0 untranslated" in said.out
    assert f"{estimate[0]['characters']:,} characters translated" in said.out
    assert None not in targets(run)
    asked = len(api.texts)
    run("draft")
    assert len(api.texts) == asked


def refuse(handler: Handler, _call: Call) -> bool:
    handler.send_error(500, "Sie kostet 1.200 Euro")
    return True


@pytest.mark.parametrize("misbehaviour", [refuse, cut_off], ids=["error 500", "cut connection"])
@pytest.mark.usefixtures("no_waiting")
def test_a_service_that_fails_leaves_the_draft_so_far_and_tells_nobody_the_text(
    run: Run, engine: str, api: Api, misbehaviour: Behaviour, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    run("review", "edit", "faehre", "S001", "Nouveau bac à partir du 3 mai 2026", "--as", EVA)
    api.behaviour = misbehaviour
    said = run("draft", "faehre")
    assert said.code == 3
    assert targets(run) == ["Nouveau bac à partir du 3 mai 2026", None, None, None]
    told = said.out + said.err + caplog.text + run("log", "faehre").out
    assert not any(secret in told for secret in (KEY, "1.200 Euro", "Vaubrecourt"))
    assert engine in said.out

    api.behaviour = lambda *_: False
    assert run("draft", "faehre").code == 0
    assert targets(run)[0] == "Nouveau bac à partir du 3 mai 2026"
    assert None not in targets(run)


@pytest.fixture
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _seconds: None)


def restrict(office: Path) -> None:
    path = office / "releases/faehre/source.md"
    text = path.read_text(encoding="utf-8").replace("id: faehre", "id: faehre\nconfidential: true")
    path.write_text(text, encoding="utf-8")


def test_a_confidential_text_goes_to_a_model_of_this_machine_and_to_nobody_else(
    run: Run, office: Path, tmp_path: Path
) -> None:
    restrict(office)
    store = ModelStore(tmp_path / "models")
    card = Card(id="tiny", source="de", target="fr", licence="CC0-1.0", attribution="made for tests")
    take_model(store, build_opus(tmp_path / "opus"), card, at=datetime(2026, 11, 23, tzinfo=UTC))
    refused = run("draft", "faehre", "--engine", "deep-translator:google")
    assert (refused.code, "it is marked confidential" in refused.out) == (1, True)
    assert "by offline" in run("draft", "faehre").out, "installed, it is used without being named"


def test_one_flipped_bit_in_a_model_stops_the_draft_and_keeps_what_is_there(
    run: Run, office: Path, tmp_path: Path
) -> None:
    store = ModelStore(tmp_path / "models")
    card = Card(id="tiny", source="de", target="fr", licence="CC0-1.0", attribution="made for tests")
    take_model(store, build_opus(tmp_path / "opus"), card, at=datetime(2026, 11, 23, tzinfo=UTC))
    (path,) = (tmp_path / "models").rglob("model.bin")
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    run("review", "edit", "faehre", "S001", "Nouveau bac à partir du 3 mai 2026", "--as", EVA)
    before = (office / "releases/faehre/fr.json").read_bytes()
    said = run("draft", "faehre")
    assert (said.code, "model.bin" in said.err) == (2, True)
    assert (office / "releases/faehre/fr.json").read_bytes() == before


def test_a_damaged_memory_is_set_aside_and_made_anew(run: Run, office: Path) -> None:
    run("draft", "faehre")
    (office / "memory" / "tm.sqlite").write_bytes(b"no database at all" * 1000)
    assert run("draft", "faehre").code == 3
    assert list((office / "memory").glob("*.damaged*"))


def test_a_text_of_two_hundred_thousand_characters_is_drafted(run: Run, office: Path, api: Api) -> None:
    set_up(office, '"libretranslate"', f'[libre]\nurl = "{api.url}"')
    path = office / "releases/faehre/source.md"
    long = ", dann noch eine und noch eine zweite" * 10
    sentences = " ".join(
        f"Im Jahr {year} wurde hier eine sehr lange Brücke gebaut{long}." for year in range(1500, 1990)
    )
    assert len(sentences) > 200_000
    path.write_text(path.read_text(encoding="utf-8") + "\n" + sentences + "\n", encoding="utf-8")
    said = run("draft", "faehre")
    assert (said.code, "0 untranslated" in said.out) == (0, True)
