"""`python -m benchmarks.lists`: what long lists of recipients cost in memory, from table to last message."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import COMMUNIQUE, Figure, peak_megabytes, print_figures
from benchmarks.mailing import sink
from tests.runner.mailing.campaign import numbered
from tests.runner.mailing.conftest import BUS, HEAD, Desk, made_office

FEW, MANY = 500, 50_000


def main(many: int = MANY) -> None:
    """Print every figure beside its limit."""
    with tempfile.TemporaryDirectory() as folder:
        print_figures(tuple(_figures(Path(folder), many)))


def _figures(folder: Path, many: int) -> Iterator[Figure]:
    with sink() as port:
        few, lots = (_peaks(folder / str(people), people, port) for people in (FEW, many))
    for step, small in few.items():
        detail = f"{small:.0f} MB with {FEW} recipients, {lots[step]:.0f} MB with {many:,}"
        yield Figure(
            name=f"memory of a long list: {step}", measured=lots[step] - small, limit=10, unit="MB", detail=detail
        )


def _peaks(root: Path, people: int, port: int) -> dict[str, float]:
    """Return the most memory that each step of a mailing takes, in MB."""
    root.mkdir()
    made_office(root)
    desk = Desk(root)
    desk.mails_to(port, "expires_after = 100000")
    table = root / "people.csv"
    table.write_text(HEAD + "".join(f"{row}\n" for row in numbered(people)), encoding="utf-8")
    command = (*COMMUNIQUE, "-w", str(root))
    steps = {
        "taken in": ("recipients", "import", str(table)),
        "rehearsed": ("send", BUS, "--list", "presse"),
        "sent": ("send", BUS, "--list", "presse", "--send"),
        "sent once more": ("send", BUS, "--list", "presse", "--send"),
        "written out": ("recipients", "export", "--list", "presse", "--output", str(root / "out.csv")),
    }
    return {step: peak_megabytes((*command, *arguments)) for step, arguments in steps.items()}


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
