"""PNG and JPEG for pages: upright, opaque, in sRGB or grey, no finer than paper shows, without metadata."""

import contextlib
import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from pipeline.errors import FormatError
from pipeline.formats.picture import JPEG, PNG, Prepared

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_PIXELS = 100_000_000
BOX = (2008, 2953)
"""Pixels that a page has room for at 300 to the inch: 170 mm of text width, 250 mm of height."""
QUALITY = 88
"""Of photos (JPEG): below it, edges begin to show in print; above, files grow without a gain."""

_MOST_SCANS = 50
"""Of a progressive JPEG, which has about ten; each costs a pass over all pixels."""
_GAP = 2
"""How many times finer than needed a picture stays until the last, most careful step of scaling."""
_STRIP = 128
"""Rows of the reduced picture that are made at a time."""
_PHOTO_RATIO = 4
"""A lossless file that many times larger than its JPEG shows a photo; of drawings it is about as large."""
_MOST_COLOURS = 256
_ORIENTATION = 0x0112
_LYING = frozenset({5, 6, 7, 8})


def from_pixels(data: bytes, name: str) -> Prepared:
    """Return a PNG or JPEG as pages show it: photos as JPEG, graphics as PNG.

    Raises:
        FormatError: it is damaged, or has more pixels than 100 million.
    """
    if data.count(b"\xff\xda") > _MOST_SCANS and data.startswith(b"\xff\xd8"):
        raise FormatError("is a JPEG in far more passes than cameras write; save it anew", path=name)
    with _reported(name):
        if not (data.startswith(b"\xff\xd8") or b"IEND" in data):
            raise EOFError  # the library takes a PNG without an end, if only all pixels are there
        return _prepared(data, name)


@contextlib.contextmanager
def _reported(name: str) -> Iterator[None]:
    """Turn whatever the library says of a damaged file into one error, and keep its warnings off the terminal."""
    from PIL import ImageFile
    from PIL.Image import DecompressionBombError

    # WeasyPrint switches this on for the whole process: files that break off would then be shown with grey parts.
    tolerant, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except FormatError:
        raise
    except DecompressionBombError:
        raise _too_large(name) from None
    except MemoryError:
        raise FormatError("needs more memory than there is; make the picture smaller", path=name) from None
    except Exception as error:  # the library meets a damaged file with nearly every kind of error
        message = "is damaged or not complete; open it in a picture program and save it anew"
        raise FormatError(message, path=name) from error
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = tolerant


def _too_large(name: str) -> FormatError:
    message = f"has more than {MAX_PIXELS // 1_000_000} million pixels; make the picture smaller"
    return FormatError(message, path=name)


def _prepared(data: bytes, name: str) -> Prepared:
    from PIL import Image

    picture: Image.Image = Image.open(BytesIO(data), formats=("PNG", "JPEG"))
    width, height = picture.size
    if width * height > MAX_PIXELS:
        raise _too_large(name)
    notes: list[str] = []
    photo = data.startswith(b"\xff\xd8")
    # A JPEG of several pictures is one photo with a small or a depth image beside it, as telephones write it.
    if getattr(picture, "is_animated", False) and not photo:
        notes.append(f"{name}: moves; the page shows its first picture")
    if not photo:
        picture.load()  # asking for metadata does it, too, and a fault that it met would not come up again
    orientation = _orientation(picture)
    profile = picture.info.get("icc_profile")
    box = BOX[::-1] if orientation in _LYING else BOX
    drawn = picture
    picture = _reduced(picture, box)
    picture.thumbnail(box, Image.Resampling.LANCZOS, reducing_gap=None)
    if picture.mode == "CMYK":
        notes.append(f"{name}: was in printing colours (CMYK) and is in RGB now; look at its colours")
    picture = _turned(_opaque(_in_srgb(picture, profile)), orientation)
    if picture.width * picture.height < width * height:
        notes.append(f"{name}: was scaled from {width} × {height} to {picture.width} × {picture.height} pixels")
    if (
        drawn.mode != "P"
        or drawn.has_transparency_data
        or profile
        or (picture.size, orientation) != (drawn.size, 1)
    ):
        drawn = picture if photo else _with_palette(picture)  # else it came with a palette that it can keep
    made, media_type = _encoded(picture, drawn, photo=photo)
    return Prepared(
        data=made, media_type=media_type, width=picture.width, height=picture.height, notes=tuple(notes)
    )


def _orientation(picture: "Image") -> int:
    """Return how the camera was held (Exif 2.32, tag 0x0112): 1 is upright."""
    try:
        value = picture.getexif().get(_ORIENTATION, 1)
    except Exception:  # damaged metadata, of any kind, is no reason to refuse a picture that can be seen
        return 1
    return value if isinstance(value, int) else 1


def _reduced(picture: "Image", box: tuple[int, int]) -> "Image":
    """Return the picture in a mode that can be scaled, and at most some times as fine as `box` asks for.

    It goes strip by strip, so that only the picture as it was read takes memory for all its pixels.
    """
    from PIL import Image

    picture.draft(None, (_GAP * box[0], _GAP * box[1]))  # a JPEG can be read at a half, a quarter or an eighth
    width, height = picture.size
    factor = int(max(width / box[0], height / box[1]) / _GAP)
    if factor <= 1:
        return _plain(picture)
    step = factor * _STRIP
    strips = [
        _plain(picture.crop((0, top, width, min(top + step, height)))).reduce(factor)
        for top in range(0, height, step)
    ]
    reduced = Image.new(strips[0].mode, (strips[0].width, sum(strip.height for strip in strips)))
    for number, strip in enumerate(strips):
        reduced.paste(strip, (0, number * _STRIP))
    return reduced


def _plain(picture: "Image") -> "Image":
    """Return the picture in a mode that can be scaled without loss: 8 bit, no palette."""
    if picture.mode.startswith("I"):
        # 16 bit grey: converting at once would cut everything above 255 off.
        return picture.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    if picture.mode in {"L", "RGB", "CMYK"}:
        return picture
    return picture.convert("L" if picture.mode == "1" else "RGB")


def _in_srgb(picture: "Image", profile: bytes | None) -> "Image":
    """Return the picture in sRGB or grey: by its colour profile if that can be used, or else by rule of thumb."""
    from PIL import ImageCms

    mode = "RGB" if picture.mode == "CMYK" else picture.mode
    if profile and mode != "L":
        with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError):
            given = ImageCms.ImageCmsProfile(BytesIO(profile))
            if "sRGB" not in ImageCms.getProfileDescription(given):
                converted = ImageCms.profileToProfile(
                    picture, given, ImageCms.createProfile("sRGB"), outputMode=mode
                )
                return picture if converted is None else converted
    return picture if picture.mode == mode else picture.convert(mode)


def _opaque(picture: "Image") -> "Image":
    """Return the picture on white paper: Word and older PDF programs show transparency each in their own way."""
    from PIL import Image

    if picture.mode != "RGBA":
        return picture
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper


def _turned(picture: "Image", orientation: int) -> "Image":
    from PIL.Image import Transpose

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    return picture.transpose(turns[orientation]) if orientation in turns else picture


def _encoded(picture: "Image", drawn: "Image", *, photo: bool) -> tuple[bytes, str]:
    """Return the file and its media type; nothing of the original file but what can be seen is in it.

    Args:
        picture: as a photo would be saved.
        drawn: the same with a palette, if that loses nothing.
        photo: whether it came as one.
    """
    picture.info.clear()
    drawn.info.clear()
    if drawn.mode != "P":
        jpeg = _saved(picture, "JPEG", quality=QUALITY, optimize=True)
        if photo or len(_saved(picture, "PNG", compress_level=1)) > _PHOTO_RATIO * len(jpeg):
            return jpeg, JPEG
    return _saved(drawn, "PNG"), PNG


def _with_palette(picture: "Image") -> "Image":
    """Return a picture of few colours with a palette, a third of the size, unless a colour would change."""
    from PIL.Image import Dither, Quantize

    if picture.mode != "RGB" or picture.getcolors(_MOST_COLOURS) is None:
        return picture
    small = picture.quantize(_MOST_COLOURS, Quantize.MEDIANCUT, dither=Dither.NONE)
    return small if small.convert("RGB").tobytes() == picture.tobytes() else picture


def _saved(picture: "Image", kind: str, **options: int | bool) -> bytes:
    file = BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()
