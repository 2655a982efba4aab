"""Pictures of a release on their way to the page: brought to a sensible size, told of, or refused."""

import io
from pathlib import Path

from PIL import Image

from tests.cli.conftest import Run


def with_picture(office: Path, data: bytes) -> None:
    folder = office / "releases" / "faehre"
    (folder / "media").mkdir()
    (folder / "media" / "bild.png").write_bytes(data)
    source = (folder / "source.md").read_text(encoding="utf-8")
    front = "media:\n  - file: bild.png\n    alt:\n      de: Ein Bild\n      fr: Une image\n"
    text = source.replace("place: Alvenz\n", f"place: Alvenz\n{front}") + "\n![](bild.png)\n"
    (folder / "source.md").write_text(text, encoding="utf-8")


def picture(mode: str, size: tuple[int, int]) -> bytes:
    file = io.BytesIO()
    Image.new(mode, size, 120 if mode == "L" else None).save(file, "JPEG" if mode == "CMYK" else "PNG")
    return file.getvalue()


def test_a_huge_picture_is_scaled_and_the_build_says_so(run: Run, office: Path) -> None:
    with_picture(office, picture("RGB", (5000, 3000)))
    said = run("build", "faehre")
    assert (said.code, "was scaled from 5000 × 3000" in said.out) == (0, True)
    files = (office / "releases" / "faehre" / "dist").glob("*.docx")
    assert all(path.stat().st_size < 60_000 for path in files)


def test_printing_colours_are_told_of(run: Run, office: Path) -> None:
    with_picture(office, picture("CMYK", (200, 100)))
    assert "was in printing colours (CMYK)" in run("build", "faehre").out


def test_a_damaged_picture_is_named_in_one_line(run: Run, office: Path) -> None:
    with_picture(office, picture("L", (400, 300))[:300])
    said = run("build", "faehre")
    assert said.code == 2
    assert "releases/faehre/media/bild.png" in said.err
    assert len(said.err.strip().splitlines()) == 1


def test_a_crest_that_does_more_than_draw_is_refused(run: Run, office: Path) -> None:
    crest = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>alert(1)</script></svg>'
    (office / "logo.svg").write_text(crest, encoding="utf-8")
    said = run("build", "faehre")
    assert (said.code, "logo.svg" in said.err) == (2, True)
