"""A message's identity: always the same for a recipient, another for everybody else, and telling its release."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.message_id import message_id, read_message_id

VERSIONS = st.integers(1, 999_999)
TAGS = st.sampled_from(["de", "fr", "fr-CH"])
IDS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,40}", fullmatch=True)


@given(IDS, VERSIONS, TAGS, st.text(max_size=40))
def test_what_was_written_is_read_back(release: str, version: int, language: str, key: str) -> None:
    written = message_id(release, version, language, key, "example.org")
    found = read_message_id(f"Re: {written} and more")
    assert found is not None
    assert (found.text, found.release, found.version, found.language) == (written, release, version, language)


@given(st.text(max_size=20), st.text(max_size=20))
def test_two_recipients_never_share_one_and_no_address_shows(one: str, other: str) -> None:
    first, second = (message_id("bus", 1, "fr", key, "example.org") for key in (one, other))
    assert (first == second) == (one == other)


@given(st.text())
def test_anything_may_be_asked(text: str) -> None:
    found = read_message_id(text)
    assert found is None or found.text in text
