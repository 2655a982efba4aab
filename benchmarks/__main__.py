"""`make bench`: measure, print a table, exit 1 if a figure is missed."""

import sys
import tempfile
from pathlib import Path

from benchmarks.figures import figures


def main() -> None:
    """Print every figure beside its limit."""
    with tempfile.TemporaryDirectory() as folder:
        rows = list(figures(Path(folder)))
    width = max(len(row.name) for row in rows)
    for row in rows:
        mark = "ok" if row.met else "MISSED"
        figure = f"{row.measured:>8.2f} {row.unit:<3} limit {row.limit:>7.2f}"
        print(f"{row.name:<{width}}  {figure}  {mark:<7} {row.detail}")
    sys.exit(0 if all(row.met for row in rows) else 1)


if __name__ == "__main__":
    main()
