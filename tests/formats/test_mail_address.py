"""Addresses: which ones mail can be sent to, and which ones are the same."""

import pytest

from pipeline.errors import FormatError
from pipeline.formats.mail_address import address_key, mail_address


def test_a_domain_becomes_ascii_and_what_stands_before_it_stays() -> None:
    assert mail_address("Eva.Muster@Bücher.Example.ORG") == "Eva.Muster@xn--bcher-kva.example.org"


def test_addresses_are_the_same_in_any_case_and_script_of_their_domain() -> None:
    assert address_key(" EVA@BÜCHER.example ") == address_key("eva@xn--bcher-kva.example")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("jörg@example.org", "has “ö” before the @"),
        ("eva", "is no mail address"),
        ("eva@redaktion", "should have a period"),
        ("Eva Muster <eva@example.org>", "display name"),
        ("eva@example.org, jean@example.org", "is no mail address"),
        ("eva@example.org\r\nBcc: all@example.org", "is no mail address"),
        ("eva@[192.0.2.1]", "is no mail address"),
        ("a" * 300 + "@example.org", "is no mail address"),
    ],
)
def test_what_no_server_takes_is_refused_with_the_reason(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=r"no mail address|before the @") as caught:
        mail_address(text)
    assert message in str(caught.value)
    with pytest.raises(FormatError):
        address_key(text)
