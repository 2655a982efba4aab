"""A translation takes over the source's formatting where it says the same characters, and nowhere else."""

import pytest

from pipeline.model.inline import Inlines, Run, inlines
from pipeline.model.projection import project


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        pytest.param(
            (Run(text="Alles fett.", bold=True),),
            "Tout en gras.",
            (Run(text="Tout en gras.", bold=True),),
            id="one format for the whole",
        ),
        pytest.param(
            (Run(text="Das "), Run(text="CISPA", bold=True), Run(text=" forscht.")),
            "Le CISPA fait de la recherche.",
            (Run(text="Le "), Run(text="CISPA", bold=True), Run(text=" fait de la recherche.")),
            id="a name keeps its format",
        ),
        pytest.param(
            (Run(text="Das "), Run(text="Land", bold=True), Run(text=" hilft.")),
            "Le Land aide, la région aussi.",
            (Run(text="Le "), Run(text="Land", bold=True), Run(text=" aide, la région aussi.")),
            id="a word that stands in both keeps its format",
        ),
        pytest.param(
            (Run(text="Ein "), Run(text="guter", bold=True), Run(text=" Tag.")),
            "Une bonne journée.",
            (Run(text="Une bonne journée."),),
            id="a translated word loses it, nothing is guessed",
        ),
        pytest.param(
            (Run(text="Die "), Run(text="« Mairie »", lang="fr"), Run(text=" lädt ein.")),
            "La «\u00a0Mairie\u00a0» invite.",
            (Run(text="La «\u00a0Mairie\u00a0» invite."),),
            id="a French passage needs no mark in a French text",
        ),
        pytest.param(
            (
                Run(text="A", href="https://example.org/1"),
                Run(text=" und "),
                Run(text="A", href="https://example.org/2"),
            ),
            "A et A",
            (
                Run(text="A", href="https://example.org/1"),
                Run(text=" et "),
                Run(text="A", href="https://example.org/2"),
            ),
            id="the same words twice keep their order",
        ),
    ],
)
def test_projection(source: Inlines, target: str, expected: Inlines) -> None:
    assert project(source, inlines(target), language="fr-FR") == expected
