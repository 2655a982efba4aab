"""Google, MyMemory and LibreTranslate through deep-translator, which is used as a parser of their answers only.

The package has no timeouts, returns None and error pages as translations, mixes texts up between threads and puts
keys into its messages. So: one object per request, our transport, plain text only, every answer checked.
"""

import importlib
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from pipeline.engines.answers import checked_answer
from pipeline.engines.guard import Guard, Patience
from pipeline.engines.transport import Transport
from pipeline.errors import TranslationError, TranslationFault
from pipeline.model.translation import Capabilities, Request, Result

_REGION = MappingProxyType({"de": "de-DE", "fr": "fr-FR", "en": "en-GB", "it": "it-IT", "nl": "nl-NL"})
"""MyMemory wants a country behind the language."""

_import_lock = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """How one service is spoken to."""

    module: str
    factory: str
    arguments: Mapping[str, Any] = field(repr=False)
    """What its class is made with."""
    attributes: Mapping[str, Any] = field(repr=False, default_factory=dict)
    """What is set on its object afterwards, because the class does not take it."""
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
        key: what it wants as a key, if anything.
        local: whether it runs on this machine.
    """
    return Service(
        module="deep_translator.libre",
        factory="LibreTranslator",
        # The class insists on a key, but sends none where the object has none: a wrong one may be refused.
        arguments={"custom_url": url.rstrip("/") + "/", "api_key": key or "none"},
        attributes={"api_key": key},
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
    _guard: Guard = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._guard = Guard.on_the_clock(self.patience)

    @property
    def capabilities(self) -> Capabilities:
        """What must be known before the engine is given a text."""
        return self.service.capabilities

    @property
    def version(self) -> str:
        """The version of deep-translator; the package itself states a wrong one."""
        from importlib.metadata import version

        return version("deep-translator")

    def translate(self, request: Request) -> Iterator[Result]:
        """Yield one result per passage, in order; context and terms are of no use to these services."""
        yield from self._guard.translate(
            request.texts(), lambda text: self._ask(text, request.source, request.target)
        )

    def _ask(self, text: str, source: str, target: str) -> str:
        """Return the translation of `text`, its blanks at both ends and between its pieces as they were."""
        core = text.strip()
        start = text.index(core)
        done = (
            piece if index % 2 else self._piece(piece, source, target)
            for index, piece in enumerate(split_text(core, self.capabilities.max_characters))
        )
        return text[:start] + "".join(done) + text[start + len(core) :]

    def _piece(self, text: str, source: str, target: str) -> str:
        if not any(character.isalpha() for character in text):
            return text
        try:
            answer = self._translator(source, target).translate(text)
        except TranslationError:
            raise
        except Exception as error:  # the package's messages hold text and key: only the kind is told
            kind = type(error).__name__
        else:
            return checked_answer(text, answer)
        # Raised out here, where no exception with the text in it is its context.
        message = f"cannot translate from {source} to {target}"
        if kind != "LanguageNotSupportedException":
            message = f"the answer could not be read ({kind})"
        raise TranslationError(message, fault=TranslationFault.REFUSED)

    def _translator(self, source: str, target: str) -> Any:
        """Return a fresh object: those of the package keep the last text and give it to the next thread."""
        with _import_lock:
            module = importlib.import_module(self.service.module)
            module.requests = self.transport  # type: ignore[attr-defined]  # a name of this one module only
        make = getattr(module, self.service.factory)
        language = self.service.language
        translator = make(source=language(source), target=language(target), **self.service.arguments)
        for name, value in self.service.attributes.items():
            setattr(translator, name, value)
        if self.endpoint is not None:
            translator._base_url = self.endpoint  # noqa: SLF001 (the package has no setting for it)
        return translator


def split_text(text: str, limit: int) -> tuple[str, ...]:
    """Return `text` as pieces of at most `limit` characters and, between them, the blanks it was cut at.

    It is cut behind sentences where it can be, else between words: piece, blanks, piece, …, piece.

    Raises:
        TranslationError: a single word is longer than `limit`.
    """
    parts: list[str] = []
    while len(text) > limit:
        window = text[: limit + 1]
        cuts = [match.start() + 1 for match in re.finditer(r"[.!?…;:]\s", window)]
        cuts = cuts or [match.start() for match in re.finditer(r"(?<=\S)\s", window)]
        if not cuts:
            message = f"holds a word of more than {limit} characters"
            raise TranslationError(message, fault=TranslationFault.REFUSED)
        rest = text[cuts[-1] :].lstrip()
        parts += [text[: cuts[-1]], text[cuts[-1] : len(text) - len(rest)]]
        text = rest
    return (*parts, text)
