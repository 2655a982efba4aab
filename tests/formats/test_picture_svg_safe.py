"""Hostile drawings: each is refused with what it holds; honest ones that look alike are not."""

import pytest

from pipeline.errors import FormatError
from pipeline.formats.picture import prepared

SPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:h="http://www.w3.org/1999/xhtml"'


def take_in(inner: str, root: str = "") -> bytes:
    return prepared(f'<svg {SPACES} viewBox="0 0 40 20"{root}>\n{inner}\n</svg>'.encode(), "a.svg").data


@pytest.mark.parametrize(
    ("inner", "words"),
    [
        ("<script>alert(1)</script>", "a program"),
        ("<g><SCRIPT/></g>", "a program"),
        ("<h:script>alert(1)</h:script>", "a program"),
        ("<metadata><script/></metadata>", "a program"),
        ('<rect onclick="alert(1)"/>', "the event handler “onclick”"),
        ('<rect ONLOAD="alert(1)"/>', "the event handler “ONLOAD”"),
        ("<foreignObject><h:p>Text</h:p></foreignObject>", "a web page"),
        ("<h:iframe/>", "a web page"),
        ('<image xlink:href="file:///etc/passwd"/>', "another picture"),
        ('<image href="data:image/png;base64,AAAA"/>', "another picture"),
        ('<filter><feImage href="#a"/></filter>', "another picture"),
        ('<use href="http://example.org/a.svg#b"/>', "something outside"),
        ('<use xlink:href="../b.svg#b"/>', "something outside"),
        ('<a href="javascript:alert(1)"><rect/></a>', "something outside"),
        ('<a xlink:href=" java&#10;script:alert(1)"><rect/></a>', "something outside"),
        ('<linearGradient href="data:image/svg+xml,x"/>', "something outside"),
        ('<rect fill="url(http://example.org/a.svg#b)"/>', "something outside"),
        ("<rect fill=\"URL( '//example.org/a#b' )\"/>", "something outside"),
        ('<rect style="fill:url(&quot;file:///a&quot;)"/>', "something outside"),
        ('<rect style="mask:u\\72l(http://example.org)"/>', "hides what it does"),
        ("<style>@import 'http://example.org/a.css';</style>", "loads something"),
        ("<style>@font-face{font-family:a;src:url(a.ttf)}</style>", "loads something"),
        ("<style>rect{background:image-set('a.png')}</style>", "loads something"),
        ("<style><![CDATA[rect{fill:url(https://example.org/a)}]]></style>", "something outside"),
        ("<style>rect{fill:ur/* */l(https://example.org/a)}</style>", "something outside"),
        ("<style>rect{fill:url(/* */https://example.org/a)}</style>", "something outside"),
    ],
)
def test_what_does_more_than_draw_is_refused_with_its_line(inner: str, words: str) -> None:
    with pytest.raises(FormatError, match=rf"^a\.svg:2: holds .*{words}.*; save it as plain SVG"):
        take_in(inner)


def test_an_event_handler_of_the_whole_drawing_is_refused() -> None:
    with pytest.raises(FormatError, match="onload"):
        take_in("", ' onload="alert(1)"')


@pytest.mark.parametrize(
    "inner",
    [
        '<g transform="translate(3 4)" opacity=".5" order="1"><rect fill="rgb(1,2,3)"/></g>',
        '<defs><clipPath id="c"><path d="M0 0h4"/></clipPath></defs><g clip-path="url(#c)"><use href="#c"/></g>',
        '<linearGradient id="a"/><radialGradient id="b" xlink:href="#a"/><rect fill="url(\'#b\') red"/>',
        '<style>.a{fill:url(#v)} .b,#k{stroke:#fff}</style><linearGradient id="v"/><rect class="a b" id="k"/>',
        '<style>@media print{.st0{fill:url(#v)}}</style><radialGradient id="v"/><rect class="st0"/>',
        '<a href="#top"><g id="top"><rect/></g></a>',
        '<g aria-label="Karte (image (1), Stand: url(2026))"/>',
        '<use href="#nirgends"/>',
    ],
)
def test_an_honest_drawing_is_taken(inner: str) -> None:
    assert b"svg" in take_in(inner)


def copies(levels: int, element: str) -> str:
    """Return ten copies of ten copies … of a shape."""
    shapes = "".join(f'<g id="g{n + 1}">{element.format(n) * 10}</g>' for n in range(levels))
    return f'<defs><g id="g0"><rect/></g>{shapes}</defs>{element.format(levels)}'


@pytest.mark.parametrize(
    "element", ['<use href="#g{}"/>', '<rect fill="url(#g{})"/>', '<rect style="mask : url( #g{} )"/>']
)
def test_a_shape_that_multiplies_itself_is_refused(element: str) -> None:
    take_in(copies(2, element))
    with pytest.raises(FormatError, match="draws more than 50000 shapes; save it simpler"):
        take_in(copies(40, element))


def test_a_shape_that_multiplies_itself_by_rules_of_style_is_refused() -> None:
    rules = "".join(f".c{n}{{fill:url(#g{n})}}" for n in range(40))
    with pytest.raises(FormatError, match="draws more than 50000 shapes"):
        take_in(f"<style>{rules}</style>" + copies(39, '<rect class="c{}"/>'))


@pytest.mark.parametrize(
    "inner",
    [
        '<g id="a"><use href="#a"/></g>',
        '<g id="a"><use href="#b"/></g><g id="b"><use xlink:href="#a"/></g>',
        '<pattern id="a"><rect fill="url(#a)"/></pattern><rect fill="url(#a)"/>',
        '<style>rect{mask:url(#a)}</style><mask id="a"><rect/></mask>',
        '<g id="a"/><g id="a"><use href="#a"/></g>',
    ],
)
def test_a_drawing_that_goes_in_a_circle_is_refused(inner: str) -> None:
    with pytest.raises(FormatError, match=r"^a\.svg:2: refers to itself in a circle; save it simpler"):
        take_in(inner)


@pytest.mark.parametrize(
    "inner",
    [
        "<g>" * 120 + "</g>" * 120,
        "".join(f'<g id="g{n}"><use href="#g{n + 1}"/></g>' for n in range(3000)),
        "".join(f'<g id="g{n + 1}"><use href="#g{n}"/></g>' for n in range(3000)),
    ],
    ids=["nested", "forwards", "backwards"],
)
def test_a_drawing_nested_too_deep_is_refused(inner: str) -> None:
    with pytest.raises(FormatError, match="is nested more than 100 deep"):
        take_in(inner)


def test_a_drawing_of_too_many_shapes_is_refused() -> None:
    take_in("<path/>" * 40_000)
    with pytest.raises(FormatError, match="draws more than 50000 shapes"):
        take_in("<path/>" * 50_001)


def test_a_rule_that_cannot_be_followed_is_refused() -> None:
    take_in("<style>g > rect {fill: red}</style>")
    with pytest.raises(FormatError, match="has the style rule “g > rect”, which is too involved"):
        take_in("<style>g > rect {fill: url(#a)}</style>")
