"""The fonts that a page is set in: ours and the office's own. The library sees no font of the system."""

import contextlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pipeline.formats.css import css_string
from pipeline.formats.fonts import FACES, families
from pipeline.formats.own_fonts import OwnFace
from pipeline.model.edition import Design

ADDRESS = "communique:font/"

_CONFIGURATION = Path(__file__).with_name("fonts.conf")
_VARIABLE = "FONTCONFIG_FILE"


def font_configuration() -> Any:
    """Return a font configuration of the library without any font.

    Neither the fonts nor the rules of the system have a part in it (some draw bold letters out of light ones), so
    equal pages look equal on every machine, and no other font of the same name steps in.
    """
    from weasyprint.text.fonts import FontConfiguration

    with _without_system():
        return FontConfiguration()


@contextlib.contextmanager
def _without_system() -> Iterator[None]:
    before = os.environ.get(_VARIABLE)
    os.environ[_VARIABLE] = str(_CONFIGURATION)
    try:
        yield
    finally:
        if before is None:
            del os.environ[_VARIABLE]
        else:
            os.environ[_VARIABLE] = before


def font_addresses(own: Sequence[OwnFace]) -> dict[str, tuple[str, bytes]]:
    """Return media type and content of the office's fonts, by the address that the style asks for."""
    return {_address(face): ("font/ttf", face.data) for face in own}


def font_faces(own: Sequence[OwnFace]) -> str:
    """Return the style that makes all fonts known, and the order in which families stand in for each other.

    A design that names no family is set in the first two.
    """
    faces = [(family, weight, style, f"{ADDRESS}{face}") for face, (family, weight, style) in FACES.items()]
    faces += [(face.family, face.weight, face.style, quote(_address(face), safe=":/")) for face in own]
    rules = (
        f"@font-face {{ font-family: {css_string(family)}; font-weight: {weight}; font-style: {style};"
        f" src: url({address}) }}"
        for family, weight, style, address in faces
    )
    order = families(own)
    others = ", ".join(map(css_string, order))
    variables = (
        f"--text-font: {css_string(order[0])}; --heading-font: {css_string(order[1])}; --other-fonts: {others}"
    )
    return "\n".join((*rules, f":root {{ {variables} }}"))


def chosen_fonts(design: Design) -> str:
    """Return the style that sets the families that the settings name in the place of the design's own."""
    chosen = {"--text-font": design.text_font, "--heading-font": design.heading_font}
    values = "; ".join(f"{name}: {css_string(family)}" for name, family in chosen.items() if family)
    return f":root {{ {values} }}"


def _address(face: OwnFace) -> str:
    return f"{ADDRESS}own/{Path(face.file).name}"
