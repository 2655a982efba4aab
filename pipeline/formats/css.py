"""What the program itself puts into a style sheet."""

import re


def css_string(text: str) -> str:
    """Return `text` as a CSS string; whatever could end it or the style element is written as its code point."""
    return '"' + re.sub(r"[^\w .,’–-]", lambda match: f"\\{ord(match[0]):x} ", text) + '"'


def tint(colour: str, part: float) -> str:
    """Return `part` of a colour on white paper, as a colour that is not transparent.

    Args:
        colour: as `#rrggbb`.
        part: from 0, white, to 1, the colour itself.
    """
    channels = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - channel) * part):02x}" for channel in channels)
