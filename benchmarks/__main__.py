"""`make bench`: measure, print a table, exit 1 if a figure is missed."""

import tempfile
from pathlib import Path

from benchmarks.figures import figures, print_figures


def main() -> None:
    """Print every figure beside its limit."""
    with tempfile.TemporaryDirectory() as folder:
        print_figures(tuple(figures(Path(folder))))


if __name__ == "__main__":
    main()
