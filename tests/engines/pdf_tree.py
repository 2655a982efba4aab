"""A PDF as a screen reader gets it: the structure tree with its text, read with pikepdf alone."""

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf

Texts = dict[tuple[int, int], str]
"""Text by page (from 0) and number of the marked content."""


def lines(data: bytes) -> list[str]:
    """Return the structure, one element or stretch of text a line, indented by depth."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return list(_element(pdf, pdf.Root.StructTreeRoot.K, texts(pdf), 0))


def texts(pdf: pikepdf.Pdf) -> Texts:
    """Return all text that belongs to the structure."""
    return {place: text for place, text in _marked(pdf) if place[1] >= 0}


def artifacts(data: bytes) -> list[str]:
    """Return all text that screen readers pass over."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [text for place, text in _marked(pdf) if place[1] < 0 and text]


def _element(pdf: pikepdf.Pdf, element: pikepdf.Object, found: Texts, depth: int) -> Iterator[str]:
    words = [str(element.S).removeprefix("/")]
    words += [f"{key}={str(element[f'/{key}'])!r}" for key in ("Lang", "Alt", "ActualText") if f"/{key}" in element]
    attributes: Any = element.get("/A", {})
    words += [f"{key[1:]}={value}" for key, value in attributes.items() if key not in {"/O", "/BBox"}]
    yield "  " * depth + " ".join(words)
    page = pdf.pages.index(pikepdf.Page(element.Pg))
    kids: list[Any] = list(element.K)
    for kid in kids:
        if isinstance(kid, int):
            yield "  " * (depth + 1) + repr(found[page, kid])
        elif kid.get("/Type") == "/MCR":
            yield "  " * (depth + 1) + repr(found[pdf.pages.index(pikepdf.Page(kid.Pg)), int(kid.MCID)])
        elif kid.get("/Type") == "/OBJR":
            yield "  " * (depth + 1) + f"→ {kid.Obj.A.URI}"
        else:
            assert kid.P.objgen == element.objgen
            yield from _element(pdf, kid, found, depth + 1)


def _marked(pdf: pikepdf.Pdf) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield page and number of each stretch of marked content with its text; artifacts have the number -1."""
    for number, page in enumerate(pdf.pages):
        fonts = {name: _characters(font) for name, font in page.Resources.Font.items()}
        characters: dict[int, str] = {}
        inside: list[int] = []
        text = ""
        stream: list[Any] = list(pikepdf.parse_content_stream(page))
        for operands, operator in stream:
            match str(operator):
                case "BMC":
                    inside.append(-1)
                case "BDC":
                    inside.append(int(operands[1].get("/MCID", -1)))
                case "EMC":
                    yield (number, inside.pop()), text
                    text = ""
                case "Tf":
                    characters = fonts[str(operands[0])]
                case "TJ":
                    assert inside, "text outside of marked content"
                    text += "".join(_decoded(item, characters) for item in operands[0])


def _decoded(item: pikepdf.Object, characters: dict[int, str]) -> str:
    if not isinstance(item, pikepdf.String):
        return ""
    glyphs = bytes(item)
    return "".join(characters[glyphs[i] << 8 | glyphs[i + 1]] for i in range(0, len(glyphs), 2))


def _characters(font: pikepdf.Object) -> dict[int, str]:
    pairs = re.findall(rb"^<(\w{4})> <(\w+)>$", font.ToUnicode.read_bytes(), re.MULTILINE)
    return {int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in pairs}
