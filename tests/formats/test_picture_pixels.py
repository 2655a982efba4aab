"""PNG and JPEG of every sort: each becomes an upright, opaque picture in sRGB or grey, as fine as paper shows."""

import io
import struct
import zlib
from collections.abc import Callable

import pytest
from PIL import Image, ImageCms, ImageFile

from pipeline.errors import FormatError
from pipeline.formats.picture import Prepared, prepared
from pipeline.formats.picture_pixels import BOX, MAX_PIXELS

RED, GREEN, WHITE = (255, 0, 0), (0, 160, 0), (255, 255, 255)


def saved(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def opened(found: Prepared) -> Image.Image:
    """Return the picture as a reader of the file sees it."""
    picture = Image.open(io.BytesIO(found.data))
    picture.load()
    assert picture.size == (found.width, found.height)
    return picture


def photo(size: tuple[int, int]) -> Image.Image:
    """Return something with as many colours as a photograph, the same in every run."""
    across, down = (Image.linear_gradient("L").rotate(turn).resize(size) for turn in (0, 90))
    return Image.merge("RGB", (across, down, Image.radial_gradient("L").resize(size)))


def noisy(size: tuple[int, int]) -> Image.Image:
    """Return a photograph with grain, the same in every run."""
    grain = Image.frombytes("L", size, bytes((i * i // 7 + i * 13) % 24 for i in range(size[0] * size[1])))
    return Image.composite(photo(size), grain.convert("RGB"), Image.new("L", size, 225))


def flat(size: tuple[int, int] = (60, 40), mode: str = "RGB") -> Image.Image:
    """Return a drawing: red, with a green field in the upper left corner."""
    picture = Image.new("RGB", size, RED)
    picture.paste(GREEN, (0, 0, size[0] // 2, size[1] // 2))
    return picture.convert(mode)


def rgb(picture: Image.Image, place: tuple[int, int]) -> tuple[int, ...]:
    value = picture.convert("RGB").getpixel(place)
    assert isinstance(value, tuple)
    return tuple(int(part) for part in value)


def near(found: tuple[int, ...], wanted: tuple[int, ...], by: int = 8) -> bool:
    return all(abs(a - b) <= by for a, b in zip(found, wanted, strict=True))


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def raw_png(size: tuple[int, int], depth: int, colours: int, rows: bytes, *extra: bytes) -> bytes:
    """Return a PNG of a sort that the library reads but does not write."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", *size, depth, colours, 0, 0, 0))
    return b"".join((b"\x89PNG\r\n\x1a\n", head, *extra, chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b"")))


def test_photos_are_jpeg_and_drawings_png() -> None:
    assert prepared(saved(noisy((300, 200)), "JPEG"), "a.jpg").media_type == "image/jpeg"
    assert prepared(saved(noisy((300, 200))), "a.png").media_type == "image/jpeg"
    assert prepared(saved(flat()), "a.png").media_type == "image/png"


def test_a_drawing_keeps_every_pixel_and_a_small_file() -> None:
    found = prepared(saved(flat((600, 400))), "a.png")
    assert opened(found).mode == "P"
    assert opened(found).convert("RGB").tobytes() == flat((600, 400)).tobytes()
    assert len(found.data) < 2_000


@pytest.mark.parametrize(
    ("size", "wanted"),
    [
        ((3000, 1000), (2008, 669)),
        ((4016, 3000), (2008, 1500)),
        ((1000, 6000), (492, 2953)),
        ((2008, 2953), (2008, 2953)),
        ((30_000, 3), (2008, 1)),
        ((1, 1), (1, 1)),
    ],
)
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_no_picture_is_finer_than_paper_shows_or_blown_up(
    size: tuple[int, int], wanted: tuple[int, int], kind: str
) -> None:
    found = prepared(saved(Image.new("L", size, 90), kind), "a")
    assert (found.width, found.height) == wanted
    scaled = f"a: was scaled from {size[0]} × {size[1]} to {wanted[0]} × {wanted[1]} pixels"
    assert found.notes == (() if size == wanted else (scaled,))
    assert near(rgb(opened(found), (wanted[0] // 2, wanted[1] // 2)), (90, 90, 90), by=2)


@pytest.mark.parametrize("mode", ["L", "LA", "RGB", "RGBA"])
def test_very_large_pictures_are_reduced_without_a_seam(mode: str) -> None:
    shape = Image.linear_gradient("L").resize((200, 24_001)).convert(mode)
    found = opened(prepared(saved(shape, compress_level=1), "a.png")).convert("L")
    assert found.size == (25, 2953)
    plain = shape.convert("L").resize(found.size, Image.Resampling.LANCZOS)
    assert max(abs(a - b) for a, b in zip(found.tobytes(), plain.tobytes(), strict=True)) <= 3


@pytest.mark.parametrize("mode", ["CMYK", "L"])
def test_printing_colours_and_grey_photos(mode: str) -> None:
    found = prepared(saved(photo((200, 100)).convert(mode), "JPEG", quality=95), "a.jpg")
    picture = opened(found)
    assert picture.mode == ("RGB" if mode == "CMYK" else "L")
    assert near(rgb(picture, (150, 50)), rgb(photo((200, 100)).convert(mode), (150, 50)), by=12)
    assert bool(found.notes) == (mode == "CMYK")
    assert all("printing colours (CMYK)" in note for note in found.notes)


def test_colours_follow_the_profile_of_the_picture() -> None:
    # In this profile, red and blue have changed places.
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = bytearray(profile.replace("sRGB".encode("utf-16-be"), "Ours".encode("utf-16-be")))
    red, blue = swapped.index(b"rXYZ"), swapped.index(b"bXYZ")
    swapped[red : red + 4], swapped[blue : blue + 4] = b"bXYZ", b"rXYZ"
    picture = Image.new("RGB", (20, 20), (0, 0, 255))
    found = opened(prepared(saved(picture, icc_profile=bytes(swapped)), "a.png"))
    assert near(rgb(found, (10, 10)), (255, 0, 0))
    assert "icc_profile" not in found.info


@pytest.mark.parametrize("profile", [b"no profile", bytes(200)])
def test_a_profile_that_cannot_be_used_is_ignored(profile: bytes) -> None:
    assert rgb(opened(prepared(saved(flat(), icc_profile=profile), "a.png")), (5, 5)) == GREEN


def test_16_bit_grey_keeps_its_shades() -> None:
    values = [0, 0x4000, 0x8000, 0xC000, 0xFFFF]
    found = opened(prepared(raw_png((5, 1), 16, 0, b"\0" + struct.pack(">5H", *values)), "a.png"))
    assert [found.convert("L").getpixel((x, 0)) for x in range(5)] == [0, 63, 127, 191, 255]


@pytest.mark.parametrize(("colours", "channels"), [(2, (0x8000, 0, 0xFFFF)), (6, (0x8000, 0, 0xFFFF, 0xFFFF))])
def test_16_bit_colours(colours: int, channels: tuple[int, ...]) -> None:
    row = b"\0" + struct.pack(f">{2 * len(channels)}H", *channels, *channels)
    found = opened(prepared(raw_png((2, 1), 16, colours, row), "a.png"))
    assert rgb(found, (0, 0)) == (128, 0, 255)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB"])
def test_palettes_and_two_colours(mode: str) -> None:
    found = opened(prepared(saved(flat(mode=mode)), "a.png"))
    assert found.convert("RGB").tobytes() == flat(mode=mode).convert("RGB").tobytes()


def transparent_pixels() -> bytes:
    picture = flat(mode="RGBA")
    picture.paste((1, 2, 3, 0), (30, 20, 60, 40))
    return saved(picture)


def transparent_palette() -> bytes:
    picture = Image.new("P", (60, 40), 0)
    picture.putpalette([0, 160, 0, 9, 9, 9])
    picture.paste(1, (30, 20, 60, 40))
    return saved(picture, transparency=1)


def transparent_colour() -> bytes:
    picture = Image.new("RGB", (60, 40), GREEN)
    picture.paste((9, 9, 9), (30, 20, 60, 40))
    return saved(picture, transparency=(9, 9, 9))


def transparent_grey() -> bytes:
    picture = Image.new("LA", (60, 40), (70, 255))
    picture.paste((9, 0), (30, 20, 60, 40))
    return saved(picture)


@pytest.mark.parametrize("make", [transparent_pixels, transparent_palette, transparent_colour, transparent_grey])
def test_what_is_transparent_is_white_as_on_paper(make: Callable[[], bytes]) -> None:
    found = opened(prepared(make(), "a.png"))
    assert not found.has_transparency_data
    assert rgb(found, (50, 30)) == WHITE
    assert rgb(found, (5, 5)) in {GREEN, (70, 70, 70)}


def test_half_transparent_is_half_white() -> None:
    found = opened(prepared(saved(Image.new("RGBA", (9, 9), (255, 0, 0, 128))), "a.png"))
    assert near(rgb(found, (4, 4)), (255, 127, 127), by=1)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize(
    ("orientation", "corner"),
    [(1, (0, 0)), (2, (1, 0)), (3, (1, 1)), (4, (0, 1)), (5, (0, 0)), (6, (1, 0)), (7, (1, 1)), (8, (0, 1))],
)
def test_a_picture_stands_upright_however_the_camera_was_held(
    kind: str, orientation: int, corner: tuple[int, int]
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    found = prepared(saved(flat((60, 40)), kind, exif=exif), "a")
    assert (found.width, found.height) == ((40, 60) if orientation > 4 else (60, 40))
    picture = opened(found)
    greens = [
        (x, y)
        for x in (0, 1)
        for y in (0, 1)
        if near(rgb(picture, (5 + x * (found.width - 10), 5 + y * (found.height - 10))), GREEN, by=20)
    ]
    assert greens == [corner]


def test_a_large_picture_that_lies_fits_the_page_when_it_stands() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    found = prepared(saved(Image.new("L", (6000, 3000)), "JPEG", exif=exif), "a.jpg")
    assert (found.width, found.height) == (1477, BOX[1])


def test_nothing_of_who_took_the_picture_where_and_with_what_is_left() -> None:
    exif = Image.Exif()
    exif[0x013B] = "Eva Muster"
    exif[0x010F] = "Kamera GmbH"
    exif.get_ifd(0x8825)[1] = "N"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    given = saved(photo((90, 60)), "JPEG", exif=exif, comment=b"geheim", icc_profile=profile, xmp=b"<x>geheim</x>")
    found = prepared(given, "a.jpg")
    assert opened(found).info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    text = chunk(b"tEXt", b"Author\0Eva Muster")
    png = prepared(raw_png((2, 1), 8, 0, b"\0\x40\x80", text, chunk(b"eXIf", exif.tobytes())), "a.png")
    assert opened(png).info == {}
    assert not any(word in found.data + png.data for word in (b"Muster", b"Kamera", b"geheim"))


@pytest.mark.parametrize(
    "exif", [b"Exif\0\0" + bytes(9), b"Exif\0\0MM\0*\0\0\0\x08\xff\xff", b"Exif\0\0II*\0\xff\xff\xff\xff"]
)
def test_damaged_metadata_is_no_reason_to_refuse_a_picture(exif: bytes) -> None:
    assert prepared(saved(flat(), "JPEG", exif=exif), "a.jpg").width == 60


def test_of_an_animation_the_first_picture_is_shown() -> None:
    given = saved(flat(), save_all=True, append_images=[Image.new("RGB", (60, 40), "blue")], duration=100)
    found = prepared(given, "a.png")
    assert found.notes == ("a.png: moves; the page shows its first picture",)
    assert rgb(opened(found), (5, 5)) == GREEN
    assert not getattr(opened(found), "is_animated", False)


def test_of_a_photo_with_a_second_one_inside_the_first_is_shown() -> None:
    given = saved(flat(), "MPO", save_all=True, append_images=[Image.new("RGB", (60, 40), "blue")])
    found = prepared(given, "a.jpg")
    assert (found.media_type, found.notes) == ("image/jpeg", ())
    assert near(rgb(opened(found), (5, 5)), GREEN, by=20)


@pytest.mark.parametrize("size", [(10_001, 10_000), (60_000, 60_000), (2_000_000_000, 2_000_000_000)])
def test_more_pixels_than_any_page_shows_are_refused_unread(size: tuple[int, int]) -> None:
    assert size[0] * size[1] > MAX_PIXELS
    with pytest.raises(FormatError, match=r"^a\.png: (has more than 100 million pixels|is damaged)"):
        prepared(raw_png(size, 8, 0, bytes(100_000)), "a.png")


def test_text_that_unpacks_to_gigabytes_is_refused() -> None:
    bomb = chunk(b"zTXt", b"k\0\0" + zlib.compress(bytes(5_000_000)))
    with pytest.raises(FormatError, match=r"^a\.png: is damaged"):
        prepared(raw_png((2, 1), 8, 0, b"\0\x40\x80", bomb), "a.png")


def test_a_jpeg_in_endless_passes_is_refused() -> None:
    given = saved(photo((64, 64)), "JPEG", progressive=True)
    scan = given.rindex(b"\xff\xda")
    with pytest.raises(FormatError, match="in far more passes than cameras write"):
        prepared(given[:-2] + given[scan:-2] * 60 + given[-2:], "a.jpg")


@pytest.mark.parametrize("first", [b"\0", b"\x09"], ids=["whole rows", "rows that begin wrong"])
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("tolerant", [True, False], ids=["beside a tolerant reader", "alone"])
def test_a_png_that_lacks_a_part_in_the_middle_is_refused(
    first: bytes, part: float, tolerant: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", tolerant)
    grey = noisy((100, 80)).convert("L").tobytes()
    rows = zlib.compress(b"".join(first + grey[start : start + 100] for start in range(0, len(grey), 100)))
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 100, 80, 8, 0, 0, 0, 0))
    content = chunk(b"IDAT", rows[: int(len(rows) * part)])
    with pytest.raises(FormatError, match="is damaged or not complete"):
        prepared(b"\x89PNG\r\n\x1a\n" + head + content + chunk(b"IEND", b""), "a.png")
    assert tolerant == ImageFile.LOAD_TRUNCATED_IMAGES, "others find it as they left it"
