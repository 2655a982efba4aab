"""The section `[office]`: what would be unreadable on paper and screen is told with its line."""

from pathlib import Path

import pytest

from pipeline.config import load_settings
from pipeline.errors import ConfigError

ROOT = Path(__file__).parents[2]


def with_accent(folder: Path, colour: str) -> Path:
    path = folder / "communique.toml"
    text = (ROOT / "communique.toml").read_text(encoding="utf-8")
    path.write_text(text.replace('accent = "#17504a"', f'accent = "{colour}"'), encoding="utf-8")
    return path


@pytest.mark.parametrize("colour", ["#000000", "#c8102e", "#E30613", "#767676"])
def test_a_colour_that_can_be_read_on_white_is_taken(tmp_path: Path, colour: str) -> None:
    assert load_settings(with_accent(tmp_path, colour)).office.accent == colour


@pytest.mark.parametrize(("colour", "contrast"), [("#ffcc00", "1.5"), ("#777777", "4.5"), ("#ffffff", "1.0")])
def test_a_light_one_is_refused_with_its_contrast(tmp_path: Path, colour: str, contrast: str) -> None:
    with pytest.raises(ConfigError, match=rf"office\.accent.*contrast to white is {contrast}, they need 4\.5"):
        load_settings(with_accent(tmp_path, colour))


@pytest.mark.parametrize("colour", ["red", "#12345", "#12345g", "17504a"])
def test_what_is_no_colour_is_refused(tmp_path: Path, colour: str) -> None:
    with pytest.raises(ConfigError, match="must be a colour written #1d3a6b"):
        load_settings(with_accent(tmp_path, colour))
