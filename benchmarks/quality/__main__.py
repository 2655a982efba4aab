"""`python -m benchmarks.quality`: measure, print a table and what is wrong, exit 1 if a figure is missed."""

import sys
from collections.abc import Iterator

from benchmarks.quality.data import HERE
from benchmarks.quality.measure import Share, checked, segmentation, typography
from pipeline.checks.registry import CHECKS
from pipeline.formats.termbase_table import parse
from pipeline.model.termbase import Termbase

SHOWN = 400
"""Characters shown of what is wrong."""


def main() -> None:
    """Print every share beside its limit, then what is wrong; `--brief` leaves that out."""
    shares = list(_shares())
    width = max(len(share.name) for share in shares)
    for share in shares:
        limit = _limit(share)
        mark = "" if not limit else "ok" if share.met else "MISSED"
        count = f"{share.hits}/{share.total}"
        print(f"{share.name:<{width}}  {share.percent:>6.2f} %  {count:>9}  {limit:<9} {mark}".rstrip())
    if "--brief" not in sys.argv:
        _print_details(shares)
    sys.exit(0 if all(share.met for share in shares) else 1)


def _shares() -> Iterator[Share]:
    yield from checked(CHECKS, _termbase())
    yield from typography()
    yield from segmentation()


def _termbase() -> Termbase:
    """Return the names of places, people and institutions that an office would have settled."""
    return parse((HERE / "terms.csv").read_bytes(), path="benchmarks/quality/terms.csv")


def _limit(share: Share) -> str:
    if share.at_least is not None:
        return f"≥ {share.at_least:g} %"
    return "" if share.at_most is None else f"≤ {share.at_most:g} %"


def _print_details(shares: list[Share]) -> None:
    for share in shares:
        if share.details:
            print(f"\n{share.name}")
        for detail in share.details:
            print(f"  {detail[:SHOWN]}")


if __name__ == "__main__":
    main()
