"""Signs, names and times in a returned document, as they may be kept and shown."""

import re
from datetime import datetime

from pipeline.formats.xml_characters import CONTROL

INVISIBLE = re.compile("[\u200b-\u200d\u2060\ufeff]")
"""Signs that nobody sees and that programs add and drop as they like."""

_LONGEST_NAME = 120


def person(name: str | None) -> str | None:
    """Return a name from a file as it may be shown, or None where there is none."""
    cleaned = " ".join(CONTROL.sub(" ", name or "").split())[:_LONGEST_NAME]
    return cleaned or None


def local_time(text: str | None) -> datetime | None:
    """Return a time from a file without its zone: it is local time, whatever zone is written behind it."""
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return moment.replace(tzinfo=None)
