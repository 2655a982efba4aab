"""A place that only has a name in another language says so: a screen reader then pronounces it rightly."""

import re
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest

from pipeline.formats.date_line import date_line
from pipeline.formats.page import to_html
from pipeline.model.edition import Edition
from pipeline.model.inline import Run
from pipeline.model.release import Localized
from pipeline.templating import environment, packaged_templates
from tests.engines.pdf_releases import edition
from tests.formats.word_files import written

DAY = ", 20. September 2026"


def dated(line: str | None, *names: tuple[str, str]) -> Edition:
    made = edition(9)
    place = Localized(texts=names) if names else None
    release = replace(made.release, language="de", place=place)
    return replace(made, release=release, labels=replace(made.labels, place_and_date=line))


@pytest.mark.parametrize(
    ("made", "runs"),
    [
        (dated(f"Alvenz{DAY}", ("fr", "Alvence"), ("de", "Alvenz")), (Run(text=f"Alvenz{DAY}"),)),
        (dated(f"Alvence{DAY}", ("fr", "Alvence")), (Run(text="Alvence", lang="fr"), Run(text=DAY))),
        (dated("Alvence", ("fr", "Alvence")), (Run(text="Alvence", lang="fr"),)),
        (dated(DAY), (Run(text=DAY),)),
        (dated(DAY, ("fr", "Alvence")), (Run(text=DAY),)),
        (dated(None), ()),
    ],
)
def test_only_a_foreign_name_of_the_place_is_marked(made: Edition, runs: tuple[Run, ...]) -> None:
    assert date_line(made) == runs


def test_word_files_and_pages_mark_it() -> None:
    made = dated(f"Alvence{DAY}", ("fr", "Alvence"))
    with ZipFile(BytesIO(written(made))) as archive:
        text = archive.read("word/document.xml").decode()
    assert re.search(r'<w:lang w:val="fr-FR"/></w:rPr><w:t[^>]*>Alvence<', text)
    assert '<span lang="fr">Alvence</span>' in to_html(made, environment([packaged_templates()]))
