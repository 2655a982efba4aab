"""OmegaT itself opens a kit, translates what its user translated, and its file is read back."""

import io
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.formats.xliff.kit import open_kit, write_kit
from pipeline.model.exchange import Door
from pipeline.model.inline import Run, inlines
from tests.formats.review_docx.sheets import TEXTS, sheet

OMEGAT = shutil.which("omegat")
SHEET = sheet((*TEXTS, (inlines("Eins\nzwei"), inlines("Un\ndeux"))))

SAVED = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx11.dtd">
<tmx version="1.1">
<header creationtool="OmegaT" o-tmf="OmegaT TMX" adminlang="EN-US" datatype="plaintext" creationtoolversion="3.6.0"
 segtype="paragraph" srclang="DE"/>
<body>
<tu><tuv lang="DE"><seg>Das &lt;g0&gt;Land&lt;/g0&gt; baut eine Brücke.</seg></tuv>
<tuv lang="FR" changeid="ada"><seg>Notre &lt;g0&gt;Land&lt;/g0&gt; bâtit un pont.</seg></tuv></tu>
<tu><tuv lang="DE"><seg>Sie ist 80 Meter lang.</seg></tuv>
<tuv lang="FR" changeid="ada"><seg>Il est long de 80 mètres ; il est neuf.</seg></tuv></tu>
<tu><tuv lang="DE"><seg>Sie kostet viel.</seg></tuv>
<tuv lang="FR" changeid="ada"><seg>Il coûte &lt;&lt; cher &gt;&gt; &amp; longtemps.</seg></tuv></tu>
<tu><tuv lang="DE"><seg>Eins&lt;x0/&gt;zwei</seg></tuv>
<tuv lang="FR" changeid="ada"><seg>Premier&lt;x0/&gt;second</seg></tuv></tu>
</body>
</tmx>
"""
"""What OmegaT keeps of a translator's session: S002 and S004 and S006 in new words, S003 exactly as drafted."""


def translated(folder: Path) -> bytes:
    """Return the project as a ZIP after OmegaT created the translated documents."""
    with zipfile.ZipFile(io.BytesIO(write_kit(SHEET, ()))) as archive:
        archive.extractall(folder)
    (project,) = folder.iterdir()
    (project / "omegat" / "project_save.tmx").write_text(SAVED, encoding="utf-8")
    assert OMEGAT
    subprocess.run(
        [OMEGAT, str(project), "--mode=console-translate", f"--config-dir={folder / 'settings'}"],
        check=True,
        capture_output=True,
        timeout=120,
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for path in project.rglob("*"):
            archive.write(path, path.relative_to(folder))
    return file.getvalue()


@pytest.mark.skipif(OMEGAT is None, reason="OmegaT is not installed")
def test_what_its_user_wrote_comes_back_with_its_formatting(tmp_path: Path) -> None:
    export = replace(SHEET.export, door=Door.OMEGAT)
    back = open_kit(translated(tmp_path), "retour.zip").read(export)
    targets = {item.segment: item.target for item in back.segments}
    sent = {item.segment: item.target for item in export.segments}
    assert targets["S002"] == (Run(text="Notre "), Run(text="Land", bold=True), Run(text=" bâtit un pont."))
    assert targets["S004"] == inlines("Il coûte << cher >> & longtemps.")
    assert targets["S006"] == inlines("Premier\nsecond")
    assert {name: targets[name] for name in ("S001", "S003", "S005")} == {
        name: sent[name] for name in ("S001", "S003", "S005")
    }
    assert [item.segment for item in back.segments if item.confirmed] == ["S003"]
    assert back.strays == ()
