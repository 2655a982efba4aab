"""A Word file to raw blocks, by mammoth; the package is checked before anything in it is opened."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.errors import FormatError
from pipeline.formats.html_blocks import read_blocks
from pipeline.formats.office_package import DOCUMENT, open_package
from pipeline.formats.web_page import parse_html
from pipeline.model.intake import RawContent, Removal

MAX_PARAGRAPHS = 10_000

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_STYLES = "\n".join(
    f"p[style-name='{name}'] => {tag}:fresh"
    for tag, names in {
        "h1": ("Title", "Titel", "Titre"),
        "h2.subtitle": ("Subtitle", "Untertitel", "Sous-titre"),
        "h2": ("heading 1", "Überschrift 1", "Titre 1", "heading 2", "Überschrift 2", "Titre 2"),
        "h3": ("heading 3", "Überschrift 3", "Titre 3"),
        "blockquote > p": ("Quote", "Zitat", "Citation", "Intense Quote", "Intensives Zitat"),
    }.items()
    for name in names
)


def read_word(data: bytes, name: str) -> RawContent:
    """Return the text of a .docx file.

    Args:
        data: the whole file.
        name: what the user calls it, for errors.

    Raises:
        FormatError: encrypted, too old, truncated, no Word file, or larger inside than any press release.
    """
    notes, removed = _checked_package(data, name)
    import mammoth

    pictures: list[str] = []

    def note_picture(image: object) -> dict[str, str]:
        pictures.append(str(getattr(image, "content_type", "picture")))
        return {"src": ""}

    try:
        converted = mammoth.convert_to_html(
            io.BytesIO(data), style_map=_STYLES, convert_image=mammoth.images.img_element(note_picture)
        )
    except Exception as error:  # the library raises whatever its parsers raise on damaged files
        raise FormatError(f"is damaged and cannot be read ({type(error).__name__})", path=name) from None
    if pictures:
        notes.append(f"pictures left out: {len(pictures)}; put them into the release's media folder")
    # Back references of footnotes are arrows to click on, no text.
    shown = re.sub(r'<a href="#(?:foot|end)note-ref-[^"]*">[^<]*</a>', "", converted.value)
    # What this HTML has as lines is mammoth's own; a Word file has none.
    html_blocks = read_blocks(parse_html(f"<body>{shown}</body>", name)) if shown.strip() else ()
    blocks = tuple(replace(block, line=None) for block in html_blocks)
    if not blocks:
        raise FormatError("holds no text", path=name)
    return RawContent(blocks=blocks, removed=tuple(removed), notes=tuple(notes))


def _checked_package(data: bytes, name: str) -> tuple[list[str], list[Removal]]:
    """Return remarks on a package that is safe to open, and the text of its page headers and footers."""
    package = open_package(data, name)
    document = package.texts[DOCUMENT]
    if len(re.findall(rb"<w:p[ >]", document)) > MAX_PARAGRAPHS:
        raise FormatError(f"has more than {MAX_PARAGRAPHS:,} paragraphs; a press release has not", path=name)
    margins = [
        text
        for member, text in sorted(package.texts.items())
        if re.match(r"word/(?:header|footer)\d*\.xml", member)
    ]
    removed = [
        Removal(text=line, reason="page header or footer") for text in margins for line in _lines(text, name)
    ]
    return _remarks(document, package.names), list(dict.fromkeys(removed))


def _lines(part: bytes, name: str) -> Iterator[str]:
    """Yield the paragraphs of a page header or footer as plain text."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(part, parser)
    except etree.XMLSyntaxError:
        raise FormatError("is damaged and cannot be read (page header)", path=name) from None
    for paragraph in root.iter(f"{_WORD}p"):
        # A paragraph may hold a text box with paragraphs of its own.
        own = (text for text in paragraph.iter(f"{_WORD}t") if next(text.iterancestors(f"{_WORD}p")) is paragraph)
        line = " ".join(text.text.strip() for text in own if text.text and text.text.strip())
        if line:
            yield line


def _remarks(document: bytes, names: frozenset[str]) -> list[str]:
    remarks = []
    if re.search(rb"<w:(?:ins|del)\s", document):
        remarks.append("the file has tracked changes: insertions were taken, deletions left out")
    if "word/comments.xml" in names:
        remarks.append("the file has comments; they were left out")
    if "word/vbaProject.bin" in names:
        remarks.append("the file has macros; they were neither run nor taken")
    return remarks
