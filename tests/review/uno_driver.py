"""Edits Word files in a running LibreOffice as a reviewer would, from a list of steps in JSON.

Run by the system's Python, which has LibreOffice's bridge; the virtual environment has not:
`/usr/bin/python3 -m tests.review.uno_driver PIPE < jobs.json > results.json`, PIPE being the name in
`soffice --accept=pipe,…`. A job opens a file, takes its steps, saves a copy where `save` says so, and closes; its
result holds what its `read` steps saw.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found]  # comes with LibreOffice, for the system's Python only

from tests.review.uno_review import Review, named_value
from tests.review.uno_text import Uno

PATIENCE = 60.0
WORD = "MS Word 2007 XML"


def main() -> None:
    """Do the jobs that standard input lists; `quit` as the only job ends LibreOffice."""
    context = _connected(sys.argv[1])
    jobs = json.load(sys.stdin)
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    if jobs == "quit":
        desktop.terminate()
        return
    json.dump([_done(context, desktop, job) for job in jobs], sys.stdout)


def _connected(pipe: str) -> Uno:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    url = f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext"
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return resolver.resolve(url)
        except Exception:  # UNO's own exception class is made at run time and cannot be named before
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)  # LibreOffice tells nobody when it has started


def _done(context: Uno, desktop: Uno, job: dict[str, Any]) -> list[Any]:
    document = desktop.loadComponentFromURL(_url(job["open"]), "_blank", 0, (named_value("Hidden", True),))
    try:
        review = Review(context, desktop, document)
        seen = [review.take(step) for step in job["steps"]]
        if "save" in job:
            document.storeToURL(_url(job["save"]), (named_value("FilterName", job.get("filter", WORD)),))
    finally:
        document.close(True)
    return [item for item in seen if item is not None]


def _url(path: str) -> str:
    return Path(path).as_uri()


if __name__ == "__main__":
    main()
