"""Made-up editions of every shape: the same number gives the same edition."""

import random
import struct
import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from benchmarks.quality.data import good_pairs
from pipeline import locales
from pipeline.config import load_settings
from pipeline.formats.picture import prepared
from pipeline.model.edition import Edition, Picture
from pipeline.model.inline import Inlines, Run, apply_edits, inlines
from pipeline.model.release import (
    Block,
    BulletList,
    Contact,
    Figure,
    Heading,
    ListItem,
    Localized,
    Media,
    Paragraph,
    Quote,
    Release,
    Table,
)
from pipeline.stages.render import Paper, source_edition

ROOT = Path(__file__).parents[2]
LOGO = prepared((ROOT / "templates" / "logo.svg").read_bytes(), "logo.svg").data
SETTINGS = load_settings(ROOT / "communique.toml")
TAGS = locales.known()
PAIRS = good_pairs()
OTHER = {"de": "fr", "fr": "de"}
BLOCKS = ("paragraph", "paragraph", "paragraph", "heading", "list", "quote", "table", "figure")


def picture(width: int, height: int) -> bytes:
    """Return a grey PNG."""
    rows = b"".join(b"\0" + bytes(120 + (x * y) % 100 for x in range(width)) for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    packed = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


PICTURES = (Picture(file="a b.png", data=picture(120, 80)), Picture(file="tall.png", data=picture(30, 90)))


def edition(number: int) -> Edition:
    """Return the `number`-th edition.

    Every thirty-second is of up to a dozen pages, the others of one or two; every sixteenth has wider tables.
    """
    return _Author(number).edition()


class _Author:
    def __init__(self, number: int) -> None:
        self.number = number
        self.rng = random.Random(number)  # noqa: S311 (repeatable samples, no secret)
        self.tag = TAGS[number % len(TAGS)]
        self.language = self.tag.partition("-")[0]

    def edition(self) -> Edition:
        rng = self.rng
        count = rng.randint(50, 110) if self.number % 32 == 0 else rng.randint(0, 7)
        release = Release(
            id=f"r-{self.number}",
            language=self.tag,
            title=self.words(400 if rng.random() < 0.1 else rng.randint(10, 140)) if rng.random() > 0.03 else (),
            subtitle=self.words(90) if rng.random() < 0.5 else (),
            date=date(2026, rng.randint(1, 12), rng.randint(1, 28)) if rng.random() < 0.9 else None,
            place=Localized(texts=(("de", "Alvenz"), ("fr", "Alvence"))),
            number=str(self.number) if rng.random() < 0.5 else None,
            embargo=datetime(2027, 1, 1, 9, tzinfo=UTC) if rng.random() < 0.2 else None,
            contacts=(self.contact(),) if rng.random() < 0.3 else (),
            boilerplate=rng.choice([None, *dict(SETTINGS.boilerplate)]),
            media=tuple(self.media(item.file) for item in PICTURES),
            blocks=tuple(self.block(rng.choice(BLOCKS)) for _ in range(count)),
        )
        paper = Paper(settings=SETTINGS, logo=LOGO if rng.random() < 0.8 else None, pictures=PICTURES)
        return source_edition(release, locales.get(self.tag), paper, approved=rng.random() < 0.5)

    def sentence(self) -> str:
        """Return a sentence in the typography of the language's profile."""
        text = getattr(self.rng.choice(PAIRS), self.language)
        edits = locales.get(self.tag).typography(text)
        return "".join(run.text for run in apply_edits(inlines(text), edits))

    def words(self, length: int) -> Inlines:
        text = ""
        while len(text) < length:
            text += self.sentence() + " "
        return inlines(text[:length].strip())

    def prose(self, sentences: int) -> Inlines:
        """Return sentences, now and then one with formatting, a link or in the other language."""
        runs: list[Run] = []
        for _ in range(sentences):
            run = Run(text=self.sentence() + " ")
            change = self.rng.random()
            if change < 0.1:
                run = replace(run, bold=True, italic=change < 0.05)
            elif change < 0.2:
                run = replace(run, href="https://www.example.org/a?b=1&c=2", bold=change < 0.15)
            elif change < 0.3:
                other = OTHER[self.language]
                text = getattr(self.rng.choice(PAIRS), other) + " "
                run = Run(text=text, lang=other, italic=change < 0.25, untranslated=change > 0.28)
            elif change < 0.33:
                run = replace(run, text=run.text.replace(" ", "\n", 1))
            elif change < 0.36:
                run = Run(text="communique check --pdf ", code=True)
            elif change < 0.38:
                run = Run(text="Donaudampfschifffahrt" * 6 + " ")
            runs.append(run)
        return tuple(runs)

    def block(self, kind: str) -> Block:
        makers: dict[str, Callable[[], Block]] = {
            "paragraph": lambda: Paragraph(text=self.prose(self.rng.randint(1, 5))),
            "heading": lambda: Heading(level=self.rng.randint(2, 6), text=self.words(self.rng.randint(8, 90))),
            "list": lambda: self.list(0),
            "quote": lambda: Quote(paragraphs=tuple(self.prose(2) for _ in range(self.rng.randint(1, 3)))),
            "table": self.table,
            "figure": lambda: Figure(file=self.rng.choice(PICTURES).file),
        }
        return makers[kind]()

    def list(self, depth: int) -> BulletList:
        deeper = depth < 3 and self.rng.random() < 0.5
        items = tuple(
            ListItem(
                text=self.prose(1),
                sublists=(self.list(depth + 1),) if deeper and self.rng.random() < 0.6 else (),
            )
            for _ in range(self.rng.randint(1, 4))
        )
        return BulletList(items=items, ordered=self.rng.random() < 0.5)

    def table(self) -> Table:
        columns = self.rng.choice([1, 2, 3, 4, 5, 8, 12]) * (2 if self.number % 16 == 5 else 1)
        rows = 40 if self.rng.random() < 0.1 else self.rng.randint(1, 6)
        return Table(
            header=tuple(self.words(self.rng.randint(0, 24)) for _ in range(columns)),
            rows=tuple(tuple(self.cell() for _ in range(columns)) for _ in range(rows)),
        )

    def cell(self) -> Inlines:
        return self.rng.choice([(), inlines("12.400"), self.words(18), (Run(text="fett", bold=True),)])

    def media(self, file: str) -> Media:
        alt = Localized(texts=(("de", "Ein Bus am Ufer"), ("fr", "Un bus au bord de l’eau")))
        caption = Localized(texts=((self.tag, self.sentence()),)) if self.rng.random() < 0.6 else None
        return Media(file=file, alt=alt, caption=caption, credit="Amt" if self.rng.random() < 0.5 else None)

    def contact(self) -> Contact:
        role: Sequence[tuple[str, str]] = (("de", "Sprecherin"),)
        return Contact(name="Gesine Rautenhagen", role=Localized(texts=tuple(role)), email="g.r@example.org")
