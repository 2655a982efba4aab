"""Language models behind an OpenAI-compatible interface: hosted ones, or one's own in Ollama or vLLM."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pipeline.engines.batches import Batch, Limits, in_batches
from pipeline.engines.guard import Guard, Patience
from pipeline.engines.http import Wire
from pipeline.engines.llm_prompt import PROMPT, messages, read_answer
from pipeline.engines.surroundings import surroundings
from pipeline.engines.transport import StatusError, is_local
from pipeline.model.translation import Capabilities, Request, Result

_LIMITS = Limits(count=25, size=4_000, longest=4_000, tries=3)
"""An answer of that size stays within what models write at a time, also small ones."""

_CONTEXT = 24_000
"""Characters of the release that are shown with each batch: most releases as a whole."""


def patient_wire() -> Wire:
    """Return a wire that waits as long as a model on an ordinary machine needs for its answer."""
    return Wire(read=180.0, whole=300.0)


@dataclass(slots=True, kw_only=True)
class LanguageModel:
    """A language model that is given the whole release and answers in JSON, which is checked passage by passage.

    Args:
        name: as in the settings.
        url: address of the interface, up to and with its version: `http://localhost:11434/v1`.
        model: as the server calls it.
        key: what the server wants as a key, if anything.
        price_per_million: what the office pays for a million characters, if it says so.
        wire: the way onto the network.
        patience: how hard to try.
    """

    name: str
    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    price_per_million: Decimal | None = None
    wire: Wire = field(default_factory=patient_wire, repr=False)
    patience: Patience = field(default_factory=Patience)
    _guard: Guard = field(init=False, repr=False)
    _takes_format: bool = field(default=True, init=False, repr=False)

    def __post_init__(self) -> None:
        self._guard = Guard.on_the_clock(self.patience)

    @property
    def version(self) -> str:
        """The model, and the version of what it is told."""
        return f"{self.model} (prompt {PROMPT})"

    @property
    def capabilities(self) -> Capabilities:
        """What must be known before the engine is given a text."""
        # Ollama on this machine passes what is for such a model on to its maker's servers.
        passed_on = self.model.endswith(("-cloud", ":cloud"))
        return Capabilities(
            data_leaves_machine=passed_on or not is_local(self.url),
            encrypted=passed_on or self.url.startswith("https://"),
            max_characters=_LIMITS.longest,
            price_per_million=self.price_per_million,
            reads_terms=True,
        )

    def translate(self, request: Request) -> Iterator[Result]:
        """Yield one result per passage, in order."""
        return in_batches(
            request.passages,
            limits=_LIMITS,
            guard=self._guard,
            ask=lambda batch, reasons: self._ask(batch, reasons, request),
        )

    def _ask(self, batch: Batch, reasons: Sequence[str], request: Request) -> Sequence[Result]:
        context = surroundings(request.context, [passage.text for passage in batch], _CONTEXT)
        body = {
            "model": self.model,
            "temperature": 0,
            "stream": False,
            "messages": messages(request, batch, context, reasons),
        }
        return read_answer(request, batch, _content(self._complete(body)))

    def _complete(self, body: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the server's answer; JSON is asked for as a format where the server knows such a thing."""
        if self._takes_format:
            try:
                return self._post({**body, "response_format": {"type": "json_object"}})
            except StatusError as error:
                if error.status not in {400, 422}:
                    raise
            answer = self._post(body)
            self._takes_format = False
            return answer
        return self._post(body)

    def _post(self, body: Mapping[str, Any]) -> Mapping[str, Any]:
        headers = {} if self.key is None else {"Authorization": f"Bearer {self.key}"}
        return self.wire.ask(f"{self.url.rstrip('/')}/chat/completions", body, headers)


def _content(answer: Mapping[str, Any]) -> object:
    """Return what the model wrote; None where the answer holds nothing of that kind."""
    match answer:
        case {"choices": [{"message": {"content": content}}, *_]}:
            return content
        case _:
            return None
