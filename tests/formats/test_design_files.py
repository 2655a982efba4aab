"""Where a design is looked for: the office's own before the packaged one, and what is told when there is none."""

from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.formats.design_files import LETTERHEAD, STYLE, design_file, known_designs
from pipeline.templating import packaged_templates


def folders(tmp_path: Path, *files: str) -> tuple[Path, Path]:
    for name in files:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    return tmp_path, packaged_templates()


def test_three_designs_come_along(tmp_path: Path) -> None:
    assert known_designs(folders(tmp_path)) == ("classic", "modern", "plain")
    for name in known_designs(folders(tmp_path)):
        for file in (STYLE, LETTERHEAD):
            assert design_file(folders(tmp_path), name, file) == f"designs/{name}/{file}"


def test_a_folder_of_the_offices_own_is_a_design(tmp_path: Path) -> None:
    own = folders(tmp_path, "designs/haus/design.css", "designs/haus/letterhead.docx")
    assert known_designs(own) == ("classic", "haus", "modern", "plain")
    assert design_file(own, "haus", LETTERHEAD) == "designs/haus/letterhead.docx"


@pytest.mark.parametrize("file", [STYLE, LETTERHEAD])
def test_an_unknown_name_names_the_known_ones(tmp_path: Path, file: str) -> None:
    message = r"^communique\.toml: design\.name: .*“modren” \(known: “classic”, “modern”, “plain”\)"
    with pytest.raises(ConfigError, match=message):
        design_file(folders(tmp_path), "modren", file)


def test_a_design_that_lacks_a_file_says_where_to_get_one(tmp_path: Path) -> None:
    own = folders(tmp_path, "designs/haus/design.css")
    with pytest.raises(ConfigError, match=r"^templates/designs/haus/letterhead\.docx: is missing; copy it.*eject"):
        design_file(own, "haus", LETTERHEAD)


def test_a_letterhead_from_before_there_were_designs_goes_on_with_the_classic_one(tmp_path: Path) -> None:
    own = folders(tmp_path, "docx/letterhead.docx")
    assert design_file(own, "classic", LETTERHEAD) == "docx/letterhead.docx"
    assert design_file(own, "classic", STYLE) == "designs/classic/design.css"


@pytest.mark.parametrize("design", ["modern", "plain"])
def test_with_another_design_it_is_refused_rather_than_mixed(tmp_path: Path, design: str) -> None:
    own = folders(tmp_path, "docx/letterhead.docx")
    message = (
        rf"^templates/docx/letterhead\.docx: is not used with the design “{design}”; move it to .*or delete it"
    )
    with pytest.raises(ConfigError, match=message):
        design_file(own, design, LETTERHEAD)


def test_beside_a_new_letterhead_of_the_same_design_it_is_refused(tmp_path: Path) -> None:
    own = folders(tmp_path, "docx/letterhead.docx", "designs/classic/letterhead.docx")
    with pytest.raises(ConfigError, match=r"docx/letterhead\.docx: is not used"):
        design_file(own, "classic", LETTERHEAD)
