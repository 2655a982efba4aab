"""Google, MyMemory and LibreTranslate through deep-translator, which is used as a parser of their answers only.

The package has no timeouts, returns None and error pages as translations, mixes texts up between threads and puts
keys into its messages. So: one object per request, our transport, plain text only, every answer checked.
"""

import importlib
import random
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from pipeline.engines.guard import Guard, Patience
from pipeline.engines.transport import Transport
from pipeline.errors import TranslationError, TranslationFault
from pipeline.model.translation import Capabilities, Result

_ERROR_PAGE = re.compile(
    r"MYMEMORY WARNING|QUERY LENGTH LIMIT|INVALID (?:LANGUAGE|SOURCE|TARGET)|<html|^\s*Error \d{3}"
    r"|(?:Server|Internal) Error|NO QUERY SPECIFIED|AUTHENTICATION FAILURE",
    re.IGNORECASE,
)
"""What these services send as if it were a translation."""

_MAX_GROWTH, _SLACK = 4, 60
"""A translation is at most so many times as long as its source, and so many characters more."""

_REGION = MappingProxyType({"de": "de-DE", "fr": "fr-FR", "en": "en-GB", "it": "it-IT", "nl": "nl-NL"})
"""MyMemory wants a country behind the language."""

_import_lock = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """How one service is spoken to."""

    module: str
    factory: str
    arguments: Mapping[str, Any]
    language: Callable[[str], str]
    capabilities: Capabilities


def google() -> Service:
    """Return Google Translate's public page, which needs no key."""
    return Service(
        module="deep_translator.google",
        factory="GoogleTranslator",
        arguments={},
        language=_bare,
        # The text travels in the address; umlauts and accents triple in it, and 4,999 is the page's own limit.
        capabilities=Capabilities(data_leaves_machine=True, encrypted=True, max_characters=1500),
    )


def mymemory() -> Service:
    """Return MyMemory, which needs no key and takes text unencrypted."""
    return Service(
        module="deep_translator.mymemory",
        factory="MyMemoryTranslator",
        arguments={},
        language=lambda tag: tag if "-" in tag else _REGION.get(tag, tag),
        capabilities=Capabilities(data_leaves_machine=True, encrypted=False, max_characters=499),
    )


def libre(url: str, key: str | None, *, local: bool) -> Service:
    """Return a LibreTranslate server.

    Args:
        url: its address.
        key: what it wants as a key; servers without keys take any.
        local: whether it runs on this machine.
    """
    return Service(
        module="deep_translator.libre",
        factory="LibreTranslator",
        arguments={"custom_url": url.rstrip("/") + "/", "api_key": key or "none"},
        language=_bare,
        capabilities=Capabilities(
            data_leaves_machine=not local, encrypted=url.startswith("https://"), max_characters=1500
        ),
    )


def _bare(tag: str) -> str:
    return tag.partition("-")[0]


@dataclass(slots=True)
class DeepTranslatorEngine:
    """An engine behind every guard.

    Args:
        name: as in the settings.
        service: which one, and how it is spoken to.
        transport: the way onto the network.
        patience: how hard to try.
        endpoint: another address than the service's own, for a server of one's own that speaks its language.
    """

    name: str
    service: Service
    transport: Transport = field(default_factory=Transport)
    patience: Patience = field(default_factory=Patience)
    endpoint: str | None = None
    _guards: dict[tuple[str, str], Guard] = field(default_factory=dict)

    @property
    def capabilities(self) -> Capabilities:
        """What must be known before the engine is given a text."""
        return self.service.capabilities

    @property
    def version(self) -> str:
        """The version of deep-translator; the package itself states a wrong one."""
        from importlib.metadata import version

        return version("deep-translator")

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> Iterator[Result]:
        """Yield one result per text, in order."""
        guard = self._guards.get((source, target))
        if guard is None:
            guard = self._guards[source, target] = Guard(
                ask=lambda text: self._ask(text, source, target),
                patience=self.patience,
                sleep=time.sleep,
                jitter=lambda: random.uniform(0.7, 1.3),  # noqa: S311 (spreads waits, guards nothing)
            )
        yield from guard.translate(texts)

    def _ask(self, text: str, source: str, target: str) -> str:
        """Return the translation of `text`, its blanks at both ends as they were."""
        core = text.strip()
        start = text.index(core)
        pieces = split_text(core, self.capabilities.max_characters)
        done = (self._piece(piece, source, target) for piece in pieces)
        return text[:start] + " ".join(done) + text[start + len(core) :]

    def _piece(self, text: str, source: str, target: str) -> str:
        try:
            answer = self._translator(source, target).translate(text)
        except TranslationError:
            raise
        except Exception as error:  # the package's messages hold text and key: only the kind is told
            message = f"the answer could not be read ({type(error).__name__})"
            raise TranslationError(message, fault=TranslationFault.REFUSED) from None
        return checked_answer(text, answer)

    def _translator(self, source: str, target: str) -> Any:
        """Return a fresh object: those of the package keep the last text and give it to the next thread."""
        with _import_lock:
            module = importlib.import_module(self.service.module)
            module.requests = self.transport  # type: ignore[attr-defined]  # a name of this one module only
        make = getattr(module, self.service.factory)
        language = self.service.language
        translator = make(source=language(source), target=language(target), **self.service.arguments)
        if self.endpoint is not None:
            translator._base_url = self.endpoint  # noqa: SLF001 (the package has no setting for it)
        return translator


def split_text(text: str, limit: int) -> tuple[str, ...]:
    """Return `text` in pieces of at most `limit` characters, cut behind sentences, else between words.

    Raises:
        TranslationError: a single word is longer than `limit`.
    """
    pieces: list[str] = []
    while len(text) > limit:
        window = text[: limit + 1]
        ends = [match.end() for match in re.finditer(r"[.!?…;:]\s", window)] or [window.rfind(" ") + 1]
        if ends[-1] <= 0:
            message = f"holds a word of more than {limit} characters"
            raise TranslationError(message, fault=TranslationFault.REFUSED)
        pieces.append(text[: ends[-1]].rstrip())
        text = text[ends[-1] :].lstrip()
    return (*pieces, text)


def checked_answer(text: str, answer: object) -> str:
    """Return `answer` if it can be a translation of `text`.

    Raises:
        TranslationError: it is nothing, no text, an error page, or of an impossible length.
    """
    if not isinstance(answer, str) or not answer.strip():
        raise TranslationError("the answer is empty", fault=TranslationFault.REFUSED)
    if _ERROR_PAGE.search(answer) and not _ERROR_PAGE.search(text):
        raise TranslationError("the answer is an error message", fault=TranslationFault.REFUSED)
    if len(answer) > _MAX_GROWTH * len(text) + _SLACK or (len(answer) + _SLACK) * _MAX_GROWTH < len(text):
        raise TranslationError("the answer has an impossible length", fault=TranslationFault.REFUSED)
    return answer.strip()
