"""What a run of the newsroom leaves for the next one: which pages are there, and what they were made from."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pipeline.errors import CommuniqueError
from pipeline.model.newsroom import Listing
from pipeline.model.release_id import ID
from pipeline.workspace.files import put_bytes, read_bytes

NAME = ".newsroom.json"
MAX_BYTES = 500_000_000
_TAG = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A release that has pages."""

    signature: str
    """Tells whether a published version is still the one that they were made from."""
    listings: tuple[Listing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteState:
    """All of it."""

    common: str
    """Hash of what every page is made from; empty where nothing is known."""
    releases: Mapping[str, Shown]


def load_state(folder: Path) -> SiteState:
    """Return what the last run left in the site's folder; nothing known where it is missing, damaged or older.

    Pages are removed by the names in it, so none may lead elsewhere: the folder is copied to and from the web.
    """
    try:
        data = json.loads(read_bytes(folder / NAME, MAX_BYTES))
        releases = {name: _shown(name, record) for name, record in data["releases"].items()}
        return SiteState(common=str(data["common"]), releases=releases)
    except (CommuniqueError, ValueError, KeyError, TypeError, AttributeError):
        return SiteState(common="", releases={})


def save_state(folder: Path, state: SiteState) -> None:
    """Write it for the next run.

    Raises:
        WorkspaceError: it cannot be written.
    """
    releases = {
        name: {"signature": shown.signature, "listings": [_record(item) for item in shown.listings]}
        for name, shown in state.releases.items()
    }
    data = json.dumps({"common": state.common, "releases": releases}, ensure_ascii=False)
    put_bytes(folder / NAME, data.encode("utf-8"))


def _shown(name: str, record: Mapping[str, Any]) -> Shown:
    """Return a release of the file.

    Raises:
        ValueError: it, or one of its languages, has a name that none can have.
    """
    tags = [item["language"] for item in record["listings"]]
    if not ID.fullmatch(name) or not all(map(_TAG.fullmatch, tags)):
        raise ValueError(name)
    return Shown(signature=str(record["signature"]), listings=tuple(map(_listing, record["listings"])))


def _record(item: Listing) -> dict[str, Any]:
    return asdict(item) | {"day": item.day.isoformat(), "updated": item.updated.isoformat()}


def _listing(record: Mapping[str, Any]) -> Listing:
    moments = {
        "day": date.fromisoformat(record["day"]),
        "updated": datetime.fromisoformat(record["updated"]),
    }
    return Listing(**{field.name: record[field.name] for field in fields(Listing)} | moments)
