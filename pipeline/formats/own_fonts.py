"""An office's own fonts: the .ttf and .otf files in the folder `fonts` of its templates."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from pipeline.errors import FormatError

FOLDER = "fonts"
MAX_BYTES, MAX_FILES = 5_000_000, 60
OTHER_KINDS = (".woff", ".woff2", ".ttc", ".otc", ".pfb", ".dfont")
"""Fonts too, but made for browsers, or several in one file."""

_RESTRICTED, _WAYS_TO_EMBED = 0x0002, 0x000C
_NO_SUBSETTING, _BITMAPS_ONLY = 0x0100, 0x0200
"""Bits of `OS/2.fsType` (OpenType specification, OS/2 table): of several, the one that allows most counts."""
_ITALIC, _OBLIQUE = 0x0001, 0x0200
"""Bits of `OS/2.fsSelection`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFace:
    """One font file."""

    file: str
    """`templates/fonts/Haus-Bold.ttf`, for errors."""
    family: str
    weight: int
    """In hundreds, as in CSS: 400 for regular, 700 for bold."""
    style: str
    """`normal` or `italic`."""
    signs: frozenset[str] = field(repr=False)
    data: bytes = field(repr=False)


def own_fonts(folders: Sequence[Path]) -> tuple[OwnFace, ...]:
    """Return the fonts in the template folders, by family, weight and style.

    Args:
        folders: template folders; each may hold a folder `fonts`.

    Raises:
        FormatError: a file is too large, damaged, of another kind, or must not be put into a PDF; two are the same.
    """
    paths = [path for folder in folders for path in sorted((folder / FOLDER).glob("*")) if path.is_file()]
    for path in paths:
        if path.suffix.lower() in OTHER_KINDS:
            raise FormatError("is a font of another kind; put it there as .ttf or .otf", path=_name(path))
    fonts = [path for path in paths if path.suffix.lower() in {".ttf", ".otf"}]
    if len(fonts) > MAX_FILES:
        raise FormatError(f"holds {len(fonts)} fonts, at most {MAX_FILES} are read", path=f"templates/{FOLDER}")
    faces: dict[tuple[str, int, str], OwnFace] = {}
    for path in fonts:
        face = _read(path)
        key = (face.family, face.weight, face.style)
        if key in faces:
            twin = faces[key].file
            message = f"is “{face.family}” in the same weight and style as {twin}; keep one of them"
            raise FormatError(message, path=face.file)
        faces[key] = face
    return tuple(faces[key] for key in sorted(faces))


def read_face(data: bytes, name: str) -> OwnFace:
    """Return what a font file says of itself.

    Args:
        data: the file.
        name: what people know it by.

    Raises:
        FormatError: it is damaged, of another kind, or must not be put into a PDF.
    """
    from fontTools.ttLib import TTFont

    try:
        with TTFont(BytesIO(data), lazy=True) as font:
            _refuse_unusable(font, len(data), name)
            return _face(font, data, name)
    except FormatError:
        raise
    except Exception:  # fontTools meets a damaged file with nearly every kind of error
        raise FormatError("cannot be read as a font; get the file anew", path=name) from None


def _name(path: Path) -> str:
    return f"templates/{FOLDER}/{path.name}"


def _read(path: Path) -> OwnFace:
    name = _name(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise FormatError("is larger than 5 MB; use a font for the languages you need", path=name)
        return read_face(path.read_bytes(), name)
    except OSError as error:
        raise FormatError(f"cannot be read: {error.strerror}", path=name) from None


def _refuse_unusable(font: Any, size: int, name: str) -> None:
    if "fvar" in font:
        message = "is a variable font; put the single styles there instead (Regular, Italic, Bold …)"
        raise FormatError(message, path=name)
    if any(table.offset + table.length > size for table in font.reader.tables.values()):
        raise FormatError("is cut off; get the file anew", path=name)
    if "glyf" not in font and "CFF " not in font:
        raise FormatError("has no outlines that can be printed; get it as .ttf or .otf with outlines", path=name)
    allowed = font["OS/2"].fsType
    restricted = allowed & _RESTRICTED and not allowed & _WAYS_TO_EMBED
    if restricted or allowed & (_NO_SUBSETTING | _BITMAPS_ONLY):
        message = "may not be put into a PDF, its maker says (OS/2 fsType); ask for a licence that allows embedding"
        raise FormatError(message, path=name)


def _face(font: Any, data: bytes, name: str) -> OwnFace:
    about, names = font["OS/2"], font["name"]
    family = names.getDebugName(16) or names.getDebugName(1)
    if not family or not family.strip():
        raise FormatError("does not say the name of its family; get the file anew", path=name)
    return OwnFace(
        file=name,
        family=" ".join(family.split()),
        weight=min(max(round(about.usWeightClass / 100), 1), 9) * 100,
        style="italic" if about.fsSelection & (_ITALIC | _OBLIQUE) else "normal",
        signs=frozenset(map(chr, font.getBestCmap())),
        data=data,
    )
