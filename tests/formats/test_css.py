"""What the program puts into a style sheet cannot end it, and a tint is a lighter colour."""

import pytest
import tinycss2  # type: ignore[import-untyped]  # it has no types
from hypothesis import given
from hypothesis import strategies as st

from pipeline.formats.css import css_string, tint

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"))
"""CSS replaces U+0000 (CSS Syntax, 3.3); the settings take none."""


@given(TEXT)
def test_any_text_is_one_string_and_comes_back(text: str) -> None:
    (token,) = tinycss2.parse_component_value_list(css_string(text))
    assert (token.type, token.value) == ("string", text)
    assert "<" not in css_string(text)


@pytest.mark.parametrize(("part", "colour"), [(0, "#ffffff"), (1, "#17504a"), (0.5, "#8ba8a4")])
def test_a_tint_lies_between_white_and_the_colour(part: float, colour: str) -> None:
    assert tint("#17504a", part) == colour
