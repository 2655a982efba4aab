"""The section `[mail]`: what is missing or unsafe is told with its line, before anything is sent."""

from datetime import timedelta
from pathlib import Path

import pytest

from pipeline.config import MailSettings, Security, load_settings
from pipeline.errors import ConfigError
from pipeline.model.mailbox import Mailbox

ROOT = Path(__file__).parents[2]
LEAST = """sender = "Staatskanzlei <presse@example.org>"
host = "mail.example.org"
unsubscribe = ["mailto:ab@example.org"]
"""


def read(folder: Path, section: str) -> MailSettings:
    path = folder / "communique.toml"
    before = (ROOT / "communique.toml").read_text(encoding="utf-8").partition("[mail]")[0]
    path.write_text(f"{before}[mail]\n{section}", encoding="utf-8")
    settings = load_settings(path).mail
    assert settings is not None
    return settings


def test_the_defaults_are_safe(tmp_path: Path) -> None:
    mail = read(tmp_path, LEAST)
    assert (mail.security, mail.port, mail.stop_after) == (Security.STARTTLS, 587, 10)
    assert mail.expires_after == timedelta(hours=72)
    assert mail.sender_in("fr") == Mailbox(name="Staatskanzlei", address="presse@example.org")


def test_each_language_may_have_its_own_sender(tmp_path: Path) -> None:
    both = LEAST.replace("sender =", "sender.de =") + 'sender.fr = "Chancellerie <presse@example.fr>"\n'
    mail = read(tmp_path, both)
    assert mail.sender_in("fr-CH").name == "Chancellerie"
    assert mail.sender_in("de").name == "Staatskanzlei"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("sender", "# sender", "“mail.sender” is missing"),
        ("<presse@example.org>", "presse@example.org", "must be written"),
        ("<presse@example.org>", "<größe@example.org>", "ASCII"),
        ("Staatskanzlei <", "A\\nBcc: x@example.org <", "must be written"),
        ('host = "mail.example.org"', "", "“mail.host” is missing"),
        ("mail.example.org", "mail example", "name of a mail server"),
        ("unsubscribe", "# unsubscribe", "say how to get no more mails"),
        ("mailto:ab@example.org", "http://example.org", "must hold addresses"),
        ("mailto:ab@example.org", "mailto:ab@example.org\\r\\nBcc: x", "must hold addresses"),
        ("host", 'security = "none"\nhost', "only to a mail server on this machine"),
        ("host", "port = 70000\nhost", "whole number from 1 to 65535"),
        ("host", "stop_after = 0\nhost", "whole number from 1"),
        ("host", 'password = "x"\nhost', "not a known key"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in LEAST
    with pytest.raises(ConfigError, match=words):
        read(tmp_path, LEAST.replace(old, new, 1))


def test_an_open_line_is_allowed_to_this_machine_only(tmp_path: Path) -> None:
    here = LEAST.replace("mail.example.org", "127.0.0.1") + 'security = "none"\n'
    assert read(tmp_path, here).port == 25
