"""A person is recognised by address, and by name where there is none."""

import pytest

from pipeline.model.people import is_among


@pytest.mark.parametrize(
    ("person", "people", "same"),
    [
        ("Luc Ferrandier <l@example.org>", "Luc Ferrandier <l@example.org>", True),
        ("Luc Ferrandier <l@example.org>", "L. Ferrandier <L@Example.org>", True),
        ("Luc Ferrandier <l@example.org>", "Luc Ferrandier <other@example.org>", False),
        ("Luc Ferrandier <l@example.org>", "luc  ferrandier", True),
        ("Luc Ferrandier <l@example.org>", "Eva Muster; Luc Ferrandier", True),
        ("Luc Ferrandier <l@example.org>", "Eva Muster", False),
    ],
)
def test_who_is_meant(person: str, people: str, same: bool) -> None:
    assert is_among(person, people) is same
