"""The terms of a release as a glossary in the office's DeepL account."""

import contextlib
import hashlib
import json
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pipeline.engines.transport import StatusError
from pipeline.errors import TranslationFault
from pipeline.model.translation import Request, TermPair

if TYPE_CHECKING:
    from deepl import DeepLClient
    from deepl.api_data import MultilingualGlossaryInfo

_STALE = timedelta(hours=1)
"""After that a glossary of ours serves no run that is still going on."""

_FORBIDDEN = re.compile(r"[\x00-\x1f\x80-\x9f\u2028\u2029]")
"""Characters that DeepL takes in no entry."""


def glossary_id(client: "DeepLClient", request: Request, now: datetime) -> str | None:
    """Return the id of the glossary that holds exactly the terms of `request`, made where there is none.

    Its name tells its content: equal terms find it again. Older ones of ours for the same languages are deleted,
    nobody else's ever. None where there are no terms.

    Raises:
        TranslationError: DeepL cannot be reached, is busy, or takes no glossary for these languages.
    """
    entries = _entries(request.terms)
    if not entries:
        return None
    prefix = f"communique-{_bare(request.source)}-{_bare(request.target)}-"
    name = prefix + hashlib.sha256(json.dumps(sorted(entries.items())).encode()).hexdigest()[:16]
    ours = [
        item
        for item in client.list_multilingual_glossaries()
        if re.fullmatch(re.escape(prefix) + "[0-9a-f]{16}", item.name)
    ]
    others = [item for item in ours if item.name != name]
    found = next((item for item in ours if item.name == name), None)
    try:
        found = found or _made(client, name, request, entries)
    except StatusError as error:
        if error.fault is TranslationFault.BUSY or not others:
            raise
        # A small account holds one glossary only: ours of another release makes room.
        _delete(client, others)
        found = _made(client, name, request, entries)
    else:
        _delete(client, [item for item in others if now - item.creation_time > _STALE])
    return str(found.glossary_id)


def _made(
    client: "DeepLClient", name: str, request: Request, entries: dict[str, str]
) -> "MultilingualGlossaryInfo":
    from deepl.api_data import MultilingualGlossaryDictionaryEntries

    content = MultilingualGlossaryDictionaryEntries(_bare(request.source), _bare(request.target), entries)
    return client.create_multilingual_glossary(name, [content])


def _delete(client: "DeepLClient", glossaries: Sequence["MultilingualGlossaryInfo"]) -> None:
    for item in glossaries:
        with contextlib.suppress(StatusError):  # another run was first, or the next one does it
            client.delete_multilingual_glossary(item)


def _entries(terms: Sequence[TermPair]) -> dict[str, str]:
    entries: dict[str, str] = {}
    for pair in terms:
        source, target = (_FORBIDDEN.sub(" ", text).strip() for text in (pair.source, pair.target))
        if source and target:
            entries.setdefault(source, target)
    return entries


def _bare(tag: str) -> str:
    return tag.partition("-")[0].lower()
