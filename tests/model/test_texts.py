"""What is listed as translatable can be put back, at the same place."""

from pipeline.formats.markdown import parse
from pipeline.model.inline import inlines, plain
from pipeline.model.texts import TextKind, in_language, texts

SOURCE = """---
id: x
title: Titel
place: Hafenstadt
contacts:
- name: Eva Muster
  role: {de: Sprecherin}
media:
- file: a.png
  alt: {de: Bild, fr: Image}
  caption: Unterschrift
---

Absatz.

> Zitat.

- eins
  - tief
- zwei

| Jahr |
|---|
| 2026 |

![](media/a.png)
"""


def test_texts_come_in_reading_order_without_what_people_translated_themselves() -> None:
    listed = [(place.path, place.kind, plain(place.text)) for place in texts(parse(SOURCE, language="de"), "fr")]
    assert listed == [
        ("title", TextKind.TITLE, "Titel"),
        ("blocks.0", TextKind.PARAGRAPH, "Absatz."),
        ("blocks.1.0", TextKind.QUOTE, "Zitat."),
        ("blocks.2.0", TextKind.ITEM, "eins"),
        ("blocks.2.0.0.0", TextKind.ITEM, "tief"),
        ("blocks.2.1", TextKind.ITEM, "zwei"),
        ("blocks.3.0.0", TextKind.CELL, "Jahr"),
        ("blocks.3.1.0", TextKind.CELL, "2026"),
        ("media.0.caption", TextKind.CAPTION, "Unterschrift"),
        ("contacts.0.role", TextKind.ROLE, "Sprecherin"),
    ]


def test_every_listed_text_is_put_back_at_its_place() -> None:
    release = parse(SOURCE, language="de")
    translated = in_language(
        release, "fr", {place.path: inlines(f"fr:{place.path}") for place in texts(release, "fr")}
    )

    assert translated.language == "fr"
    assert plain(translated.title) == "fr:title"
    assert [plain(place.text) for place in texts(translated, "it")][:4] == [
        "fr:title",
        "fr:blocks.0",
        "fr:blocks.1.0",
        "fr:blocks.2.0",
    ]
    caption, role = translated.media[0].caption, translated.contacts[0].role
    assert caption is not None
    assert caption.own("fr") == "fr:media.0.caption"
    assert role is not None
    assert role.own("fr") == "fr:contacts.0.role"
