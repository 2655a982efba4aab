"""Text in a drawing is set in a font of the page, and never in one that happens to be on the machine."""

import pytest
from lxml import etree

from pipeline.errors import FormatError
from pipeline.formats.picture import Prepared, prepared


def drawing(inner: str) -> Prepared:
    return prepared(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 20">{inner}</svg>'.encode(), "a.svg")


def test_the_font_is_ours_whatever_the_drawing_asks_for() -> None:
    found = drawing(
        "<style>.a{font:bold 9px Foo;fill:red} .b{fill:red;font-family:'Foo', Foo}</style>"
        '<text font-family="Foo" style="font-size:9px;font-family:Foo;fill:red">Grüße'
        '<tspan class="b">à</tspan></text>'
    )
    assert b"Foo" not in found.data
    root = etree.fromstring(found.data)
    assert root.get("font-family") == "'Source Sans Pro', 'Source Serif Pro', 'Roboto'"
    assert root[0].text == ".a{;fill:red} .b{fill:red;}"
    assert root[1].get("style") == "font-size:9px;;fill:red"
    assert found.notes == (
        "a.svg: its text is set in Source Sans Pro; turn text into paths to keep its own letters",
    )


def test_a_drawing_without_text_is_left_as_it_is() -> None:
    found = drawing('<title>橋</title><g font-family="Foo"><path d="M0 0h9"/></g>')
    assert (found.notes, b"Foo" in found.data) == ((), True)


@pytest.mark.parametrize("text", ["橋", "<tspan>Brücke 橋</tspan>", "&#x1F309;", "&#x9B;"])
def test_a_sign_that_no_font_has_is_named(text: str) -> None:
    with pytest.raises(
        FormatError, match=r"^a\.svg: holds (“.” \(U\+(6A4B|1F309)\)|U\+009B), .*; turn its text into paths$"
    ):
        drawing(f"<text>{text}</text>")


def test_a_rare_sign_that_another_font_of_ours_has_is_taken() -> None:
    assert drawing("<text>ΑΒΓ\n  Ж</text>").notes
