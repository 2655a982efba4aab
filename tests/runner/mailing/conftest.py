"""An office that mails: a release that is approved and built, people on lists, and a clock that tests set."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.runner.mail_ledger import Order
from pipeline.runner.mailing import Mailed, Watch, send_release
from pipeline.runner.pace import Clock
from pipeline.runner.press import Press
from pipeline.runner.publishing import build_release, files_of
from pipeline.runner.recipients import import_recipients
from pipeline.runner.stamp import fingerprint, write_stamp
from pipeline.workspace import Workspace
from tests.cli.conftest import EVA
from tests.engines.smtp.certificates import Authority

ROOT = Path(__file__).parents[3]
BUS = "2026-10-08-grenzbus-linie-40"
NOW = datetime(2026, 10, 8, 10, 0, tzinfo=UTC)
HEAD = "address;name;language;lists;source;legal_basis;date;objection;embargo\n"
MAIL = """
[mail]
sender.de = "Staatskanzlei Waldringen <presse@waldringen.example.org>"
sender.fr = "Chancellerie d’État <presse@valdraine.example.org>"
host = "127.0.0.1"
port = {port}
security = "none"
unsubscribe = ["mailto:abmelden@waldringen.example.org", "https://presse.waldringen.example.org/abmelden"]
per_minute = 0
per_domain_per_minute = 0
stop_after = 3
{more}
"""


@dataclass
class TestClock:
    """A clock that only moves when somebody waits, or a test sets it."""

    __test__ = False
    at: datetime = NOW
    passed: float = 0.0
    waits: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return self.at + timedelta(seconds=self.passed)

    def sleep(self, seconds: float) -> None:
        assert seconds > 0, "waiting for nothing keeps the processor busy"
        self.waits.append(seconds)
        self.passed += seconds


@dataclass
class Desk:
    """The office, and how its mailings are watched."""

    root: Path
    clock: TestClock = field(default_factory=TestClock)
    notices: list[str] = field(default_factory=list)
    stopping: Callable[[], bool] = lambda: False

    @property
    def workspace(self) -> Workspace:
        return Workspace.find(self.root)

    def mails_to(self, port: int, more: str = "") -> None:
        """Let the settings name a server, and call the built files up to date all the same."""
        path = self.root / "communique.toml"
        text = path.read_text(encoding="utf-8").partition("\n[mail]")[0]
        added = MAIL.format(port=port, more=more)
        for key in ("security", "per_minute", "per_domain_per_minute", "stop_after"):
            if f"{key} =" in more:
                added = re.sub(rf"^{key} = .*\n", "", added, count=1, flags=re.MULTILINE)
        path.write_text(text + added, encoding="utf-8")
        workspace = self.workspace
        write_stamp(workspace, BUS, fingerprint(workspace, BUS), files_of(workspace, BUS))

    def trusts(self, authority: Path) -> str:
        """Take in an authority's certificate; return the settings for an encrypted line to servers of its own."""
        shutil.copy(authority, self.root / "authority.pem")
        return 'security = "starttls"\nca_file = "authority.pem"\n'

    def takes_in(self, *rows: str) -> None:
        """Put people into the register."""
        file = self.root / "people.csv"
        file.write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")
        taken = import_recipients(self.workspace, file, defaults={}, today=self.clock.now().date())
        assert taken.faults == ()

    @property
    def watch(self) -> Watch:
        clock = Clock(now=self.clock.now, monotonic=lambda: self.clock.passed, sleep=self.clock.sleep)
        return Watch(clock=clock, stopping=self.stopping, progress=_unseen, notice=self.notices.append)

    def send(self, *lists: str, embargo_ok: bool = False, languages: tuple[str, ...] = ()) -> Mailed:
        """Send to lists, or to “presse”."""
        return self.send_to(lists or ("presse",), embargo_ok=embargo_ok, languages=languages)

    def send_to(
        self, lists: tuple[str, ...], *, embargo_ok: bool = False, languages: tuple[str, ...] = ()
    ) -> Mailed:
        order = Order(release=BUS, lists=lists, by=EVA, embargo_ok=embargo_ok, languages=languages)
        return send_release(self.workspace, order, self.watch)


def people(count: int, domain: str = "example.org", language: str = "fr", lists: str = "presse") -> tuple[str, ...]:
    """Return rows of a table."""
    return tuple(
        f"p{number:05d}@{domain};Zoé {number};{language};{lists};Akkreditierung;consent;2026-01-31;;"
        for number in range(count)
    )


@contextmanager
def _unseen(_total: int) -> Iterator[Callable[[], None]]:
    yield lambda: None


def made_office(root: Path) -> None:
    """Make an office whose release is approved and built."""
    for name in ("communique.toml", f"releases/{BUS}"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, root / name, ignore=shutil.ignore_patterns("dist", "ledger*"))
        else:  # tests say themselves where mail goes, and whether there is a newsroom
            (root / name).write_text(source.read_text(encoding="utf-8").partition("\n# The newsroom")[0], "utf-8")
    (root / "templates").mkdir()
    shutil.copy(ROOT / "templates" / "logo.svg", root / "templates")
    workspace = Workspace.find(root)
    build_release(workspace, BUS, Press(workspace, NOW), lambda: None)


@pytest.fixture(scope="session")
def built_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("office")
    made_office(root)
    return root


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def desk(built_office: Path, tmp_path: Path) -> Desk:
    """Return an office of its own for a test, with nobody in its register."""
    shutil.copytree(built_office, tmp_path / "office")
    return Desk(tmp_path / "office")
