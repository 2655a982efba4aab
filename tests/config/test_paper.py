"""The section `[site]`: what is missing or wrong is told with its line."""

from pathlib import Path

import pytest

from pipeline.config import SiteSettings, load_settings
from pipeline.errors import ConfigError

ROOT = Path(__file__).parents[2]


def read(folder: Path, section: str) -> SiteSettings:
    path = folder / "communique.toml"
    before = (ROOT / "communique.toml").read_text(encoding="utf-8").partition("[site]")[0]
    path.write_text(f"{before}[site]\n{section}", encoding="utf-8")
    settings = load_settings(path).site
    assert settings is not None
    return settings


def test_an_address_is_enough(tmp_path: Path) -> None:
    site = read(tmp_path, 'url = "https://presse.example.org"')
    assert (site.url, site.folder, site.links) == ("https://presse.example.org/", "site", ())


def test_links_are_read_per_language(tmp_path: Path) -> None:
    link = '[[site.links]]\ntext = { de = "Impressum" }\nurl = { de = "https://example.org/i" }\n'
    (found,) = read(tmp_path, f'url = "https://presse.example.org/"\n{link}').links
    assert (found.text.own("de"), found.url.own("de"), found.url.own("fr")) == (
        "Impressum",
        "https://example.org/i",
        None,
    )


SITE = 'url = "https://a.example/"\n'
LINK = f'{SITE}[[site.links]]\ntext = {{ de = "I" }}\n'


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ('folder = "site"', "is missing; it is the address of the newsroom"),
        (f'{SITE}folder = "../out"', "must be the name of a folder in the workspace"),
        (LINK, r"“site\.links\.0\.url” is missing"),
        (f'{LINK}url = {{ de = "javascript:alert(1)" }}', "must hold addresses such as https"),
        (
            f'{LINK}url = {{ de = "https://a.example" }}\nnew_tab = true',
            r"“site\.links\.0\.new_tab” is not a known key",
        ),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, section: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        read(tmp_path, section)
