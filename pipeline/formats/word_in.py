"""A Word file to raw blocks, by mammoth; the package is checked before anything in it is opened."""

import io
import re
import zipfile

from pipeline.errors import FormatError
from pipeline.formats.html_blocks import read_blocks
from pipeline.formats.web_page import parse_html
from pipeline.model.intake import RawContent

MAX_FILE = 50_000_000
MAX_UNPACKED = 200_000_000
MAX_MEMBERS = 5_000
MAX_RATIO = 200
MAX_XML = 40_000_000

OLE_HEADER = b"\xd0\xcf\x11\xe0"
"""How encrypted Office files, and Word files from before 2007, begin ([MS-CFB] 2.2)."""

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
    notes = list(_checked_package(data, name))
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
        notes.append(f"{len(pictures)} pictures were left out; put them into the release's media folder")
    blocks = read_blocks(parse_html(f"<body>{converted.value}</body>", name)) if converted.value.strip() else ()
    if not blocks:
        raise FormatError("holds no text", path=name)
    return RawContent(blocks=blocks, notes=tuple(notes))


def _checked_package(data: bytes, name: str) -> list[str]:
    """Return remarks on the package after making sure that it can be opened safely."""
    if data.startswith(OLE_HEADER):
        message = "is protected by a password, or a .doc file; save it in Word as .docx without a password"
        raise FormatError(message, path=name)
    if len(data) > MAX_FILE:
        raise FormatError(f"has {len(data) / 1e6:.0f} MB; a press release has less than 50 MB", path=name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
            _check_sizes(members, len(data), name)
            if "word/document.xml" not in package.namelist():
                raise FormatError("is no Word file (.docx)", path=name)
            document = package.read("word/document.xml")
            names = set(package.namelist())
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, ValueError):
        raise FormatError("is damaged or not complete; get the whole file", path=name) from None
    if re.search(rb"<!(?:DOCTYPE|ENTITY)", document[:4096], re.IGNORECASE):
        raise FormatError("declares XML entities, which no Word file does; it is not opened", path=name)
    return _remarks(document, names)


def _check_sizes(members: list[zipfile.ZipInfo], size: int, name: str) -> None:
    unpacked = sum(member.file_size for member in members)
    largest_xml = max((member.file_size for member in members if member.filename.endswith(".xml")), default=0)
    bomb = unpacked > MAX_RATIO * max(size, 10_000) or unpacked > MAX_UNPACKED or largest_xml > MAX_XML
    if bomb or len(members) > MAX_MEMBERS:
        raise FormatError("unpacks to far more than a press release holds; it is not opened", path=name)


def _remarks(document: bytes, names: set[str]) -> list[str]:
    remarks = []
    if re.search(rb"<w:(?:ins|del)\s", document):
        remarks.append("the file has tracked changes: insertions were taken, deletions left out")
    if "word/comments.xml" in names:
        remarks.append("the file has comments; they were left out")
    if "word/vbaProject.bin" in names:
        remarks.append("the file has macros; they were neither run nor taken")
    return remarks
