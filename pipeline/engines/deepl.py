"""DeepL through its official client, which builds requests and reads answers; the way onto the network is ours."""

import html
import importlib.util
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pipeline.engines.answers import keeping_result, refusal
from pipeline.engines.batches import Batch, Limits, in_batches
from pipeline.engines.deepl_glossary import glossary_id
from pipeline.engines.guard import Guard, Patience
from pipeline.engines.http import Wire
from pipeline.engines.surroundings import surroundings
from pipeline.engines.transport import discreetly, is_local
from pipeline.errors import ConfigError, TranslationError, TranslationFault
from pipeline.model.translation import Capabilities, Passage, Request, Result

if TYPE_CHECKING:
    from deepl import DeepLClient

_CONTEXT = 4_000
"""Characters of the release that are shown around the passages; they are not paid."""

_REQUEST = 128 * 1024
"""Bytes of a request (developers.deepl.com, “Translate text”); in JSON one character takes up to twelve."""

_REST = 8_192
"""Bytes of a request for everything else, marks around protected spans among it."""

_LONGEST = 5_000
"""Characters of one text: together with the longest context it fits into a request whatever its characters."""

_TARGETS = MappingProxyType({"en": "EN-GB", "pt": "PT-PT"})
"""Targets that want a country; all others are named by their language alone (`fr-CH` is `FR`)."""

_REGIONAL = frozenset({"EN-GB", "EN-US", "PT-PT", "PT-BR", "ES-419", "ZH-HANS", "ZH-HANT"})
_MARK = re.compile(r"</?k\s*/?>")


@dataclass(slots=True, kw_only=True)
class DeepL:
    """DeepL with protected spans, the termbase as its glossary, and the release as context.

    Args:
        name: as in the settings.
        key: the account's.
        url: another server than the one the key belongs to.
        price_per_million: what the office pays for a million characters, if it says so.
        wire: the way onto the network.
        patience: how hard to try.
        now: the time, by which old glossaries are told.

    Raises:
        ConfigError: the client is not installed, or there is no key.
    """

    name: str
    key: str = field(repr=False)
    url: str | None = None
    price_per_million: Decimal | None = None
    wire: Wire = field(default_factory=Wire, repr=False)
    patience: Patience = field(default_factory=Patience)
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC), repr=False)
    version: str = field(default="v2", init=False)
    """Of the interface; DeepL names no version of its models."""
    _guard: Guard = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if importlib.util.find_spec("deepl") is None:
            raise ConfigError(f'“{self.name}” needs a further package; run: pip install "communique[deepl]"')
        if not self.key:
            raise ConfigError(f"“{self.name}” needs the key of a DeepL account")
        self._guard = Guard.on_the_clock(self.patience)

    @property
    def capabilities(self) -> Capabilities:
        """What must be known before the engine is given a text."""
        return Capabilities(
            data_leaves_machine=self.url is None or not is_local(self.url),
            encrypted=self.url is None or self.url.startswith("https://"),
            max_characters=_LONGEST,
            price_per_million=self.price_per_million,
            reads_terms=True,
        )

    def translate(self, request: Request) -> Iterator[Result]:
        """Yield one result per passage, in order."""
        glossary: list[str | None] = []

        def ask(batch: Batch, _: object) -> Sequence[Result]:
            client = self._client()
            if not glossary:  # the first batch is on its way alone, so that nobody makes a second one
                glossary.append(self._glossary(client, request))
            return self._ask(client, batch, request, glossary[0])

        limits = Limits(count=50, size=_REQUEST - 12 * _CONTEXT - _REST, longest=_LONGEST, measure=_bytes)
        return in_batches(request.passages, limits=limits, guard=self._guard, ask=ask)

    def _glossary(self, client: "DeepLClient", request: Request) -> str | None:
        """Return the id of the release's glossary.

        None where there are no terms, or where DeepL takes none for these languages or from this account: what then
        is not said as the termbase wants it is found by the checks.
        """
        try:
            found: str | None = self._call(lambda: glossary_id(client, request, self.now()))
        except TranslationError as error:
            if error.fault is not TranslationFault.REFUSED:
                raise
            return None
        return found

    def _ask(self, client: "DeepLClient", batch: Batch, request: Request, glossary: str | None) -> Sequence[Result]:
        texts = [passage.text for passage in batch]
        answers = self._call(
            lambda: client.translate_text(
                [_marked(passage) for passage in batch],
                source_lang=request.source.partition("-")[0].upper(),
                target_lang=target_code(request.target),
                context="\n\n".join(surroundings(request.context, texts, _CONTEXT)) or None,
                # Where a language knows no forms of address, this is passed over.
                formality="prefer_more",
                preserve_formatting=True,
                glossary=glossary,
                tag_handling="xml",
                outline_detection=False,
                non_splitting_tags=["k"],
                ignore_tags=["k"],
            )
        )
        if not isinstance(answers, list) or len(answers) != len(batch):
            return [refusal(f"the answer holds no {len(batch)} translations")] * len(batch)
        return [keeping_result(*pair) for pair in zip(batch, map(_unmarked, answers), strict=True)]

    def _call(self, work: Callable[[], Any]) -> Any:
        """Return what the client makes of an answer.

        Raises:
            TranslationError: there is none, or it cannot be read.
        """
        try:
            with discreetly():  # it logs every text as a whole
                return work()
        except TranslationError:
            raise
        except Exception as error:  # the client's messages hold what was sent and answered: only the kind is told
            kind = type(error).__name__
        # Raised out here, where no exception with the text in it is its context.
        message = f"the answer could not be read ({kind})"
        raise TranslationError(message, fault=TranslationFault.REFUSED)

    def _client(self) -> "DeepLClient":
        """Return a client that sends through our wire: the time and size it takes are ours to bound."""
        import deepl
        from deepl.http_client import HttpClient

        wire = self.wire

        class Sender(HttpClient):
            def request_with_backoff(  # type: ignore[override]  # what the client hands over is all named here
                self,
                method: str,
                url: str,
                *,
                json: Mapping[str, Any] | None,
                headers: Mapping[str, str],
                **_: object,
            ) -> tuple[int, str]:
                return 200, wire.send(method, url, body=json, headers=headers)

        client = deepl.DeepLClient(self.key, server_url=self.url and self.url.rstrip("/") + "/")
        client._client = Sender()  # noqa: SLF001 (the client has no setting for it)
        return client


def target_code(tag: str) -> str:
    """Return DeepL's name of a target language: `FR` for `fr-CH`, `EN-GB` for `en`."""
    code = tag.upper()
    bare = tag.partition("-")[0]
    return code if code in _REGIONAL else _TARGETS.get(bare.lower(), bare.upper())


def _bytes(text: str) -> int:
    return len(json.dumps(_escaped(text))) + 2


def _marked(passage: Passage) -> str:
    """Return the text as XML, with what is protected in `<k>…</k>`."""
    text, end = "", 0
    for span in passage.keep:
        kept = _escaped(passage.text[span.start : span.end])
        text += f"{_escaped(passage.text[end : span.start])}<k>{kept}</k>"
        end = span.end
    return text + _escaped(passage.text[end:])


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)


def _unmarked(answer: Any) -> object:
    text = answer.text
    return html.unescape(_MARK.sub("", text)) if isinstance(text, str) else None
