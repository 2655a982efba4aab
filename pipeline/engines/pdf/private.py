"""Everything that touches WeasyPrint and pydyf below their public surface, so that one place changes when they do.

WeasyPrint 70 builds the structure of a PDF itself, but drops the language of passages, takes headers, footers and
repeated table heads for text, tears apart what runs on over lines and pages, and measures pictures in a wrong unit.
"""

import contextlib
from collections.abc import Callable, Iterator
from importlib import resources
from io import BytesIO
from typing import Any

BuildTags = Callable[[Any, Any, list[Any]], None]
"""Takes the PDF, the laid-out document and the content stream of each page."""


@contextlib.contextmanager
def replaced(build_tags: BuildTags) -> Iterator[None]:
    """Have `build_tags` write the structure, and streams end as the archive standard asks, while in force."""
    import pydyf
    import weasyprint.pdf

    def add_tags(pdf: Any, document: Any, pdf_version: Any, page_streams: list[Any]) -> None:  # noqa: ARG001
        build_tags(pdf, document, page_streams)

    theirs, data = weasyprint.pdf.add_tags, pydyf.Stream.data
    weasyprint.pdf.add_tags = add_tags
    pydyf.Stream.data = property(lambda stream: _ended(data.fget(stream)))
    try:
        yield
    finally:
        weasyprint.pdf.add_tags, pydyf.Stream.data = theirs, data


def _ended(written: bytes) -> bytes:
    """Return a stream whose last byte readers cannot take for a part of the line end behind it.

    A stream that ends in a carriage return is otherwise one byte shorter than it says (ISO 19005-3, 6.1.7.1).
    """
    end = b"\nendstream"
    return written.removesuffix(end) + b"\r" + end if written.endswith(b"\r" + end) else written


def colours() -> Any:
    """Return the colour space that the colours of a page are meant in, sRGB as WeasyPrint brings it.

    Read here once: WeasyPrint reads it for every file anew, and leaves it open.
    """
    from weasyprint.css import ColorProfile

    profile = resources.files("weasyprint.pdf") / "sRGB2014.icc"
    data = profile.read_bytes()

    class Profile(ColorProfile):  # type: ignore[misc]  # the library is untyped
        # Written anew by the library, it is longer from the second file on.
        content = data

    components = tuple([name] for name in "rgb")
    return Profile(BytesIO(data), profile.name, "relative-colorimetric", components)


def keep_own_links(page: Any) -> None:
    """Leave a laid-out page one area to click on for each link and line.

    The library makes another one of every piece of formatting inside a link; no element of the structure is theirs.
    """
    page.links = [link for link in page.links if link[-1].link]


def page_box(page: Any) -> Any:
    """Return the box that all boxes of a laid-out page stand in."""
    return page._page_box  # noqa: SLF001 (the public page has no boxes)


def unwrapped(box: Any) -> Any:
    """Return the box itself where only its place is held, as for list marks and whatever is positioned."""
    from weasyprint.layout.absolute import AbsolutePlaceholder

    return box._box if isinstance(box, AbsolutePlaceholder) else box  # noqa: SLF001 (it hides nothing else)


def is_text(box: Any) -> bool:
    """Return whether a box is a stretch of text on one line."""
    from weasyprint.formatting_structure.boxes import TextBox

    return isinstance(box, TextBox)


def is_picture(box: Any) -> bool:
    """Return whether a box is a picture."""
    from weasyprint.formatting_structure.boxes import ReplacedBox

    return isinstance(box, ReplacedBox)


def is_margin(box: Any) -> bool:
    """Return whether a box stands in a page's margin: running headers and footers do."""
    from weasyprint.formatting_structure.boxes import MarginBox

    return isinstance(box, MarginBox)


def is_line(box: Any) -> bool:
    """Return whether a box is a line of text."""
    from weasyprint.formatting_structure.boxes import LineBox

    return isinstance(box, LineBox)


def has_lines(box: Any) -> bool:
    """Return whether lines of text stand directly in a box."""
    return any(is_line(child) for child in getattr(box, "children", ()))


def is_inline(box: Any) -> bool:
    """Return whether a box is part of a line."""
    from weasyprint.formatting_structure.boxes import InlineLevelBox

    return isinstance(box, InlineLevelBox)


def marks(stream: Any) -> dict[Any, int]:
    """Return the numbers under which the texts and pictures of a page stand in its content stream."""
    return {box: mark["mcid"] for box, mark in stream._tags.items()}  # noqa: SLF001 (nothing else tells)
