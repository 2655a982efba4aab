"""OmegaT itself opens a kit, translates what its user translated, and its file is read back."""

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from xml.sax.saxutils import escape

import pytest

from pipeline.formats.xliff.kit import open_kit, write_kit
from pipeline.model.exchange import Door, Return
from pipeline.model.inline import Inlines, Run, inlines
from tests.formats.review_docx.sheets import sheet

OMEGAT = shutil.which("omegat")
LINK = "https://www.example.org/?a=1&b=2"

TAKEN: tuple[tuple[Inlines, Inlines], ...] = (
    (inlines("Neue Brücke eröffnet"), inlines("Un nouveau pont est ouvert")),
    ((Run(text="Alles fett", bold=True),), (Run(text="Tout en gras", bold=True),)),
    (
        (Run(text="Das Land", bold=True), Run(text=" baut mit "), Run(text="Alvenz", italic=True)),
        (Run(text="Le Land", bold=True), Run(text=" bâtit avec "), Run(text="Alvence", italic=True)),
    ),
    (
        (Run(text="Fett", bold=True), Run(text=" und "), Run(text="Verweis", href=LINK)),
        (Run(text="Lien", href=LINK), Run(text=" et "), Run(text="gras", bold=True)),
    ),
    (
        (Run(text="Eins\nzwei\n"), Run(text="drei\nvier", bold=True, italic=True), Run(text=".")),
        (Run(text="Un\ndeux\n"), Run(text="trois\nquatre", bold=True, italic=True), Run(text=".")),
    ),
    (inlines(" Blank  innen und außen "), inlines(" Des  blancs partout ")),
    (inlines("Ende\n"), inlines("Fin\n")),
    (inlines("„A & B“ < 3 𝔘"), inlines("«\u00a0A & B\u00a0» < 3\u202f% \u2019 𝔘")),
    (
        (Run(text="Zwei Sätze. Ein "), Run(text="Wort", lang="en")),
        (Run(text="Deux phrases. Un "), Run(text="mot", lang="en")),
    ),
)
"""Drafts that the translator inserts as they are: S001 to S009."""

WRITTEN: tuple[tuple[Inlines, Inlines], ...] = (
    ((Run(text="Das "), Run(text="Land", bold=True), Run(text=" zahlt.")), inlines("Le pays paie.")),
    (inlines("Sie kostet viel."), ()),
    (
        (Run(text="Nur "), Run(text="hier", bold=True), Run(text=".")),
        (Run(text="Seul "), Run(text="ici", bold=True), Run(text=".")),
    ),
)
"""What the translator writes anew: S010 to S012."""

LEFT: tuple[tuple[Inlines, Inlines], ...] = (
    ((Run(text="Mehr: "), Run(text="Seite", href=LINK)), (Run(text="Plus : "), Run(text="page", href=LINK))),
    (inlines("Ohne Entwurf.\nNeu."), ()),
)
"""What the translator leaves alone: S013, S014."""

NEW = (
    ("Das <g0>Land</g0> zahlt.", "Notre <g0>Land</g0> prend les frais à sa charge."),
    ("Sie kostet viel.", "Il coûte << cher >> & longtemps."),
    ("Nur <g0>hier</g0>.", "Ici seulement."),
)

SHEET = sheet((*TAKEN, *WRITTEN, *LEFT))
EXPORT = replace(SHEET.export, door=Door.OMEGAT)


def session(drafts: str) -> str:
    """Return what OmegaT keeps of a session in which the first drafts were inserted and others written anew."""
    pairs = re.findall(r"<tuv[^>]*><seg>(.*?)</seg></tuv>\s*<tuv[^>]*><seg>(.*?)</seg></tuv>", drafts, re.DOTALL)
    taken = [*pairs[: len(TAKEN)], *((escape(source), escape(target)) for source, target in NEW)]
    units = "".join(
        f'<tu><tuv lang="DE"><seg>{source}</seg></tuv>\n'
        f'<tuv lang="FR" changeid="ada"><seg>{target}</seg></tuv></tu>\n'
        for source, target in taken
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx11.dtd">\n<tmx version="1.1">\n'
        '<header creationtool="OmegaT" o-tmf="OmegaT TMX" adminlang="EN-US" datatype="plaintext"'
        ' creationtoolversion="3.6.0" segtype="paragraph" srclang="DE"/>\n'
        f"<body>\n{units}</body>\n</tmx>\n"
    )


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the project as a ZIP after OmegaT created the translated documents."""
    if OMEGAT is None:
        pytest.skip("OmegaT is not installed")
    folder = tmp_path_factory.mktemp("omegat")
    with zipfile.ZipFile(io.BytesIO(write_kit(SHEET, ()))) as archive:
        archive.extractall(folder)
    (unpacked,) = folder.iterdir()
    drafts = (unpacked / "tm/mt/penalty-010/drafts.tmx").read_text(encoding="utf-8")
    (unpacked / "omegat/project_save.tmx").write_text(session(drafts), encoding="utf-8")
    subprocess.run(
        [OMEGAT, str(unpacked), "--mode=console-translate", f"--config-dir={folder / 'settings'}"],
        check=True,
        capture_output=True,
        timeout=120,
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for path in unpacked.rglob("*"):
            archive.write(path, path.relative_to(folder))
    return file.getvalue()


@pytest.fixture(scope="module")
def back(project: bytes) -> Return:
    return open_kit(project, "retour.zip").read(EXPORT)


def test_every_inserted_draft_comes_back_exactly_and_confirmed(back: Return) -> None:
    sent = EXPORT.segments[: len(TAKEN)]
    assert [item.target for item in back.segments[: len(TAKEN)]] == [item.target for item in sent]
    assert [item.segment for item in back.segments if item.confirmed] == [item.segment for item in sent]


def test_what_its_user_wrote_comes_back_with_its_formatting(back: Return) -> None:
    targets = {item.segment: item.target for item in back.segments}
    assert targets["S010"] == (
        Run(text="Notre "),
        Run(text="Land", bold=True),
        Run(text=" prend les frais à sa charge."),
    )
    assert targets["S011"] == inlines("Il coûte << cher >> & longtemps.")


def test_a_tag_that_its_user_left_out_is_told_and_the_words_are_taken(back: Return) -> None:
    assert next(item.target for item in back.segments if item.segment == "S012") == inlines("Ici seulement.")
    assert [(item.segment, item.reason) for item in back.strays] == [("S012", "The formatting is gone: bold")]


def test_what_nobody_translated_is_as_it_was_sent_and_confirms_nothing(back: Return) -> None:
    assert [item.target for item in back.segments[-2:]] == [item.target for item in EXPORT.segments[-2:]]
    assert back.notices == ()


def test_no_note_or_state_of_its_own_comes_with_it(project: bytes, back: Return) -> None:
    with zipfile.ZipFile(io.BytesIO(project)) as archive:
        files = {name.split("/")[1]: archive.read(name) for name in archive.namelist() if name.endswith(".xlf")}
    marks = rb'state="[a-z-]+"|approved="[a-z]+"|<note[^>]*>[^<]*</note>'
    assert sorted(re.findall(marks, files["source"])) == sorted(re.findall(marks, files["target"]))
    assert back.remarks == ()
