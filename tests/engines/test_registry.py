"""Engines are found by name; what they do with a text is known before they get one."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.config import LibreSettings, LLMSettings, Settings, load_settings
from pipeline.engines.models.store import ModelStore
from pipeline.engines.registry import DEEPL_KEY, ENGINES, Workshop, create, installed
from pipeline.engines.transport import is_local
from pipeline.errors import ConfigError

SETTINGS = load_settings(Path(__file__).parents[2] / "templates" / "workspace" / "communique.toml")


def with_libre(url: str) -> Settings:
    return replace(SETTINGS, libre=LibreSettings(url=url))


def workshop(settings: Settings = SETTINGS, models: Path = Path("/nowhere")) -> Workshop:
    return Workshop(
        settings=settings,
        environ={DEEPL_KEY: "geheim:fx"},
        target="fr-CH",
        models=ModelStore(models),
        judge=lambda: lambda _source, _target: 0,
    )


def test_every_engine_that_is_listed_can_be_made(store: ModelStore) -> None:
    settings = replace(
        with_libre("http://localhost:5000/"), llm=LLMSettings(url="http://localhost:11434/v1", model="any")
    )
    for info in ENGINES:
        if info.name != "none":
            assert create(info.name, workshop(settings, store.folder)).name == info.name


def test_an_installed_model_is_used_where_the_settings_name_no_engine(store: ModelStore) -> None:
    assert installed(workshop(models=store.folder)) == ("offline",)
    assert installed(workshop()) == ()


@pytest.mark.parametrize("name", ["offline", "deepl", "llm", "libretranslate", "deep-translator:libre", "deepl:x"])
def test_an_engine_that_lacks_something_says_what(name: str) -> None:
    with pytest.raises(ConfigError) as caught:
        create(name, replace(workshop(), environ={}))
    assert "“" in str(caught.value) or "communique models install" in str(caught.value)


def test_an_unknown_engine_names_the_nearest_one() -> None:
    with pytest.raises(ConfigError, match="did you mean “deep-translator:google”"):
        create("deep-translator:gogle", workshop())


def test_libre_needs_its_address() -> None:
    with pytest.raises(ConfigError, match=r"\[libre\]"):
        create("deep-translator:libre", workshop())


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://localhost:5000/", True),
        ("http://127.0.0.1:5000/", True),
        ("http://[::1]:5000/", True),
        ("http://localhost.example.org/", False),
        ("http://127.0.0.1.example.org/", False),
        ("https://translate.example.org/", False),
        ("http://localhost@example.org/", False),
        ("http://example.org\\@127.0.0.1/", False),
    ],
)
def test_only_this_machine_is_local(url: str, local: bool) -> None:
    assert is_local(url) is local
    capabilities = create("deep-translator:libre", workshop(with_libre(url))).capabilities
    assert capabilities.data_leaves_machine is not local


def test_what_leaves_the_machine_and_how_is_declared() -> None:
    google = create("deep-translator:google", workshop()).capabilities
    mymemory = create("deep-translator:mymemory", workshop()).capabilities
    assert (google.data_leaves_machine, google.encrypted) == (True, True)
    assert (mymemory.data_leaves_machine, mymemory.encrypted) == (True, False)
