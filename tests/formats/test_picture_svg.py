"""SVG for pages: what draws stays, its size is known, and nothing of its maker is left."""

import pytest
from lxml import etree

from pipeline.errors import FormatError
from pipeline.formats.picture import Prepared, prepared

SVG = 'xmlns="http://www.w3.org/2000/svg"'


def drawing(inner: str, attributes: str = 'viewBox="0 0 40 20"') -> Prepared:
    return prepared(f"<svg {SVG} {attributes}>{inner}</svg>".encode(), "a.svg")


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('viewBox="0 0 40 20"', (40, 20)),
        ('viewBox="-5,-5 40.4,20"', (40, 20)),
        ('width="40" height="20"', (40, 20)),
        ('width="40px" height=" 15pt "', (40, 20)),
        ('width="170mm" height="10cm"', (643, 378)),
        ('width="1in" height="6pc"', (96, 96)),
        ('width="100%" height="100%" viewBox="0 0 40 20"', (40, 20)),
        ('width="80" viewBox="0 0 40 20"', (80, 40)),
        ('height="2in" viewBox="0 0 40 20"', (384, 192)),
        ('width="0.1" height="0.2"', (1, 1)),
    ],
)
def test_the_size_is_known_and_written_down(attributes: str, size: tuple[int, int]) -> None:
    found = drawing("<path d='M0 0h9'/>", attributes)
    assert (found.width, found.height) == size
    root = etree.fromstring(found.data)
    assert root.get("viewBox")
    assert (max(round(float(root.get("width"))), 1), max(round(float(root.get("height"))), 1)) == size
    assert prepared(found.data, "a.svg") == found


@pytest.mark.parametrize(
    ("attributes", "words"),
    [
        ("", "does not say how large it is"),
        ('width="100%" height="50%"', "does not say how large it is"),
        ('width="40"', "does not say how large it is"),
        ('width="40" height="-20"', "does not say how large it is"),
        ('viewBox="0 0 nan 20"', "does not say how large it is"),
        ('viewBox="0 0 0 20"', "is empty"),
        ('viewBox="0 0 -4 20"', "is empty"),
        ('width="0" height="0"', "is empty"),
        ('width="999999" height="20"', "is larger than 100000 pixels"),
        ('viewBox="0 0 1 999999"', "is larger than 100000 pixels"),
        ('width="9000" viewBox="0 0 1 90"', "is larger than 100000 pixels"),
    ],
)
def test_a_size_that_no_drawing_has_is_refused(attributes: str, words: str) -> None:
    with pytest.raises(FormatError, match=rf"^a\.svg: {words}.*; save it"):
        drawing("", attributes)


def test_what_a_drawing_program_writes_for_itself_is_left_out() -> None:
    given = f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<?xml-stylesheet href="file:///home/eva/geheim.css"?>
<!-- geheim -->
<svg {SVG} xmlns:ink="urn:ink" ink:docname="geheim.svg" xmlns:xlink="http://www.w3.org/1999/xlink"
     viewBox="0 0 4 4" xml:base="http://geheim.example.org/" xml:lang="de">
  <metadata><about>geheim</about></metadata>
  <ink:view folder="/home/geheim"><ink:grid/></ink:view>
  <title>Wappen</title>
  <defs><linearGradient id="a"/><linearGradient id="b" xlink:href="#a"/></defs>
  <g ink:label="geheim"><path d="M0 0h4" fill="url(#b)"/></g>
</svg>"""
    found = prepared(given.encode(), "a.svg")
    assert b"geheim" not in found.data
    assert b"ink" not in found.data.replace(b"xlink", b"")
    root = etree.fromstring(found.data)
    drawn = [etree.QName(item).localname for item in root.iter("*")]
    assert drawn == ["svg", "title", "defs", "linearGradient", "linearGradient", "g", "path"]
    assert b'xlink:href="#a"' in found.data
    assert b'xml:lang="de"' in found.data
    assert found.notes == ()


def test_of_what_moves_the_beginning_is_shown() -> None:
    found = drawing('<rect width="9" height="9"><animate attributeName="x" to="30" dur="2s"/></rect>')
    assert b"animate" not in found.data
    assert found.notes == ("a.svg: moves; the page shows how it begins",)


@pytest.mark.parametrize(
    "data",
    [
        f'<!DOCTYPE svg [<!ENTITY a "x">]><svg {SVG} viewBox="0 0 4 4">&a;</svg>'.encode(),
        f'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg {SVG} viewBox="0 0 4 4">&a;</svg>'.encode(),
        f'<?xml version="1.0" encoding="utf-16"?><!DOCTYPE svg [<!ENTITY a "x">]><svg {SVG}/>'.encode("utf-16"),
        f'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE svg [+ADwAIQ-ENTITY a "x">]><svg {SVG}/>'.encode(),
    ],
    ids=["own", "of a file", "in UTF-16", "hidden in UTF-7"],
)
def test_entities_are_refused(data: bytes) -> None:
    with pytest.raises(FormatError, match=r"^a\.svg:(\d+:)? (declares entities|is no SVG).*; save it"):
        prepared(data, "a.svg")


def test_entities_that_multiply_are_refused_at_once() -> None:
    levels = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(12))
    bomb = f'<!DOCTYPE svg [<!ENTITY e0 "haha">{levels}]><svg {SVG} viewBox="0 0 4 4"><desc>&e12;</desc></svg>'
    with pytest.raises(FormatError, match="declares entities"):
        prepared(bomb.encode(), "a.svg")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<svg", r"^a\.svg:1: is no SVG, or is damaged"),
        (f"<svg {SVG}>\n\n<g></svg>".encode(), r"^a\.svg:3: is no SVG, or is damaged"),
        (b"<svg viewBox='0 0 4 4'/>", "is no SVG"),
        (f"<g {SVG}/>".encode(), "is no SVG"),
        (f"<svg {SVG}>{'<g>' * 3000}".encode(), "is no SVG, or is damaged"),
        (f"<svg {SVG}>".encode() + b" " * 5_000_000, r"is an SVG of 5 MB"),
        (f"<svg {SVG}>\xff\xfe</svg>".encode("latin-1"), "is no SVG, or is damaged"),
    ],
    ids=range(7),
)
def test_what_is_no_svg_is_one_clear_error(data: bytes, words: str) -> None:
    with pytest.raises(FormatError, match=words):
        prepared(data, "a.svg")
