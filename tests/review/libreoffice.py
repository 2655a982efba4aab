"""LibreOffice for tests: one running for all of them, told what to do by `uno_driver`."""

import json
import os
import shutil
import signal
import subprocess
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

Step: TypeAlias = dict[str, Any]

PYTHON = Path("/usr/bin/python3")
ROOT = Path(__file__).parent.parent.parent
DRIVER = "tests.review.uno_driver"
PROGRAM = "soffice"
JOB_SECONDS = 120
END_SECONDS = 15


def missing() -> str | None:
    """Return what LibreOffice lacks to be driven on this machine, or None."""
    if shutil.which(PROGRAM) is None:
        return "needs LibreOffice (apt-get install libreoffice-writer)"
    bridge = [str(PYTHON), "-c", "import uno"]
    if not PYTHON.exists() or subprocess.run(bridge, check=False, capture_output=True).returncode:
        return "needs LibreOffice's bridge for the system's Python (apt-get install python3-uno)"
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A file to open, what to do in it, and where to save the result as a Word file."""

    open: Path
    steps: Sequence[Step]
    save: Path | None = None


@dataclass(frozen=True, slots=True)
class Office:
    """A LibreOffice that waits for jobs."""

    pipe: str

    def do(self, *jobs: Job) -> list[list[Any]]:
        """Do `jobs` one after the other and return what the `read` steps of each saw.

        Raises:
            RuntimeError: a step failed; the message is the driver's last word.
        """
        wanted = [
            {"open": str(job.open), "steps": list(job.steps)} | ({"save": str(job.save)} if job.save else {})
            for job in jobs
        ]
        results: list[list[Any]] = json.loads(self._drive(wanted))
        return results

    def views(self, path: Path) -> tuple[list[list[str]], list[list[str]]]:
        """Return the table's cells after all changes in `path` are accepted, and after all are rejected."""
        accepted, original = self.do(
            Job(open=path, steps=({"do": "accept_all"}, {"do": "read"})),
            Job(open=path, steps=({"do": "reject_all"}, {"do": "read"})),
        )
        return accepted[0], original[0]

    def quit(self) -> None:
        """Ask LibreOffice to end."""
        self._drive("quit")

    def _drive(self, wanted: object) -> str:
        command = [str(PYTHON), "-m", DRIVER, self.pipe]
        run = subprocess.run(
            command,
            input=json.dumps(wanted),
            capture_output=True,
            text=True,
            timeout=JOB_SECONDS,
            check=False,
            cwd=ROOT,
        )
        if run.returncode and wanted != "quit":  # it may hang up before it has answered
            said = run.stderr.strip().splitlines() or [f"the driver ended with {run.returncode}"]
            raise RuntimeError(said[-1])
        return run.stdout


@contextmanager
def libreoffice(folder: Path) -> Iterator[Office]:
    """Run LibreOffice without a window, with a profile of its own in `folder`."""
    office = Office(f"communique-{uuid.uuid4().hex}")
    process = subprocess.Popen(
        [
            PROGRAM,
            "--headless",
            "--norestore",
            "--nologo",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            f"--accept=pipe,name={office.pipe};urp;",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # `soffice` is a script that starts others: they end as one group
    )
    try:
        yield office
        with suppress(subprocess.TimeoutExpired):
            office.quit()
            process.wait(END_SECONDS)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(END_SECONDS)
